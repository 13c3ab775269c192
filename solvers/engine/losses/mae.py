"""Mean absolute error."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from solvers.engine.layer import FRESH, Array, Draw, Space
from solvers.engine.loss import Loss, LossSpecimen, Slopes


@dataclass(frozen=True)
class Mae(Loss):
    """Terms |p - t|; by default the mean over all entries."""

    def terms(self, target: Any, *predictions: Array, space: Space = FRESH) -> tuple[Array, Slopes]:
        """Slope: the sign of p - t, 0 where they are equal."""
        residual = predictions[0] - target

        def slopes() -> tuple[Array, ...]:
            return (np.sign(residual),)

        return np.abs(residual), slopes

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[LossSpecimen]:
        """A vector and a batch."""
        yield LossSpecimen(cls(), draw(4), (draw(4),))
        yield LossSpecimen(cls(reduction="sum"), draw(3, 2), (draw(3, 2),))
