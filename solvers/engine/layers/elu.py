"""Exponential linear unit."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from solvers.engine.elementwise import Elementwise
from solvers.engine.layer import Array, Draw, Specimen


def elu(X: Array, alpha: float = 1.0, out: Array | None = None) -> Array:
    """Give x where x ≥ 0 and α(e^x - 1) elsewhere.

    >>> elu(np.array([-np.log(2.0), 0.0, 2.0]))
    array([-0.5,  0. ,  2. ])
    """
    Y = np.multiply(np.expm1(np.minimum(X, 0, out=out), out=out), alpha, out=out)
    np.copyto(Y, X, where=X >= 0)
    return Y


def elu_slope(X: Array, alpha: float = 1.0) -> Array:
    """Give the derivative: 1 where x ≥ 0, αe^x elsewhere.

    >>> elu_slope(np.array([-np.log(2.0), 0.0, 2.0]), alpha=2.0)
    array([1., 1., 1.])
    """
    return np.where(X >= 0, X.dtype.type(1), alpha * np.exp(np.minimum(X, 0)))


@dataclass(frozen=True)
class Elu(Elementwise):
    """Y = X where X ≥ 0, α(e^X - 1) elsewhere."""

    alpha: float = 1.0

    def value(self, X: Array, out: Array | None = None) -> Array:
        return elu(X, self.alpha, out=out)

    def slope(self, X: Array, Y: Array, out: Array | None = None) -> Array:
        return elu_slope(X, self.alpha)

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """The usual α and another."""
        for alpha in (1.0, 2.0):
            yield Specimen(cls(alpha), {}, (2 * draw(3, 4),))
