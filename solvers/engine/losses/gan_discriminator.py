"""The discriminator's loss of a generative adversarial network."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from solvers.engine.layer import FRESH, Array, Draw, Space, expect
from solvers.engine.loss import Loss, LossSpecimen, Slopes, probabilities
from solvers.engine.stable import sigmoid, softplus


@dataclass(frozen=True)
class GanDiscriminator(Loss):
    """Binary cross-entropy of D(real) with label 1 and D(fake) with label 0; by default the mean over all images.

    Predictions are D(real) and D(fake), of one shape: probabilities, or logits with `from_logits`. With
    `sum_of_means` the real and the fake images are averaged separately and added: twice the default.
    """

    targeted = False
    from_logits: bool = False
    sum_of_means: bool = False

    def prepare(self, target: Any, *predictions: Array) -> Array | None:
        """There is no target; the two predictions have one shape."""
        if len(predictions) != 2:
            raise ValueError(f"{self.kind} needs two predictions, D(real) and D(fake), got {len(predictions)}")
        expect("D(fake)", predictions[1].shape, *predictions[0].shape)
        if not self.from_logits:
            probabilities(np.concatenate(predictions, axis=None), f"{self.kind} (prediction)")
        return None

    def terms(self, target: Any, *predictions: Array, space: Space = FRESH) -> tuple[Array, Slopes]:
        """Slopes: -1/D(real) and 1/(1 - D(fake)); for logits sigmoid - 1 and sigmoid."""
        real, fake = predictions
        costs = (softplus(-real), softplus(fake)) if self.from_logits else (-np.log(real), -np.log1p(-fake))

        def slopes() -> tuple[Array, ...]:
            return (sigmoid(real) - 1, sigmoid(fake)) if self.from_logits else (-1 / real, 1 / (1 - fake))

        return (costs[0] + costs[1] if self.sum_of_means else np.stack(costs)), slopes

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[LossSpecimen]:
        """Probabilities and logits."""
        yield LossSpecimen(cls(), None, (np.array([0.9, 0.6]), np.array([0.2, 0.3])))
        yield LossSpecimen(cls(from_logits=True, sum_of_means=True), None, (draw(3, 1), draw(3, 1)))
