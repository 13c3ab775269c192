"""A walkthrough as text, Markdown, HTML or JSON."""

import json
import re
from collections.abc import Callable
from functools import partial
from itertools import groupby
from typing import Any

from markupsafe import Markup

from quizbank.blockmath import equation
from quizbank.checked_values import check_data, check_facts, check_text, exact
from quizbank.formats import template
from quizbank.formats.html import STYLE
from quizbank.formats.text import wrap
from quizbank.markup import to_inline_html
from quizbank.mathml import mathml
from quizbank.working import step_latex
from solvers.walkthrough.checking.judging import Check
from solvers.walkthrough.report import as_data
from solvers.walkthrough.walkthrough import Section, Walkthrough, parameter_count
from solvers.worked import Shape, Step

WIDTH = 80
PHASES = {
    "forward": "Forward pass", "loss": "Loss", "backward": "Backward pass", "paths": "Weight by weight", "update": "Update",
}  # fmt: skip


def render(walkthrough: Walkthrough, form: str, check: Check | None = None) -> str:
    """Render a walkthrough in one of `FORMS`, with the check of a student's values if there is one."""
    return FORMS[form](walkthrough, check)


def to_text(walkthrough: Walkthrough, check: Check | None = None) -> str:
    """Render as text of at most 80 columns, where the formulas allow it; of a check only its own working is shown."""
    if check:
        return check_text(walkthrough, check)
    text = template("walkthrough.txt.jinja").render(
        **_facts(walkthrough), wrap=partial(wrap, width=WIDTH), equation=_text_equation
    )
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def to_markdown(walkthrough: Walkthrough, check: Check | None = None) -> str:
    """Render as Markdown with `$…$` math."""
    text = template("walkthrough.md.jinja").render(
        **_facts(walkthrough), equation=step_latex, exact=exact, check=_checked(walkthrough, check)
    )
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def to_html(walkthrough: Walkthrough, check: Check | None = None) -> str:
    """Render as one HTML page, math as MathML, with a drawing of the graph."""
    page: str = template("walkthrough.html.jinja").render(
        **_facts(walkthrough),
        style=Markup(STYLE),
        inline=lambda text: Markup(to_inline_html(text)),
        formula=lambda latex: Markup(mathml(latex, display=True)),
        equation=step_latex,
        exact=exact,
        check=_checked(walkthrough, check),
    )
    return page


def to_json(walkthrough: Walkthrough, check: Check | None = None) -> str:
    """Render as JSON at full precision."""
    steps = [
        {"phase": section.phase, "layer": section.layer, **_step_data(step)}
        for section in walkthrough.sections
        for step in section.steps
    ]
    data = as_data(walkthrough.solution) | {"steps": steps} | ({"check": check_data(check)} if check else {})
    return json.dumps(data, ensure_ascii=False, allow_nan=False) + "\n"


def _checked(walkthrough: Walkthrough, check: Check | None) -> dict[str, Any] | None:
    return check_facts(walkthrough, check) if check else None


FORMS: dict[str, Callable[[Walkthrough, Check | None], str]] = {
    "text": to_text,
    "md": to_markdown,
    "html": to_html,
    "json": to_json,
}


def _step_data(step: Step) -> dict[str, Any]:
    return {
        "name": step.name, "reason": step.reason, "formula": step.formula, "numbers": step.numbers, "result": step.result,
        "shapes": {name: list(shape) for name, shape in step.shapes},
    }  # fmt: skip


def _facts(walkthrough: Walkthrough) -> dict[str, Any]:
    problem = walkthrough.solution.problem
    kinds = [place.kind for place in problem.places]
    return {
        "title": problem.title or "A training step, worked out",
        "chain": " → ".join([*kinds, *([problem.loss.kind] if problem.loss else [])]),
        "parameters": parameter_count(walkthrough.solution),
        "loss": walkthrough.solution.trace.loss,
        "phases": [
            (PHASES[phase], list(sections))
            for phase, sections in groupby(walkthrough.sections, lambda one: one.phase)
        ],
        "shapes": shapes_line,
        "single": _single,
    }


def _single(section: Section, phase: str) -> bool:
    return section.title == phase


def shapes_line(shapes: tuple[tuple[str, Shape], ...]) -> str:
    """Write the shapes of a step in one line, the result last.

    >>> shapes_line((("X", (1, 2)), ("W", (2, 3)), ("Z", (1, 3))))
    'X 1×2 · W 2×3 → Z 1×3'
    """
    words = [f"{name} {'×'.join(map(str, shape)) or 'a number'}" for name, shape in shapes]
    return " → ".join(filter(None, (" · ".join(words[:-1]), words[-1]))) if words else ""


def _text_equation(step: Step, indent: int) -> str:
    lines = equation((step.formula, step.numbers, step.result), WIDTH - indent - 2)
    return "\n".join(" " * indent + line for line in lines)
