"""Arithmetic with floats and arrays of them: undefined values are NaN, and nothing warns."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from grader.reading import limits
from grader.reading.evaluate import Arithmetic, compared, evaluate
from grader.reading.tree import Node


def _number(value: Fraction) -> np.float64:
    try:
        return np.float64(value.numerator / value.denominator)
    except OverflowError:
        return np.float64("inf") if value > 0 else np.float64("-inf")


def _power(base: Any, exponent: Any) -> Any:
    """Raise to a power; the odd root of a negative number is taken where the exponent is 1/3, 1/5 …"""
    return np.power(base, exponent)


def _root(value: Any, degree: Any = 2) -> Any:
    if np.ndim(degree) == 0 and degree == 2:
        return np.sqrt(value)
    odd = np.mod(degree, 2) == 1
    return np.where(odd, np.sign(value), 1) * np.power(np.where(odd, np.abs(value), value), 1 / degree)


def _sigmoid(z: Any) -> Any:
    return np.exp(-np.logaddexp(0, -np.asarray(z, dtype=float)))


def _logarithm(value: Any, base: Any = None) -> Any:
    return np.log(value) if base is None else np.log(value) / np.log(base)


def _factorial(value: Any) -> Any:
    whole = np.asarray(value, dtype=float)
    fits = (whole >= 0) & (whole <= limits.FACTORIAL) & (whole == np.floor(whole))
    products = np.cumprod([1.0, *range(1, limits.FACTORIAL + 1)])
    return np.where(fits, products[np.where(fits, whole, 0).astype(int)], np.nan)


def _binomial(total: Any, chosen: Any) -> Any:
    return _factorial(total) / (_factorial(chosen) * _factorial(np.subtract(total, chosen)))


def _erf(value: Any) -> Any:
    import math

    return np.vectorize(math.erf, otypes=[float])(value)


def _many(function: Callable[[Any, Any], Any]) -> Callable[..., Any]:
    def reduced(first: Any, *others: Any) -> Any:
        for other in others:
            first = function(first, other)
        return first

    return reduced


FLOATS = Arithmetic(
    number=_number,
    constants={"pi": np.float64(np.pi), "e": np.float64(np.e), "inf": np.float64("inf")},
    divide=np.divide,
    power=_power,
    compare=lambda sign, left, right: np.where(compared(sign, left, right), 1.0, 0.0),
    functions={
        "ln": np.log,
        "log": _logarithm,
        "log2": np.log2,
        "log10": np.log10,
        "log1p": np.log1p,
        "exp": np.exp,
        "expm1": np.expm1,
        "sqrt": _root,
        "cbrt": np.cbrt,
        "power": _power,
        "square": np.square,
        "abs": np.abs,
        "sign": np.sign,
        "sin": np.sin,
        "cos": np.cos,
        "tan": np.tan,
        "cot": lambda z: 1 / np.tan(z),
        "sec": lambda z: 1 / np.cos(z),
        "csc": lambda z: 1 / np.sin(z),
        "arcsin": np.arcsin,
        "arccos": np.arccos,
        "arctan": np.arctan,
        "sinh": np.sinh,
        "cosh": np.cosh,
        "tanh": np.tanh,
        "coth": lambda z: 1 / np.tanh(z),
        "sech": lambda z: 1 / np.cosh(z),
        "csch": lambda z: 1 / np.sinh(z),
        "arsinh": np.arcsinh,
        "arcosh": np.arccosh,
        "artanh": np.arctanh,
        "sigmoid": _sigmoid,
        "sigmoid'": lambda z: _sigmoid(z) * _sigmoid(-z),
        "tanh'": lambda z: 1 / np.cosh(z) ** 2,
        "relu'": lambda z: np.where(z > 0, 1.0, 0.0),
        "logit": lambda p: np.log(p) - np.log1p(-p),
        "softplus": lambda z: np.logaddexp(0, z),
        "relu": lambda z: np.maximum(z, 0),
        "step": lambda z: np.where(z > 0, 1.0, 0.0),
        "indicator": lambda z: np.where(z != 0, 1.0, 0.0),
        "erf": _erf,
        "max": _many(np.maximum),
        "min": _many(np.minimum),
        "where": lambda condition, yes, no: np.where(condition != 0, yes, no),
        "floor": np.floor,
        "ceil": np.ceil,
        "round": lambda z, decimals=0: np.round(z * 10.0**decimals) / 10.0**decimals,
        "factorial": _factorial,
        "binom": _binomial,
    },
)
"""Double precision, element by element."""


def float_value(tree: Node, values: Mapping[str, Any] | None = None) -> Any:
    """Compute a tree in double precision, at many values at once if arrays are given."""
    with np.errstate(all="ignore"):
        return evaluate(tree, FLOATS, values)
