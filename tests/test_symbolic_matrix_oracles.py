"""Matrix gradients agree with SymPy on explicit matrices and with PyTorch on stored cases."""

import json
from pathlib import Path

import numpy as np
import pytest
import sympy
from matrix_checks import T, W, X, check_steps

from solvers.symbolic.matrix.elementwise import log, sigmoid, sqrt, tanh
from solvers.symbolic.matrix.expression import Expression, matrices, named
from solvers.symbolic.matrix.gradient import matrix_gradient
from solvers.symbolic.matrix.reductions import (
    column_means,
    log_sum_exp,
    mean,
    norm,
    open_loss,
    softmax,
    total,
    trace,
)

DATA = Path(__file__).parent / "data"
TORCH = {case["id"]: case for case in map(json.loads, (DATA / "pytorch_oracle.jsonl").read_text().splitlines())}


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
