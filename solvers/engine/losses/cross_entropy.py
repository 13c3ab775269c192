"""Cross-entropy from logits."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from solvers.engine.layer import FRESH, Array, Draw, Space
from solvers.engine.loss import Loss, LossSpecimen, Slopes, distribution


@dataclass(frozen=True)
class CrossEntropy(Loss):
    """One term per sample, -Σ q ln softmax(z) over the classes; by default the mean over samples.

    The target is class numbers or one row of probabilities per sample. `axis` is the axis of the classes.
    With `label_smoothing` ε the target becomes (1 - ε) q + ε/K, or, if `smooth_others`, ε/(K - 1) on every class
    but the true one.
    """

    axis: int = -1
    label_smoothing: float = 0.0
    smooth_others: bool = False

    def prepare(self, target: Any, *predictions: Array) -> Array | None:
        """Give the smoothed probabilities."""
        q = distribution(target, predictions[0], self.axis, self.kind)
        if not self.label_smoothing:
            return q
        classes = predictions[0].shape[self.axis]
        rest = (1 - q) / (classes - 1) if self.smooth_others else 1 / classes
        smoothed: Array = (1 - self.label_smoothing) * q + self.label_smoothing * rest
        return smoothed

    def terms(self, target: Any, *predictions: Array, space: Space = FRESH) -> tuple[Array, Slopes]:
        """Slope: softmax(z) - q, if the probabilities q sum to 1; else the softmax counts as often as they sum to."""
        (Z,), axis = predictions, self.axis
        logs = np.subtract(Z, np.maximum.reduce(Z, axis=axis, keepdims=True), out=space.like("logs", Z))
        softmax = np.exp(logs, out=space.like("dZ", Z))
        total = np.add.reduce(softmax, axis=axis, keepdims=True)
        logs -= np.log(total)

        def slopes() -> tuple[Array, ...]:
            np.multiply(softmax, np.add.reduce(target, axis=axis, keepdims=True) / total, out=softmax)
            return (np.subtract(softmax, target, out=softmax),)

        return -np.add.reduce(np.multiply(logs, target, out=logs), axis=axis), slopes

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[LossSpecimen]:
        """Class numbers, probabilities, one sample, smoothing, classes on another axis."""
        numbers = np.array([2, 0, 1])
        yield LossSpecimen(cls(), numbers, (draw(3, 4),))
        yield LossSpecimen(cls(reduction="sum"), np.array([[0.2, 0.8], [1.0, 0.0]]), (draw(2, 2),))
        yield LossSpecimen(cls(), np.array(1), (draw(3),))
        yield LossSpecimen(cls(label_smoothing=0.1), numbers, (draw(3, 4),))
        yield LossSpecimen(cls(label_smoothing=0.1, smooth_others=True), numbers, (draw(3, 4),))
        yield LossSpecimen(cls(axis=1), np.array([[[0, 1], [2, 2]]]), (draw(1, 3, 2, 2),))
