"""Mish: x times the tanh of the softplus."""

from dataclasses import dataclass

import numpy as np

from solvers.engine.elementwise import Elementwise
from solvers.engine.layer import Array
from solvers.engine.stable import sigmoid, softplus


def mish(X: Array) -> Array:
    """Give x tanh(ln(1 + e^x)) for every entry.

    >>> mish(np.array([0.0, 1.0])).round(4)
    array([0.    , 0.8651])
    """
    return X * np.tanh(softplus(X))


def mish_slope(X: Array) -> Array:
    """Give the derivative t + xσ(x)(1 - t²), where t is the tanh of the softplus.

    >>> mish_slope(np.array([0.0]))
    array([0.6])
    """
    t = np.tanh(softplus(X))
    slope: Array = t + X * sigmoid(X) * (1 - t * t)
    return slope


@dataclass(frozen=True)
class Mish(Elementwise):
    """Y = X tanh(softplus(X))."""

    def value(self, X: Array, out: Array | None = None) -> Array:
        return mish(X)

    def slope(self, X: Array, Y: Array, out: Array | None = None) -> Array:
        return mish_slope(X)
