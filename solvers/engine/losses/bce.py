"""Binary cross-entropy of probabilities."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from solvers.engine.layer import FRESH, Array, Draw, Space
from solvers.engine.loss import Loss, LossSpecimen, Slopes, probabilities

SMALLEST_LOG = -100.0  # as in PyTorch: a probability of exactly 0 or 1 costs at most 100


@dataclass(frozen=True)
class Bce(Loss):
    """Terms -(t ln p + (1 - t) ln(1 - p)) for probabilities p; by default the mean over all entries."""

    def prepare(self, target: Any, *predictions: Array) -> Array | None:
        """Targets and predictions lie in [0, 1]."""
        probabilities(predictions[0], f"{self.kind} (prediction)")
        ready = super().prepare(target, *predictions)
        return ready if ready is None else probabilities(ready, self.kind)

    def terms(self, target: Any, *predictions: Array, space: Space = FRESH) -> tuple[Array, Slopes]:
        """Slope: (p - t) / (p (1 - p))."""
        (P,) = predictions

        def slopes() -> tuple[Array, ...]:
            return ((P - target) / np.maximum(P * (1 - P), 1e-12),)

        return -(target * _log(P) + (1 - target) * _log(1 - P)), slopes

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[LossSpecimen]:
        """Hard and soft targets."""
        yield LossSpecimen(cls(), np.array([1.0, 0.0, 1.0]), (np.array([0.2, 0.6, 0.9]),))
        yield LossSpecimen(cls(reduction="sum"), np.array([[0.3, 0.9]]), (np.array([[0.25, 0.5]]),))


def _log(P: Array) -> Array:
    with np.errstate(divide="ignore"):
        return np.maximum(np.log(P), SMALLEST_LOG)
