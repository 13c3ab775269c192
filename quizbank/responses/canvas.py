"""Canvas's report “Student Analysis” of a classic quiz."""

import re
from collections.abc import Sequence

from quizbank.responses import Platform, Row, cells_named, reported

QUESTION = re.compile(r"\d+: .*", re.DOTALL)


def recognises(head: Sequence[str]) -> bool:
    """Know the report by its last columns and those that begin with a question's number."""
    return "n correct" in head and any(map(QUESTION.fullmatch, head))


def read(head: Sequence[str], row: Sequence[str]) -> Row:
    """Read one submission; a question that was not put to this student has neither answer nor points."""
    columns = [place for place, name in enumerate(head) if QUESTION.fullmatch(name)]
    answers = [reported(head[place], row[place]) for place in columns if _put(row, place)]
    ids = tuple(cells_named(head, row, "sis_id", "id"))
    return Row(ids, tuple(cells_named(head, row, "name")), tuple(answers))


def _put(row: Sequence[str], place: int) -> bool:
    return any(cell.strip() for cell in row[place : place + 2])


PLATFORM = Platform(
    "Canvas", recognises, read, "export the quiz anew and let it be answered with its questions' texts"
)
