"""How far the constants of a formula lie from one, and whether it bends or is rational: what sampling must know."""

import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import lru_cache

from grader.answer import Unreadable
from grader.reading.evaluate import Inexact, literal_ratio
from grader.reading.exact import EXACT
from grader.reading.precise import Undefined, precise_value
from grader.reading.tree import Call, Index, Name, Node, Numeral, Power, Reduction, Relation, children, walk

_USUAL = 6  # constants between 1e-6 and 1e6 surprise nobody
_DIGITS = 12
ENDLESS = 10**9
_PIECES = frozenset(
    ("abs", "max", "min", "relu", "relu'", "step", "sign", "floor", "ceil", "round", "where", "indicator")
)


@lru_cache(1024)
def reach(tree: Node) -> int:
    """Give the largest power of ten among the constants of a formula, 0 if all are of usual size.

    >>> from grader.reading.grammar import parse
    >>> reach(parse("1 + 10^-40").tree), reach(parse("1 + sqrt(2)").tree)
    (40, 0)
    """
    return max((_power_of_ten(part) for part in _constants(tree)), default=0)


def _constants(tree: Node) -> Iterator[Node]:
    """Give the largest parts without variables, and the numbers in them."""
    found: list[Node] = []

    def constant(node: Node) -> bool:
        flags = [constant(child) for child in children(node)]
        if isinstance(node, Name) and not node.constant:
            return False
        if all(flags) and not isinstance(node, Reduction | Index | Relation):
            return True
        found.extend(child for child, flag in zip(children(node), flags, strict=True) if flag)
        return False

    if constant(tree):
        found.append(tree)
    for part in found:
        yield part
        yield from (node for node in walk(part) if isinstance(node, Power | Call) and node is not part)


def _power_of_ten(part: Node) -> int:
    if isinstance(part, Numeral):
        value, digits = part.value, len(str(part.value.numerator))
        power = abs(_log10(value)) if value else 0
        return power if power > _USUAL else _USUAL + 1 if digits > _DIGITS else 0
    try:
        number = precise_value(part)
    except (Undefined, Unreadable):
        return 0
    except Inexact:
        return ENDLESS
    if number and not 1e-300 < abs(number) < 1e300:
        return ENDLESS
    power = int(abs(math.log10(abs(number)))) if number else 0
    return power if power > _USUAL else 0


def _log10(value: Fraction) -> int:
    return int((value.numerator.bit_length() - value.denominator.bit_length()) * 0.30103)


@lru_cache(1024)
def bends(tree: Node) -> bool:
    """Tell if a formula has pieces: maxima, absolute values, cases."""
    return any(isinstance(n, Relation) or (isinstance(n, Call) and n.function in _PIECES) for n in walk(tree))


def numerals(*trees: Node) -> Iterator[Fraction]:
    """Give the numbers written in formulas, and zero."""
    yield Fraction(0)
    yield from (node.value for tree in trees for node in walk(tree) if isinstance(node, Numeral))


@lru_cache(1024)
def named(tree: Node) -> frozenset[str]:
    """Give the names of the variables and families in a formula."""
    return frozenset(node.name for node in walk(tree) if isinstance(node, Name) and not node.constant)


@lru_cache(1024)
def rational(tree: Node) -> bool:
    """Tell if a formula can be computed in fractions: no logarithm, no root, no pi."""
    return all(_RATIONAL.get(type(node), _always)(node) for node in walk(tree))


def _always(node: Node) -> bool:
    return True


_RATIONAL: dict[type[Node], Callable[..., bool]] = {
    Name: lambda node: not node.constant,
    Call: lambda node: node.function in EXACT.functions and node.function not in ("sqrt", "power"),
    Power: lambda node: (ratio := literal_ratio(node.exponent)) is not None and ratio.denominator == 1,
}
