"""Who a clause is about, where a question sets two things against each other."""

from collections.abc import Sequence
from enum import IntEnum

from grader.text.language import english
from grader.text.passage import Passage
from grader.text.patterns import Piece

HEADING = 3  # words, as in "Batch normalisation: …"
SINGULAR = frozenset(("it", "its", "this", "that", "he", "she", "his", "her"))


class Role(IntEnum):
    """What a clause speaks of: the subject of the question, the thing it is compared with, or both."""

    MAIN = 0
    OTHER = 1
    BOTH = 2


Names = tuple[tuple[Piece, ...], tuple[Piece, ...]]


def roles(found: Passage, pair: Names) -> tuple[Role, ...]:
    """Give the role of each clause; without a name it goes on with the last, a new sentence begins anew."""
    given: list[Role] = []
    clauses = _clauses(found)
    for number, places in enumerate(clauses):
        named = _named(found, places, pair)
        if named is None:
            named = given[-1] if number and _goes_on(found, clauses[number - 1], places) else Role.MAIN
        given.append(named)
    return tuple(given)


def _clauses(found: Passage) -> list[list[int]]:
    clauses: list[list[int]] = [[] for _ in range(found.clause[-1] + 1)] if found.words else []
    for place, number in enumerate(found.clause):
        clauses[number].append(place)
    return clauses


def _goes_on(found: Passage, before: Sequence[int], now: Sequence[int]) -> bool:
    same = bool(before and now) and found.sentence[before[-1]] == found.sentence[now[0]]
    heading = 0 < len(before) <= HEADING and found.text[found.words[before[-1]].end :].lstrip().startswith(":")
    return same or heading or bool(now and found.words[now[0]].text in SINGULAR)


def _named(found: Passage, places: Sequence[int], pair: Names) -> Role | None:
    """Find the role from the names in a clause; a name after "than" or "unlike" is the other side."""
    subjects: set[Role] = set()
    objects: set[Role] = set()
    comparing = False
    for place in places:
        word = found.words[place]
        if word.text in english().both:
            return Role.BOTH
        for role in (Role.MAIN, Role.OTHER):
            if any(piece.meets(word) for piece in pair[role]):
                (objects if comparing else subjects).add(role)
                comparing = False
        comparing = comparing or word.text in english().comparing
    if subjects:
        return subjects.pop() if len(subjects) == 1 else Role.BOTH
    return Role(1 - objects.pop()) if len(objects) == 1 else None
