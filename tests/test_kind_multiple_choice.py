"""Any number of the options."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.answer import Target, mark
from grader.kinds.multiple_choice import MultipleChoice
from grader.verdict import Outcome

KIND = MultipleChoice(options=("p", "q", "r", "s"), explanations=("P.", "Q.", "R.", "S."))
SUBSETS = st.sets(st.integers(0, 3)).map(lambda found: tuple(sorted(found)))


@pytest.mark.parametrize(
    "text",
    [
        "a, c",
        "ac",
        "ca",
        "a c",
        "[a,c]",
        "{A, C}",
        "a) c)",
        "1, 3",
        "a and c",
        "a;c",
        "a & c",
        '["a", "c"]',
        "a\nc",
    ],
)
def test_ticks_are_read_however_they_are_separated(text: str) -> None:
    assert KIND.read(text).value == (0, 2)


@pytest.mark.parametrize(
    "text", ["13", "a-c", "a, e", "not a", "because", "[true, false]", "a" * 5000, ",", "<b>"]
)
def test_other_marks_are_unreadable(text: str) -> None:
    assert mark(KIND, text, Target((0, 2))).outcome is Outcome.UNREADABLE


@given(SUBSETS)
def test_what_is_written_is_read_as_the_truth(truth: tuple[int, ...]) -> None:
    assert KIND.read(KIND.write(truth)).value == truth


@given(SUBSETS, SUBSETS)
def test_credit_is_full_for_the_truth_alone(value: tuple[int, ...], truth: tuple[int, ...]) -> None:
    for policy in ("all-or-nothing", "proportional", "right-minus-wrong"):
        verdict = msgspec.structs.replace(KIND, policy=policy).judge(value, truth)

        assert 0 <= verdict.credit <= 1
        assert (verdict.credit == 1) == (value == truth)


@given(SUBSETS, SUBSETS)
def test_the_default_policy_is_what_the_weights_add_up_to(value: tuple[int, ...], truth: tuple[int, ...]) -> None:
    added = sum(KIND.scoring(truth).credits[index] for index in value) + (not truth)

    assert KIND.judge(value, truth).credit == pytest.approx(max(0, added))


def test_ticking_everything_earns_nothing_by_default() -> None:
    assert mark(KIND, "all", Target((0, 1, 2))).credit == 0


def test_each_error_is_explained() -> None:
    notes = mark(KIND, "a, b", Target((0, 2))).notes

    assert [note.code for note in notes] == ["wrongly-ticked:b", "missed:c"]
    assert [note.text for note in notes] == ["b does not hold: Q.", "c holds as well: R."]


def test_the_kind_and_its_truth_survive_json() -> None:
    assert msgspec.json.decode(msgspec.json.encode(KIND), type=MultipleChoice) == KIND
    assert mark(KIND, "a, c", Target([0, 2])).outcome is Outcome.CORRECT
