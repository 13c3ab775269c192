"""Product of inputs, entry by entry: gates and channel weights."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from solvers.engine.broadcasting import common_shape, unbroadcast
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
)


@dataclass(frozen=True)
class Multiply(Layer):
    """Y = A · B entry by entry; the inputs have one shape, unless `broadcast` repeats axes of size 1."""

    broadcast: bool = False

    def shapes(self, params: Mapping[str, Shape], *inputs: Shape) -> tuple[Shape, ...]:
        """The inputs' common shape."""
        if len(inputs) != 2:
            raise ValueError(f"multiply takes two inputs, got {len(inputs)}")
        return (common_shape("product", inputs, self.broadcast),)

    def forward(self, params: Params, *inputs: Array, space: Space = FRESH) -> tuple[tuple[Array, ...], Backward]:
        """Backward: the upstream gradient times the other input."""
        A, B = inputs
        Y = np.multiply(A, B)

        def backward(dY: Array) -> Gradients:
            return (unbroadcast(dY * B, A.shape), unbroadcast(dY * A, B.shape)), {}

        return (Y,), backward

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """One shape, and a weight per channel."""
        yield Specimen(cls(), {}, (draw(2, 3), draw(2, 3)))
        yield Specimen(cls(broadcast=True), {}, (draw(2, 3, 2, 2), draw(2, 3, 1, 1)))
        yield Specimen(cls(broadcast=True), {}, (draw(3, 1), draw(1, 4)))
