"""A check of a student's own values as text, Markdown, HTML or JSON."""

import re
from collections.abc import Sequence
from functools import partial
from typing import Any

from quizbank.blockmath import equation
from quizbank.formats import template
from quizbank.formats.text import wrap
from solvers import typeset
from solvers.walkthrough.checking.judging import Check, Finding
from solvers.walkthrough.report import plain
from solvers.walkthrough.showing import fits, show
from solvers.worked import Step

MARKS = {"right": "✓", "convention": "≈", "slip": "✗", "wrong": "✗", "follows": "→"}
WIDTH = 80


def check_facts(steps: Sequence[Step], check: Check) -> dict[str, Any]:
    """Give what every format shows of a check: a heading, the findings, and how the first slip goes right."""
    first = check.first
    return {
        "heading": heading(check),
        "findings": check.findings,
        "first": first,
        "steps": [step for step in steps if first and step.name == first.name],
        "marks": MARKS,
        "said": said,
    }


def heading(check: Check) -> str:
    """Say in a sentence how it went."""
    count = len(check.findings)
    fine = sum(one.outcome in ("right", "convention") for one in check.findings)
    if check.first is None:
        return "All values are right." if count > 1 else "The value is right."
    where = f" ({check.first.place})" if check.first.place else ""
    return f"{fine} of {count} values {'is' if fine == 1 else 'are'} right. The first slip is in {check.first.name}{where}."


def said(finding: Finding) -> str:
    """Give what is said about one value."""
    return finding.text or "right"


def exact(array: Any) -> str:
    """Typeset an array to ten digits, in which values that differ late are told apart; a large one by its norm."""
    return typeset.array(array) if fits(array) else show(array)


def check_text(steps: Sequence[Step], check: Check) -> str:
    """Render as text, with the working of the first value that is not right."""
    text = template("check.txt.jinja").render(
        **check_facts(steps, check),
        wrap=partial(wrap, width=WIDTH),
        equation=lambda array, indent: _indented([exact(array)], indent),
        line=lambda step, indent: _indented(_parts(step), indent),
    )
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def check_data(check: Check) -> dict[str, Any]:
    """Give a check as plain data."""
    return {
        "right": check.right,
        "first": check.first.name if check.first else None,
        "findings": [
            {
                "name": one.name,
                "outcome": one.outcome,
                "code": one.code,
                "text": one.text,
                "place": one.place,
                "given": plain(one.given),
                "expected": plain(one.expected),
            }
            for one in check.findings
        ],
    }


def _parts(step: Step) -> list[str]:
    return [step.formula, step.numbers, step.result]


def _indented(parts: list[str], indent: int) -> str:
    return "\n".join(" " * indent + line for line in equation(parts, WIDTH - indent - 2))
