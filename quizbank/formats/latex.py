"""LaTeX source, to be changed by hand before it is compiled; needs no packages beyond a basic TeX."""

import re
from string import ascii_lowercase

from grader.widgets import Grid
from quizbank.formats import Format, template
from quizbank.latexmarkup import display_math, latex_text, to_latex
from quizbank.markup import model_text
from quizbank.sheet import Sheet, SheetPart
from quizbank.tikz import tikz
from quizbank.working import step_latex


def render(sheets: tuple[Sheet, ...]) -> bytes:
    """Render sheets as one LaTeX document; every paper begins on a right-hand page."""
    text = template("sheet.tex.jinja").render(
        sheets=sheets,
        drawn=any(item.figure for sheet in sheets for item in sheet.items),
        letters=ascii_lowercase,
        text=latex_text,
        blocks=to_latex,
        inline=lambda words: to_latex(words, inline=True),
        formula=display_math,
        equation=step_latex,
        drawing=lambda figure: tikz(figure.svg, figure.alt),
        model=model_text,
        room=working_room,
        slot=lambda letters: min(120, 8 + 2 * letters),
    )
    return re.sub(r"\n{3,}", "\n\n", text).encode()


def working_room(part: SheetPart) -> int:
    """Give the height in millimetres left for working: more for more points."""
    return round((4 if isinstance(part.widget, Grid) else 8) + 8 * min(part.points, 5))


FORMAT = Format("latex", "tex", render)
