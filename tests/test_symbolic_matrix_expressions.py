"""Matrix expressions compute what they print, and refuse what does not fit."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matrix_checks import G, T, W, X, Y, Z, b, draw_arrays, run

from quizbank.mathml import mathml
from solvers.symbolic.matrix import elementwise, reductions
from solvers.symbolic.matrix.elementwise import sigmoid
from solvers.symbolic.matrix.entries import entry
from solvers.symbolic.matrix.expression import Zeros, matrices, named, read_shape
from solvers.symbolic.matrix.gradient import matrix_gradient
from solvers.symbolic.matrix.identity import derive_equal, same
from solvers.symbolic.matrix.reductions import (
    log_sum_exp,
    mean,
    norm,
    open_loss,
    softmax,
    squared_norm,
    total,
    trace,
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(elementwise.FUNCTIONS)), st.floats(0.05, 2), st.booleans())
def test_every_elementwise_derivative_agrees_with_a_difference_quotient(name, x, negative):
    if negative and name not in ("log", "sqrt"):
        x = -x
    function, (u,) = elementwise.FUNCTIONS[name], matrices(u="1 1")
    parameter = {"power": 3, "leaky_relu": 0.1}.get(name, 0)
    mapped = elementwise._mapped(name, u, elementwise.Fraction(str(parameter)))
    slope = function.derivative(u, mapped, mapped.parameter)
    ends = [function.value(np.array([[x + h]]), parameter).item() for h in (1e-6, -1e-6)]

    assert np.asarray(slope.evaluate({"u": [[x]]})).item() == pytest.approx(
        (ends[0] - ends[1]) / 2e-6, abs=1e-4, rel=1e-5
    )


@pytest.mark.parametrize("name", sorted(set(reductions.FUNCTIONS) - {"open_loss"}))
def test_every_reduction_prints_what_it_computes(name):
    expression = {"softmax": softmax, "log_sum_exp": log_sum_exp, "squared_norm": squared_norm, "norm": norm}[
        name
    ](X)
    arrays = draw_arrays(expression)

    np.testing.assert_allclose(run(expression.plain(), arrays), expression.evaluate(arrays), rtol=1e-12)


def test_log_sum_exp_and_softmax_do_not_overflow():
    arrays = {"X": [[1000.0, 999.0]]}

    assert np.isfinite(log_sum_exp(X).evaluate(arrays)).all()
    assert softmax(X).evaluate(arrays).sum() == pytest.approx(1)


@pytest.mark.parametrize(
    ("expression", "typeset"),
    [
        (X @ W + b, r"X W + \mathbf{1}_{N} b"),
        (2 * X / 3, r"\frac{2}{3} X"),
        (X - 1, "X - 1"),
        (1 - X, "1 - X"),
        ((X * Z).T, r"\left(X \odot Z\right)^\top"),
        ((X @ W) * T @ W.T, r"\left(\left(X W\right) \odot T\right) \cdot W^\top"),
        (mean((T - G) ** 2), r"\frac{1}{N M} \sum_{i, j} \left(T_{ij} - G_{ij}\right)^{2}"),
        (X.T.T, "X"),
        (0 - (-X), "X"),
        (X + X, "2 X"),
        (X - X + Z, "Z"),
        (total(X) * W, r"\left(\sum_{i, j} X_{ij}\right) W"),
        (X / norm(X), r"\frac{X}{\left\lVert X \right\rVert_F}"),
    ],
)
def test_expressions_are_typeset_as_on_paper(expression, typeset):
    assert typeset == expression.latex()
    mathml(expression.latex())
    if expression.shape:
        mathml(entry(expression, "u", "v"))


def test_a_named_result_may_be_given_instead_of_computed():
    gradient = matrix_gradient(total(named("S", sigmoid(X @ W))), "W").value
    S = np.full((3, 2), 0.25)

    assert gradient.plain() == "X.T @ (S * (1 - S))"
    np.testing.assert_allclose(gradient.evaluate({"X": np.ones((3, 4)), "S": S}), np.full((4, 2), 3 * 0.1875))


def test_a_size_may_be_given_as_a_number():
    assert (total(X) + 0 * total(T) * 1).evaluate({"X": [[1, 2]]}) == 3
    assert mean(1 + 0 * X).evaluate({"N": 2, "D": 3}) == 1


def test_a_flat_bias_counts_as_a_row():
    assert (X @ W + b).evaluate({"X": np.eye(2), "W": [[1, 2], [3, 4]], "b": [10, 20]}).tolist() == [
        [11, 22],
        [13, 24],
    ]


def test_what_a_loss_does_not_hold_back_is_zero():
    step_loss = total(elementwise._step(X))

    assert isinstance(matrix_gradient(step_loss, "X").value, Zeros)
    assert matrix_gradient(step_loss, "X").value.evaluate({"X": np.ones((2, 2))}).tolist() == [[0, 0], [0, 0]]


def test_equal_expressions_are_told_from_unequal_ones():
    assert same((X @ W).T, W.T @ X.T)
    assert not same(X @ W, T)
    with pytest.raises(ValueError, match="line 1 does not follow"):
        derive_equal(X @ W * 2, [("Wrong.", X @ W)], None)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: X @ T, "inner sizes, got N × D times N × M"),
        (lambda: X + W, "cannot add N × D and D × M"),
        (lambda: X * W, "cannot multiply N × D and D × M"),
        (lambda: trace(X), "square matrix, got N × D"),
        (lambda: X**0, "positive whole exponent, got 0"),
        (lambda: read_shape("N D M"), "two sizes"),
        (lambda: read_shape("0 M"), "two sizes"),
        (lambda: softmax(total(X)), "expected a matrix, got a scalar"),
        (lambda: matrix_gradient(X @ W, "W"), "loss of shape N × M"),
        (lambda: matrix_gradient(total(X @ W), "w"), "did you mean W"),
        (lambda: matrix_gradient(total(named("X", X @ W)), "W"), "X is the name of two different results"),
        (lambda: matrix_gradient(total(X @ W) + total(matrices(W="D D")[0]), "X"), "W is the name of two"),
        (
            lambda: (X @ W).evaluate({"X": np.ones((2, 3)), "W": np.ones((4, 2))}),
            "W should be D × M with D = 3, got 4 × 2",
        ),
        (lambda: (X @ W).evaluate({"X": np.ones((2, 3))}), "no array was given for W"),
        (lambda: X.evaluate({"X": [1.0, 2.0]}), "X should be N × D, got 2"),
        (lambda: X.evaluate({"X": [[float("nan")]]}), "finite"),
        (lambda: open_loss(Y).evaluate(draw_arrays(Y)), "only its gradient is known"),
        (lambda: (total(X) + 0 * T).evaluate({"X": np.ones((2, 3))}), "no array says how large M is"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(call, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        call()
