"""A sheet: the exam as one audience may see it. A student's sheet holds no answer at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from string import ascii_lowercase

from grader.widgets import Widget
from quizbank.exam import Draft, Exam, Item
from quizbank.keys import share
from quizbank.part import Part, call
from quizbank.question import Figure, Variant
from quizbank.template import fill
from solvers.worked import Step, Worked


@dataclass(frozen=True, slots=True)
class Solution:
    """The right answer (LaTeX or plain words) and the steps that lead to it."""

    model: str
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One thing asked; `solution` is None on a student's sheet."""

    label: str
    name: str
    text: str
    points: float
    widget: Widget
    solution: Solution | None = None


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
    """What is printed: `exam` is the exam's id, `solved` says for whom it is."""

    exam: str
    title: str
    student: str
    name: str
    seed: str
    items: tuple[SheetItem, ...]
    solved: bool = False
    minutes: float = 0.0

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
        sum(item.variant.question.minutes for item in draft.items),
    )


def sheet_item(item: Item, *, solved: bool = False) -> SheetItem:
    """Make one question of a sheet."""
    variant, question = item.variant, item.variant.question
    steps = _steps(variant) if solved else ()
    names = [part.name for part in question.parts]
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
        tuple(step for step in steps if step.name not in names),
    )


def _part(variant: Variant, part: Part, label: str, points: float, steps: tuple[Step, ...] | None) -> SheetPart:
    answer, truth = part.answer(variant.values), variant.truths[part.name]
    solution = None if steps is None else Solution(answer.typeset(truth), steps)
    text = fill(part.text, variant.values)
    return SheetPart(label, part.name, text, points, answer.widget(truth), solution)


def _steps(variant: Variant) -> tuple[Step, ...]:
    work = variant.question.work
    if work is None:
        return ()
    result = call(work, variant.everything_for(work))
    return result.steps if isinstance(result, Worked) else tuple(result)


def _named(steps: Iterable[Step], name: str) -> tuple[Step, ...]:
    return tuple(step for step in steps if step.name == name)
