"""Matrices judged entry by entry, and what is said of their shape."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from grader.answer import Target, mark
from grader.kinds.matrix import Matrix
from grader.verdict import Outcome, Verdict
from grader.widgets import Blank, Box, Grid

TRUTH = ((0.5, 1.25), (-2.0, 3.14159))


def verdict(answer: Matrix, truth: Any, text: str, slack: float = 0.0) -> Verdict:
    return mark(answer, text, Target(truth, slack=slack))


def test_every_entry_earns_its_share() -> None:
    found = verdict(Matrix(decimals=2), TRUTH, "[[0.5, 1.25], [-2, 7]]")
    assert (found.outcome, found.credit) == (Outcome.PARTIAL, 0.75)
    assert "row 2, column 2" in found.notes[0].text
    assert verdict(Matrix(decimals=2, whole=True), TRUTH, "[[0.5, 1.25], [-2, 7]]").credit == 0


def test_an_entry_rounded_too_early_earns_a_part() -> None:
    assert verdict(Matrix(decimals=2), TRUTH, "[[0.5, 1.25], [-2, 3.1]]").credit == pytest.approx(3.5 / 4)
    assert verdict(Matrix(decimals=2, coarse=0.0), TRUTH, "[[0.5, 1.25], [-2, 3.1]]").credit == 0.75


def test_slack_widens_every_entry() -> None:
    assert verdict(Matrix(decimals=2), TRUTH, "[[0.5, 1.25], [-2, 3.16]]", slack=0.02).outcome is Outcome.CORRECT


SHAPES = [
    (((1, 2, 3),), "[1, 2, 3]", 1.0, ""),
    ((1, 2, 3), "[[1, 2, 3]]", 1.0, ""),
    ((1, 2, 3), "1 2 3", 1.0, ""),
    (((5,),), "5", 1.0, ""),
    (5.0, "5", 1.0, ""),
    (((1,), (2,)), "[1, 2]", 0.5, "transposed"),
    (((1,), (2,)), "[[1, 2]]", 0.5, "transposed"),
    (((1, 2),), "[[1], [2]]", 0.5, "transposed"),
    ((1, 2), "[[1], [2]]", 0.5, "transposed"),
    (((1, 2, 3), (4, 5, 6)), "[[1, 4], [2, 5], [3, 6]]", 0.5, "transposed"),
    (((1, 2), (3, 4)), "[[1, 3], [2, 4]]", 0.5, "slip:transposed"),
    (((1, 2, 3), (4, 5, 6)), "[[1, 2], [3, 4]]", 0.0, "wrong-shape"),
    (((1, 2), (3, 4)), "[1, 2, 3, 4]", 0.0, "wrong-shape"),
    (((1, 2), (3, 4)), "7", 0.0, "wrong-shape"),
    ((((1, 2), (3, 4)),), "[[1, 2], [3, 4]]", 1.0, ""),
]


@pytest.mark.parametrize(("truth", "text", "credit", "code"), SHAPES)
def test_rows_columns_and_shapes(truth: Any, text: str, credit: float, code: str) -> None:
    found = verdict(Matrix(integer=True), truth, text)
    assert (found.credit, [note.code for note in found.notes]) == (credit, [code] if code else [])


def test_the_right_shape_is_not_given_away() -> None:
    found = verdict(Matrix(integer=True, hide_shape=True), ((1, 2, 3), (4, 5, 6)), "[[1, 2], [3, 4]]")
    assert "2 × 3" not in found.notes[0].text


SLIPS = [
    ("[[-0.5, -1.25], [2, -3.14]]", "sign"),
    ("[[1, 2.5], [-4, 6.28]]", "factor"),
    ("[[0.25, 0.63], [-1, 1.57]]", "factor"),
    ("[[0.5, -2], [1.25, 3.14]]", "transposed"),
]


@pytest.mark.parametrize(("text", "name"), SLIPS)
def test_usual_slips_are_named(text: str, name: str) -> None:
    assert verdict(Matrix(decimals=2), TRUTH, text).notes[0].code == f"slip:{name}"


@pytest.mark.parametrize("text", ["[[0, 0], [0, 0]]", "[[1, 1], [1, 1]]", "[[0.5, 9], [9, 9]]"])
def test_what_is_merely_wrong_has_no_name(text: str) -> None:
    codes = [note.code for note in verdict(Matrix(decimals=2), TRUTH, text).notes]
    assert codes == ["entries"]


def test_a_grid_is_shown_unless_the_shape_is_asked() -> None:
    assert Matrix().widget(TRUTH) == Grid(2, 2)
    assert Matrix().widget((1, 2, 3)) == Grid(1, 3)
    assert Matrix().widget(5.0) == Blank()
    assert isinstance(Matrix(hide_shape=True).widget(TRUTH), Box)
    assert isinstance(Matrix().widget(np.zeros((2, 2, 2))), Box)


def test_the_truth_is_written_with_the_digits_asked() -> None:
    assert Matrix(decimals=2).write(np.array(TRUTH)) == "[[0.50, 1.25], [-2.00, 3.14]]"
    assert Matrix(integer=True).write(((1, 2),)) == "[[1, 2]]"
    assert Matrix(decimals=1).typeset(((1.0, 2.0),)) == r"\begin{bmatrix} 1.0 & 2.0 \end{bmatrix}"


@given(arrays(float, array_shapes(max_dims=3, max_side=3), elements=st.floats(-1e3, 1e3)), st.integers(0, 6))
def test_what_is_written_is_right(array: Any, decimals: int) -> None:
    answer = Matrix(decimals=decimals)
    assert verdict(answer, array, answer.write(array)).outcome is Outcome.CORRECT


def test_the_first_wrong_entry_of_a_flat_list_is_named() -> None:
    found = verdict(Matrix(integer=True), (1, 2, 3), "[1, 5, 3]")
    assert "look at entry 2" in found.notes[0].text
