"""Functions of one number, each with its derivative: activations and the powers used in exercises."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from math import erf, pi, sqrt

import numpy as np
from numpy.typing import ArrayLike

from solvers.arrays import Array, real

Map = Callable[[Array, float], Array]


@dataclass(frozen=True, slots=True)
class Function:
    """Value and slope as functions of (x, α), both also as LaTeX; α matters to some only."""

    value: Map
    slope: Map
    formula: str
    slope_formula: str


def sigmoid(x: ArrayLike) -> Array:
    """1 / (1 + e^(−x)), without overflow.

    >>> sigmoid(0.0).item(), sigmoid(-1000.0).item()
    (0.5, 0.0)
    """
    x = real(x)
    small = np.exp(-np.abs(x))
    return real(np.where(x >= 0, 1.0, small) / (1 + small))


def function(name: str) -> Function:
    """Look a function up; raise ValueError with a suggestion for an unknown name.

    >>> function("square").value(real(3.0), 0.0).item()
    9.0
    """
    if name not in FUNCTIONS:
        close = get_close_matches(name, FUNCTIONS, n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"known are {', '.join(FUNCTIONS)}"
        raise ValueError(f"there is no function {name!r}: {hint}")
    return FUNCTIONS[name]


def apply(name: str, x: ArrayLike, alpha: float = 0.01) -> Array:
    """Value of a named function at every entry.

    >>> apply("relu", [-1, 2]).tolist(), apply("leaky-relu", [-1, 2], alpha=0.1).tolist()
    ([0.0, 2.0], [-0.1, 2.0])
    """
    return np.asarray(function(name).value(real(x), alpha))


def slope(name: str, x: ArrayLike, alpha: float = 0.01) -> Array:
    """Derivative of a named function at every entry; at the kink of ReLU and its relatives that of the left side.

    >>> slope("cube", [-1, 2]).tolist(), slope("relu", [0, 2]).tolist()
    ([3.0, 12.0], [0.0, 1.0])
    """
    return np.asarray(function(name).slope(real(x), alpha))


def substitute(formula: str, text: str) -> str:
    """Put something in place of x in a formula of this module.

    >>> substitute(r"\\max(0, x)", "u")
    '\\\\max(0, u)'
    """
    return re.sub(r"(?<![A-Za-z\\])x(?![A-Za-z])", lambda _: text, formula)


def normal_cdf(x: ArrayLike) -> Array:
    """Probability that a standard normal number lies below x.

    >>> normal_cdf(0.0).item()
    0.5
    """
    return np.asarray(np.vectorize(lambda value: 0.5 * (1 + erf(value / sqrt(2))), otypes=[float])(real(x)))


def _gelu_tanh(x: Array) -> Array:
    return np.asarray(np.tanh(sqrt(2 / pi) * (x + 0.044715 * x**3)))


def _gelu_tanh_slope(x: Array) -> Array:
    t = _gelu_tanh(x)
    inner = sqrt(2 / pi) * (1 + 3 * 0.044715 * x**2)
    return np.asarray(0.5 * (1 + t) + 0.5 * x * (1 - t**2) * inner)


FUNCTIONS: dict[str, Function] = {
    "identity": Function(lambda x, a: x, lambda x, a: np.ones_like(x), "x", "1"),
    "square": Function(lambda x, a: x**2, lambda x, a: 2 * x, "x^2", "2 x"),
    "cube": Function(lambda x, a: x**3, lambda x, a: 3 * x**2, "x^3", "3 x^2"),
    "exp": Function(lambda x, a: np.exp(x), lambda x, a: np.exp(x), "e^{x}", "e^{x}"),
    "sigmoid": Function(
        lambda x, a: sigmoid(x), lambda x, a: sigmoid(x) * sigmoid(-x),
        r"\frac{1}{1 + e^{-x}}", r"\sigma(x) (1 - \sigma(x))"),
    "tanh": Function(
        lambda x, a: np.tanh(x), lambda x, a: 1 - np.tanh(x) ** 2,
        r"\frac{e^{x} - e^{-x}}{e^{x} + e^{-x}}", r"1 - \tanh^2(x)"),
    "relu": Function(lambda x, a: np.maximum(x, 0), lambda x, a: real(x > 0), r"\max(0, x)", "[x > 0]"),
    "leaky-relu": Function(
        lambda x, a: np.where(x > 0, x, a * x), lambda x, a: np.where(x > 0, 1.0, a),
        r"\begin{cases} x & x > 0 \\ \alpha x & x \le 0 \end{cases}",
        r"\begin{cases} 1 & x > 0 \\ \alpha & x \le 0 \end{cases}"),
    "elu": Function(
        lambda x, a: np.where(x > 0, x, a * np.expm1(np.minimum(x, 0))),
        lambda x, a: np.where(x > 0, 1.0, a * np.exp(np.minimum(x, 0))),
        r"\begin{cases} x & x > 0 \\ \alpha (e^{x} - 1) & x \le 0 \end{cases}",
        r"\begin{cases} 1 & x > 0 \\ \alpha e^{x} & x \le 0 \end{cases}"),
    "gelu": Function(
        lambda x, a: x * normal_cdf(x),
        lambda x, a: normal_cdf(x) + x * np.exp(-(x**2) / 2) / sqrt(2 * pi),
        r"x \Phi(x)", r"\Phi(x) + x \frac{e^{-x^2/2}}{\sqrt{2 \pi}}"),
    "gelu-tanh": Function(
        lambda x, a: 0.5 * x * (1 + _gelu_tanh(x)), lambda x, a: _gelu_tanh_slope(x),
        r"\tfrac{x}{2} \left(1 + \tanh u\right),\; u = \sqrt{2/\pi}\,(x + 0.044715 x^3)",
        r"\tfrac{1}{2} (1 + \tanh u) + \tfrac{x}{2} (1 - \tanh^2 u)\, u'"),
    "softplus": Function(
        lambda x, a: real(np.logaddexp(x, 0.0)), lambda x, a: sigmoid(x), r"\ln(1 + e^{x})", r"\sigma(x)"),
    "silu": Function(
        lambda x, a: x * sigmoid(x), lambda x, a: sigmoid(x) * (1 + x * sigmoid(-x)),
        r"x \sigma(x)", r"\sigma(x) \left(1 + x (1 - \sigma(x))\right)"),
}  # fmt: skip
