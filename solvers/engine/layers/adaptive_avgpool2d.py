"""Adaptive average pooling: a fixed output size whatever the input's."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from solvers.engine.layer import FRESH, Array, Backward, Draw, Layer, Params, Shape, Space, Specimen, expect
from solvers.engine.resampling import averaging, resampled
from solvers.engine.windows import PerAxis, per_axis


@dataclass(frozen=True)
class AdaptiveAvgpool2d(Layer):
    """Y[i, j] = the mean over rows ⌊i h/m⌋ to ⌈(i + 1) h/m⌉, columns likewise; `output` is (m, n) or one number."""

    output: PerAxis = 1

    def __post_init__(self) -> None:
        per_axis("output", self.output, 2, 1)

    def shapes(self, params: Mapping[str, Shape], *inputs: Shape) -> tuple[Shape, ...]:
        """Height and width become the output's."""
        (X,) = inputs
        expect("X", X, "samples", "channels", "height", "width")
        return ((*X[:2], *per_axis("output", self.output, 2, 1)),)

    def forward(self, params: Params, *inputs: Array, space: Space = FRESH) -> tuple[tuple[Array, ...], Backward]:
        """Backward: every entry of a bin gets an equal share."""
        (X,), (rows, columns) = inputs, per_axis("output", self.output, 2, 1)
        return resampled(X, averaging(X.shape[2], rows), averaging(X.shape[3], columns), space)

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """Bins side by side and overlapping."""
        yield Specimen(cls(2), {}, (draw(2, 3, 4, 6),))
        yield Specimen(cls((2, 3)), {}, (draw(2, 3, 5, 4),))
