"""Conceptual questions: an open face graded by key points, and a closed face drawn from a pool of statements."""

import re
from collections.abc import Sequence
from string import ascii_lowercase
from typing import Any

from grader.kinds.multiple_choice import MultipleChoice
from grader.kinds.short_text import ShortText
from grader.text.notation import read_rubric
from grader.text.rubric import KeyPoint, Rubric
from quizbank.checks import lost_backslashes
from quizbank.domains import statements as statements_of
from quizbank.errors import QuestionError
from quizbank.part import Part
from quizbank.question import Question
from solvers.worked import Step

SHOWN = 5
Pool = tuple[tuple[bool, str, str], ...]


def read_pool(id: str, text: str) -> Pool:
    """Read a pool of statements, one a line: `+` or `-`, the statement, a bar, one sentence of explanation.

    >>> read_pool("x", "+ Its outputs take both signs. | Its range is (-1, 1).")
    ((True, 'Its outputs take both signs.', 'Its range is (-1, 1).'),)
    """
    return tuple(_statement(id, line) for line in text.splitlines() if line.strip())


def Conceptual(  # noqa: N802 - it stands where Question stands, and gives one
    id: str,
    /,
    *,
    key_points: str,
    models: Sequence[str],
    samples: str,
    statements: str,
    need: float = 0.0,
    swap: tuple[str, str] | Sequence[tuple[str, str]] = (),
    forbid: str = "",
    word_limit: int = 80,
    steps: int = 0,
    shown: int = SHOWN,
    **described: Any,
) -> Question:
    """Declare a conceptual question with both faces; `described` are the fields of any `Question`.

    Raises `QuestionError` where the rubric or the pool cannot be read.
    """
    for mistake in lost_backslashes((key_points, forbid, samples, statements, *models)):
        raise QuestionError(f"{id}: {mistake}")
    pool = read_pool(id, statements)
    try:
        rubric = read_rubric(
            question=described.get("text", "").strip(),
            key_points=key_points,
            need=need,
            swap=swap,
            forbid=forbid,
            models=models,
            samples=samples,
            word_limit=word_limit,
            steps=steps,
        )
    except ValueError as mistake:
        raise QuestionError(f"{id}: {mistake}") from mistake
    part = Part("answer", "", ShortText(rubric=rubric), lambda: rubric.models[0])
    question = Question(id, **{"solution": expected(rubric), "few": "a text", **described, "parts": (part,)})
    return question.changed(closed=closed_face(question, pool, shown))


def expected(rubric: Rubric) -> str:
    """Say what a right answer says, as the solution sheet shows it."""
    points = [_told(point) for point in rubric.key_points if point.feedback]
    all_needed = rubric.needed >= sum(point.weight for point in rubric.key_points)
    enough = "one is enough" if rubric.needed == 1 else f"{rubric.needed:g} are enough"
    lead = "Key points" if all_needed else f"Key points, of which {enough}"
    return "\n".join([f"{lead}:", "", *(f"- {point}" for point in points)])


def _told(point: KeyPoint) -> str:
    return f"{point.feedback} (This earns a part.)" if point.weight < 1 else point.feedback


def closed_face(question: Question, pool: Pool, shown: int = SHOWN) -> Question:
    """Make the closed face of a question: which of these statements are right?"""
    refuse_poor_pool(question.id, pool, shown)
    return Question(
        question.id,
        section=question.section,
        title=question.title,
        text=f"{without_bidding(question.text)}\n\nSome of the following statements about this are right, the others are not.",
        points=question.points,
        difficulty=question.difficulty,
        minutes=max(2.0, round(question.minutes * 1.5) / 2),
        topics=question.topics,
        hints=question.hints,
        revision=question.revision,
        also=question.also,
        form="closed",
        chosen=statements_of(pool, shown),
        parts=(Part("statements", "Which statements are right?", options, right_ones),),
        work=explained,
    )


def without_bidding(text: str) -> str:
    """Leave out the sentence that asks for words, where statements are to be chosen.

    >>> without_bidding("Is it sensible? Answer yes or no, and give the reason.")
    'Is it sensible?'
    """
    return re.sub(r"\s*Answer yes or no\b[^.]*\.", "", text).strip()


def options(chosen: Sequence[tuple[bool, str, str]]) -> MultipleChoice:
    """Give the answer kind for the statements drawn."""
    return MultipleChoice(
        options=tuple(statement for _, statement, _ in chosen),
        explanations=tuple(explanation for _, _, explanation in chosen),
    )


def right_ones(chosen: Sequence[tuple[bool, str, str]]) -> tuple[int, ...]:
    """Give the places of the right statements."""
    return tuple(place for place, (right, _, _) in enumerate(chosen) if right)


def explained(chosen: Sequence[tuple[bool, str, str]]) -> tuple[Step, ...]:
    """Say of every statement whether it is right, and why."""
    return tuple(
        Step(f"{letter}) {'Right' if right else 'Not right'}: {explanation}", name="statements")
        for letter, (right, _, explanation) in zip(ascii_lowercase, chosen, strict=False)
    )


def refuse_poor_pool(id: str, pool: Pool, shown: int) -> None:
    """Refuse a pool that is too small, one-sided, or says something twice."""
    texts = [statement for _, statement, _ in pool]
    if len(pool) < 2 * shown:
        raise QuestionError(f"{id}: its pool has {len(pool)} statements; write at least {2 * shown}.")
    right = sum(one[0] for one in pool)
    if not 3 <= right <= len(pool) - 3:
        raise QuestionError(
            f"{id}: {right} of {len(pool)} statements are right; write at least three of each sort."
        )
    for text in {text for text in texts if texts.count(text) > 1}:
        raise QuestionError(f"{id}: the statement “{text[:50]}” stands in the pool twice; remove one.")


def _statement(id: str, line: str) -> tuple[bool, str, str]:
    sign, _, rest = line.strip().partition(" ")
    statement, bar, explanation = rest.partition(" | ")
    if sign not in ("+", "-") or not bar or not explanation.strip():
        raise QuestionError(
            f"{id}: cannot read the statement “{line.strip()[:60]}”; write + or -, the statement, |, why."
        )
    return sign == "+", statement.strip(), explanation.strip()
