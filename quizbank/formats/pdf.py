"""PDF by typst: title page, points table, room to answer, numbered pages; tagged, with spoken formulas."""

from grader.widgets import Grid
from quizbank.formats import Format, template
from quizbank.markup import model_text
from quizbank.sheet import Sheet, SheetPart
from quizbank.typesetter import joined_pdf, typeset_pdf
from quizbank.typstmarkup import to_typst, typst_equation
from quizbank.typstmath import typst_string
from quizbank.working import step_latex

RULES = r"""
- Write your name and number on this page before you begin.
- Answer in the space below each question; what stands in the frame at its end counts as your answer. The squares are
  for your working: steps that are right can earn points even where the result is not.
- Unless a question says otherwise, $\ln$ and $\log$ are the natural logarithm, and vectors are rows.
- Round only at the end, to the number of digits asked.
"""
SQUARE = 5
AT_ONCE = 20


def render(sheets: tuple[Sheet, ...]) -> bytes:
    """Render sheets as one PDF; every paper begins on a right-hand page.

    A large class is set in pieces, since typst keeps all pages in memory; the joined file is for the printer and has no
    tags any more.
    """
    pieces = [sheets[start : start + AT_ONCE] for start in range(0, len(sheets), AT_ONCE)] or [sheets]
    return joined_pdf([typeset_pdf(source(piece)) for piece in pieces])


def source(sheets: tuple[Sheet, ...]) -> str:
    """Give the typst source of some sheets."""
    text: str = template("sheet.typ.jinja").render(
        sheets=sheets,
        prelude=template("prelude.typ.jinja").render(),
        rules=RULES,
        string=typst_string,
        text=lambda words: f"#{typst_string(words)};",
        blocks=to_typst,
        inline=lambda words: to_typst(words, inline=True),
        formula=typst_equation,
        equation=step_latex,
        model=model_text,
        full=has_title_page,
        room=working_room,
        slot=slot_width,
    )
    return text


def has_title_page(sheet: Sheet) -> bool:
    """Say whether a sheet is long enough, or official enough, for a title page of its own."""
    return len(sheet.items) > 3 or not sheet.seed


def working_room(part: SheetPart) -> int:
    """Give the height in millimetres of the squares for working and answer, in whole squares."""
    answer = 12 + 10 * part.widget.rows if isinstance(part.widget, Grid) else 20
    return SQUARE * round(max(10 + 10 * min(part.points, 5), answer) / SQUARE)


def slot_width(letters: int) -> int:
    """Give the width in millimetres of a frame for so many letters written by hand."""
    return min(120, 8 + 2 * letters)


FORMAT = Format("pdf", "pdf", render)
