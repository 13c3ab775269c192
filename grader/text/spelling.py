"""Mend small slips of the pen, towards words that a question is known to use."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from grader.text.passage import Passage, passage_of
from grader.text.words import Word, word_forms

SHORTEST, LONG = 5, 8
Repair = Callable[[str], str | None]


def repair_towards(wanted: Sequence[str], is_known: Callable[[str], bool]) -> Repair:
    """Make a function that gives, for an unknown word, the wanted one it was meant to be, or None."""

    @lru_cache(4096)
    def repair(text: str) -> str | None:
        return None if len(text) < SHORTEST or is_known(text) else nearest(text, wanted)

    return repair


def mended(found: Passage, repair: Repair) -> Passage:
    """Replace the words that have a repair."""
    repairs = [repair(word.text) for word in found.words]
    if not any(repairs):
        return found
    return passage_of(found.text, tuple(map(_mended, found.words, repairs)))


def nearest(text: str, wanted: Sequence[str]) -> str | None:
    """Find the wanted word one letter away (two in long words), with the same first letter.

    >>> nearest("gradeint", ("gradient", "grade", "weights"))
    'gradient'
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    same = [word for word in wanted if word[0] == text[0] and len(word) >= SHORTEST]
    found = process.extractOne(text, same, scorer=OSA.distance, score_cutoff=2 if len(text) >= LONG else 1)
    return found[0] if found else None


def _mended(word: Word, better: str | None) -> Word:
    if better is None:
        return word
    form = word_forms(better)[0]
    return word._replace(text=form.text, stem=form.stem)
