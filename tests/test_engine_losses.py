"""Losses against numbers worked out by hand or found another way, and what they refuse."""

from typing import Any

import numpy as np
import pytest

from solvers.engine.layer import ShapeError
from solvers.engine.loss import TargetError, evaluate
from solvers.engine.losses import all_losses

LOSSES: Any = all_losses()


def value(kind: str, target: Any, *predictions: Any, **config: Any) -> float:
    return evaluate(LOSSES[kind](**config), target, *predictions)[0]


@pytest.mark.parametrize(
    ("kind", "config", "target", "predictions", "expected"),
    [
        ("squared-error", {}, [[1, 2]], [[[2, 4]]], 5.0),
        ("half-squared-error", {}, [[1, 2]], [[[2, 4]]], 2.5),
        ("mse", {}, [[1, 2]], [[[2, 4]]], 2.5),
        ("mse", {"reduction": "samples"}, [[1, 2], [0, 0]], [[[2, 4], [0, 0]]], 2.5),
        ("mae", {}, [1, 2], [[3, 1]], 1.5),
        ("smooth-l1", {}, [0, 0], [[0.5, 3]], (0.125 + 2.5) / 2),
        ("bce", {}, [1, 0], [[0.25, 0.5]], (np.log(4) + np.log(2)) / 2),
        ("bce", {}, [1], [[0.0]], 100.0),
        ("bce-logits", {}, [1], [[0.0]], np.log(2)),
        ("bce-logits", {}, [1], [[-1000.0]], 1000.0),
        ("cross-entropy", {}, [3], [[[0.0, 0.0, 0.0, 0.0]]], np.log(4)),
        ("cross-entropy", {}, [0], [[[1000.0, 0.0]]], 0.0),
        ("cross-entropy", {"label_smoothing": 0.3, "smooth_others": True}, [0], [[[np.log(2), 0, 0]]],
         0.7 * np.log(2) + 0.3 * np.log(4)),
        ("cross-entropy-probabilities", {}, [1], [[[0.75, 0.25]]], np.log(4)),
        ("nll", {}, [1, 0], [[[-1.0, -2.0], [-3.0, -4.0]]], 2.5),
        ("hinge", {}, [0], [[[1.0, 0.5, -3.0]]], 0.5),
        ("hinge", {}, [[1.0], [-1.0]], [[[0.25], [0.5]]], (0.75 + 1.5) / 2),
        ("kl", {}, [0.5, 0.5], [[0.25, 0.75]], 0.5 * np.log(2) + 0.5 * np.log(2 / 3)),
        ("kl", {}, [1.0, 0.0], [[0.5, 0.5]], np.log(2)),
        ("gaussian-kl", {}, None, [[2.0], [0.0]], 2.0),
        ("gan-discriminator", {}, None, [[0.8], [0.1]], -(np.log(0.8) + np.log(0.9)) / 2),
        ("gan-discriminator", {"sum_of_means": True}, None, [[0.8], [0.1]], -(np.log(0.8) + np.log(0.9))),
        ("gan-generator", {}, None, [[0.25]], np.log(4)),
        ("gan-generator", {"saturating": True}, None, [[0.25]], np.log(0.75)),
        ("sum", {}, None, [[1.0, 2.0]], 3.0),
        ("l1-penalty", {"strength": 0.5}, None, [[[1.0, -2.0]]], 1.5),
        ("l2-penalty", {"strength": 0.5}, None, [[[1.0, -2.0]]], 2.5),
        ("l2-penalty", {"strength": 0.5, "half": True}, None, [[[1.0, -2.0]]], 1.25),
    ],
)  # fmt: skip
def test_losses_have_the_values_worked_out_by_hand(
    kind: str, config: Any, target: Any, predictions: Any, expected: float
) -> None:
    assert value(kind, target, *predictions, **config) == pytest.approx(expected)


def test_the_divergence_of_gaussians_agrees_with_numerical_integration() -> None:
    x = np.linspace(-30, 30, 200_001)
    p, q = (np.exp(-((x - m) ** 2) / (2 * v)) / np.sqrt(2 * np.pi * v) for m, v in ((1.0, 0.5), (-0.5, 2.0)))
    seen = p > 1e-300
    integral = float(np.sum(p[seen] * np.log(p[seen] / q[seen])) * (x[1] - x[0]))

    assert value("gaussian-kl", None, [1.0], [np.log(0.5)], [-0.5], [np.log(2.0)]) == pytest.approx(integral)


@pytest.mark.parametrize("kind", ["bce", "gan-discriminator", "gan-generator"])
def test_a_loss_of_probabilities_agrees_with_its_form_for_logits(kind: str) -> None:
    logits = [np.array([0.3, -1.2]), np.array([2.0, 0.1])][: 2 if kind == "gan-discriminator" else 1]
    chances, target = [1 / (1 + np.exp(-z)) for z in logits], [1, 0] if kind == "bce" else None
    form = ("bce-logits", {}) if kind == "bce" else (kind, {"from_logits": True})

    assert value(kind, target, *chances) == pytest.approx(value(form[0], target, *logits, **form[1]))


@pytest.mark.parametrize(
    ("kind", "target", "predictions", "sentence"),
    [
        ("cross-entropy", [3], [[[0.0, 0.0, 0.0]]], "must be a whole number from 0 to 2, got 3"),
        ("cross-entropy", [-1], [[[0.0, 0.0]]], "must be a whole number from 0 to 1, got -1"),
        ("cross-entropy", [0.5], [[[0.0, 0.0]]], "must be a whole number from 0 to 1, got 0.5"),
        ("cross-entropy", [[2.0, 0.0]], [[[0.0, 0.0]]], r"a target probability must lie in \[0, 1\], got 2"),
        ("cross-entropy", None, [[[0.0, 0.0]]], "cross-entropy needs a target"),
        ("mse", None, [[0.0]], r"mse needs a target of the prediction's shape \(1,\)"),
        ("bce", [2.0], [[0.5]], r"bce: a target probability must lie in \[0, 1\], got 2"),
        ("bce", [1.0], [[1.5]], r"bce \(prediction\): a target probability must lie in"),
        ("hinge", [0.5], [[1.0]], "hinge: a target must be -1 or 1, got 0.5"),
        ("hinge", None, [[1.0]], "hinge needs a target"),
    ],
)
def test_targets_out_of_range_are_refused(kind: str, target: Any, predictions: Any, sentence: str) -> None:
    with pytest.raises(TargetError, match=sentence):
        value(kind, target, *predictions)


@pytest.mark.parametrize(
    ("kind", "target", "predictions"),
    [
        ("mse", [[1.0]], [[[1.0, 2.0]]]),
        ("cross-entropy", [0, 1], [[[1.0, 2.0]]]),
        ("hinge", [0, 1], [[[1.0, 2.0]]]),
        ("gan-discriminator", None, [[0.5], [0.5, 0.5]]),
        ("gaussian-kl", None, [[0.5], [0.5, 0.5]]),
    ],
)
def test_targets_of_another_shape_are_refused(kind: str, target: Any, predictions: Any) -> None:
    with pytest.raises(ShapeError, match="expected shape"):
        value(kind, target, *predictions)


def test_an_unknown_reduction_is_refused() -> None:
    with pytest.raises(ValueError, match="mse: reduction must be one of sum, mean, samples, got 'average'"):
        LOSSES["mse"](reduction="average")
