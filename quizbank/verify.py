"""Prove the keys: every question, many seeds, every claim by a second route."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
import numpy as np

from grader.answer import Slip, Target, mark
from grader.kinds.short_text import ShortText
from grader.text.lint import lint
from grader.verdict import Outcome
from quizbank import bank
from quizbank.errors import QuizbankError
from quizbank.exam import Item
from quizbank.keys import key_part
from quizbank.part import Part, call
from quizbank.question import Question, Variant
from quizbank.sheet import sheet_item
from quizbank.template import HOLE
from quizbank.undrawn import taken, undrawn

FEWEST_DISTINCT = 20
FEWEST_SLIPS = 2
MOST_NAMED = 5
MOST_COMMON = 0.4


class Finding(msgspec.Struct, frozen=True):
    """Something that does not hold: for which variant, which law, and what was found."""

    identity: str
    law: str
    text: str


class Proof(msgspec.Struct, frozen=True):
    """What was found about one face of a question."""

    id: str
    form: str
    variants: int
    checked: int
    distinct: int
    commonest: float
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Say whether nothing was found."""
        return not self.findings


def prove(question: Question, seeds: Sequence[int]) -> Proof:
    """Check a face of a question for many seeds, and for the notes' own numbers."""
    findings: list[Finding] = []
    answers: Counter[str] = Counter()
    recognised: Counter[str] = Counter()
    seen: Counter[tuple[str, str]] = Counter()
    checked = 0
    for seed in ([None] if question.notes is not None else []) + list(seeds):
        try:
            variant = question.variant(seed)
            findings += variant_findings(variant, recognised)
        except QuizbankError as trouble:
            findings.append(Finding(f"{question.id}:{seed}", "drawn", str(trouble)))
            continue
        if seed is not None:
            seen.update(taken(variant))
        answers[repr(tuple(variant.truths.values())) + _choices(variant)] += seed is not None
        checked += question.check is not None
    drawn = sum(answers.values())
    findings += _unproven(question)
    findings += _rubric_findings(question)
    findings += _hidden_slips(question, recognised, drawn)
    findings += _spread(question, answers, drawn)
    findings += [Finding(question.id, "every value drawn", text) for text in undrawn(question, seen, drawn)]
    share = max(answers.values(), default=0) / drawn if drawn else 0.0
    distinct = sum(count > 0 for count in answers.values())
    return Proof(question.id, question.form, drawn, checked, distinct, share, tuple(findings))


def variant_findings(variant: Variant, recognised: Counter[str]) -> Iterator[Finding]:
    """Name what does not hold for one variant; counts the slips that were told from the truth."""
    for law, text in _laws(variant, recognised):
        yield Finding(variant.identity, law, text)


def _laws(variant: Variant, recognised: Counter[str]) -> Iterator[tuple[str, str]]:
    yield from _second_opinion(variant)
    for part in variant.question.parts:
        keyed = key_part(variant, part)
        yield from _shown_answer(part, keyed.answer, keyed.target)
        for slip in keyed.target.slips:
            recognised[f"{part.name}.{slip.name}"] += 1
            yield from _slip_told(part, keyed.answer, keyed.target, slip)
    yield from _page(variant)


def _second_opinion(variant: Variant) -> Iterator[tuple[str, str]]:
    question = variant.question
    if question.check is None:
        return
    opinion = call(question.check, variant.everything)
    by_part = opinion if isinstance(opinion, dict) else {question.parts[-1].name: opinion}
    for part in question.parts:
        if part.computed and part.name not in by_part:
            yield "second opinion", f"the check says nothing about {part.name}"
        if part.name in by_part and not agree(by_part[part.name], variant.truths[part.name]):
            yield (
                "second opinion",
                f"{part.name} is {variant.truths[part.name]} but the check gives {by_part[part.name]}",
            )


def agree(one: Any, other: Any, tolerance: float = 1e-6) -> bool:
    """Say whether two routes give the same value, shapes of one row or column aside.

    >>> agree([[1.0, 2.0]], [1.0, 2.0 + 1e-9]), agree(1.0, 1.1), agree("a", "a")
    (True, False, True)
    """
    try:
        first, second = np.asarray(one, dtype=float).squeeze(), np.asarray(other, dtype=float).squeeze()
    except (TypeError, ValueError):
        return bool(one == other)
    return first.shape == second.shape and np.allclose(
        first, second, rtol=tolerance, atol=tolerance, equal_nan=True
    )


def _shown_answer(part: Part, answer: Any, target: Target) -> Iterator[tuple[str, str]]:
    written = answer.write(target.truth)
    verdict = mark(answer, written, target)
    if verdict.outcome is not Outcome.CORRECT:
        yield "shown answer", f"{part.name}: “{written}” is the answer, but it is marked {verdict.outcome}"


def _slip_told(part: Part, answer: Any, target: Target, slip: Slip) -> Iterator[tuple[str, str]]:
    written = answer.write(slip.value)
    verdict = mark(answer, written, target)
    codes = [note.code for note in verdict.notes]
    if verdict.outcome is Outcome.CORRECT and not any(code.startswith("accepted:") for code in codes):
        yield "slip told from truth", f"{part.name}: the slip {slip.name} (“{written}”) is marked correct"
    if verdict.outcome is Outcome.UNREADABLE:
        yield "slip readable", f"{part.name}: the slip {slip.name} (“{written}”) cannot be read"


def _page(variant: Variant) -> Iterator[tuple[str, str]]:
    item = sheet_item(Item("1", variant, variant.question.points), solved=True)
    texts = [
        item.text,
        item.explanation,
        *(part.text for part in item.parts),
        *(step.reason for step in item.steps),
    ]
    for text in texts:
        if HOLE.search(text):
            yield "no hole", f"a hole was left in “{text[:60]}”"
    shown = [step for part in item.parts if part.solution for step in part.solution.steps]
    if not (shown or item.steps or item.explanation.strip()):
        yield "worked solution", "there is no worked solution"


def _choices(variant: Variant) -> str:
    """Tell variants apart whose answer is only a letter, by the options they show."""
    options = [getattr(part.answer(variant.values), "options", ()) for part in variant.question.parts]
    return repr(options) if any(options) else ""


def _unproven(question: Question) -> Iterator[Finding]:
    """Name computed parts with too few slips, and questions without a second opinion."""
    for part in question.parts:
        named = [rule for rule in question.slips if rule.part == part.name and not rule.accepted]
        if part.computed and len(named) < FEWEST_SLIPS:
            yield Finding(question.id, "two slips", f"{part.name} names {len(named)} slips; name at least two")
    if question.check is None and any(part.computed for part in question.parts):
        yield Finding(question.id, "second opinion", "no `check` computes its parts by another route")


def _rubric_findings(question: Question) -> Iterator[Finding]:
    """Try the rubrics: models earn full credit; denied, shuffled, listed or copied answers do not pass."""
    for part in question.parts:
        if isinstance(part.kind, ShortText):
            for found in lint(part.kind.rubric):
                text = f"{part.name}: {found.code}: {found.remedy} “{found.text}”"
                yield Finding(question.id, "rubric", text)


def _hidden_slips(question: Question, recognised: Counter[str], drawn: int) -> Iterator[Finding]:
    for rule in question.slips:
        name = f"{rule.part}.{rule.name}"
        if not rule.accepted and not rule.notes_only and drawn and not recognised[name]:
            yield Finding(
                question.id, "slip shows", f"the slip {name} equals the truth in every draw; mend or remove it"
            )


def _spread(question: Question, answers: Counter[str], drawn: int) -> Iterator[Finding]:
    """Name a question whose variants are too few, or one answer of which is right too often."""
    if drawn < 10 * FEWEST_DISTINCT or question.few:
        return
    distinct = sum(count > 0 for count in answers.values())
    commonest = max(answers.values()) / drawn
    if distinct < FEWEST_DISTINCT:
        text = f"{drawn} draws gave only {distinct} different answers; widen the domains"
        yield Finding(question.id, "distinct variants", text)
    if commonest > MOST_COMMON:
        yield Finding(question.id, "answer distribution", f"one answer is right in {commonest:.0%} of the draws")


def prove_id(task: tuple[str, str, int]) -> Proof:
    """Prove one face of a question, named by id and form, for the seeds below a bound."""
    id, form, seeds = task
    return prove(bank.find(id).face(form), range(seeds))


def faces(questions: Sequence[Question]) -> list[tuple[str, str]]:
    """Name every face of some questions."""
    return [(question.id, form) for question in questions for form in question.forms or ("",)]
