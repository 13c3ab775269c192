"""Graded answers to the bank's own questions: what is decided without a person is mostly what a person decided.

The bounds are those sought; the figures reached, with whole questions left out, are in docs/short-text.md.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from grader.text.lint import lint
from grader.text.model import Doubt, chance, fitted_model
from grader.text.plan import knowledge

sys.path.append(str(Path(__file__).parent.parent))  # benchmarks/ is not installed
from benchmarks.course_answers import (
    FULL,
    NEAR,
    SEEN,
    UNSEEN,
    Judged,
    bank_rubrics,
    bank_samples,
    graded,
    read_answers,
)


def shares(answers: Sequence[Judged]) -> tuple[float, float, float]:
    """Give the share right or sent to review, of full credit given wrongly, and sent to review."""
    rows = graded(answers, knowledge())
    alone = [row for row in rows if not row.reasons]
    wrong = [row for row in alone if abs(row.above) > NEAR]
    full = [row for row in wrong if row.credit >= FULL and row.above > 0]
    return 1 - len(wrong) / len(rows), len(full) / len(rows), 1 - len(alone) / len(rows)


def test_there_are_answers_to_every_question_of_words() -> None:
    for folder in (SEEN, UNSEEN):
        assert {answer.question for answer in read_answers(folder)} == set(bank_rubrics())


def test_graded_samples_left_out_of_their_rubric_are_right_or_reviewed() -> None:
    held, full, _ = shares(bank_samples())

    assert held >= 0.97 and full <= 0.005


def test_answers_on_which_rubrics_were_mended_are_right_or_reviewed() -> None:
    held, full, review = shares(read_answers(SEEN))

    assert held >= 0.95 and full <= 0.02 and review <= 0.45


def test_answers_that_no_author_had_seen_are_right_or_reviewed() -> None:
    held, full, review = shares(read_answers(UNSEEN))

    assert held >= 0.9 and full <= 0.05 and review <= 0.6


@pytest.mark.parametrize("id", bank_rubrics())
def test_every_rubric_of_the_bank_passes_its_lints(id: str) -> None:
    assert lint(bank_rubrics()[id]) == ()


def test_a_long_answer_of_which_half_was_found_is_trusted_less_than_a_short_one() -> None:
    trust = fitted_model().trust
    short, long = (chance(trust.odds(0.5, Doubt(0, 0.0, words))) for words in (1.5, 3.5))

    assert short > 0.7 > long


def test_what_speaks_against_an_answer_makes_full_credit_doubtful() -> None:
    trust = fitted_model().trust

    assert trust.odds(1.0, Doubt(1, 1.0, 2.0)) < trust.odds(1.0, Doubt(0, 1.0, 2.0)) - 1
