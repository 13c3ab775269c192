"""Functions applied to every entry, each with its derivative beside it.

A function's derivative is an expression in the function's input and output, so every derivative can be
differentiated again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import erf, pi
from typing import Any

import numpy as np

from solvers.symbolic.matrix.expression import Expression, Mapped, Zeros

_erf = np.vectorize(erf, otypes=[np.float64])


@dataclass(frozen=True)
class Function:
    """One function: LaTeX and text with `<0>` for the input and `<p>` for the parameter, its value and derivative.

    `value` takes an array and the parameter; `derivative` takes the input, the output and the parameter.
    """

    latex: str
    text: str
    value: Callable[[Any, float], Any]
    derivative: Callable[[Expression, Expression, Fraction], Expression]
    why: str


def sigmoid(part: Expression) -> Mapped:
    """The logistic function."""
    return _mapped("sigmoid", part)


def tanh(part: Expression) -> Mapped:
    """The hyperbolic tangent."""
    return _mapped("tanh", part)


def relu(part: Expression) -> Mapped:
    """The positive part."""
    return _mapped("relu", part)


def leaky_relu(part: Expression, slope: float) -> Mapped:
    """The positive part plus `slope` times the negative part."""
    return _mapped("leaky_relu", part, Fraction(repr(slope)))


def gelu(part: Expression) -> Mapped:
    """The exact GELU."""
    return _mapped("gelu", part)


def exp(part: Expression) -> Mapped:
    """The exponential function."""
    return _mapped("exp", part)


def log(part: Expression) -> Mapped:
    """The natural logarithm."""
    return _mapped("log", part)


def sqrt(part: Expression) -> Mapped:
    """The square root."""
    return _mapped("sqrt", part)


def softplus(part: Expression) -> Mapped:
    """ln(1 + e^x)."""
    return _mapped("softplus", part)


def absolute(part: Expression) -> Mapped:
    """The absolute value."""
    return _mapped("absolute", part)


def reciprocal(part: Expression) -> Mapped:
    """One over every entry."""
    return _mapped("reciprocal", part)


def power(part: Expression, exponent: int) -> Expression:
    """Every entry to a whole positive power."""
    if not isinstance(exponent, int) or exponent < 1:
        raise ValueError(f"expected a positive whole exponent, got {exponent!r}: use sqrt or reciprocal")
    if isinstance(part, Mapped) and part.function == "sqrt" and exponent % 2 == 0:
        return power(part.part, exponent // 2)
    return part if exponent == 1 else _mapped("power", part, Fraction(exponent))


def _mapped(function: str, part: Expression, parameter: Fraction = Fraction(0)) -> Mapped:
    return Mapped(part.shape, function, part, parameter)


def _step(part: Expression) -> Mapped:
    return _mapped("step", part)


FUNCTIONS: dict[str, Function] = {
    "sigmoid": Function(
        r"\sigma\left(<0>\right)", "sigmoid(<0>)",
        lambda x, p: np.exp(-np.logaddexp(0, -x)), lambda x, y, p: y * (1 - y),
        "The sigmoid's derivative is its output times one minus its output.",
    ),
    "tanh": Function(
        r"\tanh\left(<0>\right)", "np.tanh(<0>)", lambda x, p: np.tanh(x), lambda x, y, p: 1 - y**2,
        "The derivative of tanh is one minus its squared output.",
    ),
    "relu": Function(
        r"\operatorname{ReLU}\left(<0>\right)", "np.maximum(<0>, 0)",
        lambda x, p: np.maximum(x, 0), lambda x, y, p: _step(x),
        "ReLU lets the gradient through where its input is positive and stops it elsewhere.",
    ),
    "leaky_relu": Function(
        r"\operatorname{LeakyReLU}_{<p>}\left(<0>\right)", "np.where(<0> > 0, <0>, <p> * <0>)",
        lambda x, p: np.where(x > 0, x, p * x), lambda x, y, p: _step(x) * (1 - p) + p,
        "The slope is 1 where the input is positive and the given slope elsewhere.",
    ),
    "gelu": Function(
        r"\operatorname{GELU}\left(<0>\right)", "gelu(<0>)",
        lambda x, p: x * _normal(x), lambda x, y, p: _mapped("normal", x) + x * _mapped("density", x),
        "Product rule for the input times the normal distribution.",
    ),
    "normal": Function(
        r"\Phi\left(<0>\right)", "Phi(<0>)", lambda x, p: _normal(x), lambda x, y, p: _mapped("density", x),
        "The normal distribution's derivative is its density.",
    ),
    "density": Function(
        r"\varphi\left(<0>\right)", "phi(<0>)",
        lambda x, p: np.exp(-(x**2) / 2) / np.sqrt(2 * pi), lambda x, y, p: -(x * y),
        "The exponent's derivative comes down.",
    ),
    "exp": Function(
        "e^{<0>}", "np.exp(<0>)", lambda x, p: np.exp(x), lambda x, y, p: y,
        "The exponential function is its own derivative.",
    ),
    "log": Function(
        r"\ln\left(<0>\right)", "np.log(<0>)", lambda x, p: np.log(x), lambda x, y, p: reciprocal(x),
        "The logarithm's derivative is one over its input.",
    ),
    "sqrt": Function(
        r"\sqrt{<0>}", "np.sqrt(<0>)", lambda x, p: np.sqrt(x), lambda x, y, p: reciprocal(y) / 2,
        "The root's derivative is one over twice the root.",
    ),
    "softplus": Function(
        r"\operatorname{softplus}\left(<0>\right)", "np.log(1 + np.exp(<0>))",
        lambda x, p: np.logaddexp(0, x), lambda x, y, p: sigmoid(x),
        "The derivative of softplus is the sigmoid.",
    ),
    "absolute": Function(
        r"\left|<0>\right|", "np.abs(<0>)", lambda x, p: np.abs(x), lambda x, y, p: _mapped("sign", x),
        "The derivative of the absolute value is the sign.",
    ),
    "reciprocal": Function(
        r"\frac{1}{<0>}", "1 / <0>", lambda x, p: 1 / x, lambda x, y, p: -reciprocal(x**2),
        "The derivative of one over x is minus one over its square.",
    ),
    "power": Function(
        r"<0>^{\odot <p>}", "<0> ** <p>", lambda x, p: x**p, lambda x, y, p: power(x, int(p) - 1) * p,
        "Power rule: the exponent comes down and is lowered by 1.",
    ),
    "step": Function(
        r"\mathbb{1}_{<0> > 0}", "(<0> > 0)", lambda x, p: (x > 0).astype(float), lambda x, y, p: Zeros(x.shape),
        "A step is flat away from its jump.",
    ),
    "sign": Function(
        r"\operatorname{sign}\left(<0>\right)", "np.sign(<0>)",
        lambda x, p: np.sign(x), lambda x, y, p: Zeros(x.shape),
        "The sign is flat away from its jump.",
    ),
}  # fmt: skip


def _normal(x: Any) -> Any:
    return (1 + _erf(x / np.sqrt(2))) / 2
