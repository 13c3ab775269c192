"""The author's stems, made ready to be found: prefixes, phrases, numbers, denials, synonyms and opposites."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from grader.text.language import english
from grader.text.rubric import Groups
from grader.text.synonyms import others
from grader.text.words import Word, words

INFLECTION = re.compile(r"(.)?(s|e|es|er|ers|est|ed|ing|ly)?\Z")


class Piece(NamedTuple):
    """One word of a stem: a prefix of four letters or more, a short word with its inflections, or a number.

    A short word that only joins is compared at most ("fewer"), lest "no" meet "now".
    """

    text: str
    stem: str
    number: float | None

    def meets(self, word: Word) -> bool:
        """Say whether a word of the answer is this one.

        >>> [[word.text for word in words("no now bigger") if read_pattern(stem).pieces[0].meets(word)] for stem in ("no", "big")]
        [['no'], ['bigger']]
        """
        if self.number is not None:
            return word.number == self.number
        if not word.text.startswith(self.text):
            return word.stem == self.stem
        if len(self.text) > 3 or word.text == self.text:
            return True
        rest = word.text[len(self.text) :]
        return self._inflected(rest) if self.text not in english().function_words else rest in ("er", "est")

    def _inflected(self, rest: str) -> bool:
        found = INFLECTION.match(rest)
        return found is not None and (found[1] is None or found[1] == self.text[-1] or not rest[1:])


class Pattern(NamedTuple):
    """A stem of one or more pieces in a row; `denied` if the answer must deny it, `opposite` if it says the reverse."""

    pieces: tuple[Piece, ...]
    denied: bool = False
    opposite: bool = False


Group = tuple[Pattern, ...]


def compiled(groups: Groups) -> tuple[Group, ...]:
    """Make an author's groups ready, each with its synonyms and its opposites.

    >>> [" ".join(piece.text for piece in one.pieces) for one in compiled((("lr",),))[0]]
    ['lr', 'learning rate', 'step size']
    """
    return tuple(_group(stems) for stems in groups)


def _group(stems: Sequence[str]) -> Group:
    own = [pattern for stem in stems if (pattern := read_pattern(stem)).pieces]
    named = {tuple(piece.text for piece in pattern.pieces) for pattern in own}
    also = [
        Pattern(_pieces(" ".join(other)), pattern.denied)
        for pattern in own
        for other in others(tuple(piece.text for piece in pattern.pieces))
        if other not in named
    ]
    return tuple(dict.fromkeys([*own, *also, *_opposites(own)]))


def read_pattern(stem: str) -> Pattern:
    """Read one stem; a negator in front says that the answer must deny the rest."""
    pieces = _pieces(stem)
    denied = len(pieces) > 1 and pieces[0].text in english().negators
    return Pattern(pieces[1:] if denied else pieces, denied)


def _pieces(text: str) -> tuple[Piece, ...]:
    return tuple(Piece(word.text, word.stem, word.number) for word in words(text))


def _opposites(own: Sequence[Pattern]) -> list[Pattern]:
    singles = [pattern.pieces[0].text for pattern in own if len(pattern.pieces) == 1 and not pattern.denied]
    camps = {(row, camp) for stem, row, camp in english().opposites for text in singles if _akin(text, stem)}
    wanted = {(row, 1 - camp) for row, camp in camps if (row, 1 - camp) not in camps}
    return [Pattern(_pieces(stem), opposite=True) for stem, *side in english().opposites if tuple(side) in wanted]


def _akin(text: str, stem: str) -> bool:
    shorter, longer = sorted((text, stem), key=len)
    return text == stem or (len(shorter) > 3 and longer.startswith(shorter))
