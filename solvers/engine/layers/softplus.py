"""Softplus: a smooth ReLU."""

from dataclasses import dataclass

from solvers.engine import stable
from solvers.engine.elementwise import Elementwise
from solvers.engine.layer import Array
from solvers.engine.stable import sigmoid


def softplus(X: Array) -> Array:
    """Give ln(1 + e^x) for every entry, without overflow.

    >>> import numpy as np
    >>> softplus(np.array([-1000.0, np.log(3.0), 1000.0])).round(4)
    array([   0.    ,    1.3863, 1000.    ])
    """
    return stable.softplus(X)


def softplus_slope(X: Array) -> Array:
    """Give the derivative, the sigmoid.

    >>> import numpy as np
    >>> softplus_slope(np.array([np.log(3.0)]))
    array([0.75])
    """
    return sigmoid(X)


@dataclass(frozen=True)
class Softplus(Elementwise):
    """Y = ln(1 + e^X); the derivative is σ(X)."""

    def value(self, X: Array, out: Array | None = None) -> Array:
        return softplus(X)

    def slope(self, X: Array, Y: Array, out: Array | None = None) -> Array:
        return sigmoid(X, out=out)
