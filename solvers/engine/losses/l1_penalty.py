"""L1 penalty on weights."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from solvers.engine.layer import FRESH, Array, Draw, Space
from solvers.engine.loss import Loss, LossSpecimen, Slopes


@dataclass(frozen=True)
class L1Penalty(Loss):
    """Terms strength · |w| for every weight, summed."""

    targeted = False
    reduction: str = "sum"
    strength: float = 1.0

    def terms(self, target: Any, *predictions: Array, space: Space = FRESH) -> tuple[Array, Slopes]:
        """Slope: strength times the sign of the weight, 0 at 0."""

        def slopes() -> tuple[Array, ...]:
            return tuple(self.strength * np.sign(W) for W in predictions)

        return self.strength * np.abs(np.concatenate(predictions, axis=None)), slopes

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[LossSpecimen]:
        """One weight matrix and two."""
        yield LossSpecimen(cls(), None, (draw(2, 3),))
        yield LossSpecimen(cls(strength=0.1), None, (draw(2, 3), draw(3, 1)))
