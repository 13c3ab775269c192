"""Moodle's report “Responses” of a quiz, as CSV, in English or German."""

import re
from collections.abc import Sequence

from quizbank.responses import Platform, Row, cells_named, reported

COLUMN = re.compile(r"(?P<what>question|response|right answer|frage|antwort|richtige antwort) (?P<slot>\d+)")
RESPONSES, QUESTIONS = ("response", "antwort"), ("question", "frage")
IDS = ("id number", "id-nummer", "matrikelnummer", "username", "anmeldename", "email address", "e-mail-adresse")
FIRST, LAST = ("first name", "vorname"), ("last name", "surname", "nachname")


def recognises(head: Sequence[str]) -> bool:
    """Know the report by its columns “Response 1”, “Response 2” …"""
    return any(what in RESPONSES for what, _, _ in _columns(head))


def read(head: Sequence[str], row: Sequence[str]) -> Row:
    """Read one attempt."""
    columns = _columns(head)
    shown = {slot: row[place] for what, slot, place in columns if what in QUESTIONS}
    answers = (reported(shown.get(slot, ""), row[place]) for what, slot, place in columns if what in RESPONSES)
    ids = tuple(cells_named(head, row, *IDS))
    first, last = list(cells_named(head, row, *FIRST)), list(cells_named(head, row, *LAST))
    names = (" ".join((*first, *last)), " ".join((*last, *first)))
    local = (one.partition("@")[0] for one in ids if "@" in one)
    return Row((*ids, *local), tuple(filter(None, names)), tuple(answers))


def _columns(head: Sequence[str]) -> list[tuple[str, int, int]]:
    """Name the columns of questions: what they hold, of which slot of the quiz, and where they stand."""
    matches = ((COLUMN.fullmatch(name.strip().casefold()), place) for place, name in enumerate(head))
    return [(match["what"], int(match["slot"]), place) for match, place in matches if match]


PLATFORM = Platform(
    "Moodle", recognises, read, "in Moodle's report tick “question text” beside “response” and download it again"
)
