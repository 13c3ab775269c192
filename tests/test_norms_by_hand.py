"""Normalisation, dropout, variance and initialisation by hand agree with PyTorch's cases and simulation."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from published import published, pytorch

from solvers import variance
from solvers.dropout import drop_counts, inference_output, train_output
from solvers.norms import (
    batch_norm_counts,
    batch_norm_gradients,
    batch_norm_input_gradient,
    batch_norm_steps,
    group_norm,
    inference_norm,
    normalise,
    running_average,
    statistic_counts,
)

RANDOM = np.random.default_rng(8)


@pytest.mark.parametrize(
    "case", [c for c in pytorch("batchnorm1d", "train") if np.ndim(c["inputs"]["x"]) == 2], ids=lambda c: c["id"]
)
def test_batch_norm_and_its_gradients_are_those_of_pytorch(case):
    x, gamma, beta = (np.array(case["inputs"][name]) for name in ("x", "weight", "bias"))
    G, eps = np.array(case["grad_out"]["y"]), case["config"]["eps"]
    x_hat = normalise(x, eps, axis=0)
    learnt = batch_norm_gradients(G, x_hat)

    np.testing.assert_allclose(gamma * x_hat + beta, case["outputs"]["y"])
    np.testing.assert_allclose(
        batch_norm_steps(x[:, 0], gamma[0], beta[0], eps).value, np.array(case["outputs"]["y"])[:, 0]
    )
    np.testing.assert_allclose(learnt["dgamma"], case["grads"]["weight"], atol=1e-12)
    np.testing.assert_allclose(learnt["dbeta"], case["grads"]["bias"], atol=1e-12)
    np.testing.assert_allclose(batch_norm_input_gradient(G, x, gamma, eps), case["grads"]["x"], atol=1e-9)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000))
def test_the_input_gradient_of_batch_norm_is_that_of_finite_differences(seed):
    x, G = np.random.default_rng(seed).normal(size=(2, 4, 2))
    nudges = 1e-6 * np.eye(8).reshape(8, 4, 2)
    numeric = [(G * (normalise(x + e, 0.1, 0) - normalise(x - e, 0.1, 0))).sum() / 2e-6 for e in nudges]

    np.testing.assert_allclose(batch_norm_input_gradient(G, x, eps=0.1).ravel(), numeric, atol=1e-7)


def test_layer_and_group_norm_have_their_published_values():
    given, expected = published("deepml_109")
    np.testing.assert_allclose(normalise(given["x"], given["eps"]), expected["y"], rtol=1e-9)

    x = RANDOM.normal(size=6)
    np.testing.assert_allclose(group_norm(x, 1), normalise(x))
    np.testing.assert_allclose(group_norm(x, 2), np.concatenate([normalise(x[:3]), normalise(x[3:])]))


def test_batch_norm_of_images_averages_over_batch_and_places():
    given, expected = published("deepml_115")
    x = np.array(given["x"])

    np.testing.assert_allclose(normalise(x, given["eps"], axis=(0, 2, 3)), expected["y"], rtol=1e-9)
    assert batch_norm_counts(x.shape) == {
        "averaged": x[:, 0].size,
        "means": x.shape[1],
        "parameters": 2 * x.shape[1],
    }


def test_pairs_of_statistics_are_counted_in_their_arrays():
    x = RANDOM.normal(size=(3, 4, 5, 5))
    arrays = {"batch": x.mean(axis=(0, 2, 3)), "layer": x.mean(axis=(1, 2, 3)), "instance": x.mean(axis=(2, 3)),
              "group": x.reshape(3, 2, 2, 5, 5).mean(axis=(2, 3, 4))}  # fmt: skip

    assert statistic_counts(x.shape, groups=2) == {name: means.size for name, means in arrays.items()}


def test_running_statistics_weight_the_old_value_and_serve_inference():
    assert running_average(2.0, [10.0, 4.0], 0.9) == pytest.approx(0.81 * 2 + 0.9 * 0.1 * 10 + 0.1 * 4)
    x = RANDOM.normal(size=5)
    np.testing.assert_allclose(inference_norm(x, x.mean(), x.var(), 2, 1), 2 * normalise(x) + 1)


def test_constant_values_need_an_epsilon():
    with pytest.raises(ValueError, match="give an epsilon above 0"):
        normalise([2.0, 2.0])
    with pytest.raises(ValueError, match="cannot be split into 4 groups"):
        group_norm([1, 2, 3], 4)


@pytest.mark.parametrize("case", pytorch("dropout"), ids=lambda case: case["id"])
def test_dropout_is_that_of_pytorch_and_of_the_textbook(case):
    x, mask, keep = case["inputs"]["x"], case["nondiff"]["mask"], 1 - case["config"]["p"]

    np.testing.assert_allclose(train_output(x, mask, keep), case["outputs"]["y"], atol=1e-12)
    np.testing.assert_allclose(train_output(x, mask, keep, inverted=False), case["textbook_train_unscaled"])
    np.testing.assert_allclose(inference_output(x, keep, inverted=False), case["textbook_test_scaled"])
    np.testing.assert_allclose(inference_output(x, keep), x)


def test_dropped_units_are_counted_over_all_masks():
    masks = np.array(np.meshgrid(*[[0, 1]] * 5)).reshape(5, -1).T
    weights = 0.3 ** masks.sum(axis=1) * 0.7 ** (5 - masks.sum(axis=1))
    found = drop_counts(5, 0.3, 2)

    assert found["expected"] == pytest.approx((weights * masks.sum(axis=1)).sum())
    assert found["exactly"] == pytest.approx(weights[masks.sum(axis=1) == 2].sum())


@pytest.mark.parametrize(("mean_w", "var_w", "mean_x", "var_x"), [(0, 1, 0, 1), (2, 0.5, -1, 3)])
def test_the_variance_of_a_product_is_that_of_draws(mean_w, var_w, mean_x, var_x):
    w, x = RANDOM.normal(mean_w, math.sqrt(var_w), 10**6), RANDOM.normal(mean_x, math.sqrt(var_x), 10**6)

    assert variance.product_variance(mean_w, var_w, mean_x, var_x) == pytest.approx((w * x).var(), rel=0.02)


@pytest.mark.parametrize("relu", [False, True])
def test_variance_travels_through_layers_as_in_draws(relu):
    units, random = 1024, np.random.default_rng(6)
    weights = [random.normal(0, math.sqrt(1.5 / units), (units, units)) for _ in range(3)]
    s = random.normal(size=(400, units)) @ weights[0]
    for W in weights[1:]:
        s = (np.maximum(s, 0) if relu else s) @ W

    assert variance.propagated_variance(units, 1.5 / units, 3, relu) == pytest.approx(s.var(), rel=0.1)


@pytest.mark.parametrize(("scheme", "relu"), [("lecun", False), ("kaiming", True)])
def test_the_initialisations_keep_the_variance_they_are_made_for(scheme, relu):
    weight = variance.weight_variance(scheme, 300)
    first, tenth = (variance.propagated_variance(300, weight, layers, relu) for layers in (1, 10))

    assert tenth == pytest.approx(first)


@pytest.mark.parametrize("scheme", ["xavier", "lecun", "kaiming"])
def test_uniform_and_normal_weights_have_one_variance(scheme):
    bound, deviation = (
        variance.uniform_bound(scheme, 20, 30),
        variance.weight_deviation_steps(scheme, 20, 30).value,
    )
    evenly = np.linspace(-bound, bound, 100_001)

    assert evenly.std() == pytest.approx(deviation, rel=1e-4)


def test_fan_in_counts_the_window_and_scores_spread_with_the_root_of_their_length():
    assert variance.fan_in(3, 5) == np.zeros((3, 5, 5)).size
    q, k = RANDOM.normal(0, 0.5, (2, 200_000, 16))
    found = variance.dot_deviation(16, 0.5)
    assert found["plain"] == pytest.approx((q * k).sum(axis=1).std(), rel=0.02)
    assert found["scaled"] == pytest.approx(found["plain"] / 4)


def test_impossible_values_are_refused():
    with pytest.raises(ValueError, match="must be one of xavier, lecun, kaiming"):
        variance.weight_variance("glorot", 3)
    with pytest.raises(ValueError, match="must lie in"):
        train_output([1.0], [1.0], 0.0)
