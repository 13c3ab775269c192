"""Compute the value of a tree in a given arithmetic: exact fractions, floats (or arrays of them), or 50 digits."""

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from grader.answer import Unreadable
from grader.reading import limits
from grader.reading.tree import (
    Call,
    Index,
    Name,
    Negative,
    Node,
    Numeral,
    Postfix,
    Power,
    Product,
    Reduction,
    Relation,
    Sequence,
    Sum,
    walk,
)


class Inexact(Exception):  # noqa: N818 - the next arithmetic takes over
    """An arithmetic cannot give this value."""


class Arithmetic(NamedTuple):
    """How numbers of one sort are made, divided, raised, compared, and put into functions."""

    number: Callable[[Fraction], Any]
    constants: Mapping[str, Any]
    divide: Callable[[Any, Any], Any]
    power: Callable[[Any, Any], Any]
    compare: Callable[[str, Any, Any], Any]
    functions: Mapping[str, Callable[..., Any]]


_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "!=": operator.ne,
}


def compared(sign: str, left: Any, right: Any) -> Any:
    """Compare two numbers or arrays of them."""
    if sign not in _COMPARE:
        raise Unreadable(f"A number was expected here, not a statement with “{sign}”.", code="not-a-number")
    return _COMPARE[sign](left, right)


def literal_ratio(node: Node) -> Fraction | None:
    """Give the fraction an exponent such as `1/3` or `-2/5` spells out, None if it is anything else."""
    if isinstance(node, Negative):
        ratio = literal_ratio(node.operand)
        return None if ratio is None else -ratio
    if isinstance(node, Numeral):
        return node.value if "/" in node.text or node.value.denominator == 1 else None
    if isinstance(node, Product) and node.operators in (("/",), ("frac",)):
        above, below = map(literal_ratio, node.factors)
        return above / below if above is not None and below else None
    return None


class Defined(NamedTuple):
    """A function of the question's own: its parameters and the formula it stands for."""

    parameters: tuple[str, ...]
    body: Node


def evaluate(node: Node, arithmetic: Arithmetic, values: Mapping[str, Any] | None = None) -> Any:
    """Compute a tree; `values` gives variables, families of them as functions of their indices, and `Defined`s.

    Raises `Inexact` where the arithmetic has no answer and `Unreadable` where the tree has no value at all.
    """
    return _Evaluation(arithmetic, dict(values or {})).value(node)


class _Evaluation:
    """An arithmetic, the variables' values, and how many more terms of sums may be computed."""

    def __init__(self, arithmetic: Arithmetic, values: dict[str, Any]) -> None:
        self.arithmetic, self.values = arithmetic, values
        self.terms, self.steps = limits.TERMS, limits.STEPS

    def value(self, node: Node) -> Any:
        rule = _RULES.get(type(node))
        if rule is None:
            raise Unreadable("A single number was expected here, not a list or a matrix.", code="not-a-number")
        return rule(self, node)

    def name(self, node: Name) -> Any:
        known = self.arithmetic.constants if node.constant else self.values
        if node.name not in known or callable(known[node.name]):
            raise Inexact
        return known[node.name]

    def sum(self, node: Sum) -> Any:
        total = self.value(node.terms[0])
        for term in node.terms[1:]:
            total = total + self.value(term)
        return total

    def product(self, node: Product) -> Any:
        total = self.value(node.factors[0])
        for sign, factor in zip(node.operators, node.factors[1:], strict=True):
            if sign == "@":
                raise Unreadable("“@” multiplies matrices; for numbers write “*”.", code="not-a-number")
            value = self.value(factor)
            divides = sign in ("/", "frac")
            total = self.arithmetic.divide(total, value) if divides else total * value
        return total

    def power(self, node: Power) -> Any:
        if node.base == _EULER:
            return self.function("exp")(self.value(node.exponent))
        base, exponent = self.value(node.base), self.value(node.exponent)
        ratio = literal_ratio(node.exponent)
        if ratio is None or ratio.denominator == 1 or ratio.denominator % 2 == 0:
            return self.arithmetic.power(base, exponent)
        raised = self.arithmetic.power(self.function("abs")(base), exponent)  # the odd root of a negative number
        return raised * self.function("sign")(base) if ratio.numerator % 2 else raised

    def function(self, name: str) -> Callable[..., Any]:
        if name not in self.arithmetic.functions:
            raise Inexact
        return self.arithmetic.functions[name]

    def call(self, node: Call) -> Any:
        arguments = list(map(self.value, node.arguments))
        defined = self.values.get(node.function)
        if not isinstance(defined, Defined):
            return self.function(node.function)(*arguments)
        nothing = [self.arithmetic.number(Fraction(0))] * len(defined.parameters)
        bound = dict(zip(defined.parameters, [*arguments, *nothing], strict=False))
        return evaluate(defined.body, self.arithmetic, self.values | bound)

    def postfix(self, node: Postfix) -> Any:
        value = self.value(node.operand)
        if node.mark == "%":
            return self.arithmetic.divide(value, self.arithmetic.number(Fraction(100)))
        if node.mark == "°":
            return value * self.name(_PI) / self.arithmetic.number(Fraction(180))
        return self.function("factorial")(value) if node.mark == "!" else value

    def relation(self, node: Relation) -> Any:
        sides = list(map(self.value, node.sides))
        result = self.arithmetic.number(Fraction(1))
        for sign, left, right in zip(node.operators, sides, sides[1:], strict=False):
            result = result * self.arithmetic.compare(sign, left, right)
        return result

    def sequence(self, node: Sequence) -> Any:
        if len(node.items) != 1:
            raise Unreadable(f"One number was expected here, not {len(node.items)}.", code="not-a-number")
        return self.value(node.items[0])

    def index(self, node: Index) -> Any:
        family = self.values.get(node.base.name if isinstance(node.base, Name) else "")
        if not callable(family):
            raise Unreadable("Here a subscript was found on something that has none.", code="subscript")
        return family(*(self.whole(part) for part in node.indices))

    def whole(self, node: Node | None) -> int:
        if node is None:
            raise Unreadable("Write where the sum starts and ends.", code="sum-index")
        value = self.value(node)
        if value != round(float(value)) if abs(value) < 1e9 else True:
            raise Unreadable("The bounds of a sum and subscripts must be whole numbers.", code="sum-index")
        return int(value)

    def reduction(self, node: Reduction) -> Any:
        low, high = self.whole(node.low), self.whole(node.high)
        self.terms -= max(0, high - low + 1)
        self.steps -= max(0, high - low + 1) * sum(1 for _ in walk(node.body))
        if min(self.terms, self.steps) < 0:
            raise Unreadable("This sum has too many terms to be computed.", code="too-large")
        total = self.arithmetic.number(Fraction(node.function == "prod"))
        kept = self.values.get(node.index)
        for at in range(low, high + 1):
            self.values[node.index] = self.arithmetic.number(Fraction(at))
            term = self.value(node.body)
            total = total * term if node.function == "prod" else total + term
        self.values[node.index] = kept
        return total


_PI = Name("pi", constant=True)
_EULER = Name("e", constant=True)
_RULES: dict[type[Node], Callable[[_Evaluation, Any], Any]] = {
    Numeral: lambda evaluation, node: evaluation.arithmetic.number(node.value),
    Negative: lambda evaluation, node: -evaluation.value(node.operand),
    Name: _Evaluation.name,
    Sum: _Evaluation.sum,
    Product: _Evaluation.product,
    Power: _Evaluation.power,
    Call: _Evaluation.call,
    Postfix: _Evaluation.postfix,
    Relation: _Evaluation.relation,
    Sequence: _Evaluation.sequence,
    Index: _Evaluation.index,
    Reduction: _Evaluation.reduction,
}
