"""Half the squared error, summed over everything."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from solvers.engine.layer import FRESH, Array, Draw, Space
from solvers.engine.loss import Loss, LossSpecimen, Slopes


@dataclass(frozen=True)
class HalfSquaredError(Loss):
    """Terms ½ (p - t)²; by default their sum."""

    reduction: str = "sum"

    def terms(self, target: Any, *predictions: Array, space: Space = FRESH) -> tuple[Array, Slopes]:
        """Slope: p - t."""
        (P,) = predictions
        residual = np.subtract(P, target, out=space.like("residual", P))

        def slopes() -> tuple[Array, ...]:
            return (np.positive(residual, out=space.like("dP", P)),)

        terms = np.square(residual, out=space.like("terms", P))
        terms *= 0.5
        return terms, slopes

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[LossSpecimen]:
        """A vector and a batch, with every reduction."""
        yield LossSpecimen(cls(), draw(4), (draw(4),))
        yield LossSpecimen(cls(reduction="mean"), draw(3, 2), (draw(3, 2),))
        yield LossSpecimen(cls(reduction="samples"), draw(3, 2), (draw(3, 2),))
