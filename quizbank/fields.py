"""From what a platform reports of a part's fields to the answer as a student writes it."""

import re
from collections.abc import Iterator, Sequence

from grader.reading.labels import label
from grader.scoring import Cells, Order, Pairing, Weights
from grader.widgets import Pairs
from quizbank.plainmath import plain_text
from quizbank.platforms import NONE_OF_THESE, ticks
from quizbank.sheet import SheetPart

ARROW = re.compile(r"\s*[-=]>\s*")
DASHES = str.maketrans("−–—‐", "----")
# What platforms add, drop or escape when they turn a text into a line of a report.
PASSING = re.compile(r"[\s$\\()*`_{}\[\];,:\"'“”‘’]+")


def answer_text(part: SheetPart, fields: Sequence[str]) -> str:
    """Write the answer to a part from its fields; what cannot be told is given as it was reported.

    A platform reports options by their words, pairs as `left -> right`, and each entry of a matrix alone.
    """
    if not any(fields):
        return ""
    if isinstance(part.scoring, Cells):
        return _matrix(part.scoring, fields)
    if isinstance(part.scoring, Weights):
        return _letters(part, fields[0])
    if isinstance(part.scoring, Pairing | Order) and isinstance(part.widget, Pairs):
        return _pairs(part.widget, isinstance(part.scoring, Order), fields)
    return fields[0]


def _matrix(cells: Cells, fields: Sequence[str]) -> str:
    """Write the entries row by row; one that was left out is a question mark."""
    entries = iter(entry or "?" for entry in fields)
    rows = (", ".join(next(entries) for _ in row) for row in cells.rows)
    return f"[{', '.join(f'[{row}]' for row in rows)}]"


def _letters(part: SheetPart, text: str) -> str:
    statements = [statement for statement, _ in ticks(part)]
    chosen = options_named(text, statements)
    if chosen is None:
        return text
    if NONE_OF_THESE in (statements[index] for index in chosen):
        return "none" if len(chosen) == 1 else text
    return ", ".join(map(label, sorted(chosen)))


def _pairs(widget: Pairs, ordered: bool, fields: Sequence[str]) -> str:
    if len(fields) == len(widget.left) > 1:
        partners = [options_named(field, widget.right) or [-1] if field else [-1] for field in fields]
        pairs = [(left, found[0]) for left, found in enumerate(partners) if found[0] >= 0]
    else:
        pairs = pairs_named(fields[0], widget.left, widget.right) or []
    if not pairs:
        return "; ".join(fields)
    if ordered:
        return ", ".join(f"{label(left)}: {right + 1}" for left, right in pairs)
    return ", ".join(f"{left + 1}-{label(right)}" for left, right in pairs)


def options_named(text: str, options: Sequence[str]) -> list[int] | None:
    """Name the options whose words, one after the other, make up a text; None where they do not.

    >>> options_named("It is odd; 0 < y < 1", ["$0 < y < 1$", "It is **odd**", "smooth"])
    [1, 0]
    """
    return next(_spelled(_normal(text), [_spellings(option) for option in options], ()), None)


def _spelled(text: str, options: Sequence[set[str]], used: tuple[int, ...]) -> Iterator[list[int]]:
    if not text:
        yield list(used)
        return
    for index, spellings in enumerate(options):
        for words in spellings if index not in used else ():
            if words and text.startswith(words):
                yield from _spelled(text[len(words) :], options, (*used, index))


def pairs_named(text: str, left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]] | None:
    """Read `left -> right; left -> right` (or `=>`), each item on the left once; None where it is not that.

    >>> pairs_named("tanh -> odd; ReLU => kinked", ["ReLU", "tanh"], ["odd", "kinked"])
    [(0, 1), (1, 0)]
    """
    return next(_tied(_normal(text), [*map(_spellings, left)], [*map(_spellings, right)], {}), None)


def _tied(
    text: str, left: Sequence[set[str]], right: Sequence[set[str]], known: dict[int, int]
) -> Iterator[list[tuple[int, int]]]:
    if not text:
        yield sorted(known.items())
        return
    for item, spellings in enumerate(left):
        for words in (f"{one}→" for one in spellings if item not in known):
            if text.startswith(words):
                rest = text[len(words) :]
                for choice, others in enumerate(right):
                    for other in others:
                        if other and rest.startswith(other):
                            yield from _tied(rest[len(other) :], left, right, {**known, item: choice})


def _spellings(option: str) -> set[str]:
    return {_normal(option), _normal(plain_text(option))}


def _normal(text: str) -> str:
    """Reduce a text to what survives a platform: no blanks, marks of mathematics or emphasis, or separators."""
    return PASSING.sub("", ARROW.sub("→", text.translate(DASHES)).casefold())
