"""Scaled exponential linear unit, whose constants keep mean 0 and variance 1 from layer to layer."""

from dataclasses import dataclass

import numpy as np

from solvers.engine.elementwise import Elementwise
from solvers.engine.layer import Array

ALPHA, SCALE = 1.6732632423543772, 1.0507009873554805


def selu(X: Array) -> Array:
    """Give λx where x > 0 and λα(e^x - 1) elsewhere, with α ≈ 1.6733 and λ ≈ 1.0507 (Klambauer et al. 2017).

    >>> selu(np.array([-1e9, 0.0, 1.0])).round(4)
    array([-1.7581,  0.    ,  1.0507])
    """
    return SCALE * np.where(X > 0, X, ALPHA * np.expm1(np.minimum(X, 0)))


def selu_slope(X: Array) -> Array:
    """Give the derivative: λ where x > 0, λαe^x elsewhere.

    >>> selu_slope(np.array([1.0])).round(4)
    array([1.0507])
    """
    return SCALE * np.where(X > 0, X.dtype.type(1), ALPHA * np.exp(np.minimum(X, 0)))


@dataclass(frozen=True)
class Selu(Elementwise):
    """Y = λX where positive, λα(e^X - 1) elsewhere."""

    def value(self, X: Array, out: Array | None = None) -> Array:
        return selu(X)

    def slope(self, X: Array, Y: Array, out: Array | None = None) -> Array:
        return selu_slope(X)
