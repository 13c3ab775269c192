"""Softmax, its Jacobian and the gradients behind it agree with 30 digits, finite differences and stored cases."""

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from published import published, pytorch

from solvers.losses import cross_entropy
from solvers.softmax import batch_logit_gradient, jacobian, log_softmax, logit_gradient, softmax, transformed_steps

LOGITS = st.lists(st.floats(-30, 30), min_size=2, max_size=5)


@settings(max_examples=40, deadline=None)
@given(LOGITS)
def test_softmax_agrees_with_thirty_digits(z):
    with mpmath.workdps(30):
        powers = [mpmath.exp(value) for value in z]
        exact = [power / mpmath.fsum(powers) for power in powers]
        logs = [float(mpmath.log(p)) for p in exact]

    np.testing.assert_allclose(softmax(z), [float(p) for p in exact], rtol=1e-12)
    np.testing.assert_allclose(log_softmax(z), logs, rtol=1e-12, atol=1e-12)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(-3, 3), min_size=2, max_size=4))
def test_the_jacobian_is_that_of_finite_differences(z):
    z = np.array(z)
    columns = [(softmax(z + e) - softmax(z - e)) / 2e-5 for e in 1e-5 * np.eye(z.size)]

    np.testing.assert_allclose(jacobian(softmax(z)), np.transpose(columns), atol=1e-9)


def test_the_published_jacobian_comes_out():
    given, expected = published("softmax_jacobian_123")

    np.testing.assert_allclose(jacobian(softmax(given["x"])), expected["jacobian"], rtol=1e-9)
    np.testing.assert_allclose(
        softmax(published("cs231n_softmax_1")[0]["scores"]), published("cs231n_softmax_1")[1]["p"]
    )


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 1000))
def test_prediction_minus_target_is_the_slope_of_the_loss(seed):
    random = np.random.default_rng(seed)
    Z, t = random.normal(size=(3, 4)), random.integers(0, 4, size=3)

    def loss(Z):
        return cross_entropy(softmax(Z), t)

    nudges = 1e-6 * np.eye(12).reshape(12, 3, 4)
    numeric = np.reshape([(loss(Z + e) - loss(Z - e)) / 2e-6 for e in nudges], (3, 4))
    np.testing.assert_allclose(batch_logit_gradient(Z, t), numeric, atol=1e-8)
    np.testing.assert_allclose(logit_gradient(softmax(Z[0]), t[0], rows=3), numeric[0], atol=1e-8)


@pytest.mark.parametrize(
    "case", pytorch("softmax", "dim1") + pytorch("log_softmax", "dim-1"), ids=lambda case: case["id"]
)
def test_stored_cases_come_out(case):
    function = softmax if case["op"] == "softmax" else log_softmax
    (x,), (y,) = case["inputs"].values(), case["outputs"].values()

    np.testing.assert_allclose(function(x), y, rtol=1e-9)


@settings(max_examples=30, deadline=None)
@given(LOGITS, st.floats(-5, 5))
def test_a_shift_changes_nothing_and_a_scale_sharpens(z, shift):
    assert transformed_steps(z, shift=shift).value == pytest.approx(softmax(z).max())
    assert transformed_steps(z, scale=2).value >= softmax(z).max() - 1e-12


def test_a_target_beyond_the_classes_is_refused():
    with pytest.raises(ValueError, match="a class from 0 to 1"):
        logit_gradient([0.5, 0.5], 2)
