"""Linear regression in closed form and logistic regression by hand.

Each `…_steps` function returns the working, the function beside it only the value.
"""

from math import log

import numpy as np
from numpy.typing import ArrayLike

from solvers.arrays import Array, dots, matrix, shapes, show, signed, vector
from solvers.functions import sigmoid
from solvers.worked import Step, Worked, worked


def least_squares(X: ArrayLike, y: ArrayLike, intercept: bool = True) -> Array:
    """Weights that minimise Σ(Xw − y)², the intercept last; a flat X is one feature.

    >>> least_squares([0, 1, 2], [7, 9, 11]).round(9).tolist()
    [2.0, 7.0]
    """
    A, y = _design(X, intercept), vector(y, "y")
    if len(A) != len(y):
        raise ValueError(f"X has {len(A)} rows, y has {len(y)} entries: they must be equal")
    if np.linalg.matrix_rank(A) < A.shape[1]:
        raise ValueError("the columns of X depend on each other: the solution is not unique")
    return np.asarray(np.linalg.solve(A.T @ A, A.T @ y), dtype=np.float64)


def least_squares_steps(X: ArrayLike, y: ArrayLike, intercept: bool = True) -> Worked:
    """Work out linear regression by the normal equation."""
    w, A, y = least_squares(X, y, intercept), _design(X, intercept), vector(y)
    one = (
        "A column of ones turns the intercept into one more weight."
        if intercept
        else "No column of ones: the line passes through the origin."
    )
    return worked(w, (
        Step(one, "X", "", show(A), "X", shapes(X=A, y=y)),
        Step("The gradient of the squared error is 0 where the residuals are orthogonal to every column.",
             r"X^T (X w - y) = 0 \iff X^T X w = X^T y", "", ""),
        Step("The matrix of the equations.", "X^T X", f"{show(A.T)} {show(A)}", show(A.T @ A), "XX"),
        Step("Their right-hand side.", "X^T y", f"{show(A.T)} {show(y[:, None])}", show((A.T @ y)[:, None]), "Xy"),
        Step("Solve them.", r"w = (X^T X)^{-1} X^T y", "", show(w[:, None]), "w"),
    ))  # fmt: skip


def logistic(w: ArrayLike, b: float, x: ArrayLike, threshold: float = 0.5) -> dict[str, float]:
    """Probability of class 1 and decision (1 at or above the threshold) of a logistic regression.

    >>> logistic([1, -1], 0.0, [2, 2])
    {'z': 0.0, 'probability': 0.5, 'decision': 1}
    """
    z = float(vector(w, "w") @ vector(x, "x") + b)
    probability = float(sigmoid(z))
    return {"z": z, "probability": probability, "decision": int(probability >= threshold)}


def logistic_steps(w: ArrayLike, b: float, x: ArrayLike, threshold: float = 0.5) -> Worked:
    """Work out the decision of a logistic regression."""
    found = logistic(w, b, x, threshold)
    sign = r"\ge" if found["decision"] else "<"
    return worked(found, (
        Step("The linear part first.", "z = w^T x + b", f"{dots(vector(w), vector(x))} + {signed(b)}", show(found["z"]),
             "z"),
        Step("The sigmoid makes a probability of it.", r"\hat y = \frac{1}{1 + e^{-z}}",
             rf"\frac{{1}}{{1 + e^{{{show(-found['z'])}}}}}", show(found["probability"]), "probability"),
        Step("Compare with the threshold.", r"\hat y \ge t", f"{show(found['probability'])} {sign} {show(threshold)}",
             str(found["decision"]), "decision"),
    ))  # fmt: skip


def boundary(w: float, b: float, threshold: float = 0.5) -> float:
    """Where a logistic regression of one feature changes its decision.

    >>> boundary(2.0, -4.0)
    2.0
    """
    if w == 0 or not 0 < threshold < 1:
        raise ValueError(f"expected a weight other than 0 and a threshold in (0, 1), got {w} and {threshold}")
    return (log(threshold / (1 - threshold)) - b) / w


def boundary_steps(w: float, b: float, threshold: float = 0.5) -> Worked:
    """Work out the decision boundary of a logistic regression of one feature."""
    value, logit = boundary(w, b, threshold), log(threshold / (1 - threshold))
    return worked(value, (
        Step("The sigmoid reaches the threshold where its argument is the threshold's log-odds.",
             r"\sigma(z) = t \iff z = \ln \left( \frac{t}{1 - t} \right)",
             rf"\ln \left( \frac{{{show(threshold)}}}{{{show(1 - threshold)}}} \right)", show(logit), "logit"),
        Step("The argument is linear in $x$: solve for it.", r"x = \frac{z - b}{w}",
             rf"\frac{{{show(logit)} - {signed(b)}}}{{{show(w)}}}", show(value), "x"),
    ))  # fmt: skip


def logistic_descent(X: ArrayLike, y: ArrayLike, lr: float, count: int, mean: bool = True) -> dict[str, Array]:
    """Gradient descent on binary cross-entropy from weights 0 (no intercept of its own): weights and all losses.

    >>> logistic_descent([[1.0], [-1.0]], [1, 0], lr=1.0, count=1)["w"].tolist()
    [0.5]
    """
    X, y = matrix(X, "X"), vector(y, "y")
    w, losses, scale = np.zeros(X.shape[1]), [], len(y) if mean else 1
    for _ in range(count):
        p = sigmoid(X @ w)
        losses.append(-(y * np.log(p) + (1 - y) * np.log1p(-p)).sum() / scale)
        w = w - lr * X.T @ (p - y) / scale
    return {"w": w, "losses": np.array(losses)}


def _design(X: ArrayLike, intercept: bool) -> Array:
    X = np.asarray(X, dtype=np.float64)
    A = matrix(X.reshape(-1, 1) if X.ndim < 2 else X, "X")
    return np.hstack([A, np.ones((len(A), 1))]) if intercept else A
