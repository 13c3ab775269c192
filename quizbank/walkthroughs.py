"""A worked problem as text, Markdown, HTML or JSON."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from markupsafe import Markup

from quizbank.blockmath import equation
from quizbank.checked_values import check_data, check_facts, check_text, exact
from quizbank.formats import template
from quizbank.formats.html import STYLE, TEMPLATES, reachable
from quizbank.formats.text import wrap
from quizbank.markup import to_inline_html
from quizbank.mathml import mathml
from solvers.walkthrough.checking.judging import Check
from solvers.walkthrough.circuit import Circuit, circuit_data, circuit_picture
from solvers.walkthrough.picture import described, lowered, picture
from solvers.walkthrough.remarks import remarks
from solvers.walkthrough.report import as_data
from solvers.walkthrough.walkthrough import Section, Walkthrough, parameter_count
from solvers.worked import Shape, Step

WIDTH = 80
OWN_STYLE = (TEMPLATES / "walkthrough.css").read_text(encoding="utf-8")
PHASES = {
    "forward": "Forward pass", "loss": "Loss", "backward": "Backward pass", "paths": "Weight by weight", "update": "Update",
}  # fmt: skip


@dataclass(frozen=True)
class Page:
    """What is shown of a problem: a heading, facts, sections of steps, the drawing, and the numbers for programs."""

    title: str
    facts: str
    sections: tuple[Section, ...]
    data: dict[str, Any]
    remarks: tuple[str, ...] = ()
    drawing: str = ""
    alt: str = ""
    check: Check | None = None

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps, in order."""
        return tuple(step for section in self.sections for step in section.steps)

    @property
    def phases(self) -> list[tuple[str, list[Section]]]:
        """The sections by pass, with its heading."""
        return [
            (PHASES[phase], list(sections)) for phase, sections in groupby(self.sections, lambda one: one.phase)
        ]


def network_page(walkthrough: Walkthrough, check: Check | None = None) -> Page:
    """Make the page of a network, with the check of a student's values if there is one."""
    solution, names = walkthrough.solution, walkthrough.symbols
    kinds = [place.kind for place in solution.problem.places]
    chain = " → ".join([*kinds, *([solution.problem.loss.kind] if solution.problem.loss else [])])
    count, loss = parameter_count(solution), solution.trace.loss
    facts = f"{chain} · {count} parameter{'' if count == 1 else 's'}" + (
        "" if loss is None else f" · loss {loss:.6g}"
    )
    return Page(
        solution.problem.title or "A training step, worked out",
        facts,
        walkthrough.sections,
        as_data(solution),
        tuple(remarks(solution)),
        picture(solution, names),
        described(solution, names),
        check,
    )


def circuit_page(circuit: Circuit) -> Page:
    """Make the page of a circuit of scalars."""
    output = circuit.passes.graph.output
    facts = f"{len(circuit.passes.graph.gates)} gates · {output} = {circuit.passes.values[output]:.6g}"
    alt = (
        "The circuit: above each arrow stands the value that flows forward, below it the gradient that comes back."
    )
    return Page(
        "A circuit, worked out", facts, circuit.sections, circuit_data(circuit), (), circuit_picture(circuit), alt
    )


def render(page: Page, form: str) -> str:
    """Render a page in one of `FORMS`."""
    return FORMS[form](page)


def to_text(page: Page) -> str:
    """Render as text of at most 80 columns, where the formulas allow it; of a check only its own working is shown."""
    if page.check:
        return check_text(page.steps, page.check)
    text = template("walkthrough.txt.jinja").render(
        page=page, shapes=shapes_line, wrap=partial(wrap, width=WIDTH), equation=_text_equation
    )
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def to_markdown(page: Page) -> str:
    """Render as Markdown with `$…$` math."""
    text = template("walkthrough.md.jinja").render(
        page=page, shapes=shapes_line, equation=aligned, exact=exact, check=_checked(page)
    )
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def to_html(page: Page) -> str:
    """Render as one HTML page, math as MathML, with a drawing of the graph."""
    rendered: str = template("walkthrough.html.jinja").render(
        page=page,
        shapes=shapes_line,
        style=Markup(STYLE + OWN_STYLE),
        inline=lambda text: Markup(to_inline_html(text)),
        formula=lambda latex: Markup(mathml(latex, display=True)),
        equation=aligned,
        exact=exact,
        check=_checked(page),
        drawing=Markup(page.drawing),
    )
    return reachable(rendered)


def to_json(page: Page) -> str:
    """Render as JSON at full precision."""
    steps = [
        {"phase": section.phase, "layer": section.layer, **_step_data(step)}
        for section in page.sections
        for step in section.steps
    ]
    data = (
        page.data
        | {"steps": steps, "remarks": page.remarks}
        | ({"check": check_data(page.check)} if page.check else {})
    )
    return json.dumps(data, ensure_ascii=False, allow_nan=False) + "\n"


def _checked(page: Page) -> dict[str, Any] | None:
    return check_facts(page.steps, page.check) if page.check else None


FORMS: dict[str, Callable[[Page], str]] = {"text": to_text, "md": to_markdown, "html": to_html, "json": to_json}


def _step_data(step: Step) -> dict[str, Any]:
    return {
        "name": step.name,
        "reason": step.reason,
        "formula": step.formula,
        "numbers": step.numbers,
        "result": step.result,
        "shapes": {name: list(shape) for name, shape in step.shapes},
    }


def aligned(step: Step) -> str:
    r"""Give a step's equation as LaTeX: each side on a line of its own, one equality sign below the other.

    >>> aligned(Step("", "y = 2 x", r"2 \cdot 3", "6"))
    '\\begin{aligned} y &= 2 x \\\\ &= 2 \\cdot 3 \\\\ &= 6 \\end{aligned}'
    """
    left, _, right = step.formula.partition(" = ")
    sides = [side for side in (right, step.numbers, step.result) if side]
    if not sides:
        return step.formula
    if len(sides) == 1:
        return f"{left} = {sides[0]}"
    rows = r" \\ ".join(f"{left if not number else ''} &= {side}".strip() for number, side in enumerate(sides))
    return rf"\begin{{aligned}} {rows} \end{{aligned}}"


def shapes_line(shapes: tuple[tuple[str, Shape], ...]) -> str:
    """Write the shapes of a step in one line, the result last.

    >>> shapes_line((("X", (1, 2)), ("W1", (2, 3)), ("Z", (1, 3))))
    'X 1×2 · W₁ 2×3 → Z 1×3'
    """
    words = [f"{lowered(name)} {'×'.join(map(str, shape)) or 'a number'}" for name, shape in shapes]
    return " → ".join(filter(None, (" · ".join(words[:-1]), words[-1]))) if words else ""


def _text_equation(step: Step, indent: int) -> str:
    lines = equation((step.formula, step.numbers, step.result), WIDTH - indent - 2)
    return "\n".join(" " * indent + line for line in lines)
