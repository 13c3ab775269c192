"""Matrix gradients of random expressions and of networks agree with finite differences."""

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from matrix_checks import (
    SIZES,
    W2,
    A,
    H,
    R,
    T,
    W,
    X,
    Y,
    Z,
    b,
    c,
    check_gradient,
    check_steps,
    draw_arrays,
    run,
    with_names,
)

from solvers.symbolic.matrix.elementwise import (
    absolute,
    exp,
    gelu,
    leaky_relu,
    log,
    reciprocal,
    relu,
    sigmoid,
    softplus,
    sqrt,
    tanh,
)
from solvers.symbolic.matrix.expression import Expression, Shape, Symbol, named
from solvers.symbolic.matrix.gradient import matrix_gradient
from solvers.symbolic.matrix.reductions import (
    column_means,
    column_sums,
    log_sum_exp,
    mean,
    norm,
    row_means,
    row_sums,
    softmax,
    squared_norm,
    total,
    trace,
)

SMOOTH = [sigmoid, tanh, gelu, softplus, lambda e: e**2, lambda e: e**3 / 3, lambda e: exp(tanh(e)),
          lambda e: log(1 + e**2), lambda e: sqrt(1 + e**2), lambda e: reciprocal(2 + e**2)]  # fmt: skip
LETTERS = ("N", "D", "M", "K")
FRESH = itertools.count()


@st.composite
def expressions(draw: Any, shape: Shape, depth: int) -> Expression:
    """A random smooth expression of a shape, built from symbols that are reused."""
    if depth == 0:
        return Symbol(shape, "S" + "".join(map(str, shape)) + str(draw(st.integers(0, 1))))
    inner = lambda s: draw(expressions(s, depth - 1))  # noqa: E731
    kinds = ["add", "multiply", "map", "scale", "divide", "leaf", "named"]
    kinds += (
        ["product", "transpose", "stretch", "softmax"] if len(shape) == 2 else ["total", "mean", "norms", "trace"]
    )
    kinds += ["row_sums", "log_sum_exp"] if shape[1:] == (1,) else ["column_sums"] if shape[:1] == (1,) else []
    kind = draw(st.sampled_from(kinds))
    letter = draw(st.sampled_from(LETTERS))
    if kind == "leaf":
        return inner(shape)
    if kind == "named":
        return named(f"Q{next(FRESH)}", inner(shape))
    if kind == "map":
        return draw(st.sampled_from(SMOOTH))(inner(shape))
    if kind in ("add", "multiply", "divide"):
        left, right = inner(shape), inner(shape)
        return {"add": left + right, "multiply": left * right, "divide": left / (1 + right**2)}[kind]
    if kind == "scale":
        return draw(st.sampled_from([lambda e: 2 * e, lambda e: -e, lambda e: 1 - e, lambda e: e / 3]))(
            inner(shape)
        )
    if kind == "product":
        return inner((shape[0], letter)) @ inner((letter, shape[1]))
    if kind == "transpose":
        return inner(shape[::-1]).T
    if kind == "stretch":
        small = draw(st.sampled_from([(1, shape[1]), (shape[0], 1), (1, 1), ()]))
        return inner(shape) * inner(small) if draw(st.booleans()) else inner(shape) - inner(small)
    if kind == "softmax":
        return softmax(inner(shape))
    if kind in ("row_sums", "log_sum_exp"):
        return {"row_sums": row_sums, "log_sum_exp": log_sum_exp}[kind](inner((shape[0], letter)))
    if kind == "column_sums":
        return draw(st.sampled_from([column_sums, column_means]))(inner((letter, shape[1])))
    if kind == "trace":
        return trace(inner((letter, letter)))
    whole = inner((letter, draw(st.sampled_from(LETTERS))))
    return draw(
        st.sampled_from(
            {"total": [total], "mean": [mean], "norms": [squared_norm, lambda e: norm(2 + e**2)]}[kind]
        )
    )(whole)


@settings(max_examples=150, deadline=None)
@given(expressions((), 4), st.integers(0, 10**6))
def test_gradients_of_random_expressions_agree_with_finite_differences(loss, seed):
    arrays = draw_arrays(loss, seed)
    assume(arrays)
    value = run(loss.plain(), with_names(loss, arrays))
    assume(np.isfinite(value) and abs(value) < 1e5)

    assert loss.evaluate({**SIZES, **arrays}) == pytest.approx(float(value), rel=1e-9, abs=1e-9)
    by = sorted(arrays)[seed % len(arrays)]
    check_gradient(loss, by, arrays, 1e-5)


@settings(max_examples=40, deadline=None)
@given(expressions((), 3), st.integers(0, 10**6))
def test_every_step_says_why_and_can_be_typeset(loss, seed):
    arrays = draw_arrays(loss, seed)
    assume(arrays)
    check_steps(matrix_gradient(loss, sorted(arrays)[seed % len(arrays)]))


NETWORKS = {
    "sigmoid layer": total(sigmoid(Y)),
    "mean squared error": mean((Y - T) ** 2),
    "half squared error": squared_norm(Y - T) / 2,
    "two layers": mean((H @ W2 + c) ** 2),
    "two layers without names": total(tanh(relu(X @ W + b) @ W2 + c)),
    "three layers": squared_norm(gelu(tanh(X @ W) @ W.T) @ W),
    "cross-entropy": mean(log_sum_exp(Y)) - mean(row_sums(T * Y)),
    "cross-entropy by softmax": -total(T * log(softmax(Y))),
    "log-sum-exp": total(log_sum_exp(X @ W)),
    "sum of many terms": total(X @ W + Z @ R + T + A),
    "norm": norm(X @ W - T),
    "penalty": mean((Y - T) ** 2) + 0.1 * squared_norm(W),
    "trace": trace(W.T @ W) + trace(X @ X.T),
    "leaky": total(leaky_relu(Y, 0.1) ** 2),
    "absolute": mean(absolute(Y - T)),
    "row statistics": squared_norm((Y - row_means(Y)) / sqrt(row_means((Y - row_means(Y)) ** 2) + 0.001) * T),
    "column statistics": total(
        T * ((Y - column_means(Y)) / sqrt(column_means((Y - column_means(Y)) ** 2) + 0.001))
    ),
    "attention": squared_norm(softmax(X @ W @ (Z @ R).T / 2) @ Z),
}


@pytest.mark.parametrize("name", NETWORKS)
def test_gradients_of_networks_agree_with_finite_differences(name):
    loss = NETWORKS[name]
    arrays = draw_arrays(loss, 4)
    for by in arrays:
        check_gradient(loss, by, arrays)
        check_steps(matrix_gradient(loss, by))
