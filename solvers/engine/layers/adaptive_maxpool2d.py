"""Adaptive maximum pooling: a fixed output size whatever the input's."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

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
from solvers.engine.resampling import bins
from solvers.engine.windows import PerAxis, per_axis


@dataclass(frozen=True)
class AdaptiveMaxpool2d(Layer):
    """Y[i, j] = the largest entry of rows ⌊i h/m⌋ to ⌈(i + 1) h/m⌉, columns likewise; `output` is (m, n)."""

    output: PerAxis = 1

    def __post_init__(self) -> None:
        per_axis("output", self.output, 2, 1)

    def shapes(self, params: Mapping[str, Shape], *inputs: Shape) -> tuple[Shape, ...]:
        """Height and width become the output's."""
        (X,) = inputs
        expect("X", X, "samples", "channels", "height", "width")
        return ((*X[:2], *per_axis("output", self.output, 2, 1)),)

    def forward(self, params: Params, *inputs: Array, space: Space = FRESH) -> tuple[tuple[Array, ...], Backward]:
        """Backward: the gradient goes to the first entry of the bin that is the maximum."""
        (X,), (rows, columns) = inputs, per_axis("output", self.output, 2, 1)
        parts = list(product(bins(X.shape[2], rows), bins(X.shape[3], columns)))
        flat = [X[:, :, down, across].reshape(*X.shape[:2], -1) for down, across in parts]
        Y = np.stack([part.max(-1) for part in flat], axis=-1)

        def backward(dY: Array) -> Gradients:
            dX, upstream = np.zeros_like(X), dY.reshape(Y.shape)
            for place, ((down, across), part) in enumerate(zip(parts, flat, strict=True)):
                share = np.zeros_like(part)
                np.put_along_axis(share, part.argmax(-1, keepdims=True), upstream[..., place, None], -1)
                dX[:, :, down, across] += share.reshape(dX[:, :, down, across].shape)
            return (dX,), {}

        return (Y.reshape(*X.shape[:2], rows, columns),), backward

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """Bins side by side and overlapping."""
        yield Specimen(cls(2), {}, (draw(2, 3, 4, 6),))
        yield Specimen(cls((2, 3)), {}, (draw(2, 3, 5, 4),))
