"""Putting the axes in another order."""

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
    Space,
    Specimen,
    expect,
)


@dataclass(frozen=True)
class Permute(Layer):
    """Y = X with its axes in the order `axes`, which names every axis once: (1, 0) transposes a matrix."""

    axes: tuple[int, ...] = (1, 0)

    def __post_init__(self) -> None:
        if sorted(self.axes) != list(range(len(self.axes))):
            raise ValueError(f"axes must name every axis once, from 0, got {self.axes}")

    def shapes(self, params: Mapping[str, Shape], *inputs: Shape) -> tuple[Shape, ...]:
        """The sizes in the new order."""
        (X,) = inputs
        expect("X", X, *("size",) * len(self.axes))
        return (tuple(X[axis] for axis in self.axes),)

    def forward(self, params: Params, *inputs: Array, space: Space = FRESH) -> tuple[tuple[Array, ...], Backward]:
        """Backward: the axes go back to their places."""
        (X,), back = inputs, np.argsort(self.axes)

        def backward(dY: Array) -> Gradients:
            return (dY.transpose(back),), {}

        return (X.transpose(self.axes),), backward

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """A transpose, and channels to the end."""
        yield Specimen(cls(), {}, (draw(2, 3),))
        yield Specimen(cls((0, 2, 3, 1)), {}, (draw(2, 3, 4, 5),))
