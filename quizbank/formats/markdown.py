"""Markdown with `$…$` math, as it is shown by GitHub and most editors."""

import re

from quizbank.formats import Format, template
from quizbank.markup import model_text
from quizbank.sheet import Sheet
from quizbank.working import step_latex


def render(sheets: tuple[Sheet, ...]) -> bytes:
    """Render sheets as one Markdown text."""
    text = template("sheet.md.jinja").render(sheets=sheets, plain=plain, model=model_text, equation=step_latex)
    return (re.sub(r"\n{3,}", "\n\n", text).strip() + "\n").encode()


def plain(text: str) -> str:
    """Write a name or title so that Markdown takes no character of it for markup.

    >>> plain("A*b_<c>")
    'A\\\\*b\\\\_\\\\<c\\\\>'
    """
    return re.sub(r"([\\`*_{}\[\]<>#|$~])", r"\\\1", text)


FORMAT = Format("md", "md", render)
