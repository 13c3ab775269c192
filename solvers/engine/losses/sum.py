"""The sum of the outputs, for a gradient without a loss."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from solvers.engine.layer import FRESH, Array, Draw, Space
from solvers.engine.loss import Loss, LossSpecimen, Slopes


@dataclass(frozen=True)
class Sum(Loss):
    """Terms p; by default their sum, so every output has the upstream gradient 1."""

    targeted = False
    reduction: str = "sum"

    def terms(self, target: Any, *predictions: Array, space: Space = FRESH) -> tuple[Array, Slopes]:
        """Slope: 1."""

        def slopes() -> tuple[Array, ...]:
            return tuple(np.ones_like(P) for P in predictions)

        return np.concatenate(predictions, axis=None), slopes

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[LossSpecimen]:
        """One output and two."""
        yield LossSpecimen(cls(), None, (draw(2, 3),))
        yield LossSpecimen(cls(reduction="mean"), None, (draw(2, 3), draw(4)))
