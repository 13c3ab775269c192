"""Canvas (QTI 1.2): a quiz that draws one variant of each question; numbers within their tolerance."""

import re
from functools import partial
from typing import Any

from markupsafe import Markup

from grader.scoring import Interval, Manual, Order, Pairing, Patterns, Weights
from quizbank.formats import Format, template
from quizbank.markup import tex_in_html, to_inline_html
from quizbank.packing import zip_files
from quizbank.plainmath import plain_text
from quizbank.platforms import (
    Single,
    dealt_papers,
    matches,
    middle,
    number_text,
    rights,
    several_right,
    single_remarks,
    singles,
    solution_html,
    ticks,
    tolerance,
)
from quizbank.sheet import Sheet

FOLDER = "$IMS-CC-FILEBASE$"
TYPES: dict[Any, str] = {
    Interval: "numerical_question",
    Patterns: "short_answer_question",
    Pairing: "matching_question",
    Order: "matching_question",
    Manual: "essay_question",
}
Asked = tuple[str, int, Single]
Group = list[Asked]


def render(sheets: tuple[Sheet, ...]) -> bytes:
    """Zip scored sheets as a quiz that Canvas imports."""
    found = groups(sheets)
    pictures = {
        f"images/q{single.item.number}-v{variant}.svg": single.item.figure.svg.encode()
        for group in found
        for _, variant, single in group
        if single.item.figure
    }
    pages = {
        "imsmanifest.xml": _page("manifest.canvas.xml.jinja", sheet=sheets[0], pictures=list(pictures)),
        "quiz/assessment_meta.xml": _page("meta.canvas.xml.jinja", sheet=sheets[0]),
        "quiz/quiz.xml": _page(
            "quiz.canvas.xml.jinja", sheets[0].exam, sheet=sheets[0], groups=found, solutions=_solutions(sheets)
        ),
    }
    return zip_files({name: page.encode() for name, page in pages.items()} | pictures)


def groups(sheets: tuple[Sheet, ...]) -> list[Group]:
    """Gather the variants of each thing asked, with an identifier each; Canvas draws one of a group."""
    found = []
    for place, first in enumerate(sheets[0].items):
        asked = len(list(singles(first)))
        dealt = enumerate(dealt_papers(sheets, asked), 1)
        columns = [[(variant, single) for single in singles(sheet.items[place])] for variant, sheet in dealt]
        found += [[(_identifier(*one), *one) for one in group] for group in zip(*columns, strict=True)]
    return found


def _identifier(variant: int, single: Single) -> str:
    return re.sub(r"[^\w-]+", "-", f"q{single.item.number}-{single.part.name}{single.place}-v{variant}")


def _solutions(sheets: tuple[Sheet, ...]) -> dict[int, str]:
    """Write the solution of each question once, for all that is asked of it; found by the question's `id`."""
    return {id(item): solution_html(item, tex_in_html) for sheet in sheets for item in sheet.items}


def _page(name: str, exam: str = "", **values: object) -> str:
    text: str = template(name).render(
        **values,
        type=question_type,
        kind=lambda single: type(single.scoring).__name__.lower(),
        text=partial(_text, exam),
        inline=lambda words: to_inline_html(words, tex_in_html),
        plain=plain_text,
        key=id,
        ticks=ticks,
        several=several_right,
        matches=matches,
        rights=rights,
        middle=lambda interval: number_text(middle(interval)),
        low=lambda interval: number_text(middle(interval) - tolerance(interval)),
        high=lambda interval: number_text(middle(interval) + tolerance(interval)),
        html=lambda words: Markup(f'<mattext texttype="text/html">{Markup.escape(words)}</mattext>'),
    )
    return re.sub(r"\n{2,}", "\n", text).strip() + "\n"


def question_type(single: Single) -> str:
    """Name the type that Canvas has for it."""
    if isinstance(single.scoring, Weights):
        return "multiple_answers_question" if several_right(single.part) else "multiple_choice_question"
    return TYPES[type(single.scoring)]


def _text(exam: str, variant: int, single: Single) -> str:
    picture = f"{FOLDER}/images/q{single.item.number}-v{variant}.svg"
    return single.html(single.code(exam, variant), picture, tex_in_html)


FORMAT = Format("canvas", "canvas.zip", render, audience="platform", remarks=single_remarks)
