"""Affine layers Y = XW + b: forward pass, the three gradients, one update, two layers merged into one.

X is N × D (a flat list is one row), W is D × M, b has M entries, G is the upstream gradient ∂L/∂Y of shape N × M.
Each `…_steps` function returns the working, the function beside it only the value; several values come as a dict
from the steps' names.
"""

import numpy as np
from numpy.typing import ArrayLike

from solvers.arrays import Array, dots, matrix, real, shapes, show, signed, total
from solvers.worked import Step, Worked, worked


def affine(X: ArrayLike, W: ArrayLike, b: ArrayLike = 0.0) -> Array:
    """Forward pass XW + b; raise ValueError where the shapes do not fit.

    >>> affine([[1, 2]], [[3, 4], [5, 6]], [10, 20]).tolist()
    [[23.0, 36.0]]
    """
    X, W, b = matrix(X, "X"), matrix(W, "W"), real(b, "b")
    _meet(X.shape[1], W.shape[0], "X", "columns", "W", "rows")
    if b.size not in (1, W.shape[1]):
        raise ValueError(f"b must have {W.shape[1]} entries, one per column of W; it has {b.size}")
    return X @ W + b.reshape(-1)


def affine_steps(X: ArrayLike, W: ArrayLike, b: ArrayLike = 0.0) -> Worked:
    """Work out the forward pass of an affine layer."""
    X, W, b = matrix(X, "X"), matrix(W, "W"), np.atleast_1d(real(b, "b")).reshape(1, -1)
    Y = affine(X, W, b)
    return worked(Y, (
        Step("Rows are samples: every row of $X$ meets every column of $W$, so the inner sizes must agree and the "
             "outer ones remain.", "X W", f"{show(X)} {show(W)}", show(X @ W), "XW", shapes(X=X, W=W, XW=X @ W)),
        Step("For example, the first entry is the first row of $X$ times the first column of $W$.",
             r"(X W)_{11} = \sum_d X_{1d} W_{d1}", dots(X[0], W[:, 0]), show((X @ W)[0, 0])),
        Step("The bias is one row that is added to every sample.", "Y = X W + b", f"{show(X @ W)} + {show(b)}",
             show(Y), "Y", shapes(b=b, Y=Y)),
    ))  # fmt: skip


def affine_gradients(X: ArrayLike, W: ArrayLike, G: ArrayLike) -> dict[str, Array]:
    """Gradients GWᵀ, XᵀG and the column sums of G.

    >>> found = affine_gradients([[1, 2]], [[3, 4, 5], [6, 7, 8]], [[1, 0, -1]])
    >>> found["dX"].tolist(), found["dW"].tolist(), found["db"].tolist()
    ([[-2.0, -2.0]], [[1.0, 0.0, -1.0], [2.0, 0.0, -2.0]], [1.0, 0.0, -1.0])
    """
    X, W, G = matrix(X, "X"), matrix(W, "W"), matrix(G, "G")
    _meet(X.shape[1], W.shape[0], "X", "columns", "W", "rows")
    _meet(G.shape[0], X.shape[0], "G", "rows", "X", "rows")
    _meet(G.shape[1], W.shape[1], "G", "columns", "W", "columns")
    return {"dX": G @ W.T, "dW": X.T @ G, "db": G.sum(axis=0)}


def affine_gradients_steps(X: ArrayLike, W: ArrayLike, G: ArrayLike) -> Worked:
    """Work out the three gradients of an affine layer from its upstream gradient."""
    X, W, G = matrix(X, "X"), matrix(W, "W"), matrix(G, "G")
    found = affine_gradients(X, W, G)
    dX, dW, db = found.values()
    return worked(found, (
        Step("The weight $W_{dm}$ carries input $d$ to output $m$, in every sample. So its gradient is input $d$ "
             "times upstream gradient $m$, added over the samples.",
             r"\frac{\partial L}{\partial W_{dm}} = \sum_n X_{nd} G_{nm}", "", ""),
        Step("The sum runs over the rows of both matrices; a product sums over columns of the left one, hence the "
             "transpose. The result has the shape of $W$.", r"\frac{\partial L}{\partial W} = X^T G",
             f"{show(X.T)} {show(G)}", show(dW), "dW", shapes(X=X, G=G, dW=dW)),
        Step("Input $d$ of a sample feeds every output $m$ through $W_{dm}$: the gradient comes back along the "
             "same weights, added over the outputs. The result has the shape of $X$.",
             r"\frac{\partial L}{\partial X} = G W^T", f"{show(G)} {show(W.T)}", show(dX), "dX",
             shapes(G=G, W=W, dX=dX)),
        Step("The bias is added to every sample with factor 1, so it collects the upstream gradients of all: the "
             "column sums.", r"\frac{\partial L}{\partial b_m} = \sum_n G_{nm}",
             r",\; ".join(map(total, G.T)) if len(G) > 1 else "", show(db), "db",
             shapes(G=G, db=db)),
    ))  # fmt: skip


def weight_gradient(X: ArrayLike, G: ArrayLike, row: int, column: int) -> float:
    """One entry of XᵀG, counted from 0.

    >>> weight_gradient([[1, 2], [3, 4]], [[5, 6], [7, 8]], 0, 1)
    30.0
    """
    X, G = matrix(X, "X"), matrix(G, "G")
    _meet(G.shape[0], X.shape[0], "G", "rows", "X", "rows")
    return float(X[:, row] @ G[:, column])


def weight_gradient_steps(X: ArrayLike, G: ArrayLike, row: int, column: int) -> Worked:
    """Work out the gradient of one weight, sample by sample."""
    X, G, value = matrix(X, "X"), matrix(G, "G"), weight_gradient(X, G, row, column)
    u, v = row + 1, column + 1
    return worked(value, (
        Step(f"This weight touches only input {u} and output {v}: its local derivative is that input.",
             rf"\frac{{\partial Y_{{n{v}}}}}{{\partial W_{{{u}{v}}}}} = X_{{n{u}}}", "", show(X[:, row])),
        Step("Times the upstream gradient of that output, added over the samples, because all share the weight.",
             rf"\frac{{\partial L}}{{\partial W_{{{u}{v}}}}} = \sum_n X_{{n{u}}} G_{{n{v}}}",
             dots(X[:, row], G[:, column]), show(value), "entry"),
    ))  # fmt: skip


def update_steps(X: ArrayLike, W: ArrayLike, b: ArrayLike, G: ArrayLike, lr: float) -> Worked:
    """Work out one descent step of an affine layer; the value has dX, dW, db, new_W and new_b.

    The steps are the updates alone: those of `affine_gradients_steps` come before them.

    >>> found = update_steps([[1, 2]], [[1], [1]], [0], [[10]], 0.1).value
    >>> found["new_W"].tolist(), found["new_b"].tolist()
    ([[0.0], [-1.0]], [-1.0])
    """
    W, b, found = matrix(W, "W"), real(b, "b"), affine_gradients(X, W, G)
    dW, db = found["dW"], found["db"]
    new_W, new_b = W - lr * dW, b - lr * db.reshape(b.shape)
    return worked(found | {"new_W": new_W, "new_b": new_b}, (
        Step("Walk against the gradient, which was found with the old weights.",
             r"W \leftarrow W - \alpha \frac{\partial L}{\partial W}",
             rf"{show(W)} - {show(lr)} \cdot {show(dW)}", show(new_W), "new_W"),
        Step("The bias likewise.", r"b \leftarrow b - \alpha \frac{\partial L}{\partial b}",
             rf"{show(b)} - {show(lr)} \cdot {show(db)}", show(new_b), "new_b"),
    ))  # fmt: skip


def merge(W1: ArrayLike, b1: ArrayLike, W2: ArrayLike, b2: ArrayLike) -> dict[str, Array]:
    """Weights W and bias b of the one layer that equals two affine layers in a row.

    >>> {name: part.tolist() for name, part in merge([[1, 2]], [3, 4], [[5], [6]], [7]).items()}
    {'W': [[17.0]], 'b': [46.0]}
    """
    return {"W": affine(W1, W2), "b": affine(b1, W2, b2)[0]}


def merge_steps(W1: ArrayLike, b1: ArrayLike, W2: ArrayLike, b2: ArrayLike) -> Worked:
    """Work out the one affine layer that equals two in a row."""
    merged = merge(W1, b1, W2, b2)
    W, b = merged.values()
    W1, b1, W2, b2 = matrix(W1), matrix(b1), matrix(W2), matrix(b2)
    return worked(merged, (
        Step("Put the first layer into the second and multiply out. Nothing bends in between, so the result is "
             "affine again.", "(X W_1 + b_1) W_2 + b_2 = X (W_1 W_2) + (b_1 W_2 + b_2)"),
        Step("The weights multiply in the order in which the data meets them.", "W = W_1 W_2",
             f"{show(W1)} {show(W2)}", show(W), "W", shapes(W1=W1, W2=W2, W=W)),
        Step("The first bias passes through the second layer.", "b = b_1 W_2 + b_2",
             f"{show(b1)} {show(W2)} + {show(b2)}", show(b), "b", shapes(b1=b1, W2=W2, b=b)),
    ))  # fmt: skip


def joint_gradients(
    X: ArrayLike, W: ArrayLike, Z: ArrayLike, R: ArrayLike, mean: bool = False
) -> dict[str, Array]:
    """Gradients of the sum (or mean) of all entries of Y = XW + ZR + T, where T is added entry by entry.

    >>> joint_gradients([[1, 2]], [[1, 0], [2, 1]], [[3]], [[1, -2]])["dZ"].tolist()
    [[-1.0]]
    """
    shape = (affine(X, W) + affine(Z, R)).shape
    dY = np.full(shape, 1 / (shape[0] * shape[1]) if mean else 1.0)
    first, second = affine_gradients(X, W, dY), affine_gradients(Z, R, dY)
    return {"dY": dY, "dX": first["dX"], "dW": first["dW"], "dZ": second["dX"], "dR": second["dW"], "dT": dY}


def joint_gradients_steps(X: ArrayLike, W: ArrayLike, Z: ArrayLike, R: ArrayLike, mean: bool = False) -> Worked:
    """Work out the gradients of Y = XW + ZR + T when the loss is the sum or the mean of its entries."""
    v = joint_gradients(X, W, Z, R, mean)
    given = {name: matrix(values, name) for name, values in (("X", X), ("W", W), ("Z", Z), ("R", R))}
    products = (("W", r"X^T G", given["X"].T, v["dY"]), ("X", r"G W^T", v["dY"], given["W"].T),
                ("R", r"Z^T G", given["Z"].T, v["dY"]), ("Z", r"G R^T", v["dY"], given["R"].T))  # fmt: skip
    start = (
        "Every entry enters the mean with one over their number."
        if mean
        else "Every entry enters the sum with factor 1."
    )
    return worked(v, (
        Step(start, r"G = \frac{\partial L}{\partial Y}", "", show(v["dY"]), "dY", shapes(G=v["dY"])),
        *(Step(f"A sum passes its gradient on to every summand unchanged; ${name}$ is a factor of one of them.",
               rf"\frac{{\partial L}}{{\partial {name}}} = {rule}", f"{show(left)} {show(right)}", show(v[f"d{name}"]),
               f"d{name}", shapes(**{name: given[name], f"d{name}": v[f"d{name}"]}))
          for name, rule, left, right in products),
        Step("What is added entry by entry receives the upstream gradient itself.",
             r"\frac{\partial L}{\partial T} = G", "", show(v["dT"]), "dT"),
    ))  # fmt: skip


def additivity(a: float, b: float, x: float, y: float) -> dict[str, float | bool]:
    """f(x + y) and f(x) + f(y) of f(x) = ax + b, and whether f is linear in the strict sense.

    >>> additivity(2, 1, 1, 1)
    {'of_sum': 5, 'sum_of': 6, 'linear': False}
    """
    return {"of_sum": a * (x + y) + b, "sum_of": (a * x + b) + (a * y + b), "linear": b == 0}


def additivity_steps(a: float, b: float, x: float, y: float) -> Worked:
    """Work out whether an affine function is linear."""
    found = additivity(a, b, x, y)
    verdict = (
        "no bias, so it is linear"
        if found["linear"]
        else "the bias is counted twice, so it is affine but not linear"
    )
    return worked(found, (
        Step("First add, then apply the function.", "f(x + y) = a (x + y) + b",
             rf"{show(a)} \cdot {signed(x + y)} + {signed(b)}", show(found["of_sum"]), "of_sum"),
        Step("First apply, then add.", "f(x) + f(y) = a x + b + a y + b", f"{signed(a * x + b)} + {signed(a * y + b)}",
             show(found["sum_of"]), "sum_of"),
        Step(f"Compare: {verdict}.", "b = 0", f"b = {show(b)}", r"\text{yes}" if found["linear"] else r"\text{no}", "linear"),
    ))  # fmt: skip


def path_gradient(x: ArrayLike, W2: ArrayLike, g: ArrayLike, source: int, hidden: int) -> float:
    """Gradient of first-layer weight (source, hidden), counted from 0, of two affine layers without activation.

    >>> path_gradient([1, 2], [[3, 4], [5, 6]], [1, -1], 1, 0)
    -2.0
    """
    return float(real(x)[source] * (matrix(W2, "W2")[hidden] @ real(g)))


def path_gradient_steps(x: ArrayLike, W2: ArrayLike, g: ArrayLike, source: int, hidden: int) -> Worked:
    """Work out the gradient of one first-layer weight by the chain rule over paths."""
    x, W2, g = real(x, "x"), matrix(W2, "W2"), real(g, "g")
    value, arriving = path_gradient(x, W2, g, source, hidden), float(W2[hidden] @ g)
    return worked(value, (
        Step("The weight acts on the loss through one hidden unit only, and that unit reaches every output: one "
             "path per output, and the paths add up.",
             r"\frac{\partial L}{\partial h} = \sum_j V_{hj} \frac{\partial L}{\partial y_j}",
             dots(W2[hidden], g), show(arriving), "dh"),
        Step("The weight's local derivative is the input it multiplies.",
             r"\frac{\partial L}{\partial w} = x_i \frac{\partial L}{\partial h}",
             rf"{signed(x[source])} \cdot {signed(arriving)}", show(value), "dw"),
    ))  # fmt: skip


def _meet(got: int, expected: int, name: str, side: str, other: str, other_side: str) -> None:
    if got != expected:
        raise ValueError(f"{name} has {got} {side}, but {other} has {expected} {other_side}: they must be equal")
