"""Losses by hand agree with the engine's losses, finite differences and stored cases."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from published import published, pytorch

from solvers.functions import sigmoid
from solvers.gan import gan_losses
from solvers.loss_scales import clipped_bound, outlier_shares, residual_count, squared_scales
from solvers.losses import (
    binary_cross_entropy,
    binary_logit_gradient,
    cross_entropy,
    multiclass_hinge,
    residual_loss,
    smoothed_targets,
    squared_gradient,
)
from solvers.softmax import batch_logit_gradient, log_softmax, softmax


def slope(loss, values, step=1e-6):
    nudges = [step * unit.reshape(values.shape) for unit in np.eye(values.size)]
    return np.reshape([(loss(values + e) - loss(values - e)) / (2 * step) for e in nudges], values.shape)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 1000))
def test_residual_losses_are_their_sums_and_slopes(seed):
    y, t = np.random.default_rng(seed).normal(size=(2, 3, 2))
    differences = [a - b for a, b in zip(y.flat, t.flat, strict=True)]

    assert residual_loss(y, t) == pytest.approx(sum(d * d for d in differences) / 6)
    assert residual_loss(y, t, "absolute", mean=False) == pytest.approx(sum(map(abs, differences)))
    np.testing.assert_allclose(squared_gradient(y, t), slope(lambda y: residual_loss(y, t), y), atol=1e-8)


@pytest.mark.parametrize(
    "case",
    [case for op in ("mse_loss", "l1_loss") for kind in ("mean", "sum") for case in pytorch(op, kind)],
    ids=lambda case: case["id"],
)
def test_residual_losses_are_those_of_pytorch(case):
    outputs, targets = case["inputs"]["input"], case["nondiff"]["target"]
    kind, mean = "squared" if case["op"] == "mse_loss" else "absolute", case["variant"] == "mean"

    assert residual_loss(outputs, targets, kind, mean) == pytest.approx(case["outputs"]["y"])
    if kind == "squared":
        np.testing.assert_allclose(squared_gradient(outputs, targets, mean), case["grads"]["input"])


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.floats(-4, 4), st.sampled_from([0.0, 1.0, 0.3])), min_size=1, max_size=4))
def test_binary_cross_entropy_has_the_slope_prediction_minus_label(pairs):
    z, y = np.array(pairs).T
    numeric = slope(lambda z: binary_cross_entropy(sigmoid(z), y), z)

    np.testing.assert_allclose(binary_logit_gradient(z, y, mean=True), numeric, atol=1e-8)


@pytest.mark.parametrize("case", pytorch("bce_loss", "mean"), ids=lambda case: case["id"])
def test_binary_cross_entropy_is_that_of_pytorch(case):
    assert binary_cross_entropy(case["inputs"]["input"], case["nondiff"]["target"]) == pytest.approx(
        case["outputs"]["y"]
    )


@pytest.mark.parametrize("case", pytorch("cross_entropy", "index"), ids=lambda case: case["id"])
def test_cross_entropy_is_that_of_pytorch(case):
    logits, targets = case["inputs"]["input"], case["nondiff"]["target"]
    rows = len(targets) if case["variant"] == "index_sum" else 1

    assert rows * cross_entropy(softmax(logits), targets) == pytest.approx(case["outputs"]["y"])
    np.testing.assert_allclose(rows * batch_logit_gradient(logits, targets), case["grads"]["input"], atol=1e-12)


@pytest.mark.parametrize(
    "case", pytorch("multi_margin_loss") + pytorch("cs231n_svm_loss"), ids=lambda case: case["id"]
)
def test_hinge_is_that_of_both_conventions(case):
    rows = zip(case["inputs"]["input"], case["nondiff"]["target"], strict=True)
    per_class = case["op"] == "multi_margin_loss"
    losses = [multiclass_hinge(scores, target, case["config"]["margin"], per_class) for scores, target in rows]

    assert np.mean(losses) == pytest.approx(case["outputs"]["y"])


def test_the_published_cross_entropy_comes_out():
    given, expected = published("deepml_134")

    assert cross_entropy(given["p"], given["y"]) == pytest.approx(expected["ce"])


@pytest.mark.parametrize("others_only", [False, True])
def test_smoothed_targets_give_the_published_loss(others_only):
    given, expected = published("ce_2_1_0.1_ls0.1")
    targets = smoothed_targets([given["y"]], 3, given["label_smoothing"], others_only)
    loss = -(targets[0] * log_softmax(given["logits"])).sum()

    assert targets.sum() == pytest.approx(1)
    assert loss == pytest.approx(expected["loss_if_eps_over_K_minus_1" if others_only else "loss"])


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(-5, 5), min_size=2, max_size=5), st.booleans())
def test_hinge_compares_every_wrong_class_with_the_true_one(scores, per_class):
    expected = sum(max(0, s - scores[0] + 1) for s in scores[1:]) / (len(scores) if per_class else 1)

    assert multiclass_hinge(scores, 0, per_class=per_class) == pytest.approx(expected)


def test_an_outlier_weighs_what_its_terms_weigh():
    residuals = np.array([2.0] * 9 + [10.0])
    found = outlier_shares(2, 10, 9)

    assert found["squared"] == pytest.approx(100 / (residuals**2).sum())
    assert found["absolute"] == pytest.approx(10 / residuals.sum())


def test_means_are_divided_by_what_they_count():
    y, t = np.random.default_rng(0).normal(size=(2, 5, 3))
    squares = (y - t) ** 2
    found = squared_scales(y, t)

    assert found["per_sample"] == pytest.approx(np.mean([row.sum() for row in squares]))
    assert found["per_entry"] == pytest.approx(residual_loss(y, t))
    assert found["ratio"] == pytest.approx(found["per_sample"] / found["per_entry"])
    scores = np.zeros((2, 3, 4, 5))
    assert residual_count(scores.shape, "entries") == scores.size
    assert residual_count(scores.shape, "places") == scores.argmax(axis=1).size
    assert residual_count(scores.shape[:2], "samples") == scores[:, :, 0, 0].argmax(axis=1).size


def test_clipping_bounds_the_loss():
    assert clipped_bound(4) == pytest.approx(cross_entropy([[1e-4, 1 - 1e-4]], [0]))


def test_the_losses_of_a_gan_are_binary_cross_entropies():
    real, fake = [0.9, 0.6, 0.7], [0.2, 0.5, 0.4]
    found = gan_losses(real, fake)

    assert found["discriminator"] == pytest.approx(binary_cross_entropy(real + fake, [1, 1, 1, 0, 0, 0]))
    assert found["generator"] == pytest.approx(binary_cross_entropy(fake, [1, 1, 1]))
    assert gan_losses(real, fake, halved=False)["discriminator"] == pytest.approx(2 * found["discriminator"])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: residual_loss([1], [1, 2]), "must have one shape"),
        (lambda: residual_loss([1], [1], "cubic"), "must be one of squared, absolute"),
        (lambda: binary_cross_entropy([0.0], [1]), "probabilities in"),
        (lambda: cross_entropy([[0.5, 0.5]], [2]), "one class from 0 to 1"),
        (lambda: cross_entropy([[0.0, 1.0]], [0]), "clip the probabilities"),
        (lambda: residual_count((2, 3), "pixels"), "entries, places, samples"),
        (lambda: multiclass_hinge([1, 2], 2), "a class from 0 to 1"),
        (lambda: gan_losses([1.0], [0.5]), "must lie in"),
    ],
)
def test_impossible_values_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
