"""Choose the questions of a paper so that it meets its blueprint, or say which demand cannot be met."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from quizbank import bank
from quizbank.blueprint import Blueprint
from quizbank.domains import Stream
from quizbank.errors import QuizbankError, UnknownName
from quizbank.exam import Slot
from quizbank.question import Question

TRIALS = 12
MOST_SWAPS = 60
TIME_TOLERANCE = 0.1
HASTE = 5  # how strongly quick questions are preferred where there is little time
POINT_COST, TIME_COST, MIX_COST = 1000.0, 200.0, 10.0

Bounds = dict[str, tuple[int, int]]
Chosen = list[Slot]
Move = tuple[Slot | None, Slot]


@dataclass(frozen=True, slots=True)
class Demand:
    """A blueprint in the terms of the search: who may be asked, who must, and how many of each chapter."""

    plan: Blueprint
    pool: tuple[Slot, ...]
    bounds: Bounds

    def allows(self, chosen: Sequence[Slot]) -> bool:
        """Say whether no chapter has too many questions."""
        counts = Counter(question.chapter for question, _ in chosen)
        return all(count <= self.bounds.get(chapter, (0, 10**6))[1] for chapter, count in counts.items())

    def cost(self, chosen: Sequence[Slot]) -> float:
        """Measure how far a choice is from what is demanded."""
        plan, points = self.plan, total(chosen)
        cost = POINT_COST * abs(points - plan.target) if plan.target is not None else 0.0
        if plan.time:
            missed = abs(minutes(chosen) - plan.time) / plan.time
            cost += TIME_COST * max(missed - TIME_TOLERANCE, 0.0)
        for level, share in plan.difficulty.items():
            own = sum(of for question, of in chosen if str(question.difficulty) == level)
            cost += MIX_COST * abs(own / max(points, 1) - share)
        return cost


def select(plan: Blueprint, questions: Sequence[Question], stream: Stream) -> list[Slot]:
    """Choose a paper's questions with their points; raises `QuizbankError` naming the demand that cannot be met."""
    bounds = _bounds(plan)
    pool = tuple(_eligible(plan, questions, stream))
    demand = Demand(plan, pool, bounds)
    _refuse_impossible(demand)
    best: Chosen | None = None
    for _ in range(TRIALS):
        trial = _trial(demand, stream)
        if best is None or demand.cost(trial) < demand.cost(best):
            best = trial
        if demand.cost(best) < 1:
            break
    assert best is not None
    _refuse_unmet(demand, best)
    return stream_order(best, pool) if plan.order == "chapter" else list(stream.shuffle(best))


def total(slots: Iterable[Slot]) -> float:
    """Add up the points."""
    return sum(points for _, points in slots)


def minutes(slots: Iterable[Slot]) -> float:
    """Add up the minutes expected."""
    return sum(question.minutes for question, _ in slots)


def stream_order(chosen: Chosen, pool: Sequence[Slot]) -> list[Slot]:
    """Put questions in the order of the bank."""
    place = {question.id: n for n, (question, _) in enumerate(pool)}
    return sorted(chosen, key=lambda slot: place[slot[0].id])


def _bounds(plan: Blueprint) -> Bounds:
    pairs = ((bank.chapter_name(name), count) for name, count in plan.chapters.items())
    return {name: (count, count) if isinstance(count, int) else count for name, count in pairs}


def _eligible(plan: Blueprint, questions: Sequence[Question], stream: Stream) -> Iterator[Slot]:
    _refuse_unknown(plan, questions)
    among = [bank.chapter_name(name) for name in plan.among]
    named = {*plan.fixed, *(id for group in plan.group for id in group.one_of)}
    for question in questions:
        face = question.face(_form(plan, question, stream))
        wanted = not among or question.chapter in among
        if named & set(question.ids) or (
            wanted and not set(plan.without) & set(question.ids) and _suits(plan, face)
        ):
            yield face, next((plan.worth[id] for id in question.ids if id in plan.worth), question.points)


def _form(plan: Blueprint, question: Question, stream: Stream) -> str:
    if not question.forms:
        return ""
    return str(stream.choose(("open", "closed"))) if plan.form == "mixed" else plan.form


def _suits(plan: Blueprint, face: Question) -> bool:
    kinds = {part.kind_name for part in face.parts}
    return not kinds & set(plan.kinds.without) and (not plan.kinds.only or kinds <= set(plan.kinds.only))


def _trial(demand: Demand, stream: Stream) -> Chosen:
    """Take what must be asked, deal the rest out chapter by chapter, then swap towards the demand."""
    held = _held(demand, stream)
    chosen = list(held)
    for slot in _dealt(demand, stream):
        if _has_room(demand, chosen, slot):
            chosen.append(slot)
    return _swapped(demand, chosen, held, stream)


def _held(demand: Demand, stream: Stream) -> Chosen:
    """Choose the fixed questions, and those of the groups."""
    ids = list(demand.plan.fixed)
    for group in demand.plan.group:
        ids += stream.shuffle(group.one_of)[: group.choose]
    return [next(slot for slot in demand.pool if id in slot[0].ids) for id in dict.fromkeys(ids)]


def _dealt(demand: Demand, stream: Stream) -> list[Slot]:
    """Deal the pool out: first what the chapters must have, then more of a large chapter than of a small one.

    A chapter gets its share by the root of its size, so that none is left out and none is asked again and again.
    """
    named = {id for group in demand.plan.group for id in group.one_of}
    free = [slot for slot in demand.pool if not named & set(slot[0].ids)]
    chapters = dict.fromkeys(question.chapter for question, _ in free)
    piles = {name: _pile([slot for slot in free if slot[0].chapter == name], demand, stream) for name in chapters}
    first = [slot for name, (fewest, _) in demand.bounds.items() for slot in piles.get(name, ())[:fewest]]
    turns = [
        ((n + stream.choose(range(100)) / 100) / len(pile) ** 0.5, slot)
        for pile in piles.values()
        for n, slot in enumerate(pile)
    ]
    return first + [slot for _, slot in sorted(turns, key=lambda turn: turn[0]) if slot not in first]


def _pile(slots: Sequence[Slot], demand: Demand, stream: Stream) -> list[Slot]:
    """Shuffle; where the time is demanded, what takes long for its points tends to come later."""
    haste = HASTE if demand.plan.time else 0
    places = [stream.choose(range(1, 1000)) * (slot[0].minutes / max(slot[1], 0.5)) ** haste for slot in slots]
    return [slot for _, slot in sorted(zip(places, slots, strict=True), key=lambda one: one[0])]


def _has_room(demand: Demand, chosen: Chosen, slot: Slot) -> bool:
    plan = demand.plan
    if slot in chosen or not demand.allows([*chosen, slot]):
        return False
    counted = Counter(question.chapter for question, _ in chosen)
    if counted[slot[0].chapter] < demand.bounds.get(slot[0].chapter, (0, 0))[0]:
        return True
    if plan.questions is not None and len(chosen) >= plan.questions:
        return False
    return plan.target is None or total(chosen) + slot[1] <= plan.target


def _swapped(demand: Demand, chosen: Chosen, held: Chosen, stream: Stream) -> Chosen:
    """Exchange, add or drop a question as long as that brings the choice nearer to the demand."""
    for _ in range(MOST_SWAPS):
        better = _better_move(demand, chosen, held, stream)
        if better is None:
            break
        chosen = better
    return chosen


def _better_move(demand: Demand, chosen: Chosen, held: Chosen, stream: Stream) -> Chosen | None:
    """Find one move that helps; the best of all would lead every seed to the same few questions.

    Tried first are exchanges within a chapter, last those that leave a chapter without a question.
    """
    least = demand.cost(chosen) - 1e-9
    counts = Counter(question.chapter for question, _ in chosen)
    leaving = stream.shuffle([slot for slot in chosen if slot not in held])
    coming = stream.shuffle([slot for slot in demand.pool if slot not in chosen])
    for old, new in sorted(_moves(demand, leaving, coming), key=partial(_disturbance, counts)):
        moved = [*(slot for slot in chosen if slot is not old), new]
        if demand.cost(moved) < least and demand.allows(moved):
            return moved
    return None


def _moves(demand: Demand, leaving: Sequence[Slot], coming: Sequence[Slot]) -> Iterator[Move]:
    """Give what may come, alone or in exchange."""
    if demand.plan.questions is None:
        yield from ((None, new) for new in coming)
    yield from ((old, new) for old in leaving for new in coming if not _breaks(demand, old, new))


def _disturbance(counts: Counter[str], move: Move) -> int:
    old, new = move
    if old is None or old[0].chapter == new[0].chapter:
        return 0
    return 1 if counts[old[0].chapter] > 1 else 2


def _breaks(demand: Demand, leaving: Slot, coming: Slot) -> bool:
    """Say whether an exchange takes a question from a chapter whose number is demanded."""
    chapters = leaving[0].chapter, coming[0].chapter
    return chapters[0] != chapters[1] and chapters[0] in demand.bounds


def _refuse_unknown(plan: Blueprint, questions: Sequence[Question]) -> None:
    known = {id for question in questions for id in question.ids}
    for id in (*plan.fixed, *plan.without, *plan.worth, *(id for group in plan.group for id in group.one_of)):
        if id not in known:
            raise UnknownName("question", id, known, "Correct the blueprint.")
    kinds = {kind for question in questions for kind in question.kinds}
    for kind in (*plan.kinds.only, *plan.kinds.without):
        if kind not in kinds:
            raise UnknownName(
                "kind of answer in the bank named", kind, kinds, f"There are {', '.join(sorted(kinds))}."
            )
    for level in plan.difficulty:
        if level not in ("1", "2", "3"):
            raise UnknownName("difficulty", level, ("1", "2", "3"), "There are 1, 2 and 3.")


def _refuse_impossible(demand: Demand) -> None:
    """Refuse what can be seen without a search."""
    plan, pool = demand.plan, demand.pool
    for demanded, refuse in (
        (plan.questions is not None and plan.questions > len(pool), _too_few),
        (plan.target is not None and total(pool) < plan.target, _too_poor),
    ):
        if demanded:
            raise QuizbankError(refuse(demand))
    for chapter, (fewest, most) in demand.bounds.items():
        have = sum(question.chapter == chapter for question, _ in pool)
        if have < fewest or most < fewest:
            raise QuizbankError(
                f"Chapter {chapter} has {have} questions that fit, but {fewest} to {most} are demanded; ask for fewer."
            )
    for group in plan.group:
        if not 1 <= group.choose <= len(group.one_of):
            raise QuizbankError(
                f"A group of {len(group.one_of)} questions cannot give {group.choose}; mend `choose`."
            )


def _too_few(demand: Demand) -> str:
    return f"{demand.plan.questions} questions are demanded, but only {len(demand.pool)} fit; ask for fewer."


def _too_poor(demand: Demand) -> str:
    have = total(demand.pool)
    return f"{demand.plan.target:g} points are demanded, but all questions that fit have {have:g}; ask for fewer."


Unmet = Callable[[Demand, Chosen], str | None]


def _refuse_unmet(demand: Demand, chosen: Chosen) -> None:
    """Refuse the nearest choice where it misses a demand, saying by how much."""
    for unmet in (_points_missed, _time_missed, _chapters_missed):
        if sentence := unmet(demand, chosen):
            raise QuizbankError(sentence)


def _points_missed(demand: Demand, chosen: Chosen) -> str | None:
    wanted = demand.plan.points
    if wanted is None or abs(total(chosen) - wanted) < 1e-9:
        return None
    return f"No choice of questions has {wanted:g} points; the nearest has {total(chosen):g}. Ask for that, or loosen a demand."


def _time_missed(demand: Demand, chosen: Chosen) -> str | None:
    wanted = demand.plan.minutes
    if wanted is None or abs(minutes(chosen) - wanted) <= TIME_TOLERANCE * wanted:
        return None
    return f"The nearest paper takes about {minutes(chosen):g} minutes, not {wanted:g}; change the minutes or the points."


def _chapters_missed(demand: Demand, chosen: Chosen) -> str | None:
    counts = Counter(question.chapter for question, _ in chosen)
    for chapter, (fewest, _) in demand.bounds.items():
        if counts[chapter] < fewest:
            return f"Only {counts[chapter]} of the {fewest} questions of chapter {chapter} fit beside the other demands."
    return None
