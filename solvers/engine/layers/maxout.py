"""Maxout: the largest of several features."""

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


def maxout(X: Array, pieces: int = 2) -> Array:
    """Give the largest of each run of `pieces` neighbours on the last axis.

    >>> maxout(np.array([[1.0, 5.0, 4.0, -2.0]]))
    array([[5., 4.]])
    """
    Y: Array = np.maximum.reduce(_runs(X, pieces), axis=-1)
    return Y


@dataclass(frozen=True)
class Maxout(Layer):
    """Output j = the maximum of the `pieces` features from j · pieces on; after an affine layer with `pieces`
    times the outputs this is max(x·w₁ + b₁, x·w₂ + b₂, …). A tie gives the gradient to the first."""

    pieces: int = 2

    def __post_init__(self) -> None:
        if self.pieces < 1:
            raise ValueError(f"maxout needs at least one piece, got {self.pieces}")

    def shapes(self, params: Mapping[str, Shape], *inputs: Shape) -> tuple[Shape, ...]:
        """The last axis shrinks by the number of pieces."""
        (X,) = inputs
        if not X or X[-1] % self.pieces:
            raise ShapeError("X", f"(…, a multiple of {self.pieces})", X)
        return ((*X[:-1], X[-1] // self.pieces),)

    def forward(self, params: Params, *inputs: Array, space: Space = FRESH) -> tuple[tuple[Array, ...], Backward]:
        """Backward: the gradient goes to the largest feature of each run."""
        (X,) = inputs
        Y = maxout(X, self.pieces)

        def backward(dY: Array) -> Gradients:
            dX = space.zeros("dX", X.shape, X.dtype)
            runs = _runs(dX, self.pieces)
            first = np.argmax(_runs(X, self.pieces), axis=-1)[..., None]
            np.put_along_axis(runs, first, dY[..., None], -1)
            return (dX,), {}

        return (Y,), backward

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """Two and three pieces."""
        yield Specimen(cls(), {}, (draw(3, 4),))
        yield Specimen(cls(3), {}, (draw(2, 2, 6),))


def _runs(X: Array, pieces: int) -> Array:
    return X.reshape(*X.shape[:-1], -1, pieces)
