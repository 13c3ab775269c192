"""Up-sampling of images by a whole factor."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from solvers.engine.layer import FRESH, Array, Backward, Draw, Layer, Params, Shape, Space, Specimen, expect
from solvers.engine.resampling import linear, nearest, resampled
from solvers.engine.windows import PerAxis, per_axis

MODES = ("nearest", "bilinear")


@dataclass(frozen=True)
class Upsample(Layer):
    """Y has `scale` times the height and width of X (samples, channels, h, w).

    The mode is `nearest` (every entry is repeated) or `bilinear` (linear between entries, which lie in the middle of
    their cells unless `align_corners`).
    """

    scale: PerAxis = 2
    mode: str = "nearest"
    align_corners: bool = False

    def __post_init__(self) -> None:
        per_axis("scale", self.scale, 2, 1)
        if self.mode not in MODES:
            raise ValueError(f"mode must be one of {', '.join(MODES)}, got {self.mode!r}")

    def shapes(self, params: Mapping[str, Shape], *inputs: Shape) -> tuple[Shape, ...]:
        """Height and width grow by the scale."""
        (X,), (down, across) = inputs, per_axis("scale", self.scale, 2, 1)
        expect("X", X, "samples", "channels", "height", "width")
        return ((*X[:2], X[2] * down, X[3] * across),)

    def _matrix(self, size: int, scale: int) -> Array:
        return nearest(size, scale) if self.mode == "nearest" else linear(size, scale, self.align_corners)

    def forward(self, params: Params, *inputs: Array, space: Space = FRESH) -> tuple[tuple[Array, ...], Backward]:
        """Backward: every output's gradient returns to the entries it was made of, with the same weights."""
        (X,), (down, across) = inputs, per_axis("scale", self.scale, 2, 1)
        return resampled(X, self._matrix(X.shape[2], down), self._matrix(X.shape[3], across), space)

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """Both modes, both conventions, different factors."""
        yield Specimen(cls(), {}, (draw(2, 3, 3, 2),))
        yield Specimen(cls((3, 1)), {}, (draw(1, 2, 2, 4),))
        yield Specimen(cls(mode="bilinear"), {}, (draw(2, 3, 3, 2),))
        yield Specimen(cls((2, 3), "bilinear", align_corners=True), {}, (draw(2, 1, 3, 2),))
