"""Graded answers to the bank's own questions, and how far the credit from its rubrics can be relied on.

`tests/data/student_answers` were written from the questions alone; then the rubrics were mended on them.
`tests/data/unseen_answers` were written later by others, and no rubric was mended on them.
"""

import json
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from benchmarks.regression import Array, logistic
from grader.kinds.short_text import ShortText
from grader.text.assess import assess, decide, doubt, weigh
from grader.text.model import FULL, Doubt, Line, Trust
from grader.text.plan import Knowledge, Plan, plan_with
from grader.text.rubric import Rubric, Sample
from quizbank import bank

DATA = Path(__file__).parent.parent / "tests" / "data"
SEEN, UNSEEN = DATA / "student_answers", DATA / "unseen_answers"
NEAR = 1 / 6 + 0.005
RIDGE = 3.0
FOLDS = 10


class Judged(NamedTuple):
    """An answer to a question with key points, and the score a person gave it."""

    rubric: Rubric
    text: str
    score: float
    question: str = ""


@cache
def bank_rubrics() -> dict[str, Rubric]:
    """Give the rubric of every question of the bank that is answered in words."""
    parts = ((question.id, part.kind) for question in bank.all_questions() for part in question.parts)
    return {id: kind.rubric for id, kind in parts if isinstance(kind, ShortText)}


def read_answers(folder: Path) -> list[Judged]:
    """Read graded answers to questions of the bank."""
    lines = (line for file in sorted(folder.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines())
    rows = (json.loads(line) for line in lines if line.strip())
    return [Judged(bank_rubrics()[row["id"]], row["answer"], row["credit"], row["id"]) for row in rows]


def bank_samples() -> list[Judged]:
    """Give every graded sample of the bank, left out of the rubric it is judged by."""
    return [
        Judged(without(rubric, sample), sample.text, sample.score, id)
        for id, rubric in bank_rubrics().items()
        for sample in rubric.samples
    ]


def without(rubric: Rubric, sample: Sample) -> Rubric:
    """Take a sample out of a rubric."""
    return msgspec.structs.replace(rubric, samples=tuple(one for one in rubric.samples if one != sample))


def course_texts() -> list[str]:
    """Give what was written about the bank's questions and may be learnt from: answers seen, models, samples."""
    rubrics = bank_rubrics().values()
    own = [text for one in rubrics for text in (*one.models, *(sample.text for sample in one.samples))]
    return [*(answer.text for answer in read_answers(SEEN)), *own]


def fold_of(question: str) -> int:
    """Give the fold a question of the bank belongs to."""
    return sha256(question.encode()).digest()[0] % FOLDS


def fit_trust(answers: Sequence[Judged], known: Knowledge) -> Trust:
    """Fit how far full credit, a part of it, and none can be relied on."""
    make: Callable[[Rubric], Plan] = lru_cache(None)(lambda rubric: plan_with(rubric, known))
    rows: dict[str, list[tuple[Doubt, bool]]] = {"full": [], "part": [], "none": []}
    for answer in answers:
        seen = weigh(make(answer.rubric), answer.text)
        credit = decide(make(answer.rubric), seen).credit
        sort = "full" if credit >= FULL else "part" if credit > 0 else "none"
        rows[sort].append((doubt(seen), abs(credit - answer.score) <= NEAR))
    return Trust(*(_line(found) for found in rows.values()))


def _line(rows: Sequence[tuple[Doubt, bool]]) -> Line:
    table = np.array([doubt for doubt, _ in rows], dtype=float)
    middle, spread = table.mean(axis=0), table.std(axis=0) + 1e-9
    bias, *slopes = logistic((table - middle) / spread, np.array([held for _, held in rows]), ridge=RIDGE)
    weights: Array = np.array(slopes) / spread
    named = zip(Doubt._fields, weights, strict=True)
    return Line(round(float(bias - weights @ middle), 3), {name: round(float(one), 3) for name, one in named})


class Graded(NamedTuple):
    """An answer to a course question, what the machine made of it, and why a person should look."""

    answer: Judged
    credit: float
    reasons: tuple[str, ...]

    @property
    def above(self) -> float:
        """How much more was given than a person gave."""
        return self.credit - self.answer.score


def graded_blind(answers: Sequence[Judged], known: Knowledge) -> list[Graded]:
    """Grade answers with a trust that was fitted without their questions."""
    unseen = read_answers(UNSEEN)
    found = []
    for fold in range(FOLDS):
        trust = fit_trust([one for one in unseen if fold_of(one.question) != fold], known)
        ready = known._replace(model=msgspec.structs.replace(known.model, trust=trust))
        found += graded([one for one in answers if fold_of(one.question) == fold], ready)
    return found


def graded(answers: Sequence[Judged], known: Knowledge) -> list[Graded]:
    """Grade answers."""
    make: Callable[[Rubric], Plan] = lru_cache(None)(lambda rubric: plan_with(rubric, known))
    made = ((one, assess(make(one.rubric), one.text)) for one in answers)
    return [Graded(one, seen.credit, tuple(alarm.code for alarm in seen.reasons)) for one, seen in made]


HEAD = (
    "answers", "number", "right, or to review", "right without review", "to review", "full credit, wrongly",
    "otherwise too much", "too little", "right answers sent to review by a guard",
)  # fmt: skip


def course_row(name: str, rows: Sequence[Graded]) -> tuple[object, ...]:
    """Say how a set of answers fared; what a person sees is not counted against the machine."""
    alone = [row for row in rows if not row.reasons]
    near = [row for row in alone if abs(row.above) <= NEAR]
    full = [row for row in alone if row.above > NEAR and row.credit >= FULL]
    more = [row for row in alone if row.above > NEAR and row.credit < FULL]
    less = [row for row in alone if row.above < -NEAR]
    right = [row for row in rows if row.answer.score >= FULL]
    guarded = [row for row in right if set(row.reasons) - {"unsure", "disagreement"}]
    counts = [len(rows) - len(full) - len(more) - len(less), len(near), len(rows) - len(alone)]
    shares = [len(one) / len(rows) for one in (full, more, less)] + [len(guarded) / max(len(right), 1)]
    return (name, len(rows), *(f"{count / len(rows):.1%}" for count in counts), *(f"{one:.1%}" for one in shares))


def course_rows(known: Knowledge) -> list[tuple[object, ...]]:
    """Grade what was written about the bank's questions; the trust is fitted without the question."""
    return [
        course_row("samples of the bank, each left out of its rubric", graded_blind(bank_samples(), known)),
        course_row("on which the rubrics were mended", graded_blind(read_answers(SEEN), known)),
        course_row("**which no author had seen**", graded_blind(read_answers(UNSEEN), known)),
    ]
