"""Reports as HTML pages: one for each student, with the worked solution of their own variant, and one for a class."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from grader.key import KeyItem, Paper
from grader.paper import ItemReport, Report
from quizbank.classreport import class_report
from quizbank.exam import Item
from quizbank.follow import stored_variant
from quizbank.formats import template
from quizbank.formats.html import STYLE, reachable
from quizbank.markup import model_text, to_html, to_inline_html
from quizbank.mathml import mathml, safe_mathml
from quizbank.report import MARKS
from quizbank.sheet import SheetItem, sheet_item
from quizbank.working import step_latex


def student_page(title: str, report: Report, paper: Paper, grade: str = "") -> bytes:
    """Make the page of one student: each part, how it was read, feedback, and the worked solution."""
    solved = {item.number: solution for item in paper.items if (solution := solved_item(item))}
    return _page("report.html.jinja", title=title, report=report, solved=solved, grade=grade, lines=_lines)


def class_page(title: str, reports: Sequence[Report], scale: Mapping[str, float] | None = None) -> bytes:
    """Make the page of a class: points, items, reliability, slips, topics."""
    return _page("class.html.jinja", summary=class_report(title, reports, dict(scale) if scale else None))


def solved_item(item: KeyItem) -> SheetItem | None:
    """Give the worked solution of a key's item, if its question is still what it was."""
    variant = stored_variant(item)
    return None if variant is None else sheet_item(Item(item.number, variant, item.points), solved=True)


def _lines(item: ItemReport, solved: SheetItem | None) -> list[tuple[Any, Any]]:
    """Pair the parts of a report with those of its solution."""
    shown = {part.name: part for part in solved.parts} if solved else {}
    return [(part, shown.get(part.name)) for part in item.parts]


def _page(name: str, **values: Any) -> bytes:
    page: str = template(name).render(
        style=Markup(STYLE),
        marks=MARKS,
        blocks=lambda text: Markup(to_html(text)),
        inline=lambda text: Markup(to_inline_html(text)),
        formula=lambda latex: Markup(safe_mathml(latex)),
        equation=lambda step: Markup(mathml(line, display=True)) if (line := step_latex(step)) else "",
        drawing=Markup,
        model=model_text,
        **values,
    )
    return reachable(page).encode()
