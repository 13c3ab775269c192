"""Layer normalisation: each token, or each whole sample, is normalised by itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from solvers.engine.layer import Draw, Shape, ShapeError, Specimen
from solvers.engine.normalise import Axes, Normalisation


@dataclass(frozen=True)
class Layernorm(Normalisation):
    """Y = γ ⊙ X̂ + β over the last `dims` axes: 1 (the default) is each token over its features, as in a
    transformer; 3 is a whole image C × H × W. Gamma and beta have the sizes of those axes."""

    sizes = ("dim",)
    least: ClassVar[int] = 1
    dims: int = 1

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.dims < 1:
            raise ValueError(f"layer norm is over at least one axis, got dims = {self.dims}")

    def shapes(self, params: Mapping[str, Shape], *inputs: Shape) -> tuple[Shape, ...]:
        """As the input, which has at least the axes that are normalised."""
        if len(inputs[0]) < self.dims:
            raise ShapeError("X", f"at least {self.dims} axes", inputs[0])
        return super().shapes(params, *inputs)

    def axes(self, ndim: int) -> Axes:
        return tuple(range(ndim - self.dims, ndim))

    def features(self, ndim: int) -> Axes:
        return self.axes(ndim)

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """A vector, tokens, whole images, without gamma and beta."""
        yield Specimen(cls(), {"gamma": draw(4), "beta": draw(4)}, (draw(4),))
        yield Specimen(cls(), {"gamma": draw(4), "beta": draw(4)}, (draw(2, 3, 4),))
        yield Specimen(cls(dims=3), {"gamma": draw(2, 2, 2), "beta": draw(2, 2, 2)}, (draw(3, 2, 2, 2),))
        yield Specimen(cls(eps=1e-3), {}, (draw(2, 4),))
