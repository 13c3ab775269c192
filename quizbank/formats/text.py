"""Plain text for the terminal, its math in Unicode."""

import re
import textwrap

from quizbank.formats import Format, template
from quizbank.markup import model_text
from quizbank.plainmath import plain_math, plain_text
from quizbank.sheet import Sheet
from quizbank.working import joined
from solvers.worked import Step

WIDTH = 80


def render(sheets: tuple[Sheet, ...]) -> bytes:
    """Render sheets as text of at most 80 columns, where formulas allow it."""
    text = template("sheet.txt.jinja").render(sheets=sheets, wrap=wrap, model=model_text, equation=equation)
    return (re.sub(r"\n{3,}", "\n\n", text).strip() + "\n").encode()


def wrap(text: str, indent: int = 0, width: int = WIDTH) -> str:
    """Wrap a text paragraph by paragraph, indented."""
    blocks = re.split(r"\n\s*\n", plain_text(text.strip()))
    return "\n\n".join(_block(block, " " * indent, width) for block in blocks).lstrip()


def _block(block: str, margin: str, width: int) -> str:
    """Wrap a paragraph; lists, tables and code keep their lines."""
    if re.match(r"\s*([-*|]|\d+\.|```)", block):
        lines = [line for line in block.splitlines() if not line.strip().startswith("```")]
        return textwrap.indent("\n".join(lines), margin)
    return textwrap.fill(
        " ".join(block.split()),
        width,
        initial_indent=margin,
        subsequent_indent=margin,
        break_long_words=False,
        break_on_hyphens=False,
    )


def equation(step: Step) -> str:
    """Join a step's formula, its numbers and its result."""
    return " ".join(
        f"{plain_math(sign) if sign else ''} {plain_math(piece)}".strip() for sign, piece in joined(step)
    )


FORMAT = Format("text", "txt", render)
