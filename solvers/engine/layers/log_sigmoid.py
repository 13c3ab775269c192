"""Logarithm of the sigmoid."""

from dataclasses import dataclass

from solvers.engine.elementwise import Elementwise
from solvers.engine.layer import Array
from solvers.engine.stable import sigmoid, softplus


def log_sigmoid(X: Array) -> Array:
    """Give ln σ(x) = -ln(1 + e^-x) for every entry, without underflow.

    >>> import numpy as np
    >>> log_sigmoid(np.array([-1000.0, 0.0])).round(4)
    array([-1.000e+03, -6.931e-01])
    """
    return -softplus(-X)


def log_sigmoid_slope(X: Array) -> Array:
    """Give the derivative, σ(-x).

    >>> import numpy as np
    >>> log_sigmoid_slope(np.array([-1000.0, 0.0]))
    array([1. , 0.5])
    """
    return sigmoid(-X)


@dataclass(frozen=True)
class LogSigmoid(Elementwise):
    """Y = ln σ(X); the derivative is σ(-X)."""

    def value(self, X: Array, out: Array | None = None) -> Array:
        return log_sigmoid(X)

    def slope(self, X: Array, Y: Array, out: Array | None = None) -> Array:
        return log_sigmoid_slope(X)
