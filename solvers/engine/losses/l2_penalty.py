"""L2 penalty on weights."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from solvers.engine.layer import FRESH, Array, Draw, Space
from solvers.engine.loss import Loss, LossSpecimen, Slopes


@dataclass(frozen=True)
class L2Penalty(Loss):
    """Terms strength · w² for every weight, summed; with `half`, ½ strength · w²."""

    targeted = False
    reduction: str = "sum"
    strength: float = 1.0
    half: bool = False

    def terms(self, target: Any, *predictions: Array, space: Space = FRESH) -> tuple[Array, Slopes]:
        """Slope: 2 strength · w, or strength · w with `half`."""
        weight = self.strength * (0.5 if self.half else 1.0)

        def slopes() -> tuple[Array, ...]:
            return tuple(2 * weight * W for W in predictions)

        return weight * np.square(np.concatenate(predictions, axis=None)), slopes

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[LossSpecimen]:
        """With and without ½."""
        yield LossSpecimen(cls(), None, (draw(2, 3),))
        yield LossSpecimen(cls(strength=0.1, half=True), None, (draw(2, 3), draw(3, 1)))
