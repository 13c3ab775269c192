"""Hard sigmoid: the sigmoid by three straight pieces."""

from dataclasses import dataclass

import numpy as np

from solvers.engine.elementwise import Elementwise
from solvers.engine.layer import Array


def hard_sigmoid(X: Array) -> Array:
    """Give (x + 3)/6 cut to [0, 1], PyTorch's form (another, in older Keras, is 0.2x + 0.5 cut).

    >>> hard_sigmoid(np.array([-4.0, 0.0, 1.5]))
    array([0.  , 0.5 , 0.75])
    """
    Y: Array = np.clip(X + 3, 0, 6) / 6
    return Y


def hard_sigmoid_slope(X: Array) -> Array:
    """Give the derivative: 1/6 strictly between -3 and 3, 0 elsewhere.

    >>> (6 * hard_sigmoid_slope(np.array([-4.0, 0.0, 3.0]))).round(9)
    array([0., 1., 0.])
    """
    return (np.abs(X) < 3).astype(X.dtype) / 6


@dataclass(frozen=True)
class HardSigmoid(Elementwise):
    """Y = (X + 3)/6 cut to [0, 1]."""

    def value(self, X: Array, out: Array | None = None) -> Array:
        return hard_sigmoid(X)

    def slope(self, X: Array, Y: Array, out: Array | None = None) -> Array:
        return hard_sigmoid_slope(X)
