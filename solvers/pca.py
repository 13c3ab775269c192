"""Principal components by hand: centring, covariance, variances kept, projection.

Rows are samples; the covariance divides by N (population) unless `sample` asks for N − 1. Each `…_steps` function
returns the working, the function beside it only the value.
"""

import numpy as np
from numpy.typing import ArrayLike

from solvers.arrays import Array, matrix, shapes, show, signed, vector
from solvers.worked import Step, Worked, worked


def covariance(X: ArrayLike, sample: bool = False) -> Array:
    """Covariance matrix of the columns.

    >>> covariance([[0, 0], [2, 4]]).tolist()
    [[1.0, 2.0], [2.0, 4.0]]
    """
    X = matrix(X, "X")
    centred = X - X.mean(axis=0)
    return np.asarray(centred.T @ centred / (len(X) - int(sample)))


def components(C: ArrayLike) -> dict[str, Array]:
    """Variances (largest first) and directions (as columns) of a covariance matrix, and the share of each variance.

    The largest entry of every direction is positive, since its sign is arbitrary.

    >>> found = components([[2, 0], [0, 6]])
    >>> found["variances"].tolist(), found["shares"].tolist(), found["directions"].tolist()
    ([6.0, 2.0], [0.75, 0.25], [[0.0, 1.0], [1.0, 0.0]])
    """
    C = matrix(C, "the covariance")
    if not np.allclose(C, C.T):
        raise ValueError("a covariance matrix must be symmetric")
    variances, directions = np.linalg.eigh(C)
    variances, directions = variances[::-1], directions[:, ::-1]
    largest = directions[np.abs(directions).argmax(axis=0), np.arange(len(C))]
    return {
        "variances": variances,
        "directions": directions * np.sign(largest),
        "shares": variances / variances.sum(),
    }


def kept_share_steps(C: ArrayLike) -> Worked:
    """Work out the share of variance that the first component of a 2 × 2 covariance matrix keeps.

    >>> kept_share_steps([[2, 0], [0, 6]]).value
    0.75
    """
    (a, b), (_, d) = C = matrix(C, "the covariance")
    if C.shape != (2, 2) or b != C[1, 0]:
        raise ValueError(f"expected a symmetric 2 × 2 matrix, got {C.tolist()}")
    first, second = components(C)["variances"]
    root = np.sqrt((a - d) ** 2 + 4 * b**2)
    return worked(float(first / (first + second)), (
        Step("The variances along the components are the eigenvalues of the covariance matrix, which has $v_1, v_2$ on "
             "its diagonal and $c$ beside it. They solve the characteristic equation.",
             r"\lambda^2 - (v_1 + v_2) \lambda + (v_1 v_2 - c^2) = 0",
             rf"\lambda^2 - {show(a + d)} \lambda + {signed(a * d - b * b)} = 0", ""),
        Step("Solve it.", r"\lambda = \frac{v_1 + v_2 \pm \sqrt{(v_1 - v_2)^2 + 4 c^2}}{2}",
             rf"\frac{{{show(a + d)} \pm {show(root)}}}{{2}}", rf"{show(first)},\; {show(second)}", "variances"),
        Step("The larger one over their sum, which is the trace: turning the axes loses no variance.",
             r"\frac{\lambda_1}{\lambda_1 + \lambda_2}", rf"\frac{{{show(first)}}}{{{show(a + d)}}}",
             show(first / (first + second)), "share"),
    ))  # fmt: skip


def project(X: ArrayLike, count: int = 1, sample: bool = False) -> dict[str, Array]:
    """Coordinates of the samples on the first components, and what they are mapped back to.

    >>> project([[0, 0], [2, 2]])["restored"].round(9).tolist()
    [[0.0, 0.0], [2.0, 2.0]]
    """
    X = matrix(X, "X")
    directions = components(covariance(X, sample))["directions"][:, :count]
    scores = (X - X.mean(axis=0)) @ directions
    return {"scores": scores, "restored": scores @ directions.T + X.mean(axis=0)}


def project_steps(X: ArrayLike, count: int = 1, sample: bool = False) -> Worked:
    """Work out a principal component analysis from the data to the projection."""
    X, found = matrix(X, "X"), project(X, count, sample)
    C = covariance(X, sample)
    parts, centred = components(C), X - X.mean(axis=0)
    D = parts["directions"][:, :count]
    below = "N - 1" if sample else "N"
    return worked(found, (
        Step("Centre every feature: the components are directions through the mean.", r"\bar X = X - \mu",
             f"{show(X)} - {show(X.mean(axis=0))}", show(centred), "centred"),
        Step("The covariance says how the features vary together.", rf"C = \frac{{1}}{{{below}}} \bar X^T \bar X",
             rf"\frac{{1}}{{{len(X) - int(sample)}}} {show(centred.T)} {show(centred)}", show(C), "covariance",
             shapes(X=X, C=C)),
        Step("Its eigenvalues are the variances along the components, largest first.", r"C d = \lambda d", "",
             show(parts["variances"]), "variances"),
        Step("Its eigenvectors, as columns, are the directions; their sign is arbitrary.", "D", "", show(D), "directions"),
        Step("Coordinates along the directions kept.", r"Z = \bar X D", f"{show(centred)} {show(D)}",
             show(found["scores"]), "scores", shapes(X=X, D=D, Z=found["scores"])),
        Step("Mapped back, only what lies along the other directions is lost.", r"Z D^T + \mu", "",
             show(found["restored"]), "restored"),
    ))  # fmt: skip


def variance_along(X: ArrayLike, direction: ArrayLike) -> float:
    """Population variance of the data along a direction (of any length).

    >>> variance_along([[0, 0], [2, 0]], [3, 0])
    1.0
    """
    d = vector(direction, "the direction")
    return float((matrix(X, "X") @ d / np.sqrt(d @ d)).var())
