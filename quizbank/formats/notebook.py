"""A Jupyter notebook: a cell for each answer, checked offline on practice papers; nbgrader may collect it."""

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import asdict
from hashlib import sha256
from string import ascii_lowercase
from typing import Any

from grader.widgets import Options, Pairs
from quizbank.formats import Format, points, template
from quizbank.markup import model_text, tags_escaped
from quizbank.seal import DIGITS
from quizbank.sheet import Sheet, SheetItem, SheetPart
from quizbank.working import step_latex
from solvers.worked import Step

Cell = dict[str, Any]
HINTS = {
    "Blank": "a number, or what is asked",
    "Grid": "rows in brackets, such as [[1, 2], [3, 4]]",
    "Options": "the letters of the right statements",
    "Pairs": "pairs such as 1-b, 2-a; for an order the letters in that order",
    "Box": "as many lines as you need",
}


def render(sheets: tuple[Sheet, ...]) -> bytes:
    """Render sheets as one notebook; as a rule there is one sheet a notebook."""
    cells = [cell for sheet in sheets for cell in _sheet_cells(sheet)]
    for number, cell in enumerate(cells):
        cell["id"] = sha256(f"{number}:{cell['source']}".encode()).hexdigest()[:12]
    notebook = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
            "quizbank": {"exam": sheets[0].exam, "student": sheets[0].student},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, ensure_ascii=False, indent=1).encode() + b"\n"


def _sheet_cells(sheet: Sheet) -> Iterator[Cell]:
    yield _markdown(_head(sheet))
    if not sheet.solved:
        yield _code(_set_up(sheet), "set-up", grade=False)
    for item in sheet.items:
        yield from _item_cells(item, sheet.solved)
    if not sheet.solved:
        yield _markdown(
            "Save the notebook and hand it in as it is. With the key, `quizbank grade key.json` reads this file."
        )


def _head(sheet: Sheet) -> str:
    who = f"**{tags_escaped(sheet.name)}** ({tags_escaped(sheet.student)})\n\n" if sheet.student else ""
    kind = "Solutions · " if sheet.solved else ""
    facts = f"{kind}{points(sheet.points)} · about {sheet.minutes:g} minutes · exam `{sheet.exam}`"
    seed = f" · seed {sheet.seed}" if sheet.seed else ""
    rules = f"\n\n{tags_escaped(sheet.rules.strip())}" if sheet.rules and not sheet.solved else ""
    return f"# {tags_escaped(sheet.title)}\n\n{who}{facts}{seed}{rules}"


def _set_up(sheet: Sheet) -> str:
    seals = {
        f"{item.number}.{part.name}": asdict(part.seal) for item in sheet.items for part in item.parts if part.seal
    }
    source: str = template("notebook.py.jinja").render(seals=json.dumps(seals), digits=DIGITS)
    return source.strip()


def _item_cells(item: SheetItem, solved: bool) -> Iterator[Cell]:
    yield _question(item)
    for part in item.parts:
        yield _markdown(_asked(part, len(item.parts) > 1))
        yield _answer(item, part) if part.solution is None else _markdown(_told(part))
    if solved and (item.explanation.strip() or item.steps):
        yield _markdown(f"{tags_escaped(item.explanation)}\n\n{_working(item.steps)}".strip())


def _question(item: SheetItem) -> Cell:
    text = f"## {item.number}. {tags_escaped(item.title or 'Question')} ({points(item.points)})\n\n"
    cell = _markdown(text + tags_escaped(item.text.strip()))
    if item.figure:
        alt = re.sub(r"[\[\]\\]", "", item.figure.alt)
        cell["source"] += f"\n\n![{alt}](attachment:figure.svg)"
        cell["attachments"] = {"figure.svg": {"image/svg+xml": b64encode(item.figure.svg.encode()).decode()}}
    return cell


def _asked(part: SheetPart, many: bool) -> str:
    text = f"{f'**{part.label})** ' if many else ''}{tags_escaped(part.text)} *({points(part.points)})*"
    if isinstance(part.widget, Options):
        shown = _lettered(part.widget.statements)
        return f"{text}\n\n{shown}\n\n{'Every right one.' if part.widget.several else 'One of them.'}"
    if isinstance(part.widget, Pairs) and part.widget.places:
        return f"{text}\n\n{_lettered(part.widget.left)}\n\nPut them in order."
    if isinstance(part.widget, Pairs):
        left = "\n".join(f"{number}. {tags_escaped(one)}" for number, one in enumerate(part.widget.left, 1))
        return f"{text}\n\n{left}\n\nwith\n\n{_lettered(part.widget.right)}"
    return text


def _lettered(texts: tuple[str, ...]) -> str:
    lines = zip(ascii_lowercase, texts, strict=False)
    return "\n".join(f"- **{letter})** {tags_escaped(text)}" for letter, text in lines)


def _answer(item: SheetItem, part: SheetPart) -> Cell:
    hint = HINTS[type(part.widget).__name__]
    source = f"%%answer {item.number}.{part.name}\n# Below this line: {hint}.\n"
    cell = _code(source, f"answer-{item.number}-{part.name}", grade=True, worth=part.points)
    cell["metadata"]["quizbank"] = {"item": item.number, "part": part.name}
    return cell


def _told(part: SheetPart) -> str:
    assert part.solution
    return f"> **Answer** {model_text(part.solution.model)}\n\n{_working(part.solution.steps)}".strip()


def _working(steps: tuple[Step, ...]) -> str:
    lines = []
    for number, step in enumerate(steps, 1):
        equation = step_latex(step)
        lines.append(f"{number}. {tags_escaped(step.reason)}" + (f"\n\n   $${equation}$$" if equation else ""))
    return "\n\n".join(lines)


def _markdown(source: str) -> Cell:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def _code(source: str, grade_id: str, *, grade: bool, worth: float = 0.0) -> Cell:
    """Make a code cell with nbgrader's metadata: an answer marked by hand, or a cell that must not be changed."""
    nbgrader: dict[str, Any] = {
        "cell_type": "code",
        "grade": grade,
        "grade_id": re.sub(r"[^\w-]", "-", grade_id),
        "locked": not grade,
        "schema_version": 3,
        "solution": grade,
        "task": False,
    }
    if grade:
        nbgrader["points"] = worth
    metadata = {"nbgrader": nbgrader}
    return {"cell_type": "code", "execution_count": None, "metadata": metadata, "outputs": [], "source": source}


FORMAT = Format("ipynb", "ipynb", render, audience="practice")
