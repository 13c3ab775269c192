"""Negative log-likelihood of log-probabilities."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from solvers.engine.layer import FRESH, Array, Draw, Space
from solvers.engine.loss import Loss, LossSpecimen, Slopes, distribution


@dataclass(frozen=True)
class Nll(Loss):
    """One term per sample, -Σ q l, for log-probabilities l (from a log-softmax); by default their mean."""

    axis: int = -1

    def prepare(self, target: Any, *predictions: Array) -> Array | None:
        """Class numbers or probabilities, given as probabilities."""
        return distribution(target, predictions[0], self.axis, self.kind)

    def terms(self, target: Any, *predictions: Array, space: Space = FRESH) -> tuple[Array, Slopes]:
        """Slope: -q."""

        def slopes() -> tuple[Array, ...]:
            return (-target,)

        return -np.sum(target * predictions[0], axis=self.axis), slopes

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[LossSpecimen]:
        """Class numbers for a batch and for one sample."""
        yield LossSpecimen(cls(), np.array([2, 0]), (draw(2, 3),))
        yield LossSpecimen(cls(reduction="sum"), np.array(1), (draw(3),))
