"""Hard swish: x times the hard sigmoid."""

from dataclasses import dataclass

import numpy as np

from solvers.engine.elementwise import Elementwise
from solvers.engine.layer import Array


def hard_swish(X: Array) -> Array:
    """Give x times (x + 3)/6 cut to [0, 1].

    >>> hard_swish(np.array([-4.0, 1.5, 4.0]))
    array([-0.   ,  1.125,  4.   ])
    """
    Y: Array = X * np.clip(X + 3, 0, 6) / 6
    return Y


def hard_swish_slope(X: Array) -> Array:
    """Give the derivative: (2x + 3)/6 between -3 and 3, 0 below, 1 above.

    >>> hard_swish_slope(np.array([-4.0, 1.5, 4.0]))
    array([0., 1., 1.])
    """
    return np.where(np.abs(X) < 3, (2 * X + 3) / 6, (X > 0).astype(X.dtype))


@dataclass(frozen=True)
class HardSwish(Elementwise):
    """Y = X · ((X + 3)/6 cut to [0, 1])."""

    def value(self, X: Array, out: Array | None = None) -> Array:
        return hard_swish(X)

    def slope(self, X: Array, Y: Array, out: Array | None = None) -> Array:
        return hard_swish_slope(X)
