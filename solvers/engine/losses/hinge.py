"""Hinge loss (support vector machine)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from solvers.engine.layer import FRESH, Array, Draw, Space, expect
from solvers.engine.loss import Loss, LossSpecimen, Slopes, TargetError, class_numbers


@dataclass(frozen=True)
class Hinge(Loss):
    """For class numbers, one term per sample: Σ max(0, s_j - s_y + margin) over the wrong classes j.

    For targets -1 and 1 of the scores' own shape, one term per entry: max(0, margin - t s). By default the mean
    over the terms. With `over_classes` a sample's sum is divided by the number of classes, as PyTorch does.
    """

    margin: float = 1.0
    over_classes: bool = False

    def prepare(self, target: Any, *predictions: Array) -> Array | None:
        """Class numbers, or -1 and 1 in the shape of the scores."""
        (scores,) = predictions
        if target is None:
            raise TargetError("hinge needs a target: class numbers, or -1 and 1 in the shape of the scores")
        given = np.asarray(target)
        if given.ndim == scores.ndim:
            return self._signs(given, scores)
        expect("target", given.shape, *scores.shape[:-1])
        return class_numbers(given, scores.shape[-1], self.kind)

    def _signs(self, given: Array, scores: Array) -> Array:
        expect("target", given.shape, *scores.shape)
        if np.any(np.abs(given) != 1):
            raise TargetError(f"hinge: a target must be -1 or 1, got {given[np.abs(given) != 1].flat[0]}")
        return given.astype(scores.dtype)

    def terms(self, target: Any, *predictions: Array, space: Space = FRESH) -> tuple[Array, Slopes]:
        """Slope: 1 for every wrong class inside the margin, minus their number for the true class."""
        (scores,) = predictions
        if target.ndim == scores.ndim:
            return self._binary(target, scores)
        true = np.expand_dims(target, -1)
        violations = scores - np.take_along_axis(scores, true, -1) + self.margin
        np.put_along_axis(violations, true, 0, -1)
        share = 1 / scores.shape[-1] if self.over_classes else 1.0

        def slopes() -> tuple[Array, ...]:
            inside = (violations > 0).astype(scores.dtype)
            np.put_along_axis(inside, true, -inside.sum(-1, keepdims=True), -1)
            return (inside * share,)

        return np.maximum(violations, 0).sum(-1) * share, slopes

    def _binary(self, target: Array, scores: Array) -> tuple[Array, Slopes]:
        short = self.margin - target * scores
        return np.maximum(short, 0), lambda: (np.where(short > 0, -target, 0).astype(scores.dtype),)

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[LossSpecimen]:
        """Classes and signs."""
        yield LossSpecimen(cls(), np.array([2, 0, 1]), (draw(3, 4),))
        yield LossSpecimen(cls(margin=2.0, over_classes=True), np.array([2, 0, 1]), (draw(3, 4),))
        yield LossSpecimen(cls(reduction="sum"), np.array([1.0, -1.0, 1.0]), (draw(3),))
