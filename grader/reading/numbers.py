"""Read a single number in any notation, and remember how it was written."""

import math
from collections.abc import Sequence as Items
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from grader.answer import Unreadable
from grader.reading import limits
from grader.reading.commas import join_commas
from grader.reading.echo import latex
from grader.reading.evaluate import Inexact
from grader.reading.exact import exact_value
from grader.reading.floats import float_value
from grader.reading.grammar import parse_tokens
from grader.reading.names import Vocabulary
from grader.reading.tokens import Token, scan
from grader.reading.tree import Call, Name, Negative, Node, Numeral, Postfix, Product, Relation, ungrouped, walk
from grader.verdict import Note


class Typed(float):
    """A float that remembers how it was typed.

    - `exact`: the value as a fraction, None where it is not rational.
    - `decimals`, `figures`: how many were shown; None for a formula or a fraction, which shows none.
    - `form`: "integer", "decimal", "scientific", "percent", "fraction" or "formula".
    - `lowest`: false for a fraction that can be reduced.
    - `other`: the other value that `61,706` may have, None if there is none.
    """

    __slots__ = ("decimals", "exact", "figures", "form", "lowest", "other")

    exact: Fraction | None
    decimals: int | None
    figures: int | None
    form: str
    lowest: bool
    other: float | None


class NumberRead(NamedTuple):
    """A number, the tree it was read from, and what is worth saying."""

    value: Typed
    tree: Node
    notes: tuple[Note, ...] = ()

    @property
    def latex(self) -> str:
        """The number as it was read."""
        return latex(self.tree)


def read_number(text: str, whole: bool = False, mixed: bool = False, units: tuple[str, ...] = ()) -> NumberRead:
    """Read a number: `-ln(0.25)`, `1/3`, `50%`, `1.5e-3`, `0,25`, or the right side of `loss = 1.386`.

    `whole` reads `61,706` as a whole number, `mixed` reads `1 1/2`, `units` may stand behind the number.
    Raises `Unreadable`.
    """
    limits.check_length(text)
    tokens, notes = join_commas(_without_unit(scan(text), units), whole)
    left, right = _sides(tokens)[0], answer_part(tokens)
    parsed = parse_tokens(right, Vocabulary(mixed=mixed))
    tree = ungrouped(parsed.tree)
    if isinstance(tree, Relation):
        raise Unreadable("One number was expected here, not a comparison.", code="not-a-number")
    value = typed(tree)
    if any(note.code == "comma" for note in notes) and isinstance(tree, Numeral):
        value.other = float(value) * (0.001 if whole else 1000)
    return NumberRead(value, tree, (*notes, *parsed.notes, *_disagreement(left, value)))


def typed(tree: Node) -> Typed:
    """Compute a tree without variables and describe how it is written; raises `Unreadable` where it has no value."""
    exact = exact_value(tree)
    try:
        value = Typed(float(exact) if exact is not None else float_value(tree))
    except OverflowError:
        raise Unreadable("This number is too large.", code="too-large") from None
    except Inexact:
        raise Unreadable(
            "A number was expected here, written without such functions.", code="not-a-number"
        ) from None
    if np.isnan(value):
        raise Unreadable("This has no value among the real numbers.", code="undefined")
    if np.isinf(value) and not any(_infinite(node) for node in walk(tree)):
        raise Unreadable("This number is too large.", code="too-large")
    value.exact, value.form, value.other = exact, form_of(tree), None
    value.decimals, value.figures = shown_digits(tree)
    value.lowest = not (value.form == "fraction" and _reducible(tree))
    return value


def _reducible(tree: Node) -> bool:
    parts = [int(node.value) for node in walk(tree) if isinstance(node, Numeral)]
    return len(parts) == 2 and math.gcd(*parts) > 1


def _infinite(node: Node) -> bool:
    return (isinstance(node, Name) and node.name == "inf") or (
        isinstance(node, Call) and node.function in ("ln", "log", "log2", "log10", "logit", "artanh")
    )


def form_of(tree: Node) -> str:
    """Name the form a number is written in."""
    if isinstance(tree, Negative):
        return form_of(tree.operand)
    if isinstance(tree, Postfix) and tree.mark == "%":
        return "percent"
    if isinstance(tree, Numeral):
        if "/" in tree.text:
            return "fraction"
        return "scientific" if "e" in tree.text.lower() else "decimal" if "." in tree.text else "integer"
    if not isinstance(tree, Product) or tree.operators not in (("/",), ("frac",)):
        return "formula"
    return "fraction" if all(form_of(factor) == "integer" for factor in tree.factors) else "formula"


def shown_digits(tree: Node) -> tuple[int | None, int | None]:
    """Count the decimals and the significant figures shown.

    >>> from grader.reading.grammar import parse
    >>> shown_digits(parse("-0.0250").tree), shown_digits(parse("1.5e-3").tree), shown_digits(parse("1/3").tree)
    ((4, 3), (4, 2), (None, None))
    """
    if isinstance(tree, Negative):
        return shown_digits(tree.operand)
    if isinstance(tree, Postfix) and tree.mark == "%":
        decimals, figures = shown_digits(tree.operand)
        return (None if decimals is None else decimals + 2), figures
    if not isinstance(tree, Numeral) or "/" in tree.text:
        return None, None
    mantissa, _, exponent = tree.text.lower().partition("e")
    decimals = max(0, len(mantissa.partition(".")[2]) - int(exponent or 0))
    return decimals, len(mantissa.replace(".", "").lstrip("0"))


def _without_unit(tokens: list[Token], units: tuple[str, ...]) -> list[Token]:
    """Drop a unit behind the number, in capitals or not; `%` stays out of it where the unit is percent."""
    for unit in units:
        words = [t.text.casefold() for t in scan(unit)[:-1]]
        tail = tokens[-1 - len(words) : -1]
        if len(tokens) > len(words) + 1 and [t.text.casefold() for t in tail] == words:
            return [*tokens[: -1 - len(words)], tokens[-1]]
    return tokens


def _sides(tokens: Items[Token]) -> tuple[list[Token], list[Token]]:
    """Split at the last equals sign outside brackets; what stands before a first one may be any name."""
    depth, at = 0, -1
    for number, token in enumerate(tokens):
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        if depth == 0 and token.kind == "op" and token.text in ("=", "≈"):
            at = number
    return list(tokens[: max(at, 0)]), list(tokens[at + 1 :])


def answer_part(tokens: Items[Token]) -> list[Token]:
    """Give the tokens behind the last equals sign outside brackets, without a full stop."""
    right = _sides(tokens)[1]
    return [*right[:-2], right[-1]] if len(right) > 2 and right[-2].text == "." else right


def _disagreement(left: list[Token], value: Typed) -> tuple[Note, ...]:
    """Say so if what stands before the equals sign is a number that is not the one behind it."""
    _, before = _sides(left)
    if not before:
        return ()
    tree = parse_tokens([*before, Token("stop", "", before[-1].end, before[-1].end)], Vocabulary(free=True)).tree
    if any(isinstance(node, Name) and not node.constant for node in walk(tree)):
        return ()
    room = 0.5 * 10.0**-value.decimals if value.decimals is not None else 0.0
    if abs(typed(tree) - value) <= room + 1e-9 * abs(value):
        return ()
    return (Note("sides-differ", "The two sides of your equation differ; the last one was marked."),)
