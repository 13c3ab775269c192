"""Sum of several inputs: the end of a residual connection."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from solvers.engine.broadcasting import common_shape, unbroadcast
from solvers.engine.layer import FRESH, Array, Backward, Draw, Gradients, Layer, Params, Shape, Space, Specimen


@dataclass(frozen=True)
class Add(Layer):
    """Y = the sum of the inputs, which have one shape, unless `broadcast` repeats axes of size 1."""

    broadcast: bool = False

    def shapes(self, params: Mapping[str, Shape], *inputs: Shape) -> tuple[Shape, ...]:
        """The inputs' common shape."""
        return (common_shape("sum", inputs, self.broadcast),)

    def forward(self, params: Params, *inputs: Array, space: Space = FRESH) -> tuple[tuple[Array, ...], Backward]:
        """Backward: every input gets the whole upstream gradient, summed over the axes along which it was repeated."""
        Y = space("Y", self.shapes({}, *(X.shape for X in inputs))[0], inputs[0].dtype)
        np.copyto(Y, inputs[0])
        for other in inputs[1:]:
            Y += other

        def backward(dY: Array) -> Gradients:
            return tuple(unbroadcast(dY, X.shape) for X in inputs), {}

        return (Y,), backward

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """Two inputs, three, and a row added to a matrix."""
        yield Specimen(cls(), {}, (draw(2, 3), draw(2, 3)))
        yield Specimen(cls(), {}, (draw(2, 3, 4), draw(2, 3, 4), draw(2, 3, 4)))
        yield Specimen(cls(broadcast=True), {}, (draw(4), draw(3, 1)))
