"""QTI 2.1: a package with a test, items that score themselves, and the worked solutions as feedback."""

from quizbank.formats import Format
from quizbank.qti import VERSION_2, package, remarks
from quizbank.sheet import Sheet


def render(sheets: tuple[Sheet, ...]) -> bytes:
    """Render scored sheets as one zip."""
    return package(sheets, VERSION_2)


FORMAT = Format("qti", "qti21.zip", render, audience="platform", remarks=remarks)
