"""JSON: the sheet as data, for other programs."""

import msgspec

from quizbank.formats import Format
from quizbank.sheet import Sheet


def render(sheets: tuple[Sheet, ...]) -> bytes:
    """Render one sheet as an object, several as a list."""
    return msgspec.json.format(msgspec.json.encode(sheets[0] if len(sheets) == 1 else sheets)) + b"\n"


FORMAT = Format("json", "json", render)
