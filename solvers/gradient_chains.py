"""Gradients through long chains: saturating layers, recurrences, residual blocks, the LSTM's cell state.

Each `…_steps` function returns the working, the function beside it only the value.
"""

from collections.abc import Sequence
from math import prod

import numpy as np
from numpy.typing import ArrayLike

from solvers.arrays import Array, matrix, product, real, show, signed, vector
from solvers.worked import Step, Worked, worked

STEEPEST = {"sigmoid": 0.25, "tanh": 1.0, "relu": 1.0, "identity": 1.0}


def largest_factor(activation: str, weight: float, layers: int) -> float:
    """Largest factor by which a scalar chain can multiply a gradient: (steepest slope · weight) to the power of layers.

    >>> largest_factor("sigmoid", 1.0, 3), largest_factor("tanh", 0.5, 2)
    (0.015625, 0.25)
    """
    if activation not in STEEPEST:
        raise ValueError(f"the activation must be one of {', '.join(STEEPEST)}; got {activation!r}")
    return float((STEEPEST[activation] * weight) ** layers)


def largest_factor_steps(activation: str, weight: float, layers: int) -> Worked:
    """Work out the best case of a gradient through a chain of layers."""
    value, steep = largest_factor(activation, weight, layers), STEEPEST[activation]
    return worked(value, (
        Step(f"At its steepest point the slope of the {activation} is:", r"\max |f'|", "", show(steep), "slope"),
        Step("A layer multiplies the gradient by its slope and its weight.", r"f' \cdot w", product((steep, weight)),
             show(steep * weight), "factor"),
        Step("Layer after layer.", r"(f' w)^L", rf"{signed(steep * weight)}^{{{layers}}}", show(value), "product"),
    ))  # fmt: skip


def recurrent_factor(weight: float, steps: int) -> dict[str, float | str]:
    """Factor of a gradient after so many steps of a linear scalar RNN, and its fate: vanishes, explodes or stays.

    >>> recurrent_factor(-2.0, 3), recurrent_factor(0.5, 2)["fate"]
    ({'factor': -8.0, 'fate': 'explodes'}, 'vanishes')
    """
    fate = "stays" if abs(weight) == 1 else "explodes" if abs(weight) > 1 else "vanishes"
    return {"factor": float(weight**steps), "fate": fate}


def recurrent_factor_steps(weight: float, steps: int) -> Worked:
    """Work out what becomes of a gradient in a linear RNN."""
    found = recurrent_factor(weight, steps)
    return worked(found, (
        Step("Every step back multiplies by the same weight.", "w^n", rf"{signed(weight)}^{{{steps}}}",
             show(found["factor"]), "factor"),
        Step(f"Its size decides, not its sign: the gradient {found['fate']}.", "|w|", f"|{show(weight)}|",
             show(abs(weight)), "fate"),
    ))  # fmt: skip


def residual_gradient(slopes: Sequence[float], upstream: float = 1.0) -> dict[str, float]:
    """Gradient at the input of scalar blocks x + F(x) with these slopes F′, and of the same blocks without skips.

    >>> residual_gradient([0.5, -0.5], upstream=4)
    {'residual': 3.0, 'plain': -1.0}
    """
    return {"residual": float(upstream * prod(1 + s for s in slopes)), "plain": float(upstream * prod(slopes))}


def residual_gradient_steps(slopes: Sequence[float], upstream: float = 1.0) -> Worked:
    """Work out the gradient through residual blocks, with and without their skip connections."""
    found = residual_gradient(slopes, upstream)
    ones = r" \cdot ".join(f"(1 + {signed(s)})" for s in slopes)
    return worked(found, (
        Step("The skip connection adds the input itself, whose slope is 1.", r"\frac{d}{dx} (x + F(x)) = 1 + F'(x)",
             "", r",\; ".join(show(1 + s) for s in slopes), "factors"),
        Step("The blocks follow each other: their factors multiply.", r"g \prod_l (1 + F_l')",
             rf"{signed(upstream)} \cdot {ones}", show(found["residual"]), "residual"),
        Step("Without skips only the slopes remain.", r"g \prod_l F_l'", product((upstream, *slopes)), show(found["plain"]),
             "plain"),
    ))  # fmt: skip


def residual_block(x: ArrayLike, W: ArrayLike, b: ArrayLike = 0.0) -> Array:
    """ReLU(Wx + b + x) for a column x (W on the left).

    >>> residual_block([1, -2], [[0, 1], [1, 0]]).tolist()
    [0.0, 0.0]
    """
    x, W = vector(x, "x"), matrix(W, "W")
    if W.shape != (x.size, x.size):
        raise ValueError(f"W must be {x.size} × {x.size} so that x can be added, got {W.shape}")
    return np.maximum(W @ x + real(b, "b") + x, 0)


def residual_block_steps(x: ArrayLike, W: ArrayLike, b: ArrayLike = 0.0) -> Worked:
    """Work out a residual block."""
    value, x, W, b = residual_block(x, W, b), vector(x, "x"), matrix(W, "W"), real(b, "b")
    inner = W @ x + b
    return worked(value, (
        Step("The block's own path.", "F(x) = W x + b", f"{show(W)} {show(x[:, None])} + {show(b)}", show(inner), "F"),
        Step("The skip connection adds the input before the activation.", "F(x) + x", f"{show(inner)} + {show(x)}",
             show(inner + x), "sum"),
        Step("ReLU.", r"y = \max(0, F(x) + x)", "", show(value), "y"),
    ))  # fmt: skip


def cell_state_factor(forget_gates: Sequence[float], recurrent: float) -> dict[str, float]:
    """Direct factor along the LSTM's cell state (gates held constant), beside that of an RNN with a factor per step.

    >>> cell_state_factor([0.5, 1.0, 0.5], recurrent=0.5)
    {'lstm': 0.25, 'rnn': 0.125}
    """
    return {"lstm": float(prod(forget_gates)), "rnn": float(recurrent ** len(forget_gates))}


def cell_state_factor_steps(forget_gates: Sequence[float], recurrent: float) -> Worked:
    """Work out how much gradient the cell state lets through."""
    found = cell_state_factor(forget_gates, recurrent)
    return worked(found, (
        Step("Along the cell state only the forget gates multiply; they can be close to 1, and the network chooses them.",
             r"\frac{\partial C_T}{\partial C_0} = \prod_t f_t", product(forget_gates), show(found["lstm"]), "lstm"),
        Step("A plain RNN multiplies by the same factor every time.", "r^T",
             rf"{signed(recurrent)}^{{{len(forget_gates)}}}", show(found["rnn"]), "rnn"),
    ))  # fmt: skip


def equal_weights_gradient(x: ArrayLike, hidden: int, weight: float, upstream: float) -> Array:
    """First-layer gradient when all weights are equal (linear units, one output): every column is the same.

    >>> equal_weights_gradient([1, 2], 3, weight=0.5, upstream=2).tolist()
    [[1.0, 1.0, 1.0], [2.0, 2.0, 2.0]]
    """
    return np.outer(vector(x, "x"), np.full(hidden, weight * upstream))


def equal_weights_gradient_steps(x: ArrayLike, hidden: int, weight: float, upstream: float) -> Worked:
    """Work out why equal initial weights stay equal."""
    value, x = equal_weights_gradient(x, hidden, weight, upstream), vector(x, "x")
    return worked(value, (
        Step("Every hidden unit receives the same upstream gradient, through the same weight $v$.",
             r"\frac{\partial L}{\partial h} = \frac{\partial L}{\partial o}\, v", product((upstream, weight)),
             show(upstream * weight), "dh"),
        Step("Times the same inputs: all columns are equal, so the units stay copies of each other after every update.",
             r"\frac{\partial L}{\partial W} = x^T \frac{\partial L}{\partial h}",
             f"{show(x[:, None])} {show(np.full((1, hidden), weight * upstream))}", show(value), "dW"),
    ))  # fmt: skip
