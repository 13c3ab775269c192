"""The network affine – element-wise function – sum, with every gradient: L = Σ f(XW + b)."""

import numpy as np
from numpy.typing import ArrayLike

from solvers.affine import affine, affine_gradients
from solvers.arrays import Array, matrix, shapes, show
from solvers.functions import apply, function, slope
from solvers.worked import Step, Worked, worked


def sum_network(
    X: ArrayLike, W: ArrayLike, name: str, b: ArrayLike = 0.0, alpha: float = 0.01
) -> dict[str, Array]:
    """Values and gradients of L = Σ f(XW + b): Y, F, L, dF, dY, dX, dW, db.

    X is N × D, W is D × M, b has M entries; `name` is one of `solvers.functions.FUNCTIONS`.

    >>> found = sum_network([[1, 2], [3, 4]], [[1, 0], [0, 1]], "square")
    >>> found["L"].item(), found["dY"].tolist(), found["dW"].tolist()
    (30.0, [[2.0, 4.0], [6.0, 8.0]], [[20.0, 28.0], [28.0, 40.0]])
    """
    Y = affine(X, W, b)
    F, dF = apply(name, Y, alpha), np.ones_like(Y)
    dY = dF * slope(name, Y, alpha)
    return {"Y": Y, "F": F, "L": np.asarray(F.sum()), "dF": dF, "dY": dY} | affine_gradients(X, W, dY)


def sum_network_steps(X: ArrayLike, W: ArrayLike, name: str, b: ArrayLike = 0.0, alpha: float = 0.01) -> Worked:
    """Work out L = Σ f(XW + b) and all its gradients."""
    v = sum_network(X, W, name, b, alpha)
    X, W, bias = matrix(X, "X"), matrix(W, "W"), np.any(b)
    plus = f" + {show(matrix(b, 'b'))}" if bias else ""
    f, Y = function(name), v["Y"]
    forward = (
        Step("Forward, first the affine layer.", "Y = X W + b" if bias else "Y = X W",
             f"{show(X)} {show(W)}{plus}", show(Y), "Y", shapes(X=X, W=W, Y=Y)),
        Step(f"Then the function $f(x) = {f.formula}$, entry by entry.", "F = f(Y)", "", show(v["F"]), "F"),
        Step("The sum of all entries is the loss.", r"L = \sum_{nm} F_{nm}", "", show(v["L"]), "L"),
    )  # fmt: skip
    return worked(v, (*forward, *_backward(X, W, v, f.slope_formula, bool(bias))))


def elementwise_gradient(name: str, Y: ArrayLike, G: ArrayLike, alpha: float = 0.01) -> Array:
    """Gradient at the input Y of an element-wise function whose upstream gradient is G.

    >>> elementwise_gradient("relu", [[-1, 2]], [[5, 7]]).tolist()
    [[0.0, 7.0]]
    """
    Y, G = matrix(Y, "Y"), matrix(G, "G")
    if Y.shape != G.shape:
        raise ValueError(f"Y and its upstream gradient must have one shape, got {Y.shape} and {G.shape}")
    return G * slope(name, Y, alpha)


def elementwise_gradient_steps(name: str, Y: ArrayLike, G: ArrayLike, alpha: float = 0.01) -> Worked:
    """Work out the gradient at the input of an element-wise function."""
    Y, G = matrix(Y, "Y"), matrix(G, "G")
    result, local = elementwise_gradient(name, Y, G, alpha), slope(name, Y, alpha)
    return worked(result, (
        Step("Each output depends on the input of its own place only, so there is one derivative per entry: "
             f"$f'(x) = {function(name).slope_formula}$.", "f'(Y)", "", show(local), "slope"),
        Step("Upstream gradient times local derivative, entry by entry.",
             r"\frac{\partial L}{\partial Y} = G \odot f'(Y)", rf"{show(G)} \odot {show(local)}", show(result),
             "dY", shapes(G=G, Y=Y)),
    ))  # fmt: skip


def _backward(X: Array, W: Array, v: dict[str, Array], slope_formula: str, bias: bool) -> list[Step]:
    local = v["dY"] / v["dF"]
    steps = [
        Step("Backward: every entry enters the sum with factor 1.", r"\frac{\partial L}{\partial F} = \mathbf{1}",
             "", show(v["dF"]), "dF", shapes(dF=v["dF"])),
        Step("The function acts on each entry alone, so upstream gradient and local derivative multiply entry by "
             f"entry. Here $f'(x) = {slope_formula}$.",
             r"\frac{\partial L}{\partial Y} = \frac{\partial L}{\partial F} \odot f'(Y)",
             rf"{show(v['dF'])} \odot {show(local)}", show(v["dY"]), "dY"),
        Step("Back through the weights: each input gathers from all outputs of its row.",
             r"\frac{\partial L}{\partial X} = \frac{\partial L}{\partial Y} W^T",
             f"{show(v['dY'])} {show(W.T)}", show(v["dX"]), "dX", shapes(dY=v["dY"], W=W, dX=v["dX"])),
        Step("Each weight gathers, over the samples, its input times the gradient of its output.",
             r"\frac{\partial L}{\partial W} = X^T \frac{\partial L}{\partial Y}",
             f"{show(X.T)} {show(v['dY'])}", show(v["dW"]), "dW", shapes(X=X, dY=v["dY"], dW=v["dW"])),
    ]  # fmt: skip
    if bias:
        steps.append(Step("The bias gathers the column sums.", r"\frac{\partial L}{\partial b} = \sum_n "
                          r"\frac{\partial L}{\partial Y_n}", "", show(v["db"]), "db"))  # fmt: skip
    return steps
