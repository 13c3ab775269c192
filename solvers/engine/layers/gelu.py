"""Gaussian error linear unit: x times the probability that a standard normal number lies below x."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from solvers.engine.elementwise import Elementwise
from solvers.engine.layer import Array, Draw, Specimen

ROOT, CUBE = math.sqrt(2 / math.pi), 0.044715


def gelu(X: Array, approximate: str = "none") -> Array:
    """Give x Φ(x), exactly by erf, or approximated by 0.5x(1 + tanh(√(2/π)(x + 0.044715x³))).

    >>> gelu(np.array([1.0])).round(5), gelu(np.array([1.0]), approximate="tanh").round(5)
    (array([0.84134]), array([0.84119]))
    """
    return X * (_tanh_below(X) if approximate == "tanh" else _below(X))


def gelu_slope(X: Array, approximate: str = "none") -> Array:
    """Give the derivative, Φ(x) + xφ(x) where exact.

    >>> gelu_slope(np.array([0.0, 1.0])).round(4)
    array([0.5   , 1.0833])
    """
    if approximate == "none":
        return _below(X) + X * np.exp(X * X * -0.5) * (1 / math.sqrt(2 * math.pi))
    below = _tanh_below(X)
    slope: Array = below + X * 2 * below * (1 - below) * (ROOT * (1 + 3 * CUBE * X * X))
    return slope


@dataclass(frozen=True)
class Gelu(Elementwise):
    """Y = X Φ(X), exact by erf or approximated by tanh."""

    approximate: str = "none"

    def __post_init__(self) -> None:
        if self.approximate not in ("none", "tanh"):
            raise ValueError(f"approximate must be 'none' or 'tanh', got {self.approximate!r}")

    def value(self, X: Array, out: Array | None = None) -> Array:
        return gelu(X, self.approximate)

    def slope(self, X: Array, Y: Array, out: Array | None = None) -> Array:
        return gelu_slope(X, self.approximate)

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """Both forms."""
        for approximate in ("none", "tanh"):
            yield Specimen(cls(approximate), {}, (2 * draw(3, 4),))


def _below(X: Array) -> Array:
    """Give Φ(x) = (1 + erf(x/√2))/2."""
    scaled = (X * math.sqrt(0.5)).ravel().tolist()
    return (0.5 + 0.5 * np.fromiter(map(math.erf, scaled), float, X.size)).reshape(X.shape).astype(X.dtype)


def _tanh_below(X: Array) -> Array:
    below: Array = 0.5 + 0.5 * np.tanh(ROOT * (X + CUBE * X * X * X))
    return below
