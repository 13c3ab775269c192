"""Hard tanh: the tanh by three straight pieces."""

from dataclasses import dataclass

import numpy as np

from solvers.engine.elementwise import Elementwise
from solvers.engine.layer import Array


def hard_tanh(X: Array, out: Array | None = None) -> Array:
    """Give x cut to [-1, 1].

    >>> hard_tanh(np.array([-3.0, 0.5, 2.0]))
    array([-1. ,  0.5,  1. ])
    """
    Y: Array = np.clip(X, -1, 1, out=out)
    return Y


def hard_tanh_slope(X: Array) -> Array:
    """Give the derivative: 1 strictly between -1 and 1, 0 elsewhere.

    >>> hard_tanh_slope(np.array([-3.0, 0.5, 1.0]))
    array([0., 1., 0.])
    """
    return (np.abs(X) < 1).astype(X.dtype)


@dataclass(frozen=True)
class HardTanh(Elementwise):
    """Y = X cut to [-1, 1]."""

    def value(self, X: Array, out: Array | None = None) -> Array:
        return hard_tanh(X, out=out)

    def slope(self, X: Array, Y: Array, out: Array | None = None) -> Array:
        return hard_tanh_slope(X)
