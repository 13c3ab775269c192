"""Find key points: all groups within two sentences, with negation, opposites and roles taken into account."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import NamedTuple

from grader.text.language import english
from grader.text.passage import Passage
from grader.text.patterns import Group, Pattern
from grader.text.roles import Role
from grader.text.rubric import Polarity

MOST_HITS, STRAY = 12, 1


class State(StrEnum):
    """How a key point fared."""

    FOUND = "found"
    DENIED = "denied"
    SWAPPED = "swapped"
    MISSING = "missing"


class Hit(NamedTuple):
    """Where a stem was met: places of the first and last word; whether a negation reaches it, and whether that is
    wanted; whether it says the opposite.
    """

    first: int
    last: int
    denied: bool
    wanted: bool
    opposite: bool


class Match(NamedTuple):
    """How a key point fared, between which characters, whether a negation stands close behind, and any clash."""

    state: State
    start: int = 0
    end: int = 0
    doubtful: bool = False
    clash: bool = False


Chain = tuple[Hit, ...]


def match(
    found: Passage, groups: Sequence[Group], about: Sequence[Role] = (), polarity: Polarity = "said"
) -> Match:
    """Look for a key point within two sentences; `about` gives the role of each clause, if roles matter."""
    return best_match(found, groups, about, polarity, _near)


def match_claim(found: Passage, groups: Sequence[Group], about: Sequence[Role] = ()) -> Match:
    """Look for a wrong claim; since it costs credit, all of it must stand in one clause."""
    return best_match(found, groups, about, "said", _together)


def best_match(
    found: Passage,
    groups: Sequence[Group],
    about: Sequence[Role],
    polarity: Polarity,
    holds: Callable[[Passage, "Chain"], bool],
) -> Match:
    """Find the best chain of hits, one of each group, among those that hold together."""
    hits = [group_hits(found, group) for group in groups]
    if not all(hits):
        return Match(State.MISSING)
    chains = [chain for chain in _chains(found, hits) if holds(found, chain)]
    judged = [(_state(found, chain, about, polarity), _cost(found, chain), chain) for chain in chains]
    if not judged:
        return Match(State.MISSING)
    state, _, best = min(judged, key=lambda one: (ORDER[one[0]], one[1]))
    clash = any(other in TURNED and _apart(found, chain, best) for other, _, chain in judged)
    start = min(found.words[hit.first].start for hit in best)
    end = max(found.words[hit.last].end for hit in best)
    return Match(state, start, end, _doubtful(found, best), state is State.FOUND and clash)


TURNED = (State.DENIED, State.SWAPPED)
ORDER = {State.FOUND: 0, State.DENIED: 1, State.SWAPPED: 2}


def group_hits(found: Passage, group: Group) -> list[Hit]:
    """Give all places where a group is met."""
    return [hit for pattern in group for hit in pattern_hits(found, pattern)][:MOST_HITS]


def pattern_hits(found: Passage, pattern: Pattern) -> list[Hit]:
    """Give the places where a stem is met; between its words a joining word may stand."""
    hits = []
    for place, word in enumerate(found.words):
        if pattern.pieces[0].meets(word):
            last = _last(found, pattern, place)
            denied = _denied_within(found, pattern, place, last) if last is not None else False
            if last is not None and (not pattern.denied or denied or _denied_after(found, last, 4)):
                hits.append(Hit(place, last, denied, pattern.denied, pattern.opposite))
    return hits


def _last(found: Passage, pattern: Pattern, place: int) -> int | None:
    """Give the place of a phrase's last word, if the phrase goes on from `place`."""
    for piece in pattern.pieces[1:]:
        behind = range(place + 1, min(place + 2 + STRAY, len(found.words)))
        place = next((k for k in behind if piece.meets(found.words[k])), -1)
        if place < 0 or not all(found.words[k].text in english().function_words for k in behind if k < place):
            return None
    return place


def _denied_within(found: Passage, pattern: Pattern, place: int, last: int) -> bool:
    """Say whether a phrase is denied, before it or between its words, as in "symmetry is never broken"."""
    own = any(piece.text in english().negators for piece in pattern.pieces)
    together = found.clause[place] == found.clause[last]
    return found.denied[last if together and not own else place]


def _denied_after(found: Passage, place: int, reach: int) -> bool:
    """Say whether a negator follows in the same clause, as in "labels are not needed"."""
    behind = range(place + 1, min(place + 1 + reach, len(found.words)))
    return any(
        found.words[k].text in english().negators and found.clause[k] == found.clause[place] for k in behind
    )


def _chains(found: Passage, hits: Sequence[list[Hit]]) -> list[Chain]:
    """Join, around each hit of the rarest group, the nearest hits of the others."""
    rarest = min(hits, key=len)
    return [tuple(min(group, key=lambda hit: _far(found, anchor, hit)) for group in hits) for anchor in rarest]


def _far(found: Passage, anchor: Hit, hit: Hit) -> int:
    clauses = abs(found.clause[hit.first] - found.clause[anchor.first])
    return abs(hit.first - anchor.first) + 4 * clauses


def _near(found: Passage, chain: Chain) -> bool:
    sentences = [found.sentence[hit.first] for hit in chain]
    return max(sentences) - min(sentences) <= 1


def _together(found: Passage, chain: Chain) -> bool:
    return len({found.clause[hit.first] for hit in chain}) == 1


def _cost(found: Passage, chain: Chain) -> int:
    return sum(_far(found, chain[0], hit) for hit in chain)


def _state(found: Passage, chain: Chain, about: Sequence[Role], polarity: Polarity) -> State:
    if polarity == "either":
        return State.FOUND
    clauses = {found.clause[hit.first] for hit in chain}
    denials = sum(_denies([hit for hit in chain if found.clause[hit.first] == clause]) for clause in clauses)
    turned = (denials + any(hit.opposite for hit in chain) + (polarity == "denied")) % 2 == 1
    other = bool(about) and all(about[clause] is Role.OTHER for clause in clauses)
    if turned == other:
        return State.FOUND
    return State.DENIED if turned else State.SWAPPED


def _denies(hits: Sequence[Hit]) -> bool:
    """Say whether a clause denies what it should say; a negation that is wanted there does not count."""
    return any(hit.denied for hit in hits) and not any(hit.wanted for hit in hits)


def _apart(found: Passage, chain: Chain, best: Chain) -> bool:
    """Say whether a chain is a statement of its own: in one clause, sharing no word with the best one.

    Opposites do not count: "nonlinear in general, linear if …" is no contradiction.
    """
    own = not {hit.first for hit in chain} & {hit.first for hit in best}
    return own and _together(found, chain) and not any(hit.opposite for hit in chain)


def _doubtful(found: Passage, chain: Chain) -> bool:
    last = max(hit.last for hit in chain)
    return len(chain) == 1 and not (chain[0].denied or chain[0].wanted) and _denied_after(found, last, 3)
