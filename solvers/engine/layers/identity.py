"""Identity: a linear output, or an activation that changes nothing."""

from dataclasses import dataclass

import numpy as np

from solvers.engine.elementwise import Elementwise
from solvers.engine.layer import Array


@dataclass(frozen=True)
class Identity(Elementwise):
    """Y = X; the derivative is 1."""

    def value(self, X: Array, out: Array | None = None) -> Array:
        return np.positive(X, out=out)

    def slope(self, X: Array, Y: Array, out: Array | None = None) -> Array:
        return np.ones_like(X)
