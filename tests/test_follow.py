"""Errors carried forward, by recomputation from the student's own values."""

import re

import msgspec
import pytest

from grader.key import KeyItem
from grader.paper import mark_item
from grader.verdict import Outcome
from quizbank import bank
from quizbank.follow import follow, is_trivial
from quizbank.keys import key_item


@pytest.fixture
def item() -> KeyItem:
    """The notes' own training step: o = 3.36, all neurons fire."""
    return key_item(bank.find("ch2.body.train_step").noted())


def outcomes(item: KeyItem, **responses: str) -> dict[str, tuple[Outcome, list[str]]]:
    report = mark_item(item, responses, follow)
    return {
        part.name: (part.verdict.outcome, [note.code for note in part.verdict.notes])
        for part in report.parts
        if part.response
    }


def test_what_follows_from_a_wrong_value_earns_its_credit(item: KeyItem) -> None:
    found = outcomes(item, o="3.26", L="0.0018", dc="0.06")

    assert found["o"][0] is not Outcome.CORRECT
    assert found["L"] == (Outcome.CORRECT, ["carried-forward"])
    assert found["dc"] == (Outcome.CORRECT, ["carried-forward"])


def test_the_truth_stays_right_after_a_wrong_value(item: KeyItem) -> None:
    assert outcomes(item, o="3.26", L="0.0128")["L"][0] is Outcome.CORRECT


def test_a_further_slip_is_named_from_the_own_value(item: KeyItem) -> None:
    outcome, codes = outcomes(item, o="3.26", L="0.0036")["L"]

    assert outcome is Outcome.PARTIAL
    assert codes == ["carried-forward-partly", "slip:no-half"]


@pytest.mark.parametrize("zero", ["0 0 0", "[0, 0, 0]"])
def test_a_trivial_value_carries_nothing(item: KeyItem, zero: str) -> None:
    found = outcomes(item, dZ=zero, dW="[[0,0,0],[0,0,0]]", new_W="[[0.1,0.3,0.5],[0.2,0.4,0.6]]")

    assert found["dW"][0] is not Outcome.CORRECT


def test_a_value_that_makes_the_error_vanish_carries_nothing(item: KeyItem) -> None:
    assert outcomes(item, o="3.2", L="0")["L"][0] is not Outcome.CORRECT


def test_a_blank_counts_as_the_exact_value(item: KeyItem) -> None:
    found = outcomes(item, H="[0.6, 1.5, 2]", dV="[0.096; 0.24; 0.32]")

    assert found["dV"][0] is Outcome.CORRECT


def test_values_rounded_as_asked_are_enough(item: KeyItem) -> None:
    found = outcomes(item, o="3.36", dV="0.096; 0.208; 0.32", dZ="0.112 0.128 0.144", db="0.112, 0.128, 0.144")

    assert {outcome for outcome, _ in found.values()} == {Outcome.CORRECT}


def test_a_revised_question_is_not_followed(item: KeyItem) -> None:
    older = msgspec.structs.replace(item, identity=re.sub(r"@\d+", "@99", item.identity))

    assert outcomes(older, o="3.26", L="0.0018")["L"][0] is Outcome.WRONG


def test_what_is_trivial() -> None:
    assert is_trivial(((1, 0), (0, 1))) and is_trivial(0.0) and is_trivial(float("nan"))
    assert not is_trivial(((0, 1), (1, 0))) and not is_trivial(1)
