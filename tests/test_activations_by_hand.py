"""Activations by hand agree with finite differences, published values and direct counting."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from published import published

from solvers.activations import (
    activation_steps,
    derivative_steps,
    leaky_properties,
    live_samples,
    maxout,
    prelu_gradient,
    put,
    slope_from_output,
    tanh_from_sigmoid_steps,
)
from solvers.functions import apply, slope


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "relu", "leaky-relu", "elu", "gelu", "silu"])
@pytest.mark.parametrize("x", [-1.3, 0.4])
def test_values_and_slopes_are_those_of_the_functions(name, x):
    assert activation_steps(name, x, 0.2).value == apply(name, x, 0.2)
    assert derivative_steps(name, x, 0.2).value == slope(name, x, 0.2)


@pytest.mark.parametrize("x", ["-1.0", "1.0"])
def test_the_two_forms_of_gelu_have_their_published_values(x):
    given, expected = published(f"gelu_{x}")

    assert activation_steps("gelu", given["x"]).value == pytest.approx(expected["exact"])
    assert activation_steps("gelu-tanh", given["x"]).value == pytest.approx(expected["tanh"])


@given(st.floats(-5, 5))
def test_the_slope_follows_from_the_output_alone(x):
    for name in ("sigmoid", "tanh"):
        assert slope_from_output(name, float(apply(name, x))) == pytest.approx(float(slope(name, x)), abs=1e-12)
    assert tanh_from_sigmoid_steps(x).value == pytest.approx(np.tanh(x), abs=1e-12)


@pytest.mark.parametrize("alpha", [-0.5, 0.0, 0.01, 0.5, 1.0, 2.0])
def test_what_is_said_of_leaky_relu_can_be_seen_in_its_graph(alpha):
    x = np.array([-2.0, -1.0, 1.0, 2.0])
    y = np.maximum(alpha * x, x)
    expected = {
        "negative": y.min() < 0,
        "monotone": (np.diff(y) >= 0).all(),
        "nonlinear": y[1] - y[0] != y[3] - y[2],
        "slope_alpha": y[1] - y[0] == pytest.approx(alpha),
    }

    assert leaky_properties(alpha) == expected


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 1000))
def test_the_learnt_slope_has_the_gradient_of_finite_differences(seed):
    x, g = np.random.default_rng(seed).normal(size=(2, 5))

    def loss(alpha):
        return (g * np.where(x > 0, x, alpha * x)).sum()

    assert prelu_gradient(x, g) == pytest.approx((loss(0.3 + 1e-3) - loss(0.3 - 1e-3)) / 2e-3)


def test_maxout_takes_the_gradient_of_the_winning_piece():
    x, W, b = np.array([0.5, -1.0]), np.array([[1.0, 2.0], [3.0, -1.0]]), np.array([0.0, 0.5])
    found = maxout(x, W, b)
    numeric = [(maxout(x + e, W, b)["value"] - maxout(x - e, W, b)["value"]) / 2e-4 for e in 1e-4 * np.eye(2)]

    assert found["value"] == max(w @ x + shift for w, shift in zip(W, b, strict=True))
    np.testing.assert_allclose(found["dx"], numeric)


def test_live_samples_are_counted_one_by_one():
    X, w, b, g = [[1, -2], [3, 1], [-1, -1], [2, 0]], [1, 2], -0.5, [2, -3, 4, 7]
    live = [i for i, x in enumerate(X) if x[0] * w[0] + x[1] * w[1] + b > 0]

    assert live_samples(X, w, b, g) == {"live": len(live), "db": sum(g[i] for i in live)}


def test_numbers_are_put_into_formulas_but_not_into_names():
    assert put(r"\max(0, x) + \alpha e^{x}", -2, 0.1) == r"\max(0, -2) + 0.1 e^{(-2)}"


def test_only_sigmoid_and_tanh_have_a_slope_from_the_output():
    with pytest.raises(ValueError, match="only sigmoid and tanh"):
        slope_from_output("relu", 1.0)
