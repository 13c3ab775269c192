"""Missing key points that an answer may state in other words: for a person to look at, never for a point."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from grader.text.assess import Assessment
from grader.text.embedding import Array, closeness, vectors
from grader.text.language import english
from grader.text.matching import State, match
from grader.text.passage import Passage, passage
from grader.text.plan import Plan, plan
from grader.text.roles import Role, roles
from grader.text.rubric import Rubric

CLOSE, CLOSER = 0.5, 0.1
MOST, SHORTEST = 40, 2


class Piece(NamedTuple):
    """A clause or sentence: its text, whether it denies, which side of an opposition it takes, whom it is about."""

    text: str
    denies: bool
    camps: frozenset[tuple[int, int]]
    about: Role


class Wanted(NamedTuple):
    """How a key point is put by its author, with the vectors of that and of what is something else."""

    pieces: tuple[Piece, ...]
    own: Array
    other: Array


class Paraphrase(NamedTuple):
    """A missing key point by its number, the words that may state it, and how close they come."""

    point: int
    quote: str
    close: float


def paraphrases(rubric: Rubric, text: str, seen: Assessment) -> tuple[Paraphrase, ...]:
    """Find missing key points that may stand in the text after all; raises `NoEmbeddings`."""
    missing = [k for k, one in enumerate(seen.points) if one.state is State.MISSING]
    if not missing or earns_all(rubric, seen):
        return ()
    ready = plan(rubric)
    said = pieces(passage(text), ready)
    found = (_nearest(said, number, sought) for number, sought in enumerate(wanted(rubric)) if number in missing)
    return tuple(one for one in found if one is not None)


def earns_all(rubric: Rubric, seen: Assessment) -> bool:
    """Say whether the key points that were found are all that is needed."""
    found = zip(seen.points, rubric.key_points, strict=True)
    return sum(point.weight for one, point in found if one.state is State.FOUND) >= rubric.needed


def pieces(found: Passage, ready: Plan) -> tuple[Piece, ...]:
    """Cut a passage into its clauses and its sentences, each once, forty at most.

    A sentence of which one clause denies and another does not says neither: only its clauses count.
    """
    about = next(filter(any, (roles(found, pair) for pair in ready.pairs)), (Role.MAIN,) * len(found.words))
    numbers = (*enumerate(found.clause), *((place, -1 - number) for place, number in enumerate(found.sentence)))
    places: dict[int, list[int]] = {}
    for place, number in numbers:
        places.setdefault(number, []).append(place)
    clear = [one for one in places.values() if len(one) >= SHORTEST and len(_denials(found, one)) == 1]
    cut = {_span(found, one): _piece(found, one, about) for one in clear}
    return tuple(cut.values())[:MOST]


def _span(found: Passage, places: Sequence[int]) -> tuple[int, int]:
    return found.words[places[0]].start, found.words[places[-1]].end


def _denials(found: Passage, places: Sequence[int]) -> set[bool]:
    """Say of each clause whether it denies."""
    denying = {found.clause[place] for place in places if _denied(found, place)}
    return {found.clause[place] in denying for place in places}


def _denied(found: Passage, place: int) -> bool:
    return found.denied[place] or found.words[place].text in english().negators


def _piece(found: Passage, places: Sequence[int], about: Sequence[Role]) -> Piece:
    start, end = _span(found, places)
    sides = {about[found.clause[place]] for place in places}
    return Piece(
        found.text[start:end],
        any(_denied(found, place) for place in places),
        frozenset(camp for place in places for camp in camps(found.words[place].text)),
        sides.pop() if len(sides) == 1 else Role.BOTH,
    )


@lru_cache(4096)
def camps(word: str) -> tuple[tuple[int, int], ...]:
    """Name the oppositions a word belongs to, and its side in each."""
    return tuple(
        (row, camp) for stem, row, camp in english().opposites if len(stem) > 2 and word.startswith(stem)
    )


def turned(said: Piece, sought: Piece) -> bool:
    """Say whether one denies, reverses or tells of the other side what the other one says."""
    opposite = any((row, 1 - camp) in sought.camps and (row, camp) not in sought.camps for row, camp in said.camps)
    return said.denies != sought.denies or opposite or {said.about, sought.about} == {Role.MAIN, Role.OTHER}


@lru_cache(256)
def wanted(rubric: Rubric) -> tuple[Wanted, ...]:
    """Collect, for each key point, the sentences that say it and those that say something else."""
    ready = plan(rubric)
    right = [*rubric.models, *(one.text for one in rubric.samples if one.score >= 1)]
    said = [piece for text in right for piece in pieces(passage(text), ready)]
    poor = [piece for one in rubric.samples if one.score < 1 for piece in pieces(passage(one.text), ready)]
    own = [
        _unique((*pieces(passage(point.feedback), ready), *(one for one in said if _says(ready, number, one))))
        for number, point in enumerate(rubric.key_points)
    ]
    return tuple(_wanted(ready, number, own, poor) for number in range(len(own)))


def _wanted(ready: Plan, number: int, own: Sequence[tuple[Piece, ...]], poor: Sequence[Piece]) -> Wanted:
    """Give what says a key point; the question, other key points and poor answers without it say something else."""
    others = [piece for k, one in enumerate(own) if k != number for piece in one if piece not in own[number]]
    without = [piece for piece in poor if not _says(ready, number, piece)]
    rest = dict.fromkeys([ready.rubric.question, *(piece.text for piece in (*others, *without))])
    return Wanted(own[number], vectors(tuple(piece.text for piece in own[number])), vectors(tuple(rest)))


def _says(ready: Plan, number: int, piece: Piece) -> bool:
    found = passage(piece.text)
    polarity = ready.rubric.key_points[number].polarity
    return match(found, ready.points[number], (), polarity).state is State.FOUND


def _unique(given: Iterable[Piece]) -> tuple[Piece, ...]:
    return tuple({piece.text: piece for piece in given}.values())


def _nearest(said: Sequence[Piece], number: int, sought: Wanted) -> Paraphrase | None:
    """Find the piece closest to a key point, if it is close, and closer than to anything else."""
    if not said or not sought.pieces:
        return None
    rows = vectors(tuple(piece.text for piece in said))
    alike = closeness(rows, sought.own)
    fits = np.array([[not turned(one, other) for other in sought.pieces] for one in said])
    near = np.where(fits, alike, -1).max(axis=1)
    lead = near - closeness(rows, sought.other).max(axis=1)
    near = np.where(lead >= CLOSER, near, -1)
    best = int(near.argmax())
    return Paraphrase(number, said[best].text, float(near[best])) if near[best] >= CLOSE else None
