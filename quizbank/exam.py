"""Exams: which questions, with which numbers, for whom."""

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from grader.key import Key, Paper
from quizbank.domains import Stream
from quizbank.errors import QuizbankError
from quizbank.keys import key_item
from quizbank.question import Question, Variant


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
    """One student's paper, with everything in it."""

    student: Student
    items: tuple[Item, ...]

    @property
    def points(self) -> float:
        """What the paper is worth."""
        return sum(item.points for item in self.items)


@dataclass(frozen=True, slots=True)
class Exam:
    """An exam for one practising student or for a class; `secret` is empty for practice papers."""

    id: str
    title: str
    papers: tuple[Draft, ...]
    seed: int | None
    secret: str = ""

    @property
    def graded(self) -> bool:
        """Say whether its papers come from a secret."""
        return bool(self.secret)

    def key(self) -> Key:
        """Make the key: the only bridge to the grader."""
        return Key(self.id, self.title, tuple(map(key_paper, self.papers)), self.secret)


def key_paper(draft: Draft) -> Paper:
    """Make the key of one paper."""
    items = tuple(key_item(item.variant, item.number, item.points) for item in draft.items)
    return Paper(draft.student.id, draft.student.name, items)


def draw_exam(
    questions: Sequence[Question],
    title: str,
    *,
    seed: int | None,
    secret: str = "",
    students: Iterable[Student] = (),
    form: str = "open",
) -> Exam:
    """Draw papers of the same questions, each student's with numbers of their own.

    With a `secret`, seeds are its HMAC with the student's id, so that nobody can draw the papers again from the
    program alone; without one, the printed `seed` draws them.
    """
    faces = [question.face(form) if question.forms else question for question in questions]
    drafts = tuple(
        draw_paper(faces, student, _paper_seed(seed, secret, student)) for student in students or (Student(),)
    )
    return Exam(_exam_id(faces, title, seed, secret), title, drafts, seed, secret)


def draw_paper(questions: Sequence[Question], student: Student, seed: int) -> Draft:
    """Draw one paper: question n gets the seed `seed`·1000 + n."""
    numbered = enumerate(questions, 1)
    return Draft(
        student, tuple(Item(str(n), question.draw(seed * 1000 + n), question.points) for n, question in numbered)
    )


def choose(
    questions: Sequence[Question], stream: Stream, points: float | None, count: int | None
) -> list[Question]:
    """Choose questions evenly over their chapters, in the order of the bank.

    Either so many (`count`), or as many as come nearest to `points` without passing them.
    """
    if count is not None and count > len(questions):
        raise QuizbankError(f"{count} questions were asked for, but only {len(questions)} fit; ask for fewer.")
    chosen: list[Question] = []
    for question in _alternating(questions, stream):
        if count is not None and len(chosen) == count:
            break
        if points is None or sum(one.points for one in chosen) + question.points <= points:
            chosen.append(question)
    if not chosen:
        raise QuizbankError("No question fits; ask for more points or other chapters.")
    return sorted(chosen, key=questions.index)


def _alternating(questions: Sequence[Question], stream: Stream) -> list[Question]:
    """Shuffle the questions of each chapter and deal them out chapter by chapter."""
    chapters = dict.fromkeys(question.chapter for question in questions)
    piles = [stream.shuffle([q for q in questions if q.chapter == chapter]) for chapter in chapters]
    rounds = max(map(len, piles), default=0)
    return [pile[n] for n in range(rounds) for pile in stream.shuffle(piles) if n < len(pile)]


def _paper_seed(seed: int | None, secret: str, student: Student) -> int:
    if secret:
        return int.from_bytes(hmac.digest(secret.encode(), student.id.encode(), "sha256")[:6], "big")
    if seed is None:
        raise QuizbankError("A paper needs a seed or a secret.")
    return Stream("student", seed, student.id).below(2**40) if student.id else seed


def _exam_id(questions: Sequence[Question], title: str, seed: int | None, secret: str) -> str:
    named = "\x1f".join([title, str(seed), secret, *(f"{q.id}@{q.revision}{q.form}" for q in questions)])
    return f"{'graded' if secret else 'practice'}-{blake2b(named.encode(), digest_size=5).hexdigest()}"
