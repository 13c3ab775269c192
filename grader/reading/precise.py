"""Arithmetic to 50 digits or more, without overflow; values that are not real raise `Undefined`."""

import threading
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from grader.reading import limits
from grader.reading.evaluate import Arithmetic, Inexact, compared, evaluate
from grader.reading.tree import Node

DIGITS = 50
_LARGEST = 1e5  # of an exponent to base e; beyond it a number is neither computed nor needed
_contexts = threading.local()


class Undefined(Exception):  # noqa: N818 - it is a finding: there is no value here
    """A formula has no real value at these values of its variables."""


def precise_value(tree: Node, values: Mapping[str, Any] | None = None, digits: int = DIGITS) -> Any:
    """Compute a tree at exact values of its variables, to `digits` digits.

    Raises `Undefined` where there is no real value, `Inexact` where a number is out of all proportion.
    """
    arithmetic = _arithmetic(digits)
    return evaluate(
        tree, arithmetic, {name: _converted(arithmetic, value) for name, value in (values or {}).items()}
    )


def _converted(arithmetic: Arithmetic, value: Any) -> Any:
    if isinstance(value, Fraction):
        return arithmetic.number(value)
    return (lambda *indices: arithmetic.number(value(*indices))) if callable(value) else value


def _arithmetic(digits: int) -> Arithmetic:
    """Give this thread's arithmetic of so many digits; contexts of mpmath must not be shared by threads."""
    made = _contexts.__dict__.setdefault("made", {})
    if digits not in made:
        from mpmath import MPContext

        context = MPContext()
        context.dps = digits
        made[digits] = _Precise(context).arithmetic()
    arithmetic: Arithmetic = made[digits]
    return arithmetic


class _Precise:
    """The functions of a context of mpmath, each refusing what is not real or too large."""

    def __init__(self, context: Any) -> None:
        self.context = context

    def arithmetic(self) -> Arithmetic:
        context = self.context
        return Arithmetic(
            number=lambda value: context.mpf(value.numerator) / value.denominator,
            constants={"pi": +context.pi, "e": +context.e},
            divide=self.divide,
            power=self.power,
            compare=lambda sign, left, right: context.mpf(bool(compared(sign, left, right))),
            functions=self.functions(),
        )

    def divide(self, above: Any, below: Any) -> Any:
        if not below:
            raise Undefined
        return above / below

    def power(self, base: Any, exponent: Any) -> Any:
        if not base:
            if exponent < 0:
                raise Undefined
            return self.context.mpf(exponent == 0)
        if base < 0 and exponent != self.context.floor(exponent):
            raise Undefined
        if abs(exponent * self.context.log(abs(base))) > _LARGEST:
            raise Inexact
        return base ** (int(exponent) if exponent == int(exponent) else exponent)

    def exp(self, value: Any) -> Any:
        if abs(value) > _LARGEST:
            raise Inexact
        return self.context.exp(value)

    def within(self, function: Callable[[Any], Any], fits: Callable[[Any], bool]) -> Callable[[Any], Any]:
        """Restrict a function to where it is real."""

        def checked(value: Any) -> Any:
            if not fits(value):
                raise Undefined
            return function(value)

        return checked

    def moderate(self, function: Callable[[Any], Any]) -> Callable[[Any], Any]:
        """Restrict a function to arguments that cost little."""

        def checked(value: Any) -> Any:
            if abs(value) > _LARGEST:
                raise Inexact
            return function(value)

        return checked

    def log(self, value: Any, base: Any = None) -> Any:
        if value <= 0 or (base is not None and (base <= 0 or base == 1)):
            raise Undefined
        return self.context.log(value) / (1 if base is None else self.context.log(base))

    def root(self, value: Any, degree: Any = 2) -> Any:
        if value < 0 and degree % 2 == 1:
            return -self.root(-value, degree)
        if value < 0 or degree <= 0:
            raise Undefined
        return self.context.sqrt(value) if degree == 2 else self.power(value, 1 / degree)

    def whole(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def checked(*values: Any) -> Any:
            if any(value != int(value) or not 0 <= value <= limits.FACTORIAL for value in values):
                raise Undefined
            return function(*values)

        return checked

    def functions(self) -> dict[str, Callable[..., Any]]:
        """Give every function of a formula by its name."""
        return {**self.curves(), **self.reciprocals(), **self.logarithms(), **self.pieces(), **self.networks()}

    def curves(self) -> dict[str, Callable[..., Any]]:
        """Give trigonometric and hyperbolic functions and their inverses."""
        context = self.context
        smooth = ("sin", "cos", "sinh", "cosh", "tanh", "erf", "floor", "ceil")
        return {
            **{name: self.moderate(getattr(context, name)) for name in smooth},
            "arctan": context.atan,
            "arsinh": context.asinh,
            "arcsin": self.within(context.asin, lambda z: abs(z) <= 1),
            "arccos": self.within(context.acos, lambda z: abs(z) <= 1),
            "arcosh": self.within(context.acosh, lambda z: z >= 1),
            "artanh": self.within(context.atanh, lambda z: abs(z) < 1),
        }

    def logarithms(self) -> dict[str, Callable[..., Any]]:
        """Give logarithms, exponentials, powers and roots."""
        mpf = self.context.mpf
        return {
            "ln": self.log,
            "log": self.log,
            "log2": lambda z: self.log(z, mpf(2)),
            "log10": lambda z: self.log(z, mpf(10)),
            "log1p": lambda z: self.log(1 + z),
            "exp": self.exp,
            "expm1": lambda z: self.exp(z) - 1,
            "sqrt": self.root,
            "cbrt": lambda z: self.root(z, mpf(3)),
            "power": self.power,
            "square": lambda z: z * z,
            "factorial": self.whole(self.context.factorial),
            "binom": self.whole(self.context.binomial),
        }

    def pieces(self) -> dict[str, Callable[..., Any]]:
        """Give functions that bend or jump."""
        mpf, nint = self.context.mpf, self.context.nint
        return {
            "abs": abs,
            "sign": lambda z: mpf((z > 0) - (z < 0)),
            "max": lambda *values: max(values),
            "min": lambda *values: min(values),
            "step": lambda z: mpf(z > 0),
            "indicator": lambda z: mpf(z != 0),
            "where": lambda condition, yes, no: yes if condition else no,
            "round": lambda z, decimals=0: nint(z * 10**decimals) / 10**decimals,
        }

    def networks(self) -> dict[str, Callable[..., Any]]:
        """Give activations and their derivatives."""
        one = self.context.mpf(1)

        def sigmoid(z: Any) -> Any:
            return one / (one + self.exp(-z))

        return {
            "sigmoid": sigmoid,
            "sigmoid'": lambda z: sigmoid(z) * sigmoid(-z),
            "relu": lambda z: max(z, 0 * one),
            "relu'": lambda z: one * (z > 0),
            "logit": lambda p: self.log(p) - self.log(1 - p),
            "softplus": lambda z: self.log(1 + self.exp(z)),
        }

    def reciprocals(self) -> dict[str, Callable[[Any], Any]]:
        """Give the functions that are quotients of others."""
        context = self.context
        return {
            "tan": self.moderate(lambda z: self.divide(context.sin(z), context.cos(z))),
            "cot": self.moderate(lambda z: self.divide(context.cos(z), context.sin(z))),
            "sec": self.moderate(lambda z: self.divide(1, context.cos(z))),
            "csc": self.moderate(lambda z: self.divide(1, context.sin(z))),
            "sech": self.moderate(lambda z: 1 / context.cosh(z)),
            "csch": self.moderate(lambda z: self.divide(1, context.sinh(z))),
            "coth": self.moderate(lambda z: self.divide(context.cosh(z), context.sinh(z))),
            "tanh'": self.moderate(lambda z: 1 - context.tanh(z) ** 2),
        }
