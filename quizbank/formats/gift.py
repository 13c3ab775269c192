"""GIFT, the plain text that many platforms import: one question for each part, and for each entry of a matrix."""

import html
import re
from base64 import b64encode
from collections.abc import Iterator

from grader.scoring import Cells, Interval, Order, Pairing, Patterns, Scoring, Weights
from quizbank.formats import Format
from quizbank.markup import tex_in_html, to_html, to_inline_html
from quizbank.plainmath import plain_text
from quizbank.platforms import (
    grade,
    has_none_right,
    is_manual,
    matches,
    middle,
    named,
    number_text,
    rights,
    several_right,
    solution_html,
    ticks,
    tolerance,
    unit_of,
)
from quizbank.sheet import Sheet, SheetItem, SheetPart


def render(sheets: tuple[Sheet, ...]) -> bytes:
    """Render scored sheets as one GIFT file, with a category for each question's variants."""
    blocks = []
    for place, first in enumerate(sheets[0].items):
        name = f"{first.number} {first.title or 'Question'}".replace("/", "//")
        blocks.append(f"$CATEGORY: $course$/top/{sheets[0].title.replace('/', '//')}/{name}")
        for variant, sheet in enumerate(sheets, 1):
            blocks += _questions(sheet.items[place], variant if len(sheets) > 1 else 0)
    return ("\n\n".join(blocks) + "\n").encode()


def _questions(item: SheetItem, variant: int) -> Iterator[str]:
    """Write each part as a question of its own, since GIFT has no question of several fields."""
    feedback = f"####[html]{marks(solution_html(item, tex_in_html))}"
    for part in item.parts:
        for entry, scoring in _entries(part):
            name = f"{item.number}{part.label if len(item.parts) > 1 else ''}{entry} {item.title or 'Question'}"
            shown = f" (variant {variant})" if variant else ""
            text = f"[html]{marks(_text(item, part, entry))}"
            yield f"::{marks(name + shown)}::{text}{{{_answers(part, scoring)}\n{feedback}}}"


def _entries(part: SheetPart) -> Iterator[tuple[str, Scoring]]:
    """Name the things to answer of a part: itself, or each entry of a matrix."""
    if isinstance(part.scoring, Cells):
        for row, cells in enumerate(part.scoring.rows, 1):
            yield from ((f" ({row}, {column})", cell) for column, cell in enumerate(cells, 1))
    elif part.scoring is not None:
        yield "", part.scoring


def _text(item: SheetItem, part: SheetPart, entry: str) -> str:
    unit = f" ({html.escape(unit_of(part))})" if unit_of(part) else ""
    asked = f"<p>{to_inline_html(part.text, tex_in_html)}{unit}</p>" if part.text or unit else ""
    place = f"<p>Give the entry{entry} as (row, column).</p>" if entry else ""
    return to_html(item.text, tex_in_html) + _picture(item) + asked + place


def _picture(item: SheetItem) -> str:
    if item.figure is None:
        return ""
    data = b64encode(item.figure.svg.encode()).decode()
    return f'<p><img src="data:image/svg+xml;base64,{data}" alt="{html.escape(item.figure.alt)}" /></p>'


def _answers(part: SheetPart, scoring: Scoring) -> str:
    if isinstance(scoring, Interval):
        return f"#{number_text(middle(scoring))}:{number_text(tolerance(scoring))}"
    if isinstance(scoring, Patterns):
        return " ".join(f"={marks(text)}" for text in scoring.texts)
    if isinstance(scoring, Weights):
        several = several_right(part)
        return "\n".join(f"{_sign(credit, several)}[html]{_line(text)}" for text, credit in ticks(part))
    if isinstance(scoring, Pairing | Order):
        right = [marks(plain_text(one)) for one in rights(part)]
        return "\n".join(f"=[html]{_line(left)} -> {right[place]}" for left, place in matches(part))
    return ""


def _sign(credit: float, several: bool) -> str:
    if not several:
        return "=" if credit == 1 else "~"
    return f"~%{grade(credit):.7g}%"


def _line(text: str) -> str:
    return marks(to_inline_html(text, tex_in_html))


def marks(text: str) -> str:
    r"""Keep GIFT from reading signs of a text as its own; an empty line would end the question.

    >>> marks("a = {b}: \\frac12")
    'a \\= \\{b\\}\\: \\\\frac12'
    """
    return re.sub(r"([\\~=#{}:])", r"\\\1", re.sub(r"\s*\n\s*", " ", text))


def remarks(sheet: Sheet) -> Iterator[str]:
    """Say what is asked apart, and what a person scores."""
    yield "GIFT holds no points; set them in the quiz."
    for item in sheet.items:
        if len(item.parts) > 1:
            yield f"question {item.number}: each part is a question of its own, without errors carried forward."
        for part in item.parts:
            yield from (f"{named(item, part)}: {text}" for text in _part_remarks(part))


def _part_remarks(part: SheetPart) -> Iterator[str]:
    if isinstance(part.scoring, Cells):
        yield "every entry of the matrix is a question of its own."
    if is_manual(part):
        yield "a person scores it, as an essay."
    if has_none_right(part):
        yield "the option “None of these.” was added."
    if isinstance(part.scoring, Order):
        yield "the order is asked as a place for each item."
    if isinstance(part.scoring, Pairing) and len(set(part.scoring.partners)) < len(rights(part)):
        yield "choices that go with nothing are left out."


FORMAT = Format("gift", "gift", render, audience="platform", remarks=remarks)
