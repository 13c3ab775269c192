"""The gradients of the affine layer Y = X W + b, entry by entry, until the matrix products show themselves."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from solvers.symbolic.matrix.expression import matrices, named
from solvers.symbolic.matrix.gradient import matrix_gradient
from solvers.symbolic.matrix.reductions import open_loss
from solvers.worked import Step, Worked, worked

MAX_SIZE = 4


@cache
def affine_entries(
    by: str = "W", sizes: tuple[int, int, int] = (2, 2, 3), entry: tuple[int, int] = (1, 1)
) -> Worked:
    """Derive ∂L/∂W, ∂L/∂X or ∂L/∂b for N samples, D inputs and M outputs (1 to 4 each) by way of one entry.

    `entry` counts from 1; the value is the gradient as a matrix expression in X, W and G = ∂L/∂Y.

    >>> affine_entries().value.plain(), affine_entries("X").value.plain()
    ('X.T @ G', 'G @ W.T')
    """
    _check(by, sizes, entry)
    layer = _layer(*sizes)
    Y, of, u, v = layer["Y"], layer[by], entry[0] - 1, entry[1] - 1
    left = rf"\frac{{\partial L}}{{\partial {of[u, v]}}}"
    change = Y.diff(of[u, v])
    every = [[_frobenius(Y.diff(of[r, c])) for c in range(of.shape[1])] for r in range(of.shape[0])]
    X, W, b = matrices(X="N D", W="D M", b="1 M")
    gradient = matrix_gradient(open_loss(named("Y", X @ W + b)), by).value
    return worked(gradient, (
        Step("Write the layer out.", r"Y = X W + \mathbf{1}_{N} b", _matrix(_cells(Y))),
        Step("The upstream gradient has the shape of $Y$.", r"\frac{\partial L}{\partial Y}", _matrix(_upstream(Y))),
        Step("The loss may depend on one entry through every entry of $Y$; the chain rule adds all of these up.",
             rf"{left} = \sum_{{i=1}}^{{{sizes[0]}}} \sum_{{j=1}}^{{{sizes[2]}}} "
             rf"\frac{{\partial L}}{{\partial y_{{i,j}}}} \frac{{\partial y_{{i,j}}}}{{\partial {of[u, v]}}}"),
        Step(f"Differentiate every entry of $Y$ by ${of[u, v]}$.", rf"\frac{{\partial Y}}{{\partial {of[u, v]}}}",
             result=_matrix(_cells(change))),
        Step("Multiply by the upstream gradient entry by entry and add everything up.", left,
             result=_frobenius(change)),
        Step("The same for every entry.", rf"\frac{{\partial L}}{{\partial {by}}}", result=_matrix(every)),
        Step("This is a matrix product.", rf"\frac{{\partial L}}{{\partial {by}}} = {gradient.latex()}",
             result=_product(by, layer), name=f"d{by}"),
    ))  # fmt: skip


def _check(by: str, sizes: tuple[int, int, int], entry: tuple[int, int]) -> None:
    N, D, M = sizes
    shapes = {"X": (N, D), "W": (D, M), "b": (1, M)}
    if by not in shapes or not all(1 <= size <= MAX_SIZE for size in sizes):
        raise ValueError(f"expected X, W or b and three sizes from 1 to {MAX_SIZE}, got {by!r} and {sizes}")
    if not all(1 <= place <= size for place, size in zip(entry, shapes[by], strict=True)):
        raise ValueError(f"{by} has {shapes[by][0]} × {shapes[by][1]} entries, counted from 1; got {entry}")


def _layer(N: int, D: int, M: int) -> dict[str, Any]:
    """The layer's matrices with a symbol in every entry."""
    import sympy

    def matrix(letter: str, rows: int, columns: int) -> Any:
        return sympy.Matrix(rows, columns, lambda r, c: sympy.Symbol(f"{letter}_{{{r + 1},{c + 1}}}"))

    X, W, b = matrix("x", N, D), matrix("w", D, M), matrix("b", 1, M)
    return {"X": X, "W": W, "b": b, "Y": X * W + sympy.ones(N, 1) * b}


def _slope(r: int, c: int) -> str:
    return rf"\frac{{\partial L}}{{\partial y_{{{r + 1},{c + 1}}}}}"


def _upstream(Y: Any) -> list[list[str]]:
    return [[_slope(r, c) for c in range(Y.shape[1])] for r in range(Y.shape[0])]


def _frobenius(change: Any) -> str:
    """The sum of upstream gradient times local derivative over all entries, zeros left out."""
    rows, columns = change.shape
    terms = [
        _slope(r, c) if change[r, c] == 1 else f"{_slope(r, c)} {change[r, c]}"
        for r in range(rows)
        for c in range(columns)
        if change[r, c] != 0
    ]
    return " + ".join(terms)


def _product(by: str, layer: dict[str, Any]) -> str:
    """The factors written out."""
    upstream = _matrix(_upstream(layer["Y"]))
    if by == "X":
        return f"{upstream} {_matrix(_cells(layer['W'].T))}"
    left = _cells(layer["X"].T) if by == "W" else [["1"] * layer["Y"].shape[0]]
    return f"{_matrix(left)} {upstream}"


def _cells(matrix: Any) -> list[list[str]]:
    return [[str(entry).replace("*", " ") for entry in matrix.row(r)] for r in range(matrix.shape[0])]


def _matrix(rows: Sequence[Sequence[str]]) -> str:
    return r"\begin{bmatrix} " + r" \\ ".join(" & ".join(row) for row in rows) + r" \end{bmatrix}"
