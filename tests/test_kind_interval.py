"""Intervals and unions of them."""

from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.answer import Target, mark
from grader.kinds.interval import Interval
from grader.pieces import LINE, Piece, Pieces, complement, intersection, union
from grader.scoring import Manual, Patterns
from grader.verdict import Outcome

KIND = Interval()
SAME = {
    "[0, 1)": [
        "0 <= x < 1",
        "1 > x >= 0",
        "[0,1[",
        r"x \in [0, 1)",
        "x in [0, 1)",
        "[0, 0.5] ∪ [0.5, 1)",
        "D = [0, 1)",
        "x >= 0 and x < 1",
        "x = 0\nor 0 < x < 1",
        r"\left[0, 1\right)",
        r"0 \le x < 1",
        "[0, 1] ∩ (-1, 1)",
        "[0, 1] \\setminus {1}",
    ],
    "(0, inf)": ["x > 0", "]0, ∞[", r"(0, \infty)", "0 < x", "(0, +inf)", "0 < x < ∞", "(0, ∞]"],
    "x < -1 or x > 2": [
        "(-inf, -1) ∪ (2, inf)",
        "(-inf,-1) u (2,inf)",
        "]-∞, -1[ ∪ ]2, ∞[",
        "R \\setminus [-1, 2]",
        "x>2 or x<-1",
    ],
    "x != 0": ["R \\setminus {0}", "(-inf, 0) ∪ (0, inf)", "x < 0 or x > 0", "x ≠ 0"],
    "R": ["ℝ", r"\mathbb{R}", "(-inf, inf)", "(-∞, 1] ∪ (0, ∞)", "x ∈ ℝ"],
    "emptyset": ["∅", "(1, 1)", "x < 0 and x > 1", "{}", r"\emptyset"],
    "{2}": ["[2, 2]", "x = 2", "2 <= x <= 2"],
    "[-1/3, ln(2)]": ["-1/3 <= x <= ln 2", r"[-\frac{1}{3}, \ln 2]"],
}


@pytest.mark.parametrize(
    "truth, text", [(truth, text) for truth, texts in SAME.items() for text in (truth, *texts)]
)
def test_one_set_in_many_spellings(truth: str, text: str) -> None:
    verdict = mark(KIND, text, Target(truth))

    assert verdict.outcome is Outcome.CORRECT, verdict


def test_different_sets_are_told_apart() -> None:
    for truth in SAME:
        for other in SAME:
            assert (mark(KIND, other, Target(truth)).outcome is Outcome.CORRECT) == (truth == other)


@pytest.mark.parametrize(
    "text, credit, code",
    [
        ("(0, 1)", 0.5, "bracket"),
        ("[0, 1]", 0.5, "bracket"),
        ("0 < x <= 1", 0.5, "bracket"),
        ("[0, 2)", 0, ""),
        ("[0, 1) ∪ {2}", 0, ""),
        ("x < 0 or x >= 1", 0, "slip:complement"),
    ],
)
def test_a_bracket_costs_less_than_an_end(text: str, credit: float, code: str) -> None:
    verdict = mark(KIND, text, Target("[0, 1)"))

    assert verdict.credit == credit
    assert not code or verdict.notes[0].code == code


@pytest.mark.parametrize(
    "text",
    [
        "0.5",
        "(1, 0)",
        "[0, 1, 2]",
        "[0; 1]",
        "x",
        "[x, 1]",
        "[0, y]",
        "x <",
        "2 < 1",
        "x < y",
        "0, 1",
        "x -> 0",
        "[0, 1",
        "x^2 < 4",
    ],
)
def test_other_texts_are_unreadable(text: str) -> None:
    assert mark(KIND, text, Target("[0, 1)")).outcome is Outcome.UNREADABLE


def test_ends_may_be_rounded_where_declared() -> None:
    assert mark(Interval(decimals=2), "(-1.41, 1.41)", Target("(-sqrt(2), sqrt(2))")).outcome is Outcome.CORRECT
    assert mark(KIND, "(-1.41, 1.41)", Target("(-sqrt(2), sqrt(2))")).outcome is Outcome.WRONG


def test_the_variable_has_its_own_name() -> None:
    assert mark(Interval(variable="eta"), "0 < η < 2/3", Target("(0, 2/3)")).outcome is Outcome.CORRECT
    assert mark(Interval(variable="u"), "0 < u < 2/3", Target("(0, 2/3)")).outcome is Outcome.CORRECT


PIECES = st.tuples(st.integers(-4, 4), st.integers(0, 4), st.booleans(), st.booleans()).map(
    lambda t: Piece(t[0], t[0] + t[1], t[2] or not t[1], t[3] or not t[1])
)
SETS = st.lists(PIECES, max_size=4).map(tuple)
POINTS = [Fraction(n, 2) for n in range(-12, 20)]


def members(pieces: Pieces) -> set[Fraction]:
    """Count out which of some points belong to a set."""
    return {
        x
        for x in POINTS
        for low, high, left, right in pieces
        if low < x < high or (x == low and left) or (x == high and right)
    }


@given(SETS, SETS)
def test_sets_of_pieces_agree_with_counting(one: Pieces, other: Pieces) -> None:
    assert members(union(one, other)) == members(one) | members(other)
    assert members(intersection(one, other)) == members(one) & members(other)
    assert members(complement(one)) == set(POINTS) - members(one)
    assert complement(complement(one)) == union(one)
    assert union(one, complement(one)) == LINE


def test_a_platform_may_score_a_plain_interval() -> None:
    assert KIND.scoring("(0, 1]") == Patterns(("(0, 1]", "]0, 1]"))
    assert KIND.scoring("x > 0.5") == Patterns(("(0.5, inf)", "]0.5, inf["))
    assert isinstance(KIND.scoring("x != 0"), Manual)


def test_the_kind_survives_json() -> None:
    assert msgspec.json.decode(msgspec.json.encode(KIND), type=Interval) == KIND
