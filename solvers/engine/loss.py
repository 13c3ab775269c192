"""The contract of a loss: what one file of `losses/` contains.

A file defines one subclass of `Loss`, a frozen dataclass found by walking the folder; its kind is the file's
name with hyphens (`bce_logits.py` is `bce-logits`). Losses never import each other.

- **Terms.** `terms(target, *predictions, space)` gives the terms the loss is made of (one per entry, or one per
  sample where a sample's outputs belong together) and a function `slopes` that gives, for each prediction, the
  gradient of the *sum* of the terms in a new array.
- **Reduction.** `sum`, `mean` (over the terms) or `samples` (the sum over the number of samples). Each kind has
  its usual one as a default; the base class does the rest.
- **Target.** `prepare(target, *predictions)` checks the target and gives it as the array that `terms` needs. It
  raises `ShapeError`, or `TargetError` for a value out of range. A loss with `targeted = False` has none.
- **Specimens.** `specimens(draw)` yields examples (loss, target, predictions) for the universal test.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike

from solvers.engine.layer import FRESH, Array, Draw, Space, expect

Slopes = Callable[[], tuple[Array, ...]]
REDUCTIONS = ("sum", "mean", "samples")


class TargetError(ValueError):
    """A target that the loss cannot be computed for: says which values are allowed and what came."""


@dataclass(frozen=True)
class LossSpecimen:
    """An example of a loss for the universal test."""

    loss: "Loss"
    target: Array | None
    predictions: tuple[Array, ...]


@dataclass(frozen=True)
class Loss:
    """One loss with its configuration (see the module's text)."""

    kind: ClassVar[str] = ""
    targeted: ClassVar[bool] = True
    reduction: str = "mean"

    def __init_subclass__(cls) -> None:
        cls.kind = cls.__module__.rpartition(".")[2].replace("_", "-")

    def __post_init__(self) -> None:
        if self.reduction not in REDUCTIONS:
            raise ValueError(
                f"{self.kind}: reduction must be one of {', '.join(REDUCTIONS)}, got {self.reduction!r}"
            )

    def terms(self, target: Any, *predictions: Array, space: Space = FRESH) -> tuple[Array, Slopes]:
        """Give the terms and the function that gives the gradients of their sum."""
        raise NotImplementedError(self.kind)

    def prepare(self, target: ArrayLike | None, *predictions: Array) -> Array | None:
        """Give the target as an array of the prediction's shape and dtype."""
        if not self.targeted:
            return None
        if target is None:
            raise TargetError(f"{self.kind} needs a target of the prediction's shape {predictions[0].shape}")
        ready = np.asarray(target, predictions[0].dtype)
        expect("target", ready.shape, *predictions[0].shape)
        return ready

    def forward(
        self, target: Array | None, *predictions: Array, scale: float = 1.0, space: Space = FRESH
    ) -> tuple[float, Callable[[], tuple[Array, ...]]]:
        """Give the loss and the function that gives `scale` times its gradient with respect to each prediction.

        The target must be `prepare`d.
        """
        terms, slopes = self.terms(target, *predictions, space=space)
        factor = self.factor(terms, predictions[0])

        def backward() -> tuple[Array, ...]:
            weight = factor * scale
            return slopes() if weight == 1 else tuple([_scale(slope, weight) for slope in slopes()])

        return float(np.add.reduce(terms, axis=None)) * factor, backward

    def factor(self, terms: Array, prediction: Array) -> float:
        """Give the number by which the sum of the terms is multiplied."""
        if self.reduction == "sum":
            return 1.0
        if self.reduction == "mean":
            return 1.0 / terms.size
        return 1.0 / (len(prediction) if prediction.ndim > 1 else 1)

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[LossSpecimen]:
        """Yield examples that cover the configurations worth testing."""
        raise NotImplementedError(cls.kind)


def evaluate(loss: Loss, target: ArrayLike | None, *predictions: ArrayLike) -> tuple[float, tuple[Array, ...]]:
    """Give a loss and its gradients for arrays or nested lists of numbers."""
    arrays = tuple(np.asarray(prediction, float) for prediction in predictions)
    value, backward = loss.forward(loss.prepare(target, *arrays), *arrays)
    return value, backward()


def distribution(target: ArrayLike | None, prediction: Array, axis: int, kind: str) -> Array:
    """Give class numbers or class probabilities as probabilities of the prediction's shape.

    Raises `TargetError` for a class that does not exist or probabilities that are negative.
    """
    if target is None:
        raise TargetError(f"{kind} needs a target: class numbers, or probabilities of shape {prediction.shape}")
    given = np.asarray(target)
    if given.ndim == prediction.ndim:
        expect("target", given.shape, *prediction.shape)
        return probabilities(given.astype(prediction.dtype, copy=False), kind)
    expect("target", given.shape, *prediction.shape[:axis], *prediction.shape[axis:][1:])
    numbers = class_numbers(given, prediction.shape[axis], kind)
    one_hot = np.equal(numbers[..., None], np.arange(prediction.shape[axis])).astype(prediction.dtype)
    return one_hot if axis in (-1, prediction.ndim - 1) else np.moveaxis(one_hot, -1, axis)


def class_numbers(target: Array, classes: int, kind: str) -> Array:
    """Give class numbers as integers; raises `TargetError` unless they are whole and from 0 to classes - 1."""
    numbers = target.astype(np.intp, copy=False)
    wrong = numbers.view(np.uintp) >= classes  # read without a sign, a negative number is huge
    if target.dtype.kind == "f":
        wrong |= numbers != target
    if np.logical_or.reduce(wrong, axis=None):
        range_ = f"a whole number from 0 to {classes - 1}"
        raise TargetError(f"{kind}: a target class must be {range_}, got {target[wrong].flat[0]}")
    return numbers


def probabilities(target: Array, kind: str) -> Array:
    """Give the target itself; raises `TargetError` unless its entries lie in [0, 1]."""
    wrong = ~((target >= 0) & (target <= 1))
    if wrong.any():
        raise TargetError(f"{kind}: a target probability must lie in [0, 1], got {target[wrong].flat[0]}")
    return target


def _scale(slope: Array, factor: float) -> Array:
    scaled: Array = np.multiply(slope, factor, out=slope if slope.ndim else None)
    return scaled
