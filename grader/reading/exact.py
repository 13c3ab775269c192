"""Arithmetic with fractions of bounded size; what is not rational, or too large, raises `Inexact`."""

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from grader.answer import Unreadable
from grader.reading import limits
from grader.reading.evaluate import Arithmetic, Inexact, compared, evaluate
from grader.reading.tree import Node


class Ratio:
    """A fraction that refuses to grow beyond `limits.BITS`, checked before it is multiplied out."""

    __slots__ = ("value",)

    def __init__(self, value: Fraction) -> None:
        self.value = value

    def __add__(self, other: "Ratio") -> "Ratio":
        return Ratio(_bounded(self, other).value + other.value)

    def __mul__(self, other: "Ratio") -> "Ratio":
        return Ratio(_bounded(self, other).value * other.value)

    def __neg__(self) -> "Ratio":
        return Ratio(-self.value)

    def __abs__(self) -> "Ratio":
        return Ratio(abs(self.value))

    def __float__(self) -> float:
        return float(self.value)

    def __int__(self) -> int:
        return int(self.value)

    def __eq__(self, other: object) -> bool:
        return self.value == (other.value if isinstance(other, Ratio) else other)

    def __lt__(self, other: Any) -> bool:
        return self.value < (other.value if isinstance(other, Ratio) else other)

    __hash__ = None  # type: ignore[assignment]


def _bits(ratio: Ratio) -> int:
    return max(ratio.value.numerator.bit_length(), ratio.value.denominator.bit_length())


def _bounded(left: Ratio, right: Ratio) -> Ratio:
    if _bits(left) + _bits(right) > limits.BITS:
        raise Inexact
    return left


def _divide(left: Ratio, right: Ratio) -> Ratio:
    if not right.value:
        raise Unreadable("This divides by zero.", code="undefined")
    return Ratio(_bounded(left, right).value / right.value)


def _power(base: Ratio, exponent: Ratio) -> Ratio:
    if exponent.value.denominator != 1:
        return _root(_power(base, Ratio(Fraction(exponent.value.numerator))), exponent.value.denominator)
    if not base.value and exponent.value < 0:
        raise Unreadable("This divides by zero.", code="undefined")
    if base.value and _bits(base) > 1 and abs(exponent.value) * _bits(base) > limits.BITS:
        raise Inexact
    if _bits(base) <= 1:  # 0, 1 and -1 to any power
        return Ratio(base.value ** int(exponent.value % 2 or 2 * bool(exponent.value)))
    return Ratio(base.value ** int(exponent.value))


def _root(ratio: Ratio, degree: int) -> Ratio:
    """Take a root that is rational; raises `Inexact` for others, and for roots of negative numbers."""
    if ratio.value < 0 or not 0 < degree <= limits.BITS:
        raise Inexact
    above, below = (_whole_root(part, degree) for part in (ratio.value.numerator, ratio.value.denominator))
    return Ratio(Fraction(above, below))


def _degree(ratio: Ratio) -> int:
    if ratio.value.denominator != 1:
        raise Inexact
    return int(ratio.value)


def _whole_root(number: int, degree: int) -> int:
    root = math.isqrt(number) if degree == 2 else round(number ** (1 / degree)) if number < 1 << 50 else -1
    if root < 0 or root**degree != number:
        raise Inexact
    return root


def _factorial(ratio: Ratio) -> Ratio:
    if ratio.value.denominator != 1 or ratio.value < 0:
        raise Unreadable("The factorial is taken of whole numbers from 0 on.", code="undefined")
    if ratio.value > limits.FACTORIAL:
        raise Unreadable(f"Factorials beyond {limits.FACTORIAL}! are not computed.", code="too-large")
    return Ratio(Fraction(math.factorial(int(ratio.value))))


def _binomial(total: Ratio, chosen: Ratio) -> Ratio:
    if total.value.denominator != 1 or chosen.value.denominator != 1 or not 0 <= chosen.value <= total.value:
        raise Inexact
    if total.value > limits.TERMS:
        raise Inexact
    return Ratio(Fraction(math.comb(int(total.value), int(chosen.value))))


def _round(ratio: Ratio, decimals: Ratio | None = None) -> Ratio:
    digits = int(decimals.value) if decimals is not None else 0
    if abs(digits) > 50:
        raise Inexact
    return Ratio(round(ratio.value * 10**digits) / Fraction(10) ** digits)


def _apply(function: Callable[..., Any]) -> Callable[..., Ratio]:
    return lambda *ratios: Ratio(Fraction(function(*(ratio.value for ratio in ratios))))


EXACT = Arithmetic(
    number=Ratio,
    constants={},
    divide=_divide,
    power=_power,
    compare=lambda sign, left, right: Ratio(Fraction(compared(sign, left.value, right.value))),
    functions={
        "abs": abs,
        "max": _apply(lambda *values: max(values)),
        "min": _apply(lambda *values: min(values)),
        "floor": _apply(math.floor),
        "ceil": _apply(math.ceil),
        "round": _round,
        "sign": _apply(lambda value: (value > 0) - (value < 0)),
        "relu": _apply(lambda value: max(value, 0)),
        "step": _apply(lambda value: value > 0),
        "indicator": _apply(bool),
        "where": _apply(lambda condition, yes, no: yes if condition else no),
        "square": lambda ratio: ratio * ratio,
        "sqrt": lambda ratio, degree=None: _root(ratio, _degree(degree) if degree is not None else 2),
        "power": _power,
        "factorial": _factorial,
        "binom": _binomial,
    },
)
"""Exact fractions."""


def exact_value(tree: Node, values: Mapping[str, Fraction] | None = None) -> Fraction | None:
    """Compute a tree exactly, or give None where its value is not rational or too large."""
    try:
        result: Ratio = evaluate(tree, EXACT, {name: Ratio(value) for name, value in (values or {}).items()})
    except Inexact:
        return None
    return result.value
