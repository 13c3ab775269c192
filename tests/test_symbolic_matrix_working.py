"""Matrix gradients are printed as on paper, and their index sums are the matrix products."""

import re
from typing import Any

import numpy as np
import pytest
from matrix_checks import SIZES, W2, A, H, R, T, W, X, Y, Z, c, draw_arrays

from solvers.symbolic.matrix.expression import matrices, named
from solvers.symbolic.matrix.gradient import matrix_gradient, put_matrices
from solvers.symbolic.matrix.reductions import mean, open_loss, squared_norm, total


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
    "right transposed": T @ W.T,
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
