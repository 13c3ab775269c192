"""Conceptual questions: an open face graded by key points, and a closed face drawn from a pool of statements."""

from collections.abc import Sequence
from string import ascii_lowercase

from grader.kinds.multiple_choice import MultipleChoice
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


def closed_face(question: Question, pool: Pool, shown: int = SHOWN) -> Question:
    """Make the closed face of a question: which of these statements are right?"""
    refuse_poor_pool(question.id, pool, shown)
    return Question(
        question.id,
        section=question.section,
        title=question.title,
        text=f"{question.text.strip()}\n\nSome of the following statements about this are right, the others are not.",
        points=question.points,
        difficulty=question.difficulty,
        minutes=max(2.0, question.minutes * 0.75),
        topics=question.topics,
        revision=question.revision,
        also=question.also,
        form="closed",
        chosen=statements_of(pool, shown),
        parts=(Part("statements", "Which statements are right?", options, right_ones),),
        work=explained,
    )


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
