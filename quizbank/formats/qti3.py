"""QTI 3.0: the same package in the words of the newer version."""

from quizbank.formats import Format
from quizbank.qti import VERSION_3, package, remarks
from quizbank.sheet import Sheet


def render(sheets: tuple[Sheet, ...]) -> bytes:
    """Render scored sheets as one zip."""
    return package(sheets, VERSION_3)


FORMAT = Format("qti3", "qti3.zip", render, audience="platform", remarks=remarks)
