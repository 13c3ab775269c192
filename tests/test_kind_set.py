"""Sets of numbers and formulas."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.answer import Target, mark
from grader.kinds.set import Set
from grader.scoring import Manual, Patterns
from grader.verdict import Outcome

EXACT, CLOSE, FORMULAS = Set(), Set(decimals=2), Set(variables={"x": "real", "p": "probability"})


@pytest.mark.parametrize(
    "text",
    [
        "{1, -2}",
        "-2, 1",
        "[1, -2]",
        "S = {-2, 1}",
        "x = 1, x = -2",
        "{x = 1, x = -2}",
        "x_1 = 1 and x_2 = -2",
        "x=1 or x=-2",
        "1,0; -2,0",
        "1\n-2",
        "{1} ∪ {-2}",
        r"\left\{1, -2\right\}",
        "{2/2, -sqrt(4)}",
        "1 and −2",
    ],
)
def test_a_set_is_read_however_it_is_written(text: str) -> None:
    assert mark(EXACT, text, Target((1, -2))).outcome is Outcome.CORRECT


@pytest.mark.parametrize("text", ["", "none", "∅", "{}", r"\emptyset", "No solution."])
def test_the_empty_set(text: str) -> None:
    assert mark(EXACT, text, Target(())).outcome in (Outcome.CORRECT, Outcome.BLANK)
    assert mark(EXACT, "{0}", Target(())).outcome is Outcome.WRONG


@pytest.mark.parametrize(
    "text", ["[1, -2)", "{1, -2", "{1, {2}}", "x > 1", "{(1, 2)}", "1 2", "{a}", "{1, 1/0}", "1," * 900]
)
def test_other_texts_are_unreadable(text: str) -> None:
    assert mark(EXACT, text, Target((1, -2))).outcome is Outcome.UNREADABLE


@pytest.mark.parametrize(
    "text, credit, codes",
    [
        ("{1, -2, 3}", 2 / 3, ["extra"]),
        ("{1}", 1 / 2, ["missing"]),
        ("{1, 2}", 1 / 3, ["extra", "missing"]),
        ("{5, 6}", 0, ["extra", "missing"]),
        ("{1, 1, -2}", 1, ["duplicate"]),
        ("∅", 0, ["missing"]),
    ],
)
def test_credit_is_what_both_sets_share(text: str, credit: float, codes: list[str]) -> None:
    verdict = mark(EXACT, text, Target([1, -2]))

    assert (verdict.credit, [note.code for note in verdict.notes]) == (pytest.approx(credit), codes)
    assert mark(Set(whole=True), text, Target([1, -2])).credit == int(credit)


def test_repeats_count_where_asked() -> None:
    zeros = Set(repeats=True)

    assert mark(zeros, "1, 2, 1", Target((1, 1, 2))).outcome is Outcome.CORRECT
    assert mark(zeros, "1, 2", Target((1, 1, 2))).credit == pytest.approx(2 / 3)
    assert mark(zeros, "1, 1, 2, 2", Target((1, 1, 2))).credit == pytest.approx(3 / 4)


def test_numbers_are_exact_unless_a_tolerance_is_declared() -> None:
    assert mark(EXACT, "0.333333333", Target(("1/3",))).outcome is Outcome.WRONG
    assert mark(EXACT, "2/6", Target(("1/3",))).outcome is Outcome.CORRECT
    assert mark(CLOSE, "{1.41, -1.414}", Target(("sqrt(2)", "-sqrt(2)"))).outcome is Outcome.CORRECT
    assert mark(CLOSE, "{1.42, -1.41}", Target(("sqrt(2)", "-sqrt(2)"))).outcome is Outcome.PARTIAL


def test_elements_may_be_formulas() -> None:
    truth = ("2x", "p^2 - 1")

    assert mark(FORMULAS, "{(p-1)(p+1), x + x}", Target(truth)).outcome is Outcome.CORRECT
    assert mark(FORMULAS, "{(p-1)(p+1), x}", Target(truth)).credit == pytest.approx(1 / 3)
    assert mark(FORMULAS, "{2x, x*2, p^2-1}", Target(truth)).notes[0].code == "duplicate"


@given(st.sets(st.integers(-9, 9), max_size=5), st.sets(st.integers(-9, 9), max_size=5))
def test_credit_agrees_with_pythons_sets(mine: set[int], right: set[int]) -> None:
    verdict = EXACT.judge(EXACT.read(EXACT.write(tuple(mine))).value, tuple(right))

    assert verdict.credit == (pytest.approx(len(mine & right) / len(mine | right)) if mine | right else 1)


def test_a_platform_may_score_a_few_numbers() -> None:
    scoring = EXACT.scoring((1, 2))

    assert isinstance(scoring, Patterns) and "2, 1" in scoring.texts and "{1, 2}" in scoring.texts
    assert isinstance(FORMULAS.scoring(("x",)), Manual)


def test_the_kind_survives_json() -> None:
    assert msgspec.json.decode(msgspec.json.encode(FORMULAS), type=Set) == FORMULAS
