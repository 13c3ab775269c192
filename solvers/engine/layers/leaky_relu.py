"""Leaky rectified linear unit: a small fixed slope on the negative side."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from solvers.engine.elementwise import Elementwise
from solvers.engine.layer import Array, Draw, Specimen


def leaky_relu(X: Array, alpha: float = 0.01, out: Array | None = None) -> Array:
    """Give x where x is positive and αx elsewhere.

    >>> leaky_relu(np.array([-3.0, 0.0, 2.0]), alpha=0.1)
    array([-0.3,  0. ,  2. ])
    """
    Y = np.multiply(X, alpha, out=out)
    np.copyto(Y, X, where=X > 0)
    return Y


def leaky_relu_slope(X: Array, alpha: float = 0.01) -> Array:
    """Give the derivative: 1 where x is positive, α elsewhere, also at 0.

    >>> leaky_relu_slope(np.array([-3.0, 0.0, 2.0]), alpha=0.1)
    array([0.1, 0.1, 1. ])
    """
    slope: Array = np.where(X > 0, X.dtype.type(1), X.dtype.type(alpha))
    return slope


@dataclass(frozen=True)
class LeakyRelu(Elementwise):
    """Y = X where positive, αX elsewhere; α is fixed."""

    alpha: float = 0.01

    def value(self, X: Array, out: Array | None = None) -> Array:
        return leaky_relu(X, self.alpha, out=out)

    def slope(self, X: Array, Y: Array, out: Array | None = None) -> Array:
        return leaky_relu_slope(X, self.alpha)

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """The usual slope, a large and a negative one."""
        for alpha in (0.01, 1.5, -0.2):
            yield Specimen(cls(alpha), {}, (draw(3, 4),))
