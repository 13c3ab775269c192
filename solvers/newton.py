"""Newton's method by hand, and steps on polynomials.

A polynomial is a list of coefficients, highest power first: [3, 0, -1] is 3x² − 1.
"""

import numpy as np
from numpy.typing import ArrayLike

from solvers.arrays import Array, matrix, real, show, signed, vector
from solvers.worked import Step, Worked, worked


def polynomial_descent_steps(x: float, coefficients: ArrayLike, lr: float, ascend: bool = False) -> Worked:
    """Work out one gradient step on a polynomial loss.

    >>> polynomial_descent_steps(2.0, [1, 0, 0], lr=0.25).value
    1.0
    """
    f = vector(coefficients, "the coefficients")
    slope = float(np.polyval(np.polyder(f), x))
    value = x + (lr if ascend else -lr) * slope
    sign = "+" if ascend else "-"
    return worked(value, (
        Step("The derivative of the loss.", "L'(x)", "", polynomial(np.polyder(f))),
        Step("Its value here.", "L'(x)", polynomial(np.polyder(f), signed(x)), show(slope), "gradient"),
        Step("Walk uphill." if ascend else "Walk downhill.", rf"x \leftarrow x {sign} \alpha L'(x)",
             rf"{show(x)} {sign} {show(lr)} \cdot {signed(slope)}", show(value), "x"),
    ))  # fmt: skip


def newton(x: float, coefficients: ArrayLike, root: bool = False) -> float:
    """One Newton step on a polynomial: towards an extremum x − f′/f″, or towards a root x − f/f′.

    >>> newton(5.0, [1, -4, 1]), newton(1.0, [1, 0, -2], root=True)
    (2.0, 1.5)
    """
    f = vector(coefficients, "the coefficients")
    above, below = (f, np.polyder(f)) if root else (np.polyder(f), np.polyder(f, 2))
    divisor = float(np.polyval(below, x))
    if divisor == 0:
        raise ValueError(f"the derivative to divide by is 0 at {x}: Newton's method has no step there")
    return float(x - np.polyval(above, x) / divisor)


def newton_steps(x: float, coefficients: ArrayLike, root: bool = False) -> Worked:
    """Work out one Newton step on a polynomial."""
    value, f = newton(x, coefficients, root), vector(coefficients)
    above, below = (f, np.polyder(f)) if root else (np.polyder(f), np.polyder(f, 2))
    one, two = ("f", "f'") if root else ("f'", "f''")
    aim = "the function" if root else "the slope"
    return worked(value, (
        Step(f"Newton replaces {aim} by its tangent and goes where the tangent is 0.",
             rf"x \leftarrow x - \frac{{{one}(x)}}{{{two}(x)}}", "", ""),
        Step("The numerator.", f"{one}(x) = {polynomial(above)}", polynomial(above, signed(x)),
             show(np.polyval(above, x)), "above"),
        Step("The denominator.", f"{two}(x) = {polynomial(below)}", polynomial(below, signed(x)),
             show(np.polyval(below, x)), "below"),
        Step("The step.", rf"x - \frac{{{one}(x)}}{{{two}(x)}}",
             rf"{show(x)} - \frac{{{show(np.polyval(above, x))}}}{{{show(np.polyval(below, x))}}}", show(value), "x"),
    ))  # fmt: skip


def newton_vector(theta: ArrayLike, hessian: ArrayLike, gradient: ArrayLike) -> Array:
    """One Newton step θ − H⁻¹g in several dimensions; ValueError for a singular Hessian.

    >>> newton_vector([1, 1], [[2, 0], [0, 4]], [2, 4]).tolist()
    [0.0, 0.0]
    """
    return np.asarray(vector(theta, "theta") - _solve(hessian, gradient))


def newton_vector_steps(theta: ArrayLike, hessian: ArrayLike, gradient: ArrayLike) -> Worked:
    """Work out one Newton step in several dimensions."""
    value, H, g = newton_vector(theta, hessian, gradient), matrix(hessian), vector(gradient)
    theta, direction = vector(theta), _solve(hessian, gradient)
    steps = [Step("The Hessian says how fast the gradient changes; its inverse turns the gradient into the step that "
                  "removes it.", r"\theta \leftarrow \theta - H^{-1} g", "", "")]  # fmt: skip
    if H.shape == (2, 2):
        (a, b), (c, d) = H
        steps.append(Step("The inverse of a 2 × 2 matrix: swap the diagonal, negate the rest, divide by the "
                          "determinant.", r"H^{-1} = \frac{1}{ad - bc} \begin{bmatrix} d & -b \\ -c & a \end{bmatrix}",
                          rf"\frac{{1}}{{{show(a * d - b * c)}}} {show(np.array([[d, -b], [-c, a]]))}",
                          show(np.linalg.inv(H)), "inverse"))  # fmt: skip
    return worked(value, (
        *steps,
        Step("Times the gradient.", "H^{-1} g", f"{show(np.linalg.inv(H))} {show(g[:, None])}",
             show(direction[:, None]), "direction"),
        Step("Subtract.", r"\theta - H^{-1} g", f"{show(theta[:, None])} - {show(direction[:, None])}",
             show(value[:, None]), "theta"),
    ))  # fmt: skip


def polynomial(coefficients: ArrayLike, at: str = "x") -> str:
    """Typeset a polynomial, or the same with a number in place of x.

    >>> polynomial([3, 0, -1]), polynomial([1, 2], at="5")
    ('3 x^{2} - 1', '5 + 2')
    """
    text, degree = "", np.size(coefficients) - 1
    for power, factor in zip(range(degree, -1, -1), real(coefficients).ravel(), strict=True):
        if factor:
            variable = "" if power == 0 else at if power == 1 else f"{at}^{{{power}}}"
            size = show(abs(factor)) if abs(factor) != 1 or not variable else ""
            dot = r" \cdot " if size and variable and at != "x" else " " if size and variable else ""
            text += f" {'-' if factor < 0 else '+'} {size}{dot}{variable}"
    return text[3:] if text.startswith(" + ") else "-" + text[3:] if text else "0"


def _solve(hessian: ArrayLike, gradient: ArrayLike) -> Array:
    H, g = matrix(hessian, "the Hessian"), vector(gradient, "the gradient")
    if H.shape != (g.size, g.size):
        raise ValueError(f"the Hessian must be {g.size} × {g.size}, got {H.shape}")
    if np.linalg.matrix_rank(H) < g.size:
        raise ValueError("the Hessian is singular: Newton's method has no step there")
    return np.asarray(np.linalg.solve(H, g), dtype=np.float64)
