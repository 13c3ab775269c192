"""Exams: which questions, with which numbers, for whom."""

import hmac
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from grader.key import Key, Paper
from quizbank.domains import Stream
from quizbank.errors import QuizbankError
from quizbank.keys import key_item
from quizbank.question import Question, Variant

MOST_REDRAWS = 40


@dataclass(frozen=True, slots=True)
class Student:
    """Who sits an exam; both empty for a practice paper."""

    id: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered question of a paper."""

    number: str
    variant: Variant
    points: float


@dataclass(frozen=True, slots=True)
class Draft:
    """One student's paper, with everything in it; `place` is "17 of 312" in a class."""

    student: Student
    items: tuple[Item, ...]
    place: str = ""

    @property
    def points(self) -> float:
        """What the paper is worth."""
        return sum(item.points for item in self.items)

    @property
    def minutes(self) -> float:
        """How long it is expected to take."""
        return sum(item.variant.question.minutes for item in self.items)


@dataclass(frozen=True, slots=True)
class Exam:
    """An exam for one practising student or for a class; `secret` is empty for practice papers.

    `text` stands on the title page, `minutes` is the time given (0: what the questions are expected to take).
    """

    id: str
    title: str
    papers: tuple[Draft, ...]
    seed: int | None
    secret: str = ""
    text: str = ""
    minutes: float = 0.0

    @property
    def graded(self) -> bool:
        """Say whether its papers come from a secret."""
        return bool(self.secret)

    def key(self) -> Key:
        """Make the key: the only bridge to the grader."""
        return Key(self.id, self.title, tuple(map(key_paper, self.papers)), self.secret)

    def only(self, draft: Draft) -> "Exam":
        """Give the same exam with one paper."""
        return replace(self, papers=(draft,))


Slot = tuple[Question, float]
Column = tuple[Question, tuple[int, ...]]
Run = Callable[[Callable[[Column], tuple[Variant, ...]], Sequence[Column]], Iterable[tuple[Variant, ...]]]


def key_paper(draft: Draft) -> Paper:
    """Make the key of one paper."""
    items = tuple(key_item(item.variant, item.number, item.points) for item in draft.items)
    return Paper(draft.student.id, draft.student.name, items)


def draw_exam(
    slots: Sequence[Slot],
    title: str,
    *,
    seed: int | None,
    secret: str = "",
    students: Sequence[Student] = (),
    text: str = "",
    minutes: float = 0.0,
    run: Run = map,
) -> Exam:
    """Draw papers of the same questions, worth the same points, each student's with numbers of their own.

    With a `secret`, seeds are its HMAC with the student's id, so that nobody can draw the papers again from the
    program alone; without one, the printed `seed` draws them. `run` may draw the questions in parallel.
    """
    students = students or (Student(),)
    seeds = [_paper_seed(seed, secret, student) for student in students]
    columns = [(question, tuple(own * 1000 + n for own in seeds)) for n, (question, _) in enumerate(slots, 1)]
    drawn = list(run(draw_column, columns))
    papers = tuple(
        Draft(student, _items(slots, [column[row] for column in drawn]), _place(row, len(students)))
        for row, student in enumerate(students)
    )
    return Exam(_exam_id(slots, title, seed, secret), title, papers, seed, secret, text, minutes)


def draw_column(column: Column) -> tuple[Variant, ...]:
    """Draw one question for every student; two share a variant only where the space is exhausted."""
    question, seeds = column
    seen: set[str] = set()
    drawn = []
    for seed in seeds:
        variant = _unseen(question, seed, seen)
        seen.add(repr(variant.values))
        drawn.append(variant)
    return tuple(drawn)


def distinct_variants(exam: Exam) -> tuple[int, ...]:
    """Count the different variants of each question over all papers."""
    columns = zip(*(draft.items for draft in exam.papers), strict=True)
    return tuple(len({repr(item.variant.values) for item in column}) for column in columns)


def _unseen(question: Question, seed: int, seen: set[str]) -> Variant:
    """Draw a seed, and others that follow from it while the numbers were dealt to somebody already."""
    first = question.draw(seed)
    variant = first
    for attempt in range(1, MOST_REDRAWS):
        if repr(variant.values) not in seen:
            return variant
        variant = question.draw(Stream("again", seed, attempt).below(2**40))
    return first


def _items(slots: Sequence[Slot], variants: Sequence[Variant]) -> tuple[Item, ...]:
    pairs = zip(slots, variants, strict=True)
    return tuple(Item(str(n), variant, points) for n, ((_, points), variant) in enumerate(pairs, 1))


def _place(row: int, papers: int) -> str:
    return f"{row + 1} of {papers}" if papers > 1 else ""


def _paper_seed(seed: int | None, secret: str, student: Student) -> int:
    if secret:
        return int.from_bytes(hmac.digest(secret.encode(), student.id.encode(), "sha256")[:6], "big")
    if seed is None:
        raise QuizbankError("A paper needs a seed or a secret.")
    return Stream("student", seed, student.id).below(2**40) if student.id else seed


def _exam_id(slots: Sequence[Slot], title: str, seed: int | None, secret: str) -> str:
    named = "\x1f".join([title, str(seed), secret, *(f"{q.id}@{q.revision}{q.form}:{of:g}" for q, of in slots)])
    return f"{'graded' if secret else 'practice'}-{blake2b(named.encode(), digest_size=5).hexdigest()}"
