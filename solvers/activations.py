"""Activation functions by hand: values, slopes, learnt slopes, maxout, dead units.

Plain values come from `solvers.functions` (`apply`, `slope`); each `…_steps` function returns the working.
"""

import re
from math import exp

import numpy as np
from numpy.typing import ArrayLike

from solvers.arrays import Array, dots, matrix, real, shapes, show, signed, total, vector
from solvers.functions import apply, function, slope, substitute
from solvers.worked import Step, Worked, worked


def activation_steps(name: str, x: float, alpha: float = 0.01) -> Worked:
    """Work out the value of an activation function at a number.

    >>> activation_steps("elu", -1.0, alpha=1.0).steps[-1].result
    '-0.632121'
    """
    value, formula = float(apply(name, x, alpha)), function(name).formula
    return worked(value, (
        Step("Put the number into the definition.", f"f(x) = {formula}", put(formula, x, alpha), show(value), "value"),
    ))  # fmt: skip


def derivative_steps(name: str, x: float, alpha: float = 0.01) -> Worked:
    """Work out the derivative of an activation function at a number; at a kink that of the left side.

    >>> derivative_steps("tanh", 0.0).value
    1.0
    """
    value, rule = float(slope(name, x, alpha)), function(name).slope_formula
    steps = [Step("The derivative of the function, at this point.", f"f'(x) = {rule}", put(rule, x, alpha),
                  show(value), "slope")]  # fmt: skip
    if name in ("sigmoid", "tanh"):
        output = float(apply(name, x))
        steps.insert(0, Step("The derivative needs the output only, which the forward pass already has.",
                             f"f(x) = {function(name).formula}", put(function(name).formula, x), show(output),
                             "output"))  # fmt: skip
    return worked(value, steps)


def slope_from_output(name: str, output: float) -> float:
    """Local slope of "sigmoid" or "tanh" from its output alone.

    >>> slope_from_output("sigmoid", 0.25), slope_from_output("tanh", 0.5)
    (0.1875, 0.75)
    """
    rules = {"sigmoid": lambda s: s * (1 - s), "tanh": lambda s: 1 - s * s}
    if name not in rules:
        raise ValueError(
            f"only sigmoid and tanh have a slope that follows from the output so simply, got {name!r}"
        )
    return float(rules[name](output))


def slope_from_output_steps(name: str, output: float) -> Worked:
    """Work out the local slope from the output that the forward pass kept."""
    value = slope_from_output(name, output)
    rule = "s (1 - s)" if name == "sigmoid" else "1 - s^2"
    numbers = rf"{signed(output)} (1 - {signed(output)})" if name == "sigmoid" else f"1 - {signed(output)}^2"
    return worked(value, (
        Step("The input need not be known: the slope is a function of the output.", f"f'(x) = {rule}",
             numbers, show(value), "slope"),
    ))  # fmt: skip


def tanh_from_sigmoid_steps(x: float) -> Worked:
    """Work out tanh(x) from the sigmoid: 2σ(2x) − 1.

    >>> round(tanh_from_sigmoid_steps(0.5).value, 6)
    0.462117
    """
    squashed = 1 / (1 + exp(-2 * x))
    return worked(2 * squashed - 1, (
        Step("The function tanh is a sigmoid on twice the input …", r"\sigma(2x)", rf"\sigma({show(2 * x)})", show(squashed)),
        Step("… stretched from (0, 1) to (−1, 1).", r"\tanh(x) = 2 \sigma(2x) - 1", rf"2 \cdot {show(squashed)} - 1",
             show(2 * squashed - 1), "tanh"),
    ))  # fmt: skip


def leaky_properties(alpha: float) -> dict[str, bool]:
    """What holds for f(x) = max(αx, x).

    >>> leaky_properties(0.1)
    {'negative': True, 'monotone': True, 'nonlinear': True, 'slope_alpha': True}
    """
    return {"negative": alpha > 0, "monotone": alpha >= 0, "nonlinear": alpha != 1, "slope_alpha": alpha <= 1}


def leaky_properties_steps(alpha: float) -> Worked:
    """Work out what holds for f(x) = max(αx, x) with this α."""
    found, left = leaky_properties(alpha), -1.0 * min(alpha, 1.0)
    words = {True: r"\text{yes}", False: r"\text{no}"}
    return worked(found, (
        Step("For a negative input the larger of $\\alpha x$ and $x$ is the one with the smaller factor.",
             r"f(-1) = \max(-\alpha, -1)", rf"\max({show(-alpha)}, -1)", show(left)),
        Step("Does it take negative values? Only if that is negative.", "f(-1) < 0", f"{show(left)} < 0",
             words[found["negative"]], "negative"),
        Step("Is it monotone? Both pieces must not fall.", r"\alpha \ge 0", "", words[found["monotone"]], "monotone"),
        Step("Is it non-linear? The two pieces must differ.", r"\alpha \ne 1", "", words[found["nonlinear"]],
             "nonlinear"),
        Step("Is the slope for negative inputs $\\alpha$? The maximum picks $\\alpha x$ there only if it is not the "
             "smaller one.", r"\alpha \le 1", "", words[found["slope_alpha"]], "slope_alpha"),
    ))  # fmt: skip


def prelu_gradient(x: ArrayLike, g: ArrayLike) -> float:
    """Gradient of the one shared slope α of a PReLU: Σ x·g over the negative inputs.

    >>> prelu_gradient([-2, 1, -1], [3, 5, 4])
    -10.0
    """
    x, g = real(x, "x"), real(g, "g")
    return float((x * g)[x < 0].sum())


def prelu_gradient_steps(x: ArrayLike, g: ArrayLike) -> Worked:
    """Work out the gradient of a PReLU's shared slope."""
    x, g = real(x, "x"), real(g, "g")
    value, negative = prelu_gradient(x, g), x < 0
    return worked(value, (
        Step("Where the input is positive, α plays no part; where it is negative the output is $\\alpha x$, so the "
             "local derivative with respect to α is $x$.",
             r"\frac{\partial f}{\partial \alpha} = \min(0, x)", "", show(np.minimum(x, 0)), "local"),
        Step("One α serves all entries: upstream times local, added up.",
             r"\frac{\partial L}{\partial \alpha} = \sum_{x_i < 0} g_i x_i", dots(x[negative], g[negative]),
             show(value), "dalpha"),
    ))  # fmt: skip


def maxout(x: ArrayLike, W: ArrayLike, b: ArrayLike) -> dict[str, Array]:
    """Value and input gradient of a maxout unit whose pieces are the rows of W; the first of equal pieces counts.

    >>> found = maxout([1, 2], [[1, 0], [0, 1]], [0, 0])
    >>> found["value"].item(), found["dx"].tolist()
    (2.0, [0.0, 1.0])
    """
    x, W, b = vector(x, "x"), matrix(W, "W"), vector(b, "b")
    pieces = W @ x + b
    return {"pieces": pieces, "value": np.asarray(pieces.max()), "dx": W[int(pieces.argmax())]}


def maxout_steps(x: ArrayLike, W: ArrayLike, b: ArrayLike) -> Worked:
    """Work out the value and the input gradient of a maxout unit."""
    found, x, W, b = maxout(x, W, b), vector(x, "x"), matrix(W, "W"), vector(b, "b")
    pieces = [
        Step(f"Piece {index} is an affine function of the input.", rf"w_{{{index}}}^T x + b_{{{index}}}",
             f"{dots(row, x)} + {signed(shift)}", show(value), f"piece{index}", shapes(x=x, w=row))
        for index, (row, shift, value) in enumerate(zip(W, b, found["pieces"], strict=True), 1)
    ]  # fmt: skip
    winner = int(found["pieces"].argmax()) + 1
    return worked(found, (
        *pieces,
        Step("The unit gives the largest.", r"\max_k (w_k^T x + b_k)", "", show(found["value"]), "value"),
        Step(f"Only the winning piece {winner} carries the gradient, so its weights are the gradient.",
             rf"\frac{{\partial f}}{{\partial x}} = w_{{{winner}}}", "", show(found["dx"]), "dx"),
    ))  # fmt: skip


def live_samples(X: ArrayLike, w: ArrayLike, b: float, g: ArrayLike) -> dict[str, float]:
    """A ReLU unit on a batch: for how many samples it fires, and the gradient of its bias.

    >>> live_samples([[1, 0], [-1, 0]], [1, 1], 0.5, [3, 4])
    {'live': 1, 'db': 3.0}
    """
    fired = matrix(X, "X") @ vector(w, "w") + b > 0
    return {"live": int(fired.sum()), "db": float(vector(g, "g")[fired].sum())}


def live_samples_steps(X: ArrayLike, w: ArrayLike, b: float, g: ArrayLike) -> Worked:
    """Work out for which samples a ReLU unit passes gradient."""
    found, X, w, g = live_samples(X, w, b, g), matrix(X, "X"), vector(w, "w"), vector(g, "g")
    z = X @ w + b
    shares = total(g[z > 0]) if found["live"] > 1 else ""
    return worked(found, (
        Step("The unit's input for every sample.", "z = X w + b", f"{show(X)} {show(w[:, None])} + {signed(b)}", show(z),
             "z", shapes(X=X, w=w, z=z)),
        Step("It passes gradient where the input is positive; with none it would be dead on this batch.",
             r"\sum_n [z_n > 0]", "", str(found["live"]), "live"),
        Step("The bias adds up the upstream gradients of exactly these samples.",
             r"\frac{\partial L}{\partial b} = \sum_{z_n > 0} g_n", shares, show(found["db"]), "db"),
    ))  # fmt: skip


def put(formula: str, x: float, alpha: float | None = None) -> str:
    """Put numbers into a formula in x and α; of a formula with two cases the one that holds.

    >>> put(r"\\max(0, x)", -2), put(r"\\begin{cases} x & x > 0 \\\\ \\alpha x & x \\le 0 \\end{cases}", -2, 0.1)
    ('\\\\max(0, -2)', '0.1 \\\\cdot (-2)')
    """
    if formula.startswith(r"\begin{cases}"):
        cases = re.findall(r"(?:cases}|\\\\) (.*?) & x", formula)
        formula = cases[0 if x > 0 else 1].replace(r"\alpha ", r"\alpha \cdot ")
    text = substitute(formula.replace(", x)", f", {show(x)})").replace("(x)", f"({show(x)})"), signed(x))
    return text if alpha is None else text.replace(r"\alpha", signed(alpha))
