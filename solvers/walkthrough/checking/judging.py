"""Where a student's values first go wrong, and why: each is judged from the student's own values before it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from solvers.engine.layer import Array
from solvers.walkthrough.checking.given import Given, read_given
from solvers.walkthrough.checking.replay import Replay, Slip
from solvers.walkthrough.solution import Solution
from solvers.walkthrough.symbols import Symbols, symbols

MOST_ENTRIES = 20_000
ROUGH = 3.0
"""So many units of the last place are put down to rounding on the way."""
UNPROPAGATED = ("sign", "factor-2", "factor-half", "times-samples", "over-samples", "transposed", "other-quantity")
"""Slips seen in a value itself, not made at a place of the computation: only the value carries them on."""


@dataclass(frozen=True)
class Finding:
    """One value judged: `right`, `convention`, `slip`, `follows` (from an earlier one) or `wrong` (unexplained).

    `place` says where a slip was made: a layer, the loss, or the update.
    """

    name: str
    outcome: str
    text: str
    given: Array
    expected: Array
    code: str = ""
    place: str = ""


@dataclass(frozen=True)
class Check:
    """All findings, in the order of computation."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding | None:
        """The first value that is not right."""
        return next((one for one in self.findings if one.outcome in ("slip", "wrong")), None)

    @property
    def right(self) -> bool:
        """Whether every value is right, under one convention or another."""
        return self.first is None


def check_values(solution: Solution, tree: object) -> Check:
    """Compare a student's values with a solution; raises `ProblemError` for names that are not known."""
    judge = _Judge(solution)
    given = read_given(tree, solution.problem, judge.names, judge.truth)
    return Check(tuple(judge.judged(given)))


class _Judge:
    """Goes through the values in the order of computation and remembers what is known about this student."""

    def __init__(self, solution: Solution) -> None:
        self.problem, self.target = solution.problem, solution.trace.target
        self.names: Symbols = symbols(self.problem)
        listing = self._replay((), {}, listing=True)
        self.truth, self.possible = listing.raw, listing.seen
        self.order = {name: place for place, name in enumerate(self.truth)}
        self.slips: tuple[Slip, ...] = ()
        self.pins: dict[str, Array] = {}
        self.accounted: list[Given] = []
        self.lost = False

    def judged(self, given: Sequence[Given]) -> Iterator[Finding]:
        """Judge one value after the other."""
        for place, one in enumerate(given):
            finding = self._judge(one, given[place + 1 :])
            yield finding
            self.pins[one.name] = one.like(self.truth[one.name])
            if finding.outcome == "wrong" or finding.code in UNPROPAGATED:
                self.lost = True
            else:
                self.accounted.append(one)

    def _replay(self, slips: tuple[Slip, ...], pins: Mapping[str, Array], listing: bool = False) -> Replay:
        return Replay(self.problem, self.names, self.target, slips, pins, listing).run()

    def _runs(self, slips: tuple[Slip, ...]) -> Iterator[Mapping[str, Array]]:
        """Compute everything from the student's own values as written, and as exact as the student may have kept them."""
        yield self._replay(slips, self.pins).raw
        if not self.lost:
            yield self._replay(slips, {}).raw

    def _judge(self, one: Given, later: Sequence[Given]) -> Finding:
        truth = self.truth[one.name]
        found = Finding(one.name, "right", "", one.array, truth)
        owns = [raw[one.name] for raw in self._runs(self.slips) if one.name in raw] or [truth]
        own = owns[0]
        if one.agrees(truth):
            return found
        if any(map(one.agrees, owns)):
            return self._following(found)
        explained = self._explained(one, later, 0.5)
        if explained:
            return self._slipped(found, explained)
        if one.agrees(truth, ROUGH):
            return replace(found, text="Right up to rounding on the way.")
        if one.agrees(own, ROUGH):
            return self._following(found)
        explained = self._explained(one, later, ROUGH)
        return self._slipped(found, explained) if explained else self._unexplained(found, one, own)

    def _following(self, found: Finding) -> Finding:
        if all(slip.convention for slip in self.slips) and self.slips:
            return replace(
                found, outcome="convention", text=f"{self.slips[0].text} As before.", code=self.slips[0].code
            )
        if self.slips or self.lost:
            return replace(found, outcome="follows", text="Follows correctly from your own earlier values.")
        return found

    def _slipped(self, found: Finding, slip: Slip) -> Finding:
        self.slips = (*self.slips, slip)
        outcome = "convention" if slip.convention else "slip"
        return replace(found, outcome=outcome, text=slip.text, code=slip.code, place=self._place(slip))

    def _place(self, slip: Slip) -> str:
        return self.problem.labels().get(
            slip.site, f"the {slip.site}" if slip.site in ("loss", "update") else slip.site
        )

    def _explained(self, one: Given, later: Sequence[Given], slack: float) -> Slip | None:
        """Find the slip that gives this value and as many of the later ones as any, nearest to it first."""
        if self._too_large():
            return None
        best, most = None, 0
        for slip in self._candidates(one.name):
            for raw in self._runs((*self.slips, slip)):
                score = self._score(raw, one, later, slack)
                if score > most:
                    best, most = slip, score
        return best

    def _score(self, raw: Mapping[str, Array], one: Given, later: Sequence[Given], slack: float) -> int:
        """Count the values a run gives as the student has them; 0 if not this one, or if it contradicts an earlier one."""
        if one.name not in raw or not one.agrees(raw[one.name], slack):
            return 0
        if not all(other.agrees(raw[other.name], ROUGH) for other in self.accounted if other.name in raw):
            return 0
        return 1 + sum(other.name in raw and other.agrees(raw[other.name], slack) for other in later)

    def _too_large(self) -> bool:
        """Say whether the network is too large to be computed again for every slip."""
        return sum(array.size for array in self.truth.values()) > MOST_ENTRIES

    def _candidates(self, name: str) -> list[Slip]:
        """Give the slips that could matter for a quantity: what is computed last before it comes first."""
        here = self.order[name]
        placed = []
        for slip in self.possible:
            target = slip.falsifies(self.problem, self.names)
            place = self.order.get(target, self._first_new() if target == "update" else len(self.order))
            if place <= here and target not in self.pins and slip not in self.slips:
                placed.append((here - place, slip))
        return [slip for _, slip in sorted(placed, key=lambda pair: pair[0])]

    def _first_new(self) -> int:
        return min(
            (place for name, place in self.order.items() if name.startswith("new_")), default=len(self.order)
        )

    def _unexplained(self, found: Finding, one: Given, own: Array) -> Finding:
        """Say what can be said about a value that no slip explains."""
        for code, text, value in _simple(own, self._samples()):
            if one.agrees(value):
                return replace(found, outcome="slip", text=text, code=code)
        elsewhere = self._elsewhere(one)
        if elsewhere:
            text = (
                f"{elsewhere.text} Your own values before it do not show this slip; they do not give this value."
            )
            return replace(found, outcome="slip", text=text, code=elsewhere.code, place=self._place(elsewhere))
        if np.squeeze(one.array).shape != np.squeeze(own).shape:
            text = f"The shape is {one.array.shape}; expected {own.shape}."
            return replace(found, outcome="wrong", text=text, code="shape")
        other = next((name for name, value in self.truth.items() if name != one.name and _same(one, value)), "")
        if other:
            return replace(found, outcome="slip", text=f"This is {other}, not {one.name}.", code="other-quantity")
        wrong = np.abs(one.like(own) - own) > 1e-7 * np.abs(own) + one.step
        count = int(wrong.sum())
        where = (
            f"{own.size - count} of {own.size} entries are right"
            if own.size > 1 and count < own.size
            else "not right"
        )
        return replace(found, outcome="wrong", text=f"{where}; no slip that is known here gives it")

    def _elsewhere(self, one: Given) -> Slip | None:
        """Find a slip that gives this value in a computation of its own, whatever the student's other values are."""
        if self._too_large():
            return None
        for slip in self.possible:
            raw = self._replay((slip,), {}).raw
            if one.name in raw and one.agrees(raw[one.name]):
                return slip
        return None

    def _samples(self) -> int:
        return (
            len(next(iter(self.problem.inputs.values())))
            if next(iter(self.problem.inputs.values())).ndim > 1
            else 1
        )


def _same(one: Given, value: Array) -> bool:
    return one.array.size > 1 and one.agrees(value)


def _simple(own: Array, samples: int) -> Iterator[tuple[str, str, Array]]:
    """What a value often is when it is not right: turned in sign, off by a factor, transposed."""
    yield "sign", "The sign is turned.", -own
    yield "factor-2", "It is twice what it should be: a factor 2 too much.", 2 * own
    yield "factor-half", "It is half of what it should be: a factor 2 is missing.", own / 2
    if samples > 1:
        yield (
            "times-samples",
            f"It is {samples} times what it should be: the division by the number of samples is missing.",
            own * samples,
        )
        yield (
            "over-samples",
            f"It was divided by the {samples} samples once more than it should be.",
            own / samples,
        )
    if own.ndim == 2:
        yield "transposed", "It is transposed.", own.T
