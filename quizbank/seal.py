"""Sealed answers: what a practice notebook checks an answer against without holding it in clear.

A seal keeps salted digests of the values that count as right. Whoever wants to can try values until one fits, so
only practice papers are sealed, whose answers anyone may have the program show.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from grader.scoring import Cells, Interval, Order, Pairing, Patterns, Scoring, Weights

DIGITS = 10
FEWEST_POINTS = 4


@dataclass(frozen=True, slots=True)
class Seal:
    """Digests by cell: an answer is right if each of its tokens has one of its cell's digests.

    `form` says how an answer becomes tokens: `number` and `cells` round to the cell's `places`, `ticks` takes the
    set of letters, `letters` their sequence, `text` the words without blanks.
    """

    form: str
    salt: str
    places: tuple[int, ...]
    digests: tuple[tuple[str, ...], ...]
    columns: int = 1


def seal(scoring: Scoring, salt: str) -> Seal | None:
    """Seal an answer, or give None where only a person or the key can tell.

    >>> sealed = seal(Interval(1.386, 1.3855, 1.3865), "salt")
    >>> sealed.places, digest("salt", "1.3862") in sealed.digests[0], digest("salt", "1.3870") in sealed.digests[0]
    ((4,), True, False)
    """
    if isinstance(scoring, Interval):
        return _numbers("number", salt, [scoring], 1)
    if isinstance(scoring, Cells):
        return _numbers("cells", salt, [cell for row in scoring.rows for cell in row], len(scoring.rows[0]))
    if isinstance(scoring, Weights):
        return _words(
            "ticks", salt, ["".join(_letter(n) for n, credit in enumerate(scoring.credits) if credit > 0)]
        )
    if isinstance(scoring, Pairing | Order):
        indices = scoring.partners if isinstance(scoring, Pairing) else scoring.indices
        return _words("letters", salt, ["".join(map(_letter, indices))])
    if isinstance(scoring, Patterns):
        return _words("text", salt, ["".join(text.split()).lower() for text in scoring.texts])
    return None


def digest(salt: str, token: str) -> str:
    """Give the first digits of a salted SHA-256."""
    return sha256(f"{salt}:{token}".encode()).hexdigest()[:DIGITS]


def _numbers(form: str, salt: str, intervals: list[Interval], columns: int) -> Seal:
    places = tuple(map(_places, intervals))
    digests = tuple(
        tuple(digest(salt, token) for token in _grid(interval, place))
        for interval, place in zip(intervals, places, strict=True)
    )
    return Seal(form, salt, places, digests, columns)


def _words(form: str, salt: str, tokens: Iterable[str]) -> Seal:
    return Seal(form, salt, (0,), (tuple(digest(salt, token) for token in tokens),))


def _places(interval: Interval) -> int:
    """Choose a grid fine enough that a few of its points are right and the bounds are kept."""
    width = interval.high - interval.low
    if width > 0:
        return max(0, math.ceil(math.log10(FEWEST_POINTS / width)))
    return next(place for place in range(18) if round(interval.value, place) == interval.value or place == 17)


def _grid(interval: Interval, places: int) -> list[str]:
    low, high = (bound * 10**places for bound in (interval.low, interval.high))
    noise = 1e-6
    points = range(math.ceil(low - noise), math.floor(high + noise) + 1)
    return [f"{point / 10**places:.{places}f}" if point else f"{0:.{places}f}" for point in points]


def _letter(index: int) -> str:
    return "abcdefghijklmnopqrstuvwxyz"[index]
