"""True or false, with or without a reason."""

import pytest

from grader.answer import Target, mark
from grader.kinds.true_false import TrueFalse
from grader.verdict import Outcome

BARE, REASONED = TrueFalse(), TrueFalse(reason=True, bare=0.25)


@pytest.mark.parametrize(
    "text", ["true", " T ", "yes", "correct.", "the statement is true", "It is right", "Answer: true", "a"]
)
def test_words_for_true(text: str) -> None:
    assert BARE.read(text).value[0] is True


@pytest.mark.parametrize(
    "text", ["false", "F", "no", "not true", "it is not correct", "untrue", "n", "(b)", "¬true"]
)
def test_words_for_false(text: str) -> None:
    assert BARE.read(text).value[0] is False


@pytest.mark.parametrize(
    "text",
    [
        "true or false",
        "true, but false for x < 0",
        "true unless x = 0",
        "maybe",
        "true?",
        "no reason to doubt",
        "truest",
        "t f",
    ],
)
def test_no_side_is_guessed(text: str) -> None:
    assert mark(BARE, text, Target(True)).outcome is Outcome.UNREADABLE


@pytest.mark.parametrize(
    "text, outcome, credit",
    [
        ("true", Outcome.PARTIAL, 0.25),
        ("true, because of it", Outcome.PARTIAL, 0.25),
        ("true because its slope is small", Outcome.REVIEW, 1.0),
        ("true, because the slope is at most 1/4", Outcome.CORRECT, 1.0),
        ("true: The slope is at most 1/4.", Outcome.CORRECT, 1.0),
        ("false, because the slope is at most 1/4", Outcome.WRONG, 0.0),
        ("because the slope is at most 1/4", Outcome.UNREADABLE, 0.0),
    ],
)
def test_a_reason_other_than_the_models_is_left_to_a_person(text: str, outcome: Outcome, credit: float) -> None:
    verdict = mark(REASONED, text, Target((True, "the slope is at most 1/4")))

    assert (verdict.outcome, verdict.credit) == (outcome, credit)


def test_an_endless_answer_is_refused() -> None:
    assert mark(BARE, "the " * 5000, Target(True)).notes[0].code == "too-long"
