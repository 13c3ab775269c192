"""Sinusoidal positional encoding."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from solvers.engine.layer import (
    FRESH,
    Array,
    Backward,
    Draw,
    Gradients,
    Layer,
    Params,
    Shape,
    ShapeError,
    Space,
    Specimen,
)


def positional_encoding(length: int, dim: int, base: float = 10000.0) -> Array:
    """Give the length × dim table: entry 2i of position p is sin(p/base^(2i/dim)), entry 2i + 1 its cosine.

    >>> positional_encoding(2, 4).round(4)
    array([[0.    , 1.    , 0.    , 1.    ],
           [0.8415, 0.5403, 0.01  , 1.    ]])
    """
    angles = np.arange(length)[:, None] / base ** (np.arange(0, dim, 2) / dim)
    table = np.empty((length, dim))
    table[:, 0::2] = np.sin(angles)
    table[:, 1::2] = np.cos(angles[:, : dim // 2])
    return table


@dataclass(frozen=True)
class PositionalEncoding(Layer):
    """Y = X + the encoding of each position; X is (…, length, dim)."""

    base: float = 10000.0

    def shapes(self, params: Mapping[str, Shape], *inputs: Shape) -> tuple[Shape, ...]:
        """As the input."""
        if len(inputs[0]) < 2:
            raise ShapeError("X", "(…, length, dim)", inputs[0])
        return (inputs[0],)

    def forward(self, params: Params, *inputs: Array, space: Space = FRESH) -> tuple[tuple[Array, ...], Backward]:
        """Backward: dX = dY, for the encoding is a constant."""
        (X,) = inputs
        table = positional_encoding(X.shape[-2], X.shape[-1], self.base).astype(X.dtype)
        Y = np.add(X, table, out=space.like("Y", X))

        def backward(dY: Array) -> Gradients:
            return (dY,), {}

        return (Y,), backward

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """One sequence, a batch, an odd dimension."""
        yield Specimen(cls(), {}, (draw(3, 4),))
        yield Specimen(cls(), {}, (draw(2, 3, 5),))
