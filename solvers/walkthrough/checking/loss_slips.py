"""Slips with the loss, and losses that are right under another named convention."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from solvers.engine.layer import Array
from solvers.engine.losses import all_losses
from solvers.engine.stable import sigmoid, softmax

LOGARITHMIC = ("cross-entropy", "nll", "cross-entropy-probabilities", "bce", "bce-logits")
SQUARES = {
    ("mse", "mean"): "the mean squared error, divided by samples × outputs",
    ("squared-error", "sum"): "the sum of squared errors, divided by nothing",
    ("half-squared-error", "sum"): "half the squared error, ½ Σ (y − t)²",
    ("mse", "samples"): "the squared error divided by the number of samples",
    ("half-squared-error", "mean"): "half the mean squared error",
    ("half-squared-error", "samples"): "half the squared error divided by the number of samples",
}
REDUCTIONS = {"sum": "summed", "mean": "averaged over all terms", "samples": "divided by the number of samples"}


@dataclass(frozen=True)
class LossMistake:
    """One thing done wrongly with the loss, or a convention other than the stated one.

    `target` says what comes out otherwise: the `loss`, the `gradient` of the prediction, or `both`; `value` gives it.
    """

    code: str
    target: str
    text: str
    value: Callable[[], Any]
    convention: bool = False


def loss_slips(loss: Any, T: Any, P: Array) -> Iterator[LossMistake]:
    """Give conventions first, then slips; T is the target as the loss uses it."""
    yield from _conventions(loss, T, P)
    yield from _values(loss, T, P)
    yield from _gradients(loss, T, P)


def evaluated(loss: Any, T: Any, P: Array) -> tuple[float, Array]:
    """Give a loss and the gradient of the prediction."""
    value, backward = loss.forward(T, P)
    return value, np.array(backward()[0])


def _conventions(loss: Any, T: Any, P: Array) -> Iterator[LossMistake]:
    """The same loss with another factor in front, or none."""
    squares = any(loss.kind == kind for kind, _ in SQUARES)
    for kind, reduction in SQUARES if squares else [(loss.kind, reduction) for reduction in REDUCTIONS]:
        other = all_losses()[kind](reduction=reduction) if squares else replace(loss, reduction=reduction)
        if other != loss:
            text = SQUARES.get((kind, reduction), f"{kind}, {REDUCTIONS[reduction]}")
            yield LossMistake("other-loss", "both", f"Right for {text}.", partial(evaluated, other, T, P), True)
    if loss.kind == "hinge":
        other = replace(loss, over_classes=not loss.over_classes)
        by = (
            "not divided by the number of classes (CS231n)"
            if loss.over_classes
            else "divided by the number of classes (PyTorch)"
        )
        yield LossMistake(
            "other-loss", "both", f"Right for the hinge loss {by}.", partial(evaluated, other, T, P), True
        )


def _values(loss: Any, T: Any, P: Array) -> Iterator[LossMistake]:
    """What goes wrong with the loss itself."""
    honest, share = evaluated(loss, T, P)[0], _share(loss, T, P)
    if loss.kind in LOGARITHMIC:
        for base in (2, 10):
            text = f"The logarithm is to base {base}; losses take the natural one."
            yield LossMistake(f"log-base-{base}", "loss", text, partial(np.divide, honest, np.log(base)))
    if loss.kind == "cross-entropy":
        text = "The mean was taken over samples and classes; only the samples are counted."
        yield LossMistake("classes-counted", "loss", text, partial(np.divide, honest, P.shape[loss.axis]))
    if loss.kind == "half-squared-error":
        yield LossMistake(
            "half-forgotten", "loss", "The ½ in front of the loss is missing.", partial(np.multiply, honest, 2)
        )
    if any(loss.kind == kind for kind, _ in SQUARES):
        half = 0.5 if loss.kind == "half-squared-error" else 1.0
        yield LossMistake(
            "not-squared", "loss", "The residuals were not squared.", lambda: half * np.abs(P - T).sum() / share
        )
        yield LossMistake(
            "root-taken",
            "loss",
            "A root was taken; the loss is the squared error itself.",
            partial(np.sqrt, honest),
        )
    if share > 1:
        text = f"The loss is a mean: the sum was not divided by {share}."
        yield LossMistake("mean-forgotten", "loss", text, partial(np.multiply, honest, share))
    yield LossMistake("loss-sign", "loss", "The sign of the loss is turned.", partial(np.negative, honest))


def _gradients(loss: Any, T: Any, P: Array) -> Iterator[LossMistake]:
    """What goes wrong with the gradient at the start of the backward pass."""
    gradient, share = evaluated(loss, T, P)[1], _share(loss, T, P)
    yield from _slope_again(loss, T, P, share)
    if loss.kind == "half-squared-error":
        text = "The ½ in front of the loss cancels the 2 of the square; here it did not."
        yield LossMistake("half-forgotten", "gradient", text, lambda: 2 * gradient)
    elif any(loss.kind == kind for kind, _ in SQUARES):
        text = "The factor 2 from the square is missing in the gradient."
        yield LossMistake("factor-2-forgotten", "gradient", text, lambda: gradient / 2)
        if share > 1:
            text = f"In the gradient both the factor 2 and the division by {share} are missing."
            yield LossMistake("only-residual", "gradient", text, lambda: P - T)
    if share > 1:
        text = f"The loss is a mean, so its gradient is divided by {share}; that is missing."
        yield LossMistake("mean-forgotten", "gradient", text, lambda: gradient * share)
    text = "The sign of the loss's gradient is turned: it is prediction minus target."
    yield LossMistake("gradient-sign", "gradient", text, lambda: -gradient)


def _slope_again(loss: Any, T: Any, P: Array, share: int) -> Iterator[LossMistake]:
    """The activation's slope, multiplied although the loss has it already; or left out altogether."""
    again = (
        "Probability minus target is already the gradient of the logits; the slope of the {} was multiplied again."
    )
    if loss.kind == "cross-entropy":
        S = softmax(P, loss.axis)
        yield LossMistake(
            "slope-again", "gradient", again.format("softmax"), lambda: (S - T) * S * (1 - S) / share
        )
        yield LossMistake(
            "target-forgotten", "gradient", "The one-hot target was not subtracted.", lambda: S / share
        )
        text = "The softmax is missing: the logits are no probabilities yet."
        yield LossMistake("softmax-missing", "gradient", text, lambda: (P - T) / share)
    if loss.kind == "bce-logits":
        S = sigmoid(P)
        yield LossMistake(
            "slope-again", "gradient", again.format("sigmoid"), lambda: (S - T) * S * (1 - S) / share
        )
        text = "The sigmoid is missing: the logits are no probabilities yet."
        yield LossMistake("sigmoid-missing", "gradient", text, lambda: (P - T) / share)
    if loss.kind == "bce":
        text = "Probability minus target is already the gradient in front of the sigmoid; with it the slope is applied twice."
        yield LossMistake("slope-again", "gradient", text, lambda: (P - T) / share)


def _share(loss: Any, T: Any, P: Array) -> int:
    """Give the number by which the sum of the terms is divided."""
    terms, _ = loss.terms(T, P)
    factor: float = loss.factor(terms, P)
    return round(1 / factor)
