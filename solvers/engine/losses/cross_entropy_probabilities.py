"""Cross-entropy of probabilities."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from solvers.engine.layer import FRESH, Array, Draw, Space
from solvers.engine.loss import Loss, LossSpecimen, Slopes, distribution, probabilities


@dataclass(frozen=True)
class CrossEntropyProbabilities(Loss):
    """One term per sample, -Σ q ln p for probabilities p (after a softmax); by default the mean over samples."""

    axis: int = -1

    def prepare(self, target: Any, *predictions: Array) -> Array | None:
        """Class numbers or probabilities, given as probabilities; predictions lie in [0, 1]."""
        probabilities(predictions[0], f"{self.kind} (prediction)")
        return distribution(target, predictions[0], self.axis, self.kind)

    def terms(self, target: Any, *predictions: Array, space: Space = FRESH) -> tuple[Array, Slopes]:
        """Slope: -q / p."""
        P = np.maximum(predictions[0], np.finfo(predictions[0].dtype).tiny)

        def slopes() -> tuple[Array, ...]:
            return (-target / P,)

        return -np.sum(target * np.log(P), axis=self.axis), slopes

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[LossSpecimen]:
        """Class numbers and probabilities."""
        P = np.array([[0.2, 0.5, 0.3], [0.1, 0.3, 0.6]])
        yield LossSpecimen(cls(), np.array([2, 0]), (P,))
        yield LossSpecimen(cls(reduction="sum"), np.array([[0.2, 0.8, 0.0], [0.0, 0.0, 1.0]]), (P,))
