"""Softsign: a squashing function that saturates slowly."""

from dataclasses import dataclass

import numpy as np

from solvers.engine.elementwise import Elementwise
from solvers.engine.layer import Array


def softsign(X: Array) -> Array:
    """Give x/(1 + |x|) for every entry.

    >>> softsign(np.array([-3.0, 0.0, 1.0]))
    array([-0.75,  0.  ,  0.5 ])
    """
    Y: Array = X / (1 + np.abs(X))
    return Y


def softsign_slope(X: Array) -> Array:
    """Give the derivative 1/(1 + |x|)².

    >>> softsign_slope(np.array([-3.0, 0.0, 1.0]))
    array([0.0625, 1.    , 0.25  ])
    """
    slope: Array = 1 / np.square(1 + np.abs(X))
    return slope


@dataclass(frozen=True)
class Softsign(Elementwise):
    """Y = X/(1 + |X|)."""

    def value(self, X: Array, out: Array | None = None) -> Array:
        return softsign(X)

    def slope(self, X: Array, Y: Array, out: Array | None = None) -> Array:
        return softsign_slope(X)
