"""What a variant's parts are judged against: truths, slips, and how far rounding on the way may carry."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from grader.answer import Answer, Slip, Target, Unreadable
from grader.key import KeyItem, KeyPart
from grader.verdict import Outcome
from quizbank.mutations import mutant_values
from quizbank.part import Part, SlipRule, as_plain, call
from quizbank.question import Variant
from quizbank.template import fill


def key_item(variant: Variant, number: str = "1", points: float | None = None) -> KeyItem:
    """Make the key of one question, worth so many points in all."""
    parts = variant.question.parts
    worth = share(variant.question.points if points is None else points, [part.points for part in parts])
    keyed = tuple(key_part(variant, part, of) for part, of in zip(parts, worth, strict=True))
    return KeyItem(number, variant.identity, dict(variant.values), keyed)


def key_part(variant: Variant, part: Part, points: float = 1.0) -> KeyPart:
    """Make the key of one part."""
    answer = part.answer(variant.values)
    target = part_target(variant, part, answer)
    names = [other.name for other in variant.question.parts]
    needs = tuple(name for name in part.needs if name in names)
    return KeyPart(part.name, answer, target, points, needs, answer.typeset(target.truth))


def part_target(variant: Variant, part: Part, answer: Answer) -> Target:
    """Give what a part is judged against; a slip that these numbers, or rounding on the way, hide is dropped."""
    truth, slack = variant.truths[part.name], rounding_slack(variant, part)
    made = [(rule.accepted, _slip(variant, rule)) for rule in variant.rules(part.name)]
    rules = [(accepted, slip) for accepted, slip in made if slip.value is not None]
    named = [slip for accepted, slip in rules if not accepted]
    usual = _usual(variant, part, [slip.value for slip in named])
    slips = tuple(slip for slip in (*named, *usual) if not _hidden(answer, slip, truth, slack))
    return Target(truth, slips, tuple(slip for accepted, slip in rules if accepted), slack)


def _usual(variant: Variant, part: Part, known: Sequence[Any]) -> Iterator[Slip]:
    """Give the slips that the computation itself suggests, each value that is not known yet once."""
    seen = list(known)
    for name, text, value in mutant_values(part, variant.everything):
        if value not in seen:
            seen.append(value)
            yield Slip(f"usual-{name}", value, text)


def _slip(variant: Variant, rule: SlipRule) -> Slip:
    return Slip(rule.name, variant.slip_value(rule), fill(rule.text, variant.values), rule.credit)


def _hidden(answer: Answer, slip: Slip, truth: Any, slack: float) -> bool:
    """Say whether a slip, rounded as it would be written, is taken for the truth."""
    return answer.judge(_rounded(answer, slip.value), truth, slack).outcome is Outcome.CORRECT


def rounding_slack(variant: Variant, part: Part) -> float:
    """Say how far off a part comes out when the earlier parts it needs are rounded as their questions ask."""
    rounded = {
        one.name: _rounded(one.answer(variant.values), variant.truths[one.name])
        for one in variant.question.parts
        if one.name in part.needs
    }
    if not rounded:
        return 0.0
    return _distance(call(part.compute, {**variant.everything, **rounded}), variant.truths[part.name])


def written_points(points: float) -> str:
    """Write points for people, with two decimals at most.

    >>> written_points(2.5), written_points(12.666667), written_points(3.0)
    ('2.5', '12.67', '3')
    """
    return f"{round(points, 2):g}"


def share(points: float, weights: list[float]) -> list[float]:
    """Share points by weight, in halves where the total allows it; the sum is always kept.

    >>> share(8, [1, 1, 1]), share(1, [1, 1, 1, 1])
    ([3.0, 2.5, 2.5], [0.25, 0.25, 0.25, 0.25])
    """
    total = sum(weights)
    unit = 0.5 if points >= 0.5 * len(weights) and float(2 * points).is_integer() else 0.0
    exact = [points * weight / total for weight in weights]
    if not unit:
        return exact
    whole = [int(value / unit) * unit for value in exact]
    missing = round((points - sum(whole)) / unit)
    neediest = sorted(range(len(exact)), key=lambda i: whole[i] - exact[i])[:missing]
    return [value + unit * (i in neediest) for i, value in enumerate(whole)]


def _rounded(answer: Answer, truth: Any) -> Any:
    try:
        return as_plain(answer.read(answer.write(truth)).value)
    except Unreadable:
        return truth


def _distance(value: Any, truth: Any) -> float:
    try:
        gap = np.abs(np.asarray(value, dtype=float) - np.asarray(truth, dtype=float))
    except (TypeError, ValueError):
        return 0.0
    return float(gap.max(initial=0.0)) if np.isfinite(gap).all() else 0.0
