"""A sheet: the exam as one audience may see it. A student's sheet holds no answer at all.

Only what is made for a platform that scores by itself carries scorings, and only practice papers carry seals.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from string import ascii_lowercase

from grader.answer import Answer
from grader.scoring import Cells, Interval, Scoring
from grader.widgets import Widget
from quizbank.exam import Draft, Exam, Item
from quizbank.keys import rounding_slack, share
from quizbank.part import Part, call
from quizbank.question import Figure, Variant
from quizbank.seal import Seal, seal
from quizbank.template import fill
from solvers.worked import Step, Worked


@dataclass(frozen=True, slots=True)
class Solution:
    """The right answer (LaTeX or plain words) and the steps that lead to it."""

    model: str
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One thing asked; `solution` and `scoring` are None on a student's sheet, `seal` on all but practice sheets."""

    label: str
    name: str
    text: str
    points: float
    widget: Widget
    solution: Solution | None = None
    scoring: Scoring | None = None
    seal: Seal | None = None


@dataclass(frozen=True, slots=True)
class SheetItem:
    """One numbered question; `explanation` and `steps` are the worked solution that belongs to no single part."""

    number: str
    title: str
    text: str
    points: float
    parts: tuple[SheetPart, ...]
    figure: Figure | None = None
    explanation: str = ""
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is printed: `exam` is the exam's id, `solved` says for whom it is, `place` is "17 of 312" in a class.

    `rules` is the text of the title page.
    """

    exam: str
    title: str
    student: str
    name: str
    seed: str
    items: tuple[SheetItem, ...]
    solved: bool = False
    minutes: float = 0.0
    place: str = ""
    rules: str = ""

    @property
    def points(self) -> float:
        """What the whole sheet is worth."""
        return sum(item.points for item in self.items)


def exam_sheet(exam: Exam, draft: Draft, *, solved: bool = False) -> Sheet:
    """Make the sheet of one paper, for the student or with the worked solutions."""
    seed = "" if exam.graded or exam.seed is None else str(exam.seed)
    return Sheet(
        exam.id,
        exam.title,
        draft.student.id,
        draft.student.name,
        seed,
        tuple(sheet_item(item, solved=solved) for item in draft.items),
        solved,
        exam.minutes or draft.minutes,
        draft.place,
        exam.text,
    )


def scored_sheet(exam: Exam, draft: Draft) -> Sheet:
    """Make the sheet of one paper for a platform that scores by itself: with solutions and scorings."""
    items = tuple(scored_item(item, solved=True) for item in draft.items)
    return replace(exam_sheet(exam, draft), items=items, solved=True)


def scored_item(item: Item, *, solved: bool = False) -> SheetItem:
    """Make the part of such a sheet that one question fills."""
    shown = sheet_item(item, solved=solved)
    parts = (replace(part, scoring=_scoring(item.variant, part.name)) for part in shown.parts)
    return replace(shown, parts=tuple(parts))


def sealed_sheet(exam: Exam, draft: Draft) -> Sheet:
    """Make the sheet of one paper for a student; on practice papers its answers are sealed for self-checking."""
    sheet = exam_sheet(exam, draft)
    if exam.graded:
        return sheet
    items = (
        replace(shown, parts=tuple(replace(part, seal=_seal(item.variant, part.name)) for part in shown.parts))
        for shown, item in zip(sheet.items, draft.items, strict=True)
    )
    return replace(sheet, items=tuple(items))


def _scoring(variant: Variant, name: str) -> Scoring:
    """Say how a platform may score a part; earlier results may have been rounded as printed."""
    part = variant.question.part(name)
    scoring = part.answer(variant.values).scoring(variant.truths[name])
    if isinstance(scoring, Interval):
        return _widened(scoring, rounding_slack(variant, part))
    if isinstance(scoring, Cells):
        slack = rounding_slack(variant, part)
        return Cells(tuple(tuple(_widened(cell, slack) for cell in row) for row in scoring.rows))
    return scoring


def _widened(interval: Interval, slack: float) -> Interval:
    return Interval(interval.value, interval.low - slack, interval.high + slack)


def _seal(variant: Variant, name: str) -> Seal | None:
    salt = blake2b(f"{variant.identity}/{name}".encode(), digest_size=6).hexdigest()
    return seal(_scoring(variant, name), salt)


def sheet_item(item: Item, *, solved: bool = False) -> SheetItem:
    """Make one question of a sheet."""
    variant, question = item.variant, item.variant.question
    steps = _placed(_steps(variant), [part.name for part in question.parts]) if solved else ()
    worth = share(item.points, [part.points for part in question.parts])
    parts = tuple(
        _part(variant, part, label, points, _named(steps, part.name) if solved else None)
        for part, label, points in zip(question.parts, ascii_lowercase, worth, strict=False)
    )
    return SheetItem(
        item.number,
        question.title,
        variant.text,
        item.points,
        parts,
        call(question.figure, variant.everything) if question.figure else None,
        fill(question.solution, variant.everything) if solved else "",
        _named(steps, ""),
    )


def _part(variant: Variant, part: Part, label: str, points: float, steps: tuple[Step, ...] | None) -> SheetPart:
    answer, truth = part.answer(variant.values), variant.truths[part.name]
    solution = None if steps is None else Solution(answer.typeset(truth), steps)
    return SheetPart(
        label, part.name, _asked(fill(part.text, variant.values), answer), points, answer.widget(truth), solution
    )


def _asked(text: str, answer: Answer) -> str:
    """Add how exactly an answer is wanted, unless the author said so."""
    said = "decimal" in text or "significant" in text
    return f"{text} ({answer.demand})".lstrip() if answer.demand and not said else text


def _steps(variant: Variant) -> tuple[Step, ...]:
    work = variant.question.work
    if work is None:
        return ()
    result = call(work, variant.everything_for(work))
    return result.steps if isinstance(result, Worked) else tuple(result)


def _placed(steps: Sequence[Step], names: Sequence[str]) -> tuple[tuple[str, Step], ...]:
    """Say which part each step leads to: the one it is named for, or that of the next step with a part's name."""
    placed, name = [], ""
    for step in reversed(steps):
        name = step.name if step.name in names else name
        placed.append((name, step))
    return tuple(reversed(placed))


def _named(steps: Iterable[tuple[str, Step]], name: str) -> tuple[Step, ...]:
    return tuple(step for part, step in steps if part == name)
