"""Hyperbolic tangent."""

from dataclasses import dataclass

import numpy as np

from solvers.engine.elementwise import Elementwise
from solvers.engine.layer import Array


def tanh(X: Array, out: Array | None = None) -> Array:
    """Give (e^x - e^-x)/(e^x + e^-x) for every entry.

    >>> tanh(np.array([0.0, np.log(3.0)]))
    array([0. , 0.8])
    """
    Y: Array = np.tanh(X, out=out)
    return Y


def tanh_slope(X: Array) -> Array:
    """Give the derivative 1 - tanh²(x), at most 1.

    >>> tanh_slope(np.array([0.0, np.log(3.0)])).round(2)
    array([1.  , 0.36])
    """
    Y = np.tanh(X)
    slope: Array = 1 - Y * Y
    return slope


@dataclass(frozen=True)
class Tanh(Elementwise):
    """Y = tanh(X); the derivative is 1 - Y²."""

    in_place = True

    def value(self, X: Array, out: Array | None = None) -> Array:
        return tanh(X, out=out)

    def slope(self, X: Array, Y: Array, out: Array | None = None) -> Array:
        return np.subtract(1, np.multiply(Y, Y, out=out), out=out)
