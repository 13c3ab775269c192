"""Instance normalisation: each channel of each sample is normalised by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from solvers.engine.layer import Draw, Specimen
from solvers.engine.normalise import Axes, Normalisation


@dataclass(frozen=True)
class Instancenorm(Normalisation):
    """Y = γX̂ + β over the spatial axes of N × C × …; gamma and beta have one number per channel."""

    sizes = ("channels",)
    least: ClassVar[int] = 3

    def axes(self, ndim: int) -> Axes:
        return tuple(range(2, ndim))

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """Images, sequences, without gamma and beta."""
        yield Specimen(cls(), {"gamma": draw(3), "beta": draw(3)}, (draw(2, 3, 2, 2),))
        yield Specimen(cls(), {"gamma": draw(3), "beta": draw(3)}, (draw(2, 3, 4),))
        yield Specimen(cls(), {}, (draw(2, 3, 2, 2),))
