"""Group normalisation: groups of channels of each sample are normalised by themselves."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from solvers.engine.layer import Draw, Shape, ShapeError, Specimen
from solvers.engine.normalise import Axes, Normalisation


@dataclass(frozen=True)
class Groupnorm(Normalisation):
    """Y = γX̂ + β over a group of neighbouring channels and all places of N × C × …; gamma and beta have one
    number per channel. One group has layer norm's statistics, C groups have instance norm's."""

    sizes = ("channels",)
    groups: int = 1

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.groups < 1:
            raise ValueError(f"group norm needs at least one group, got {self.groups}")

    def grouped(self, shape: Shape) -> Shape:
        return (shape[0], self.groups, shape[1] // self.groups, *shape[2:])

    def axes(self, ndim: int) -> Axes:
        return tuple(range(2, ndim))

    def shapes(self, params: Mapping[str, Shape], *inputs: Shape) -> tuple[Shape, ...]:
        """As the input; the groups must divide the channels."""
        (X,) = super().shapes(params, *inputs)
        if X[1] % self.groups:
            raise ShapeError("X", f"(N, a multiple of {self.groups} channels, …)", X)
        return (X,)

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """One, two and as many groups as channels; features without places."""
        for groups in (1, 2, 4):
            yield Specimen(cls(groups=groups), {"gamma": draw(4), "beta": draw(4)}, (draw(2, 4, 2, 2),))
        yield Specimen(cls(groups=2), {"gamma": draw(6), "beta": draw(6)}, (draw(3, 6),))
        yield Specimen(cls(groups=2), {}, (draw(2, 4, 3),))
