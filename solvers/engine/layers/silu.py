"""Sigmoid linear unit, also called swish."""

from dataclasses import dataclass

import numpy as np

from solvers.engine.elementwise import Elementwise
from solvers.engine.layer import Array
from solvers.engine.stable import sigmoid


def silu(X: Array, out: Array | None = None) -> Array:
    """Give x σ(x) for every entry.

    >>> silu(np.array([0.0, np.log(3.0)])).round(4)
    array([0.   , 0.824])
    """
    Y: Array = np.multiply(X, sigmoid(X), out=out)
    return Y


def silu_slope(X: Array) -> Array:
    """Give the derivative σ(x)(1 + x(1 - σ(x))).

    >>> silu_slope(np.array([0.0]))
    array([0.5])
    """
    gate = sigmoid(X)
    slope: Array = gate * (1 + X * (1 - gate))
    return slope


@dataclass(frozen=True)
class Silu(Elementwise):
    """Y = X σ(X)."""

    def value(self, X: Array, out: Array | None = None) -> Array:
        return silu(X, out=out)

    def slope(self, X: Array, Y: Array, out: Array | None = None) -> Array:
        return silu_slope(X)
