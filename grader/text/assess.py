"""Put it all together: a provisional credit, how sure it is, and why a person should look."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from grader.text.features import Features, features
from grader.text.guards import Alarm, Evidence, alarms
from grader.text.matching import TURNED, Match, State, match, match_claim
from grader.text.model import FULL, Doubt, chance
from grader.text.nearness import Neighbours, neighbours
from grader.text.passage import Passage
from grader.text.plan import Plan, read_answer
from grader.text.roles import Role, roles
from grader.text.rubric import rounded
from grader.text.terms import Terms, terms

SURE, MORE = 0.65, 0.15
BAND = 0.75
PASSING = 0.75
SAME, KNOWN_ODDS = 0.95, 3.5


class Assessment(NamedTuple):
    """What the machine makes of an answer.

    `credit` is provisional where `reasons` are given. `odds` are the log-odds that the answer is right, and
    `confidence` the estimated chance that a person would give this credit; without key points, that a person would
    decide "right" or "not right" as the credit does.
    `points` and `claims` say how each key point and each wrong claim fared, in the rubric's order.
    """

    credit: float
    odds: float
    confidence: float
    points: tuple[Match, ...]
    claims: tuple[Match, ...]
    seen: Features
    reasons: tuple[Alarm, ...]


class Weighed(NamedTuple):
    """All that is seen in an answer, before it is decided on.

    `met` is the share of what is needed that was found, `against` counts key points turned round and wrong
    claims made, `own` is the model's credit with what graded samples say, `second` its log-odds.
    """

    evidence: Evidence
    points: tuple[Match, ...]
    claims: tuple[Match, ...]
    met: float
    against: int
    own: float
    second: float
    near: Neighbours


class Decision(NamedTuple):
    """A credit, the log-odds that the answer is right, and what was decided on: right or not."""

    credit: float
    odds: float
    right: bool


def assess(plan: Plan, text: str, sure: float = SURE) -> Assessment:
    """Judge a text by a rubric made ready; below the confidence `sure` a person is asked.

    Full credit from key points must be surer by `MORE`: nobody looks for what was given too much.
    """
    seen = weigh(plan, text)
    score = repeated(plan, seen.evidence.answer)
    decision = decide(plan, seen) if score is None else known_score(plan, score)
    confidence = chance(confidence_odds(plan, seen, decision))
    needed = sure + MORE if plan.points and decision.credit >= FULL else sure
    reasons = () if score is not None else _reasons(plan, seen, decision, confidence < needed)
    return Assessment(
        decision.credit, decision.odds, confidence, seen.points, seen.claims, seen.evidence.seen, reasons
    )


def confidence_odds(plan: Plan, seen: Weighed, decision: Decision) -> float:
    """Give the log-odds that a person would give the same credit."""
    if plan.points and seen.near.near < SAME:
        return plan.known.model.trust.odds(decision.credit, doubt(seen))
    return decision.odds if decision.right else -decision.odds


def doubt(seen: Weighed) -> Doubt:
    """Collect what tells how far a credit can be relied on."""
    words = math.log1p(len(seen.evidence.answer.sequence))
    return Doubt(seen.against, seen.second, words)


def weigh(plan: Plan, text: str) -> Weighed:
    """Look for everything that counts for or against an answer."""
    found = read_answer(plan, text)
    answer, about = terms(found), _roles(plan, found)
    points = tuple(
        match(found, groups, about, point.polarity)
        for groups, point in zip(plan.points, plan.rubric.key_points, strict=True)
    )
    claims = tuple(match_claim(found, groups, about) for groups in plan.claims)
    seen = features(answer, plan.references, plan.question, plan.known.rarity)
    near = neighbours(answer, plan.samples)
    own = plan.known.model.credit(seen)
    own += plan.known.model.likeness * near.near * (near.credit - own)
    return Weighed(
        Evidence(plan, found, answer, seen, (*points, *claims)),
        points,
        claims,
        _earned(plan, points),
        sum(one.state in TURNED for one in points) + sum(one.state is State.FOUND for one in claims),
        own,
        plan.known.model.odds(own),
        near,
    )


def repeated(plan: Plan, answer: Terms) -> float | None:
    """Give the score of a model answer or graded sample that the answer repeats word for word, if it does."""
    return next((score for score, given in plan.decided if given == answer), None)


def known_score(plan: Plan, score: float) -> Decision:
    """Decide as a person has decided before."""
    right = score >= PASSING
    return Decision(rounded(score, plan.rubric.scale), KNOWN_ODDS if right else -KNOWN_ODDS, right)


def decide(plan: Plan, seen: Weighed) -> Decision:
    """Decide by a graded sample that says almost the same, else by key points, else by the model alone."""
    scale, model = plan.rubric.scale, plan.known.model
    if seen.near.near >= SAME:
        return known_score(plan, seen.near.credit)
    if not plan.points:
        return Decision(rounded(seen.own, scale), seen.second, seen.second > 0)
    credit = min(rounded(seen.met, scale), _cap(plan, seen.claims))
    return Decision(credit, model.rubric.odds(seen.met, seen.against, seen.second), credit >= PASSING)


def _roles(plan: Plan, found: Passage) -> tuple[Role, ...]:
    """Give the roles of the clauses; of several pairs the first that is named counts."""
    given = [roles(found, pair) for pair in plan.pairs]
    return next((one for one in given if any(role is not Role.MAIN for role in one)), given[0] if given else ())


def _earned(plan: Plan, points: Sequence[Match]) -> float:
    found = zip(points, plan.rubric.key_points, strict=True)
    return min(
        1.0, sum(point.weight for one, point in found if one.state is State.FOUND) / (plan.rubric.needed or 1)
    )


def _cap(plan: Plan, claims: Sequence[Match]) -> float:
    made = zip(claims, plan.rubric.forbid, strict=True)
    return min((claim.cap for one, claim in made if one.state is State.FOUND), default=1.0)


def _reasons(plan: Plan, seen: Weighed, decision: Decision, unsure: bool) -> tuple[Alarm, ...]:
    """Say why a person should look: a guard, two opinions apart, or little confidence."""
    apart = bool(plan.points) and abs(decision.credit - chance(seen.second)) > BAND
    return (*alarms(seen.evidence), *((DISAGREEMENT,) if apart else ()), *((UNSURE,) if unsure else ()))


DISAGREEMENT = Alarm("disagreement", "Key points and comparison with model answers disagree.")
UNSURE = Alarm("unsure", "The machine is not sure enough.")
