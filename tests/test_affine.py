"""Affine layers by hand agree with sums written out and with finite differences."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers.affine import (
    additivity,
    affine,
    affine_gradients,
    affine_gradients_steps,
    affine_steps,
    joint_gradients,
    merge,
    merge_steps,
    path_gradient,
    path_gradient_steps,
    update_steps,
    weight_gradient,
    weight_gradient_steps,
)
from solvers.arrays import show

SEEDS = st.integers(0, 10_000)


def draw(seed, *shapes):
    random = np.random.default_rng(seed)
    return [random.integers(-9, 10, size=shape) / 4 for shape in shapes]


def sizes(seed):
    return np.random.default_rng(seed).integers(1, 5, size=3)


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_the_forward_pass_is_the_sum_written_out(seed):
    N, D, M = sizes(seed)
    X, W, b = draw(seed, (N, D), (D, M), (M,))
    expected = [[sum(X[n, d] * W[d, m] for d in range(D)) + b[m] for m in range(M)] for n in range(N)]

    np.testing.assert_allclose(affine(X, W, b), expected)
    np.testing.assert_allclose(affine_steps(X, W, b).value, expected)


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_the_gradients_are_those_of_finite_differences(seed):
    N, D, M = sizes(seed)
    X, W, b, G = draw(seed, (N, D), (D, M), (M,), (N, M))
    found = affine_gradients(X, W, G)

    def slope(loss, values, step=0.5):
        nudges = [step * unit.reshape(values.shape) for unit in np.eye(values.size)]
        return np.reshape([(loss(values + e) - loss(values - e)) / (2 * step) for e in nudges], values.shape)

    np.testing.assert_allclose(found["dX"], slope(lambda X: (G * affine(X, W, b)).sum(), X), atol=1e-12)
    np.testing.assert_allclose(found["dW"], slope(lambda W: (G * affine(X, W, b)).sum(), W), atol=1e-12)
    np.testing.assert_allclose(found["db"], slope(lambda b: (G * affine(X, W, b)).sum(), b), atol=1e-12)


def test_the_working_shows_every_gradient_with_its_shapes():
    X, W, G = draw(1, (4, 2), (2, 3), (4, 3))
    work = affine_gradients_steps(X, W, G)
    named = {step.name: step for step in work.steps if step.name}

    assert list(named) == ["dW", "dX", "db"]
    assert named["dW"].shapes == (("X", (4, 2)), ("G", (4, 3)), ("dW", (2, 3)))
    assert named["dX"].result == show(G @ W.T)


def test_one_weight_gathers_over_the_samples():
    X, G = draw(3, (5, 3), (5, 2))

    assert weight_gradient(X, G, 2, 1) == (X.T @ G)[2, 1]
    assert weight_gradient_steps(X, G, 2, 1).value == (X.T @ G)[2, 1]


@settings(max_examples=30, deadline=None)
@given(SEEDS)
def test_merged_layers_give_what_the_two_give(seed):
    D, M, O = sizes(seed)
    X, W1, b1, W2, b2 = draw(seed, (3, D), (D, M), (M,), (M, O), (O,))
    merged = merge(W1, b1, W2, b2)

    np.testing.assert_allclose(affine(X, merged["W"], merged["b"]), affine(affine(X, W1, b1), W2, b2))
    np.testing.assert_array_equal(merge_steps(W1, b1, W2, b2).value["W"], merged["W"])


def test_the_gradient_over_paths_is_the_entry_of_the_matrix_gradient():
    x, W1, W2, g = draw(5, (1, 3), (3, 4), (4, 2), (1, 2))
    expected = affine_gradients(x, W1, affine_gradients(x @ W1, W2, g)["dX"])["dW"]

    assert path_gradient(x[0], W2, g[0], 1, 2) == expected[1, 2]
    assert path_gradient_steps(x[0], W2, g[0], 1, 2).value == expected[1, 2]


@pytest.mark.parametrize("mean", [False, True])
def test_summands_share_the_upstream_gradient(mean):
    X, W, Z, R, T = draw(4, (3, 2), (2, 4), (3, 5), (5, 4), (3, 4))
    values = {"X": X, "W": W, "Z": Z, "R": R, "T": T}
    found = joint_gradients(X, W, Z, R, mean)

    def loss(v):
        Y = v["X"] @ v["W"] + v["Z"] @ v["R"] + v["T"]
        return Y.mean() if mean else Y.sum()

    for name, value in values.items():
        nudges = [0.5 * unit.reshape(value.shape) for unit in np.eye(value.size)]
        numeric = [loss({**values, name: value + e}) - loss({**values, name: value - e}) for e in nudges]
        np.testing.assert_allclose(found[f"d{name}"].ravel(), numeric, atol=1e-12)


@given(st.integers(-5, 5), st.integers(-5, 5), st.integers(-5, 5), st.integers(-5, 5))
def test_only_functions_without_bias_are_additive(a, b, x, y):
    found = additivity(a, b, x, y)

    assert found["linear"] == (found["of_sum"] == found["sum_of"])


def test_the_update_of_the_linear_class_uses_the_right_input_gradient():
    work = update_steps([[1, 2]], [[0.5, -1], [1.5, 0]], [0.1, 0.2], [[1, 2]], lr=0.1)

    np.testing.assert_allclose(work.value["dX"], [[-1.5, 1.5]])
    np.testing.assert_allclose(work.value["new_W"], [[0.4, -1.2], [1.3, -0.4]])
    np.testing.assert_allclose(work.value["new_b"], [0.0, 0.0], atol=1e-15)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: affine([[1, 2]], [[1, 2]]), "X has 2 columns, but W has 1 rows"),
        (lambda: affine([[1, 2]], [[1], [2]], [1, 2, 3]), "b must have 1 entries"),
        (lambda: affine_gradients([[1, 2]], [[1], [2]], [[1], [2]]), "G has 2 rows, but X has 1 rows"),
        (lambda: affine([[float("nan")]], [[1]]), "X must be finite"),
        (lambda: affine([[1, 2], [3]], [[1]]), "X must be numbers in rows of equal length"),
    ],
)
def test_shapes_that_do_not_fit_are_explained(call, message):
    with pytest.raises(ValueError, match=message):
        call()
