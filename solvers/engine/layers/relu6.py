"""ReLU that saturates at 6."""

from dataclasses import dataclass

import numpy as np

from solvers.engine.elementwise import Elementwise
from solvers.engine.layer import Array


def relu6(X: Array, out: Array | None = None) -> Array:
    """Give x cut to [0, 6].

    >>> relu6(np.array([-1.0, 2.0, 9.0]))
    array([0., 2., 6.])
    """
    Y: Array = np.clip(X, 0, 6, out=out)
    return Y


def relu6_slope(X: Array) -> Array:
    """Give the derivative: 1 strictly between 0 and 6, 0 elsewhere.

    >>> relu6_slope(np.array([-1.0, 2.0, 9.0]))
    array([0., 1., 0.])
    """
    return ((X > 0) & (X < 6)).astype(X.dtype)


@dataclass(frozen=True)
class Relu6(Elementwise):
    """Y = X cut to [0, 6]."""

    def value(self, X: Array, out: Array | None = None) -> Array:
        return relu6(X, out=out)

    def slope(self, X: Array, Y: Array, out: Array | None = None) -> Array:
        return relu6_slope(X)
