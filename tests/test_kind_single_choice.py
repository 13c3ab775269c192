"""One option out of several."""

import msgspec
import pytest

from grader.answer import Target, mark
from grader.kinds.single_choice import SingleChoice
from grader.verdict import Outcome

KIND = SingleChoice(options=("It saturates.", "$x^2$ grows", "3"), explanations=("No.", "Yes.", "Hm."))


@pytest.mark.parametrize(
    "text", ["b", "B", " b) ", "(b)", "[b]", "b.", "2", "(2)", "x^2 grows", "Answer: b", "option b"]
)
def test_an_option_is_named_by_letter_number_or_words(text: str) -> None:
    verdict = mark(KIND, text, Target(1))

    assert (verdict.outcome, verdict.read_as) == (Outcome.CORRECT, r"\text{b}")


@pytest.mark.parametrize("text", ["d", "0", "4", "a, b", "ab", "yes", "(", "b" * 5000, "²"])
def test_anything_else_is_unreadable(text: str) -> None:
    assert mark(KIND, text, Target(1)).outcome is Outcome.UNREADABLE


def test_the_explanation_of_the_chosen_option_is_told() -> None:
    assert [note.text for note in mark(KIND, "a", Target(1)).notes] == ["No."]


def test_a_number_that_is_also_an_options_text_is_not_guessed() -> None:
    kind = SingleChoice(options=("2", "1"))

    assert mark(kind, "2", Target(0)).notes[0].code == "ambiguous"
    assert mark(kind, "a", Target(0)).outcome is Outcome.CORRECT


def test_an_author_is_told_of_unmatched_explanations() -> None:
    with pytest.raises(ValueError, match="3 options and 1 explanations"):
        SingleChoice(options=("x", "y", "z"), explanations=("why",))
    with pytest.raises(ValueError, match="two options"):
        SingleChoice(options=("x",))


def test_the_kind_survives_json() -> None:
    assert msgspec.json.decode(msgspec.json.encode(KIND), type=SingleChoice) == KIND
