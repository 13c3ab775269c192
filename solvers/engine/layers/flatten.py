"""Flattening: all entries of a sample in one row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import prod

from solvers.engine.layer import (
    FRESH,
    Array,
    Backward,
    Draw,
    Gradients,
    Layer,
    Params,
    Shape,
    Space,
    Specimen,
    expect,
)


def flatten(X: Array) -> Array:
    """Give (samples, …) as (samples, entries), row by row.

    >>> import numpy as np
    >>> flatten(np.array([[[1, 2], [3, 4]]]))
    array([[1, 2, 3, 4]])
    """
    return X.reshape(len(X), prod(X.shape[1:]))


@dataclass(frozen=True)
class Flatten(Layer):
    """Y = X with all axes but the first made one, in row-major order."""

    def shapes(self, params: Mapping[str, Shape], *inputs: Shape) -> tuple[Shape, ...]:
        """(samples, entries of one sample)."""
        (X,) = inputs
        expect("X", X, "samples", "size", *("size",) * (len(X) - 2))
        return ((X[0], prod(X[1:])),)

    def forward(self, params: Params, *inputs: Array, space: Space = FRESH) -> tuple[tuple[Array, ...], Backward]:
        """Backward: the gradient takes the old shape again."""
        (X,) = inputs

        def backward(dY: Array) -> Gradients:
            return (dY.reshape(X.shape),), {}

        return (flatten(X),), backward

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """Images, and rows that are flat already."""
        yield Specimen(cls(), {}, (draw(2, 3, 4, 5),))
        yield Specimen(cls(), {}, (draw(2, 3),))
