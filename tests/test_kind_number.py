"""Numbers judged: tolerances with their boundaries, digits, forms, and the slips that are named."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.answer import Slip, Target, mark
from grader.kinds.number import Number
from grader.scoring import Interval, Patterns
from grader.verdict import Outcome, Verdict


def verdict(answer: Number, truth: Any, text: str, slack: float = 0.0) -> Verdict:
    return mark(answer, text, Target(truth, slack=slack))


BOUNDARIES = [
    (Number(decimals=3), 1.3862943611, "1.386", True),
    (Number(decimals=3), 0.0625, "0.062", True),
    (Number(decimals=3), 0.0625, "0.063", True),
    (Number(decimals=3), 0.0625, "0.0630001", False),
    (Number(decimals=0), 2.5, "2", True),
    (Number(decimals=0), 2.5, "3", True),
    (Number(decimals=0), 2.5, "3.1", False),
    (Number(atol=0.1), 1.0, "1.1", True),
    (Number(atol=0.1), 1.0, "0.9", True),
    (Number(atol=0.1), 1.0, "1.1001", False),
    (Number(rtol=0.01), 200, "202", True),
    (Number(rtol=0.01), 200, "202.01", False),
    (Number(rtol=0.01), -200, "-198", True),
    (Number(significant=3), 0.0312449, "0.0312", True),
    (Number(significant=3), 0.0312449, "0.0311", False),
    (Number(significant=2), 1234.0, "1200", True),
    (Number(significant=2), 1234.0, "1300", False),
    (Number(), "1/3", "0.3333333333", False),
    (Number(), "1/3", "2/6", True),
    (Number(), 0.1, "1/10", True),
    (Number(integer=True), 2**70, str(2**70), True),
    (Number(integer=True), 2**70, str(2**70 + 1), False),
    (Number(integer=True), 64, "2^6", True),
    (Number(integer=True), 64, "64.0", True),
    (Number(decimals=2), 1e-9, "0", True),
    (Number(decimals=2), -0.001, "-0.00", True),
    (Number(), math.inf, "inf", True),
    (Number(decimals=3), math.inf, "10^300", False),
]


@pytest.mark.parametrize(("answer", "truth", "text", "right"), BOUNDARIES)
def test_the_boundary_counts_as_right(answer: Number, truth: Any, text: str, right: bool) -> None:
    assert (verdict(answer, truth, text).outcome is Outcome.CORRECT) == right


def test_slack_widens_the_tolerance() -> None:
    assert verdict(Number(decimals=3), 1.0, "1.002").outcome is Outcome.WRONG
    assert verdict(Number(decimals=3), 1.0, "1.002", slack=0.0015).outcome is Outcome.CORRECT
    assert verdict(Number(decimals=3), 1.0, "1.0021", slack=0.0015).outcome is Outcome.WRONG


@pytest.mark.parametrize("text", ["1,386", "1386"])
def test_both_readings_of_a_comma_are_tried(text: str) -> None:
    assert verdict(Number(decimals=3), 1386.0, text).outcome is Outcome.CORRECT
    assert verdict(Number(decimals=3), 1.386, "1,386").outcome is Outcome.CORRECT


NOTES = [
    (Number(decimals=3), 1.3862943611, "1.39", "rounded-early", 0.5),
    (Number(decimals=3, coarse=0.25), 1.3862943611, "1.4", "rounded-early", 0.25),
    (Number(decimals=3), 2 / 3, "0.66", "truncated-early", 0.5),
    (Number(decimals=3, strict=True), 0.5, "0.5", "digits", 0.5),
    (Number(decimals=3, strict=True), 0.5, "0.500", "", 1.0),
    (Number(significant=3, strict=True), 0.5, "0.500", "", 1.0),
    (Number(form="decimal"), "1/4", "1/4", "form", 0.5),
    (Number(form="fraction"), "1/4", "0.25", "form", 0.5),
    (Number(form="lowest"), "1/4", "2/8", "lowest-terms", 0.5),
    (Number(form="lowest"), "1/4", r"\frac14", "", 1.0),
    (Number(form="lowest", form_credit=0.0), "1/4", "2/8", "lowest-terms", 0.0),
    (Number(integer=True), 5, "5.5", "not-whole", 0.0),
]


@pytest.mark.parametrize(("answer", "truth", "text", "code", "credit"), NOTES)
def test_value_form_and_digits_are_judged_apart(
    answer: Number, truth: Any, text: str, code: str, credit: float
) -> None:
    found = verdict(answer, truth, text)
    assert found.credit == credit
    assert [note.code for note in found.notes] == ([code] if code else [])


def test_one_figure_is_no_early_rounding() -> None:
    assert verdict(Number(decimals=3), 1.3862943611, "1").outcome is Outcome.WRONG
    assert verdict(Number(decimals=3), 0.0311, "0.03").outcome is Outcome.WRONG


SLIPS = [
    (1.386294, "-1.386", "sign"),
    (1.386294, "2.773", "factor-2"),
    (1.386294, "0.693", "factor-half"),
    (0.6109, "61.09", "percent"),
    (0.6109, "0.881", "log-base"),
    (0.6109, "0.265", "log-base"),
    (0.6109, "1.637", "reciprocal"),
]


@pytest.mark.parametrize(("truth", "text", "name"), SLIPS)
def test_usual_slips_are_named(truth: float, text: str, name: str) -> None:
    found = verdict(Number(decimals=3), truth, text)
    assert found.outcome is Outcome.WRONG
    assert found.notes[0].code == f"slip:{name}"


def test_slips_of_the_author_come_first() -> None:
    slip = Slip("no-mask", -1.386294, "The mask is missing.", credit=0.4)
    found = mark(Number(decimals=3), "-1.386", Target(1.386294, slips=(slip,)))
    assert (found.credit, found.notes[0].code) == (0.4, "slip:no-mask")


def test_a_small_value_is_not_taken_for_a_slip() -> None:
    assert not verdict(Number(decimals=3), 0.004, "0.008").notes


@pytest.mark.parametrize(
    ("answer", "truth", "written"),
    [
        (Number(decimals=3), 1.3862943611, "1.386"),
        (Number(decimals=2), -0.001, "0.00"),
        (Number(significant=3), 123456.0, "123000"),
        (Number(integer=True), 61706, "61706"),
        (Number(form="fraction"), "1/3", "1/3"),
        (Number(rtol=0.01), 3.14159, "3.142"),
        (Number(), math.inf, "inf"),
    ],
)
def test_the_truth_is_written_as_asked(answer: Number, truth: Any, written: str) -> None:
    assert answer.write(truth) == written


def test_platforms_get_the_tolerance() -> None:
    scored = Number(decimals=1).scoring(1.5)
    assert isinstance(scored, Interval)
    assert (scored.value, scored.low, scored.high) == pytest.approx((1.5, 1.45, 1.55))
    assert isinstance(Number().scoring(-math.inf), Patterns)


@given(st.floats(-1e6, 1e6), st.integers(0, 8))
def test_what_is_written_is_right_whatever_the_number(truth: float, decimals: int) -> None:
    answer = Number(decimals=decimals)
    assert verdict(answer, truth, answer.write(truth)).outcome is Outcome.CORRECT


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(1, 12))
def test_what_is_written_to_some_figures_is_right(truth: float, figures: int) -> None:
    answer = Number(significant=figures)
    assert verdict(answer, truth, answer.write(truth)).outcome is Outcome.CORRECT
