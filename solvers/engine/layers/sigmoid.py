"""Logistic sigmoid."""

from dataclasses import dataclass

import numpy as np

from solvers.engine import stable
from solvers.engine.elementwise import Elementwise
from solvers.engine.layer import Array


def sigmoid(X: Array, out: Array | None = None) -> Array:
    """Give 1/(1 + e^-x) for every entry, without overflow.

    >>> sigmoid(np.array([-1000.0, 0.0, np.log(3.0)]))
    array([0.  , 0.5 , 0.75])
    """
    return stable.sigmoid(X, out=out)


def sigmoid_slope(X: Array) -> Array:
    """Give the derivative σ(x)(1 - σ(x)), at most 1/4.

    >>> sigmoid_slope(np.array([0.0, np.log(3.0)]))
    array([0.25  , 0.1875])
    """
    Y = sigmoid(X)
    slope: Array = Y * (1 - Y)
    return slope


@dataclass(frozen=True)
class Sigmoid(Elementwise):
    """Y = σ(X); the derivative is Y(1 - Y)."""

    in_place = True

    def value(self, X: Array, out: Array | None = None) -> Array:
        return sigmoid(X, out=out)

    def slope(self, X: Array, Y: Array, out: Array | None = None) -> Array:
        return np.multiply(np.subtract(1, Y, out=out), Y, out=out)
