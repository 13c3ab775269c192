"""Sum of several inputs: the end of a residual connection."""

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
class Add(Layer):
    """Y = the sum of the inputs, which all have one shape."""

    def shapes(self, params: Mapping[str, Shape], *inputs: Shape) -> tuple[Shape, ...]:
        """The inputs' common shape."""
        for number, shape in enumerate(inputs[1:], 2):
            expect(f"input {number} of the sum", shape, *inputs[0])
        return (inputs[0],)

    def forward(self, params: Params, *inputs: Array, space: Space = FRESH) -> tuple[tuple[Array, ...], Backward]:
        """Backward: every input gets the whole upstream gradient."""
        Y = space.like("Y", inputs[0])
        np.copyto(Y, inputs[0])
        for other in inputs[1:]:
            Y += other

        def backward(dY: Array) -> Gradients:
            return (dY,) * len(inputs), {}

        return (Y,), backward

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """Two inputs, and three."""
        yield Specimen(cls(), {}, (draw(2, 3), draw(2, 3)))
        yield Specimen(cls(), {}, (draw(2, 3, 4), draw(2, 3, 4), draw(2, 3, 4)))
