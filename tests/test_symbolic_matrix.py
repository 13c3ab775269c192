"""Matrix gradients agree with finite differences, SymPy and PyTorch; what is printed is what was computed."""

import itertools
import json
import math
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quizbank.mathml import mathml
from solvers.symbolic.matrix import elementwise, reductions
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
)  # fmt: skip
from solvers.symbolic.matrix.entries import entry
from solvers.symbolic.matrix.expression import (
    Expression,
    Named,
    Shape,
    Symbol,
    Zeros,
    forward_order,
    matrices,
    named,
    read_shape,
)  # fmt: skip
from solvers.symbolic.matrix.gradient import matrix_gradient, put_matrices
from solvers.symbolic.matrix.identity import derive_equal, same
from solvers.symbolic.matrix.reductions import (
    column_means,
    column_sums,
    log_sum_exp,
    mean,
    norm,
    open_loss,
    row_means,
    row_sums,
    softmax,
    squared_norm,
    total,
    trace,
)  # fmt: skip
from solvers.worked import Worked

SIZES = {"N": 3, "D": 4, "M": 2, "K": 5}
DATA = Path(__file__).parent / "data"
TORCH = {case["id"]: case for case in map(json.loads, (DATA / "pytorch_oracle.jsonl").read_text().splitlines())}
X, W, b, T, G = matrices(X="N D", W="D M", b="1 M", T="N M", G="N M")
_erf = np.vectorize(math.erf)


def run(text: str, arrays: dict[str, Any]) -> Any:
    """What NumPy makes of a printed expression: the second route to its value."""
    names = {
        "np": np, "sigmoid": lambda x: 1 / (1 + np.exp(-x)), "softmax": lambda x: np.exp(x) / np.exp(x).sum(1, keepdims=True),
        "Phi": lambda x: (1 + _erf(x / np.sqrt(2))) / 2, "phi": lambda x: np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi),
        "gelu": lambda x: x * (1 + _erf(x / np.sqrt(2))) / 2,
    }  # fmt: skip
    return eval(text, {**names, **SIZES, **arrays})  # noqa: S307 - our own printed expression


def draw_arrays(expression: Expression, seed: int = 0) -> dict[str, Any]:
    draw = np.random.default_rng(seed)
    symbols = [node for node in forward_order(expression) if isinstance(node, Symbol)]
    return {
        node.name: draw.uniform(-1.5, 1.5, [SIZES.get(size, size) for size in node.shape])  # type: ignore[arg-type]
        for node in sorted(symbols, key=lambda node: node.name)
    }


def unnamed(expression: Expression) -> dict[str, Any]:
    """The values of named intermediate results come from their definitions, printed without names."""
    return {node.name: node.meaning for node in forward_order(expression) if isinstance(node, Named)}


def with_names(expression: Expression, arrays: dict[str, Any]) -> dict[str, Any]:
    known = dict(arrays)
    for node in forward_order(expression):
        if isinstance(node, Named):
            known[node.name] = run(node.meaning.plain(), known)
    return known


def difference(loss: Expression, by: str, arrays: dict[str, Any], direction: Any, h: float = 1e-5) -> float:
    """The slope of the loss along a direction, from the loss as NumPy computes it from its printed text."""
    ends = []
    for sign in (h, -h):
        moved = {**arrays, by: arrays[by] + sign * direction}
        ends.append(float(run(loss.plain(), with_names(loss, moved))))
    return (ends[0] - ends[1]) / (2 * h)


def check_gradient(loss: Expression, by: str, arrays: dict[str, Any], tolerance: float = 1e-6) -> None:
    gradient = matrix_gradient(loss, by).value
    value = gradient.evaluate({**SIZES, **arrays})
    direction = np.random.default_rng(7).normal(size=np.shape(arrays[by]))
    slope = difference(loss, by, arrays, direction)
    scale = 1 + abs(slope) + float(np.abs(value).max())

    assert np.shape(value) == np.shape(arrays[by])
    assert float(np.sum(value * direction)) == pytest.approx(slope, abs=tolerance * scale)
    printed = run(gradient.plain(), with_names(loss, arrays))
    np.testing.assert_allclose(printed, value, rtol=1e-9, atol=1e-10 * scale)


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


def check_steps(work: Worked) -> None:
    names = [step.name for step in work.steps if step.name]
    assert len(names) == len(set(names))
    for step in work.steps:
        assert step.reason.rstrip()[-1] == "."
        assert step.reason.count("$") % 2 == 0
        for text in (step.formula, step.numbers, step.result, *step.reason.split("$")[1::2]):
            mathml(text)


Y = named("Y", X @ W + b)
W2, c = matrices(W2="M K", c="1 K")
H = named("H", relu(X @ W + b))
Z, R, A = matrices(Z="N D", R="D M", A="N M")
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


def test_the_notes_gradients_come_out_as_the_notes_print_them():
    loss = open_loss(Y)
    found = {by: matrix_gradient(loss, by).value for by in ("X", "W", "b")}

    assert found["X"].latex() == r"\frac{\partial L}{\partial Y} \cdot W^\top"
    assert found["W"].latex() == r"X^\top \cdot \frac{\partial L}{\partial Y}"
    assert found["b"].latex() == r"\mathbf{1}_{N}^\top \cdot \frac{\partial L}{\partial Y}"
    assert [found[by].plain() for by in "XWb"] == ["G @ W.T", "X.T @ G", "np.sum(G, axis=0, keepdims=True)"]
    assert [found[by].shape for by in "XWb"] == [("N", "D"), ("D", "M"), (1, "M")]


def test_a_sum_loss_gives_ones():
    loss = total(X @ W + Z @ R + T + A)

    assert matrix_gradient(loss, "Z").value.latex() == r"\mathbf{1}_{N \times M} \cdot R^\top"
    assert matrix_gradient(loss, "A").value.plain() == "np.ones((N, M))"
    assert matrix_gradient(mean(X @ W), "W").value.plain() == "X.T @ np.ones((N, M)) / (N * M)"


def test_a_hidden_layer_is_masked_and_its_names_are_used():
    loss = squared_norm(named("O", H @ W2 + c) - matrices(t="N K")[0]) / 2

    assert matrix_gradient(loss, "W").value.plain() == "X.T @ (((O - t) @ W2.T) * ((X @ W + b) > 0))"
    assert matrix_gradient(loss, "W2").value.plain() == "H.T @ (O - t)"
    assert matrix_gradient(loss, "H").value.plain() == "(O - t) @ W2.T"


def test_the_exercise_of_the_notes_has_52_and_its_gradients():
    arrays = {"X": [[0, 1], [2, 3]], "W": [[1, 1], [1, 1]]}
    loss = total(named("Y", X @ W) ** 2)

    assert loss.evaluate(arrays) == 52
    assert put_matrices(matrix_gradient(loss, "Y"), arrays).value.tolist() == [[2, 2], [10, 10]]
    assert put_matrices(matrix_gradient(loss, "X"), arrays).value.tolist() == [[4, 4], [20, 20]]
    step = put_matrices(matrix_gradient(loss, "W"), arrays, "dW").steps[-1]
    assert step.result == r"\begin{bmatrix} 20 & 20 \\ 32 & 32 \end{bmatrix}"


def test_the_index_notation_names_the_reason_for_the_transpose():
    steps = matrix_gradient(open_loss(Y), "W").steps
    formulas = [step.formula for step in steps] + [step.result for step in steps]
    reasons = " ".join(step.reason for step in steps)

    assert (
        r"\frac{\partial L}{\partial W_{uv}} = \sum_{i=1}^{N} \sum_{j=1}^{M} \frac{\partial L}{\partial Y_{ij}} "
        r"\frac{\partial Y_{ij}}{\partial W_{uv}}" in formulas
    )
    assert r"\frac{\partial Y_{ij}}{\partial W_{uv}} = X_{iu} \delta_{jv}" in formulas
    assert (
        r"\frac{\partial L}{\partial W_{uv}} = \sum_{i=1}^{N} X_{iu} \frac{\partial L}{\partial Y_{iv}}"
        in formulas
    )
    assert r"\left(D \times N\right) \left(N \times M\right) = D \times M" in formulas
    assert r"$X$ is transposed: the summed index $i$ is its row" in reasons
    assert "inner sizes M and D would not fit" in reasons


PRODUCTS = {
    "plain": X @ W,
    "left transposed": Z.T @ X,
    "right transposed": X @ R.T if False else T @ W.T,
    "both": W.T @ X.T,
}


@pytest.mark.parametrize("name", PRODUCTS)
def test_the_index_sums_are_the_matrix_products(name):
    """The printed sum over indices, worked out entry by entry, gives the gradient matrix."""
    product = PRODUCTS[name]
    loss = open_loss(named("Y", product))
    arrays = draw_arrays(product, 2)
    arrays["G"] = np.random.default_rng(5).normal(size=[SIZES[size] for size in product.shape])  # type: ignore[index]
    for by in sorted(set(arrays) - {"G"}):
        work = matrix_gradient(loss, by)
        expected = work.value.evaluate(arrays)
        sums = [step.result for step in work.steps if "delta" in step.reason]
        assert sums
        for text in sums:
            left, right = text.split(" = ", 1)
            found = contracted(right, arrays)
            np.testing.assert_allclose(found, expected.T if r"\top" in left else expected, atol=1e-12)


def contracted(text: str, arrays: dict[str, Any]) -> Any:
    """Work out a printed sum of products of entries, `Σ_i X_{iu} ∂L/∂Y_{iv}`, as an array over u and v."""
    plain = text.replace(r"\frac{\partial L}{\partial Y_{", "G_{").replace("}}", "}")
    factors = re.findall(r"(?<![\\a-z])([A-Z])_\{([a-z]{2})\}", plain)
    return np.einsum(",".join(letters for _, letters in factors) + "->uv", *(arrays[name] for name, _ in factors))


def test_sympy_agrees_on_explicit_matrices():
    N, D, M = 2, 3, 2
    symbols = {
        name: sympy.Matrix(r, k, lambda i, j, name=name: sympy.Symbol(f"{name}_{i}_{j}", real=True))
        for name, r, k in (("X", N, D), ("W", D, M), ("T", N, M))
    }
    product = symbols["X"] * symbols["W"]
    cells = [(i, j) for i in range(N) for j in range(M)]
    losses = {
        total(sigmoid(X @ W)): sum(1 / (1 + sympy.exp(-product[c])) for c in cells),
        total(log_sum_exp(X @ W)): sum(
            sympy.log(sum(sympy.exp(product[i, j]) for j in range(M))) for i in range(N)
        ),
        norm(X @ W - T): sympy.sqrt(sum((product[c] - symbols["T"][c]) ** 2 for c in cells)),
        total(T * log(softmax(X @ W))): sum(
            symbols["T"][i, j]
            * sympy.log(sympy.exp(product[i, j]) / sum(sympy.exp(product[i, k]) for k in range(M)))
            for i, j in cells
        ),
        trace((X @ W) @ T.T): (product * symbols["T"].T).trace(),
    }
    draw = np.random.default_rng(11)
    arrays = {name: draw.normal(size=matrix.shape) for name, matrix in symbols.items()}
    point = {
        matrix[i, j]: arrays[name][i, j] for name, matrix in symbols.items() for i, j in np.ndindex(matrix.shape)
    }
    for loss, explicit in losses.items():
        for by in ("X", "W"):
            expected = [
                [float(explicit.diff(s).subs(point)) for s in symbols[by].row(r)] for r in range(symbols[by].rows)
            ]
            np.testing.assert_allclose(matrix_gradient(loss, by).value.evaluate(arrays), expected, atol=1e-12)


def test_linear_layers_agree_with_pytorch():
    case = TORCH["linear_001"]
    V, bias = matrices(V="M D", bias="1 M")
    loss = open_loss(named("Y", X @ V.T + bias))
    arrays = {
        "X": np.reshape(case["inputs"]["x"], (-1, np.shape(case["inputs"]["weight"])[1])),
        "V": case["inputs"]["weight"], "bias": case["inputs"]["bias"],
        "G": np.reshape(case["grad_out"]["y"], (-1, np.shape(case["inputs"]["weight"])[0])),
    }  # fmt: skip
    for by, name in (("X", "x"), ("V", "weight"), ("bias", "bias")):
        found = matrix_gradient(loss, by).value.evaluate(arrays)
        np.testing.assert_allclose(np.ravel(found), np.ravel(case["grads"][name]), atol=1e-12)


def test_whole_networks_agree_with_pytorch():
    case = TORCH["mlp_008"]  # tanh, tanh, linear; mean squared error
    V1, d1, V2, d2, V3, d3, t = matrices(W1="A B", b1="1 A", W2="C A", b2="1 C", W3="E C", b3="1 E", t="N E")
    (x,) = matrices(x="N B")
    output = tanh(tanh(x @ V1.T + d1) @ V2.T + d2) @ V3.T + d3
    arrays = {**case["inputs"], "t": case["nondiff"]["target"]}
    loss = mean((output - t) ** 2)

    assert loss.evaluate(arrays) == pytest.approx(case["outputs"]["loss"], rel=1e-12)
    for by, expected in case["grads"].items():
        np.testing.assert_allclose(
            np.ravel(matrix_gradient(loss, by).value.evaluate(arrays)), np.ravel(expected), atol=1e-12
        )


def test_gradients_through_time_add_up_as_in_pytorch():
    case = TORCH["rnn_002"]
    V, U, d1, d2, h = matrices(V="H I", U="H H", d1="1 H", d2="1 H", h="N H")
    steps = len(case["inputs"]["x"])
    xs = matrices(**{f"x{t}": "N I" for t in range(steps)})
    ups = matrices(**{f"g{t}": "N H" for t in range(steps)}, gn="N H")
    state: Expression = h
    loss: Expression = total(0 * h)
    for t in range(steps):
        state = named(f"h{t + 1}", tanh(xs[t] @ V.T + d1 + state @ U.T + d2))
        loss = loss + total(ups[t] * state)
    loss = loss + total(ups[-1] * state)
    arrays = {f"x{t}": case["inputs"]["x"][t] for t in range(steps)} | {
        f"g{t}": case["grad_out"]["y"][t] for t in range(steps)
    }
    arrays |= {"gn": case["grad_out"]["hn"][0], "h": case["inputs"]["h0"][0], "V": case["inputs"]["weight_ih_l0"]}
    arrays |= {
        "U": case["inputs"]["weight_hh_l0"],
        "d1": case["inputs"]["bias_ih_l0"],
        "d2": case["inputs"]["bias_hh_l0"],
    }
    for by, name in (("V", "weight_ih_l0"), ("U", "weight_hh_l0"), ("d1", "bias_ih_l0"), ("h", "h0")):
        work = matrix_gradient(loss, by)
        np.testing.assert_allclose(
            np.ravel(work.value.evaluate(arrays)), np.ravel(case["grads"][name]), atol=1e-12
        )
        check_steps(work)


def test_batch_norm_by_column_statistics_agrees_with_pytorch():
    case = TORCH["batchnorm1d_001"]
    gamma, beta = matrices(gamma="1 D", beta="1 D")
    C = named("C", X - named("mu", column_means(X)))
    Xhat = named("Xhat", C / sqrt(named("variance", column_means(C**2)) + case["config"]["eps"]))
    loss = open_loss(named("Y", Xhat * gamma + beta))
    arrays = {
        "X": case["inputs"]["x"],
        "gamma": case["inputs"]["weight"],
        "beta": case["inputs"]["bias"],
        "G": case["grad_out"]["y"],
    }
    for by, name in (("X", "x"), ("gamma", "weight"), ("beta", "bias")):
        found = matrix_gradient(loss, by).value.evaluate(arrays)
        np.testing.assert_allclose(np.ravel(found), np.ravel(case["grads"][name]), atol=1e-11)
    assert matrix_gradient(loss, "gamma").value.plain() == "np.sum(G * Xhat, axis=0, keepdims=True)"


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
