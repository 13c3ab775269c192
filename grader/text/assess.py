"""Put it all together: a provisional credit, how sure it is, and why a person should look."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from grader.text.features import Features, features
from grader.text.guards import Alarm, Evidence, alarms
from grader.text.matching import TURNED, Match, State, match
from grader.text.model import chance
from grader.text.nearness import Neighbours, neighbours
from grader.text.passage import Passage
from grader.text.plan import Plan, read_answer
from grader.text.roles import Role, roles
from grader.text.rubric import rounded
from grader.text.terms import terms

SURE = 0.75
BAND = 0.75
PASSING = 0.75
SAME, SAME_SURE = 0.95, 0.97


class Assessment(NamedTuple):
    """What the machine makes of an answer.

    `credit` is provisional where `reasons` are given. `odds` are the log-odds that the answer is right, and
    `confidence` the estimated chance that a person would decide "right" or "not right" as the credit does.
    `points` and `claims` say how each key point and each wrong claim fared, in the rubric's order.
    """

    credit: float
    odds: float
    confidence: float
    points: tuple[Match, ...]
    claims: tuple[Match, ...]
    seen: Features
    reasons: tuple[Alarm, ...]


class Opinions(NamedTuple):
    """Credit by rubric (or by model, without key points), log-odds of being right, the model's own chance."""

    credit: float
    odds: float
    second: float


def assess(plan: Plan, text: str, sure: float = SURE) -> Assessment:
    """Judge a text by a rubric made ready; below the confidence `sure` a person is asked."""
    found = read_answer(plan, text)
    answer, about = terms(found), _roles(plan, found)
    points = tuple(
        match(found, groups, about, point.polarity)
        for groups, point in zip(plan.points, plan.rubric.key_points, strict=True)
    )
    claims = tuple(match(found, groups, about) for groups in plan.claims)
    seen = features(answer, plan.references, plan.question, plan.known.rarity)
    opinions = _opinions(plan, points, claims, seen, neighbours(answer, plan.samples))
    confidence = _confidence(plan, opinions)
    raised = alarms(Evidence(plan, found, answer, seen, (*points, *claims)))
    reasons = (*raised, *_doubts(plan, opinions, confidence, sure))
    return Assessment(opinions.credit, opinions.odds, confidence, points, claims, seen, reasons)


def _roles(plan: Plan, found: Passage) -> tuple[Role, ...]:
    """Give the roles of the clauses; of several pairs the first that is named counts."""
    given = [roles(found, pair) for pair in plan.pairs]
    return next((one for one in given if any(role is not Role.MAIN for role in one)), given[0] if given else ())


def _opinions(
    plan: Plan, points: Sequence[Match], claims: Sequence[Match], seen: Features, near: Neighbours
) -> Opinions:
    model, rubric = plan.known.model, plan.rubric
    own = model.credit(seen)
    own += model.likeness * near.near * (near.credit - own)
    second = model.odds(own)
    if near.near >= SAME:
        return Opinions(rounded(near.credit, rubric.scale), _sure_odds(near.credit), near.credit)
    if not points:
        return Opinions(rounded(own, rubric.scale), second, chance(second))
    met = earned(plan, points)
    wrong = sum(one.state is State.FOUND for one in claims)
    denied = wrong + sum(one.state in TURNED for one in points)
    odds = model.rubric.odds(met, denied, second)
    return Opinions(rounded(min(met, _cap(plan, claims)), rubric.scale), odds, chance(second))


def earned(plan: Plan, points: Sequence[Match]) -> float:
    """Give the share of what is needed that was found, from 0 to 1."""
    found = zip(points, plan.rubric.key_points, strict=True)
    return min(1.0, sum(point.weight for one, point in found if one.state is State.FOUND) / plan.rubric.needed)


def _cap(plan: Plan, claims: Sequence[Match]) -> float:
    made = zip(claims, plan.rubric.forbid, strict=True)
    return min((claim.cap for one, claim in made if one.state is State.FOUND), default=1.0)


def _sure_odds(credit: float) -> float:
    odds = math.log(SAME_SURE / (1 - SAME_SURE))
    return odds if credit >= PASSING else -odds


def _confidence(plan: Plan, opinions: Opinions) -> float:
    right = opinions.credit >= PASSING if plan.points else opinions.odds > 0
    return chance(opinions.odds if right else -opinions.odds)


def _doubts(plan: Plan, opinions: Opinions, confidence: float, sure: float) -> list[Alarm]:
    doubts = []
    if plan.points and abs(opinions.credit - opinions.second) > BAND:
        doubts.append(Alarm("disagreement", "Key points and comparison with model answers disagree."))
    if confidence < sure:
        doubts.append(Alarm("unsure", f"The machine is only {confidence:.0%} sure."))
    return doubts
