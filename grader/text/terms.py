"""A text as terms: stems, with what has several names under one name, and which of them are denied."""

from functools import lru_cache
from typing import NamedTuple

from grader.text.language import english
from grader.text.passage import Passage
from grader.text.synonyms import canonical


class Terms(NamedTuple):
    """The terms of a text in order; those that carry meaning; those said and those denied."""

    sequence: tuple[str, ...]
    content: frozenset[str]
    said: frozenset[str]
    denied: frozenset[str]


def terms(found: Passage) -> Terms:
    """Name what a passage speaks of.

    >>> from grader.text.passage import passage
    >>> sorted(terms(passage("The lr is not steep.")).denied)
    ['steep']
    """
    sequence, denied = _merged(found)
    joining = function_stems()
    marked = [(term, no) for term, no in zip(sequence, denied, strict=True) if term not in joining]
    return Terms(
        tuple(sequence),
        frozenset(term for term, _ in marked),
        frozenset(term for term, no in marked if not no),
        frozenset(term for term, no in marked if no),
    )


@lru_cache(1)
def function_stems() -> frozenset[str]:
    """Give the stems of the joining words."""
    return frozenset(english().stem(word) for word in english().function_words)


def _merged(found: Passage) -> tuple[list[str], list[bool]]:
    stems, sequence, denied, place = found.stems, [], [], 0
    while place < len(stems):
        name, length = _longest(stems, place)
        sequence.append(name)
        denied.append(found.denied[place])
        place += length
    return sequence, denied


def _longest(stems: tuple[str, ...], place: int) -> tuple[str, int]:
    for length, name in _starting(stems[place]):
        if canonical().get(stems[place : place + length]) == name:
            return name, length
    return stems[place], 1


@lru_cache(65536)
def _starting(stem: str) -> tuple[tuple[int, str], ...]:
    """Give the names of several words that start with a stem, longest first."""
    found = {(len(key), name) for key, name in canonical().items() if key[0] == stem}
    return tuple(sorted(found, key=lambda one: (-one[0], one[1])))
