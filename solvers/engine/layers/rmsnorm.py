"""Root-mean-square normalisation: a layer norm that does not centre."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from solvers.engine.layer import Array, Draw, Params, Specimen
from solvers.engine.normalise import Axes, Back, Normalisation, normalise


@dataclass(frozen=True)
class Rmsnorm(Normalisation):
    """Y = γ ⊙ X/√(mean(X²) + ε) over the last axis."""

    parameters = optional = ("gamma",)
    sizes = ("dim",)
    least: ClassVar[int] = 1

    def features(self, ndim: int) -> Axes:
        return (ndim - 1,)

    def normalised(self, params: Params, X: Array) -> tuple[Array, Back]:
        return normalise(X, (X.ndim - 1,), self.eps, centred=False)

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """Tokens, with and without gamma."""
        yield Specimen(cls(), {"gamma": draw(4)}, (draw(2, 3, 4),))
        yield Specimen(cls(eps=0.1), {}, (draw(2, 4),))
