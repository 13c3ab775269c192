"""Inputs joined along an axis: the end of a concatenating skip connection or of parallel branches."""

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
class Concat(Layer):
    """Y = the inputs one after the other along `axis` (1: channels, or the features of a row)."""

    axis: int = 1

    def shapes(self, params: Mapping[str, Shape], *inputs: Shape) -> tuple[Shape, ...]:
        """Sizes add up along the axis and agree elsewhere."""
        first = list(inputs[0])
        axis = range(len(first))[self.axis]
        for number, shape in enumerate(inputs, 1):
            expect(f"input {number}", shape, *first[:axis], None, *first[axis + 1 :])
        first[axis] = sum(shape[axis] for shape in inputs)
        return (tuple(first),)

    def forward(self, params: Params, *inputs: Array, space: Space = FRESH) -> tuple[tuple[Array, ...], Backward]:
        """Backward: every input gets its part of the gradient."""
        (shape,) = self.shapes({}, *(X.shape for X in inputs))
        Y = np.concatenate(inputs, axis=self.axis, out=space("Y", shape, inputs[0].dtype))
        ends = np.cumsum([X.shape[self.axis] for X in inputs])[:-1]

        def backward(dY: Array) -> Gradients:
            return tuple(np.split(dY, ends, axis=self.axis)), {}

        return (Y,), backward

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """Channels of images, features of rows, the last axis."""
        yield Specimen(cls(), {}, (draw(2, 3, 2, 2), draw(2, 1, 2, 2)))
        yield Specimen(cls(), {}, (draw(2, 3), draw(2, 1), draw(2, 2)))
        yield Specimen(cls(-1), {}, (draw(2, 3, 2), draw(2, 3, 4)))
