"""GIFT, the plain text that many platforms import: one question for each part, and for each entry of a matrix."""

import re
from base64 import b64encode
from collections.abc import Iterator

from grader.scoring import Interval, Order, Pairing, Patterns, Scoring, Weights
from quizbank.formats import Format, Remark
from quizbank.markup import tex_in_html, to_inline_html
from quizbank.plainmath import plain_text
from quizbank.platforms import (
    dealt_papers,
    grade,
    matches,
    middle,
    number_text,
    remarks_on,
    rights,
    several_right,
    single_remarks,
    singles,
    solution_html,
    ticks,
    tolerance,
)
from quizbank.sheet import Sheet, SheetItem, SheetPart


def render(sheets: tuple[Sheet, ...]) -> bytes:
    """Render scored sheets as one GIFT file, with a category for each question's variants."""
    blocks = []
    for place, first in enumerate(sheets[0].items):
        name = f"{first.number} {first.title or 'Question'}".replace("/", "//")
        blocks.append(f"$CATEGORY: $course$/top/{sheets[0].title.replace('/', '//')}/{name}")
        dealt = dealt_papers(sheets, len(list(singles(first))))
        for variant, sheet in enumerate(dealt, 1):
            blocks += _questions(sheet.exam, sheet.items[place], variant, len(dealt))
    return ("\n\n".join(blocks) + "\n").encode()


def _questions(exam: str, item: SheetItem, variant: int, variants: int) -> Iterator[str]:
    """Write each part as a question of its own, since GIFT has no question of several fields."""
    feedback = f"####[html]{marks(solution_html(item, tex_in_html))}"
    picture = f"data:image/svg+xml;base64,{b64encode(item.figure.svg.encode()).decode()}" if item.figure else ""
    for single in singles(item):
        name = single.name + (f" (variant {variant})" if variants > 1 else "")
        text = single.html(single.code(exam, variant), picture, tex_in_html)
        yield f"::{marks(name)}::[html]{marks(text)}{{{_answers(single.part, single.scoring)}\n{feedback}}}"


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


def remarks(sheet: Sheet) -> Iterator[Remark]:
    """Say what is asked apart, what a person scores, and what GIFT has no place for."""
    yield Remark("points cannot be given; set them in the quiz.")
    yield from single_remarks(sheet)
    yield from remarks_on(sheet, _spare_choices)


def _spare_choices(part: SheetPart) -> Iterator[str]:
    if isinstance(part.scoring, Pairing) and len(set(part.scoring.partners)) < len(rights(part)):
        yield "choices that go with nothing are left out."


FORMAT = Format("gift", "gift", render, audience="platform", remarks=remarks)
