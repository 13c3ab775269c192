"""Kullback-Leibler divergence of probabilities."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from solvers.engine.layer import FRESH, Array, Draw, Space
from solvers.engine.loss import Loss, LossSpecimen, Slopes, probabilities


@dataclass(frozen=True)
class Kl(Loss):
    """Terms t (ln t - ln p): the divergence D(target ‖ prediction); by default the sum over the number of samples.

    With `log_input` the prediction is given as log-probabilities. A target of 0 contributes nothing.
    """

    reduction: str = "samples"
    log_input: bool = False

    def prepare(self, target: Any, *predictions: Array) -> Array | None:
        """Targets lie in [0, 1], predictions too, unless they are logarithms."""
        if not self.log_input:
            probabilities(predictions[0], f"{self.kind} (prediction)")
        ready = super().prepare(target, *predictions)
        return ready if ready is None else probabilities(ready, self.kind)

    def terms(self, target: Any, *predictions: Array, space: Space = FRESH) -> tuple[Array, Slopes]:
        """Slope: -t / p, or -t for log-probabilities."""
        (P,) = predictions
        tiny = np.finfo(P.dtype).tiny
        logs = P if self.log_input else np.log(np.maximum(P, tiny))

        def slopes() -> tuple[Array, ...]:
            return (-target if self.log_input else -target / np.maximum(P, tiny),)

        return target * (np.log(np.maximum(target, tiny)) - logs), slopes

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[LossSpecimen]:
        """Probabilities and their logarithms, a target of 0."""
        T, P = np.array([[0.2, 0.5, 0.3], [0.0, 0.4, 0.6]]), np.array([[0.1, 0.3, 0.6], [0.5, 0.3, 0.2]])
        yield LossSpecimen(cls(), T, (P,))
        yield LossSpecimen(cls(log_input=True, reduction="mean"), T, (np.log(P),))
