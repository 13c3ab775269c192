"""Moodle XML: one category a question with every paper's variant in it, so that a quiz can draw one at random."""

import html
import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

from markupsafe import Markup

from grader.scoring import Cells, Interval, Order, Pairing, Patterns, Weights
from quizbank.codes import Code, code_html, exam_tail
from quizbank.formats import Format, Remark, points, template
from quizbank.markup import model_text, tex_in_html, to_html, to_inline_html
from quizbank.plainmath import plain_text
from quizbank.platforms import (
    dealt_papers,
    field_count,
    grade,
    has_none_right,
    is_manual,
    matches,
    middle,
    number_text,
    picture_html,
    remarks_on,
    rights,
    same_numbers,
    several_right,
    solution_html,
    ticks,
    tolerance,
    unit_of,
)
from quizbank.sheet import Sheet, SheetItem, SheetPart

TYPES: dict[Any, str] = {
    Interval: "numerical",
    Patterns: "shortanswer",
    Weights: "multichoice",
    Pairing: "matching",
    Order: "matching",
}


@dataclass(frozen=True, slots=True)
class Task:
    """One question of Moodle's: a part of its own, or several parts woven into a text (cloze)."""

    type: str
    item: SheetItem
    part: SheetPart | None
    points: float
    text: str

    def code(self, exam: str, variant: int) -> Code:
        """Give the code that tells what was asked when the answers come back."""
        return Code(exam_tail(exam), self.item.number, variant, self.part.name if self.part else "")


def render(sheets: tuple[Sheet, ...]) -> bytes:
    """Render scored sheets as one file for Moodle's question bank."""
    text: str = template("questions.moodle.xml.jinja").render(
        pools=pools(sheets),
        title=sheets[0].title,
        tasks=tasks,
        code=lambda sheet, task, variant: code_html(task.code(sheet.exam, variant)),
        solution=lambda item: cdata(solution_html(item, tex_in_html)),
        cdata=cdata,
        inline=inline,
        ticks=ticks,
        several=several_right,
        matches=matches,
        rights=rights,
        grade=grade,
        middle=lambda interval: number_text(middle(interval)),
        tolerance=lambda interval: number_text(tolerance(interval)),
        literal=literal,
        plain=plain_text,
        model=lambda part: inline(model_text(part.solution.model)),
        picture=lambda figure: b64encode(figure.svg.encode()).decode(),
        shown_points=points,
        path=lambda name: name.replace("/", "//"),
    )
    return (re.sub(r"\n{2,}", "\n", text).strip() + "\n").encode()


def pools(sheets: tuple[Sheet, ...]) -> dict[str, list[tuple[Sheet, SheetItem]]]:
    """Gather the variants of each question from all papers."""
    return {
        first.number: [(sheet, sheet.items[place]) for sheet in dealt_papers(sheets, len(list(tasks(first))))]
        for place, first in enumerate(sheets[0].items)
    }


def tasks(item: SheetItem) -> Iterator[Task]:
    """Divide a question into questions of Moodle's: what a platform can score together, then each essay."""
    scored = tuple(part for part in item.parts if not is_manual(part))
    text = to_html(item.text, tex_in_html) + picture_html(item, "@@PLUGINFILE@@/figure.svg")
    kind = TYPES.get(type(scored[0].scoring)) if len(scored) == 1 else None
    if kind:
        yield Task(kind, item, scored[0], scored[0].points, text + _asked(item, scored[0]))
    elif scored:
        scale = weight_scale(item)
        woven = "".join(_asked(item, part) + cloze(part, scale) for part in scored)
        yield Task("cloze", item, None, sum(part.points for part in scored), text + woven)
    for part in item.parts:
        if is_manual(part):
            yield Task("essay", item, part, part.points, text + _asked(item, part))


def _asked(item: SheetItem, part: SheetPart) -> str:
    label = f"<strong>{part.label})</strong> " if len(item.parts) > 1 else ""
    unit = f" ({html.escape(unit_of(part))})" if unit_of(part) else ""
    return f"<p>{label}{inline(part.text)}{unit}</p>" if label or part.text or unit else ""


def cloze(part: SheetPart, scale: int) -> str:
    """Write the fields of a part inside a cloze text; several fields share its points."""
    scoring, weight = part.scoring, int(Fraction(part.points).limit_denominator(1000) / field_count(part) * scale)
    if isinstance(scoring, Interval):
        return f"<p>{numeric_field(scoring, weight)}</p>"
    if isinstance(scoring, Cells):
        rows = ("".join(f"<td>{numeric_field(cell, weight)}</td>" for cell in row) for row in scoring.rows)
        return "<table><tbody>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</tbody></table>"
    if isinstance(scoring, Patterns):
        return f"<p>{field(weight, 'SA', [(literal(text), 100.0) for text in scoring.texts])}</p>"
    if isinstance(scoring, Weights):
        answers = [(inline(text), grade(credit)) for text, credit in ticks(part)]
        return field(weight, "MR" if several_right(part) else "MCV", answers)
    right = [inline(one) for one in rights(part)]
    lines = (f"<li>{inline(left)} {_choice_field(weight, right, place)}</li>" for left, place in matches(part))
    return "<ol>" + "".join(lines) + "</ol>"


def _choice_field(weight: int, answers: list[str], right: int) -> str:
    return field(weight, "MCV", [(text, 100.0 if index == right else 0.0) for index, text in enumerate(answers)])


def numeric_field(interval: Interval, weight: int) -> str:
    """Write a field for a number, with its tolerance."""
    return f"{{{weight}:NM:={number_text(middle(interval))}:{number_text(tolerance(interval))}}}"


def field(weight: int, kind: str, answers: list[tuple[str, float]]) -> str:
    r"""Write a field with answers and their grades; what Moodle would take for its own marks is written as entities.

    >>> field(2, "SA", [("{a}", 100.0), ("b~c", 0.0)])
    '{2:SA:=&#123;a&#125;~%0%b&#126;c}'
    """
    written = (f"{'=' if share == 100 else f'%{share:.7g}%'}{_entities(text)}" for text, share in answers)
    return f"{{{weight}:{kind}:{'~'.join(written)}}}"


def _entities(text: str) -> str:
    return re.sub(r"[~#{}=%\\\"]", lambda match: f"&#{ord(match[0])};", text.replace("&", "&amp;"))


def weight_scale(item: SheetItem) -> int:
    """Give the smallest factor that makes the weight of every field whole, as Moodle needs it."""
    shares = (
        Fraction(part.points).limit_denominator(1000) / field_count(part)
        for part in item.parts
        if not is_manual(part)
    )
    return lcm(*(share.denominator for share in shares))


def literal(text: str) -> str:
    """Write a right text so that its stars stand for themselves."""
    return text.replace("*", r"\*")


def inline(text: str) -> str:
    """Render one line as HTML with its formulas for MathJax."""
    return to_inline_html(text, tex_in_html)


def cdata(text: str) -> Markup:
    """Keep HTML from being read as XML."""
    return Markup("<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>")


def remarks(sheet: Sheet) -> Iterator[Remark]:
    """Say which parts a person scores, and what is asked or weighted differently."""
    yield from remarks_on(sheet, _part_remarks)
    for item in sheet.items:
        asked = list(tasks(item))
        yield from same_numbers(sheet, item, len(asked))
        if any(task.type == "cloze" for task in asked) and weight_scale(item) > 1:
            text = (
                "its fields weigh whole marks only; in the quiz, set its maximum mark to the points in its name."
            )
            yield Remark(text, item.number)


def _part_remarks(part: SheetPart) -> Iterator[str]:
    if is_manual(part):
        yield "a person scores it, as an essay question of its own."
    if has_none_right(part):
        yield "the option “None of these.” was added, since Moodle needs an option to tick."
    if isinstance(part.scoring, Weights):
        exact = all(abs(grade(credit) - 100 * credit) < 0.001 for credit in part.scoring.credits)
        if not exact:
            yield "credits are rounded to the grades that Moodle knows."
    if isinstance(part.scoring, Order):
        yield "the order is asked as a place for each item."


FORMAT = Format("moodle", "moodle.xml", render, audience="platform", remarks=remarks)
