"""Kullback-Leibler divergence between Gaussians with independent coordinates."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from solvers.engine.layer import FRESH, Array, Draw, Space, expect
from solvers.engine.loss import Loss, LossSpecimen, Slopes


@dataclass(frozen=True)
class GaussianKl(Loss):
    """Terms of D(N(μ, σ²) ‖ N(m, s²)), one per coordinate; by default the sum over the number of samples.

    Predictions are μ and ln σ², then m and ln s² (without them the second Gaussian is N(0, 1)). A term is
    ½ (ln s² - ln σ² + (σ² + (μ - m)²)/s² - 1).
    """

    targeted = False
    reduction: str = "samples"

    def prepare(self, target: Any, *predictions: Array) -> Array | None:
        """There is no target; two or four predictions of one shape are needed."""
        if len(predictions) not in (2, 4):
            raise ValueError(
                f"{self.kind} needs mean and log-variance of one or two Gaussians, got {len(predictions)}"
            )
        for other in predictions[1:]:
            expect("mean or log-variance", other.shape, *predictions[0].shape)
        return None

    def terms(self, target: Any, *predictions: Array, space: Space = FRESH) -> tuple[Array, Slopes]:
        """Slopes: (μ - m)/s² and ½ (σ²/s² - 1) for the first Gaussian, opposite forces for the second."""
        mean, log_variance = predictions[:2]
        other_mean, other_log = predictions[2:] or (np.zeros_like(mean), np.zeros_like(mean))
        pull = (mean - other_mean) * np.exp(-other_log)
        ratio = np.exp(log_variance - other_log)
        square = pull * (mean - other_mean)

        def slopes() -> tuple[Array, ...]:
            return (pull.copy(), (ratio - 1) / 2, -pull, (1 - ratio - square) / 2)[: len(predictions)]

        return (other_log - log_variance + ratio + square - 1) / 2, slopes

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[LossSpecimen]:
        """Against the standard normal distribution, and between two Gaussians."""
        yield LossSpecimen(cls(), None, (draw(3, 2), draw(3, 2)))
        yield LossSpecimen(cls(reduction="mean"), None, (draw(3), draw(3), draw(3), draw(3)))
