"""Mean squared error."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from solvers.engine.layer import FRESH, Array, Draw, Space
from solvers.engine.loss import Loss, LossSpecimen, Slopes


@dataclass(frozen=True)
class Mse(Loss):
    """Terms (p - t)²; by default the mean over all entries (samples times outputs), without ½."""

    def terms(self, target: Any, *predictions: Array, space: Space = FRESH) -> tuple[Array, Slopes]:
        """Slope: 2 (p - t)."""
        (P,) = predictions
        residual = np.subtract(P, target, out=space.like("residual", P))

        def slopes() -> tuple[Array, ...]:
            return (np.multiply(residual, 2, out=space.like("dP", P)),)

        return np.square(residual, out=space.like("terms", P)), slopes

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[LossSpecimen]:
        """A vector and a batch, with every reduction."""
        yield LossSpecimen(cls(), draw(4), (draw(4),))
        yield LossSpecimen(cls(reduction="mean"), draw(3, 2), (draw(3, 2),))
        yield LossSpecimen(cls(reduction="samples"), draw(3, 2), (draw(3, 2),))
