"""Sentences, clauses and the reach of negation."""

from functools import lru_cache
from typing import NamedTuple

from grader.text.language import Language, english
from grader.text.words import PHRASE, SENTENCE, Word, words

INSTEAD = 6  # how far behind "instead of …" its sentence may begin


class Passage(NamedTuple):
    """A text in words; for each word its sentence, its clause, and whether a negation reaches it."""

    text: str
    words: tuple[Word, ...]
    sentence: tuple[int, ...]
    clause: tuple[int, ...]
    denied: tuple[bool, ...]

    @property
    def stems(self) -> tuple[str, ...]:
        """The stems of its words, in order."""
        return tuple(word.stem for word in self.words)


@lru_cache(256)
def passage(text: str) -> Passage:
    """Read a text as a passage.

    >>> found = passage("It is not zero-centred and its slope is small.")
    >>> [word.text for word, denied in zip(found.words, found.denied) if denied]
    ['zero', 'centred', 'and']
    """
    return passage_of(text, words(text))


def passage_of(text: str, found: tuple[Word, ...]) -> Passage:
    """Number the clauses of a text whose words are given."""
    sentence, clause = _numbered(found, english())
    return Passage(text, found, sentence, clause, _denied(found, clause, english()))


def _numbered(found: tuple[Word, ...], language: Language) -> tuple[tuple[int, ...], tuple[int, ...]]:
    sentences, clauses, sentence, clause = [], [], -1, -1
    for place, word in enumerate(found):
        sentence += word.gap == SENTENCE
        clause += word.gap >= PHRASE or _opens_clause(found, place, language)
        sentences.append(max(sentence, 0))
        clauses.append(max(clause, 0))
    return tuple(sentences), tuple(clauses)


def _opens_clause(found: tuple[Word, ...], place: int, language: Language) -> bool:
    before = found[place - 1].text if place else ""
    if found[place].text in language.clause_words:
        return before not in language.negators or _answers_no(found[place - 1])
    nearby = found[max(0, place - INSTEAD) : place]
    if found[place].text in language.after_instead and any(word.text == "instead" for word in nearby):
        return True
    return before in ("and", "or") and found[place].text in language.fresh_starts


def _answers_no(word: Word) -> bool:
    """Say whether a "no" is an answer of its own, as in "No because …"."""
    return word.text == "no" and word.gap == SENTENCE


def _denied(found: tuple[Word, ...], clause: tuple[int, ...], language: Language) -> tuple[bool, ...]:
    denied, reached, idiom = [], False, 0
    for place, word in enumerate(found):
        if place and clause[place] != clause[place - 1]:
            reached = False
        denied.append(reached)
        idiom = max(idiom - 1, _idiom(found, place, language))
        if word.text in language.negators and not idiom:
            reached = word.text == "nor" or not reached
    return tuple(denied)


def _idiom(found: tuple[Word, ...], place: int, language: Language) -> int:
    """Count the words of the phrase that starts here and denies nothing although it holds a negator."""
    for phrase in language.not_negators:
        if found[place].text == phrase[0] and tuple(w.text for w in found[place : place + len(phrase)]) == phrase:
            return len(phrase)
    return 0
