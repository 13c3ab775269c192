"""The usual slips in a formula, made from the right one: sign, factor, exchanged variables, another logarithm."""

from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from itertools import combinations
from typing import Any

import numpy as np

from grader.answer import Slip
from grader.formulas.equality import Sampled, World, sampled, values_at
from grader.formulas.extremes import named
from grader.reading.tree import Call, Name, Negative, Node, Numeral, Product, Sum, rewritten, substituted, walk

Variant = tuple[str, str, Node]
"""A wrong version of a formula: a name, a sentence, and the formula."""

_CLOSE = 1e-9
_FEWEST = 4
_LARGEST = 1e100
_ONE = Numeral("1", Fraction(1))


def usual_slips(given: Node, wanted: Node, world: World) -> Iterator[Slip]:
    """Give the slips that turn the right formula into the one given, most likely first."""
    truth = sampled(wanted, world)
    found = values_at(given, truth.points, world)
    if _agree(found, truth.values) or not named(wanted) or not named(given):
        return
    matches = partial(_matching, found, truth, world)
    yield from matches(_logarithms(wanted))
    yield from _proportional(found, truth, wanted)
    yield from matches(_exchanged(wanted))
    yield from matches(_parts(wanted))


def _matching(found: Any, truth: Sampled, world: World, variants: Iterator[Variant]) -> Iterator[Slip]:
    """Keep the wrong versions that have the values found."""
    for name, text, candidate in variants:
        if _agree(found, values_at(candidate, truth.points, world)):
            yield Slip(name, candidate, text)


def _proportional(found: Any, truth: Sampled, wanted: Node) -> Iterator[Slip]:
    """Recognise a constant factor, a constant added, and the reciprocal."""
    with np.errstate(all="ignore"):
        ratio, shift, product = found / truth.values, found - truth.values, found * truth.values
    factor = _constant(ratio)
    if factor == -1:
        yield Slip("sign", Negative(wanted), "The sign is wrong.")
    elif factor == 1:
        return  # equal where both have a value
    elif factor:
        yield Slip(
            "factor", wanted, f"This is {spelled(factor)} times the right result: a constant factor is wrong."
        )
    elif _constant(product) == 1:
        yield Slip("reciprocal", Product((_ONE, wanted), ("/",)), "This is the reciprocal of the right result.")
    elif (added := _constant(shift)) is not None:
        yield Slip("constant", wanted, f"This differs from the right result by the constant {spelled(added)}.")


def _constant(values: Any) -> float | None:
    """Give the one number that all values are, up to rounding."""
    finite = values[np.isfinite(values) & (np.abs(values) < _LARGEST)]
    if len(finite) < _FEWEST or not np.ptp(finite) <= _CLOSE * abs(finite[0]):
        return None
    nice = Fraction(float(finite[0])).limit_denominator(720)
    return float(nice) if abs(float(nice) - finite[0]) <= _CLOSE * abs(finite[0]) else float(finite[0])


def spelled(number: float) -> str:
    """Write a number as a short fraction if it is one.

    >>> spelled(0.5), spelled(-2.0), spelled(0.34567)
    ('1/2', '-2', '0.3457')
    """
    nice = Fraction(number).limit_denominator(720)
    return str(nice) if abs(float(nice) - number) < 1e-12 else f"{number:.4g}"


def _agree(found: Any, other: Any) -> bool:
    both = np.isfinite(found) & np.isfinite(other)
    if both.sum() < _FEWEST or (np.isfinite(found) != np.isfinite(other)).any():
        return False
    return bool(np.allclose(found[both], other[both], rtol=_CLOSE, atol=0))


def _logarithms(wanted: Node) -> Iterator[Variant]:
    if not any(isinstance(node, Call) and node.function in ("ln", "log") for node in walk(wanted)):
        return
    for base in ("log2", "log10"):
        text = f"This comes out with the logarithm to base {base[3:]}; the natural one is meant."
        yield "log-base", text, rewritten(wanted, partial(_other_base, base))


def _other_base(base: str, node: Node) -> Node:
    if isinstance(node, Call) and node.function in ("ln", "log") and len(node.arguments) == 1:
        return Call(base, node.arguments)
    return node


def _exchanged(wanted: Node) -> Iterator[Variant]:
    names = sorted({node.name for node in walk(wanted) if isinstance(node, Name) and not node.constant})
    for first, second in combinations(names[:6], 2):
        swap = {first: Name(second), second: Name(first)}
        yield "swapped", f"{first} and {second} are exchanged.", substituted(wanted, swap)


def _parts(wanted: Node) -> Iterator[Variant]:
    """Flip or drop one term, drop one factor."""
    if isinstance(wanted, Negative):
        yield from ((name, text, Negative(part)) for name, text, part in _parts(wanted.operand))
    if isinstance(wanted, Sum):
        for at, term in enumerate(wanted.terms):
            flipped = (*wanted.terms[:at], Negative(term), *wanted.terms[at + 1 :])
            yield "sign-of-term", "One term has the wrong sign.", Sum(flipped)
            if len(wanted.terms) > 1:
                yield "missing-term", "One term is missing.", Sum((*wanted.terms[:at], *wanted.terms[at + 1 :]))
    if isinstance(wanted, Product):
        for at in range(len(wanted.factors)):
            yield "missing-factor", "One factor is missing.", _replaced(wanted, at, _ONE)


def _replaced(product: Product, at: int, factor: Node) -> Product:
    return Product((*product.factors[:at], factor, *product.factors[at + 1 :]), product.operators)
