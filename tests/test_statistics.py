"""Statistics of tests against published numbers and against counting."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.statistics import (
    alpha_without,
    by_topic,
    cronbach_alpha,
    difficulty,
    frequencies,
    histogram,
    item_statistics,
    point_biserial,
    spread,
    upper_lower,
)

DATA = Path(__file__).parent / "data"
LSAT: dict[str, Any] = json.loads((DATA / "lsat6.json").read_text())
ATTITUDE: dict[str, Any] = json.loads((DATA / "attitude.json").read_text())
ANSWERS = np.array(
    [[float(c) for c in pattern] for pattern, count in LSAT["patterns"].items() for _ in range(count)]
)
RATINGS = np.array(ATTITUDE["rows"], dtype=float)
ONES = [1.0] * 5


def test_difficulty_and_totals_of_a_published_test() -> None:
    assert difficulty(ANSWERS, ONES) == pytest.approx(LSAT["proportions"])
    assert [int(np.sum(ANSWERS.sum(axis=1) == total)) for total in range(6)] == LSAT["totals"]


def test_point_biserial_correlations_of_a_published_test() -> None:
    assert point_biserial(ANSWERS) == pytest.approx(LSAT["point_biserial_excluded"], abs=5e-5)
    assert point_biserial(ANSWERS, corrected=False) == pytest.approx(LSAT["point_biserial_included"], abs=5e-5)


def test_the_point_biserial_formula_of_textbooks_gives_the_same() -> None:
    """(M_right - M_wrong) / s * sqrt(p q), with the population's deviation."""
    totals = ANSWERS.sum(axis=1)
    for item, found in zip(ANSWERS.T, point_biserial(ANSWERS, corrected=False), strict=True):
        p = item.mean()
        gap = totals[item == 1].mean() - totals[item == 0].mean()
        assert found == pytest.approx(gap / totals.std() * np.sqrt(p * (1 - p)))


def test_alpha_of_published_tests() -> None:
    assert cronbach_alpha(ANSWERS).alpha == pytest.approx(LSAT["alpha"], abs=5e-5)
    assert alpha_without(ANSWERS) == pytest.approx(LSAT["alpha_excluding"], abs=5e-5)
    assert cronbach_alpha(RATINGS).alpha == pytest.approx(ATTITUDE["all"]["alpha"], abs=5e-4)
    assert alpha_without(RATINGS) == pytest.approx(ATTITUDE["all"]["alpha_excluding"], abs=5e-4)


def test_the_standard_error_of_alpha_and_its_interval() -> None:
    printed, part = ATTITUDE["without_rating"], RATINGS[:, 1:]
    found = cronbach_alpha(part)

    assert found.alpha == pytest.approx(printed["alpha"], abs=5e-3)
    assert found.error == pytest.approx(printed["ase"], abs=5e-4)
    assert (found.low, found.high) == pytest.approx((printed["low"], printed["high"]), abs=5e-3)
    assert alpha_without(part) == pytest.approx(printed["alpha_excluding"], abs=5e-3)
    errors = [cronbach_alpha(np.delete(part, item, axis=1)).error for item in range(6)]
    assert errors == pytest.approx(printed["ase_excluding"], abs=5.1e-4)
    assert point_biserial(part, corrected=False) == pytest.approx(printed["raw_r"], abs=5e-3)
    assert point_biserial(part) == pytest.approx(printed["r_drop"], abs=5.1e-3)


def test_alpha_of_right_and_wrong_is_kuder_and_richardsons_formula_20() -> None:
    totals, p = ANSWERS.sum(axis=1), ANSWERS.mean(axis=0)

    assert cronbach_alpha(ANSWERS).alpha == pytest.approx(5 / 4 * (1 - (p * (1 - p)).sum() / totals.var()))


def test_the_error_of_measurement() -> None:
    found = cronbach_alpha(ANSWERS)

    assert found.measurement == pytest.approx(ANSWERS.sum(axis=1).std(ddof=1) * np.sqrt(1 - found.alpha))


def counted_index(item: int, size: Fraction) -> Fraction:
    """Count the share of right answers in both groups, those who tie at the edge by their share of it."""

    def share(totals: list[int]) -> Fraction:
        right, left = Fraction(0), size
        for total in totals:
            group = ANSWERS[ANSWERS.sum(axis=1) == total]
            taken = min(left, Fraction(len(group)))
            right, left = right + taken * Fraction(int(group[:, item].sum()), len(group)), left - taken
        return right / size

    return share([5, 4, 3, 2, 1, 0]) - share([0, 1, 2, 3, 4, 5])


def test_the_upper_and_lower_27_percent_by_counting() -> None:
    assert upper_lower(ANSWERS, ONES) == pytest.approx(
        [float(counted_index(item, Fraction(270))) for item in range(5)]
    )


def test_twenty_of_27_above_against_eight_below() -> None:
    """The textbook count: D = (20 - 8) / 27."""
    strong, weak, middle = np.ones((27, 2)), np.zeros((27, 2)), np.full((46, 2), 0.5)
    strong[20:, 0], weak[:8, 0] = 0, 1
    totals = np.concatenate([np.full(27, 90.0), np.full(46, 50.0), np.full(27, 10.0)])
    points = np.column_stack([np.vstack([strong, middle, weak])[:, 0], totals])

    assert upper_lower(points, [1, 100])[0] == pytest.approx((20 - 8) / 27)


@given(st.permutations(range(20)))
def test_no_figure_depends_on_the_order_of_students(order: list[int]) -> None:
    points = ANSWERS[::50]
    shuffled = points[order]

    assert upper_lower(shuffled, ONES) == pytest.approx(upper_lower(points, ONES))
    assert point_biserial(shuffled) == pytest.approx(point_biserial(points), nan_ok=True)
    assert cronbach_alpha(shuffled) == pytest.approx(cronbach_alpha(points))


def test_items_that_were_not_asked_do_not_count() -> None:
    points = np.array([[1, np.nan, 1], [0, 1, 0], [1, 0, 1], [np.nan, 1, 1], [0, 0, 0]])
    figures = item_statistics(points, [1, 1, 1], ["a", "b", "c"])

    assert [item.asked for item in figures] == [4, 4, 5]
    assert [item.difficulty for item in figures] == [0.5, 0.5, 0.6]
    assert cronbach_alpha(points) == pytest.approx(cronbach_alpha(points[[1, 2, 4]]))


@pytest.mark.parametrize("points", [np.zeros((0, 3)), np.ones((2, 3)), np.ones((5, 1)), np.ones((5, 3))])
def test_figures_without_meaning_are_nan(points: np.ndarray[Any, Any]) -> None:
    assert np.isnan(cronbach_alpha(points).alpha)
    assert np.isnan(point_biserial(points)).all()
    assert (
        len(item_statistics(points, [1] * points.shape[1], ["a", "b", "c"][: points.shape[1]])) == points.shape[1]
    )


def test_spread_and_histogram() -> None:
    found = spread([2, 4, 4, 5, 10])

    assert (found.students, found.mean, found.lowest, found.median, found.highest) == (5, 5, 2, 4, 10)
    assert found.deviation == pytest.approx(3)
    assert (found.lower_quartile, found.upper_quartile) == (4, 5)
    assert histogram([2, 4, 4, 5, 10], 10, bins=5) == (0, 1, 3, 0, 1)
    assert spread([]).students == 0 and np.isnan(spread([7]).deviation)


def test_frequencies_count_each_answer_once() -> None:
    codes = [["chose:b"], ["chose:a"], ["chose:b", "slip:sign"], ["slip:sign", "slip:sign"], ["blank"]]

    assert [(f.code, f.answers) for f in frequencies(codes)][:2] == [("chose:b", 2), ("slip:sign", 2)]
    assert [(f.code, f.share) for f in frequencies(codes, "chose:")] == [("chose:b", 0.4), ("chose:a", 0.2)]
    assert frequencies([]) == ()


def test_topics_name_who_is_weak() -> None:
    points = np.array([[2, 0, 1], [2, 3, np.nan], [0, 0, np.nan]])
    loss, pooling = by_topic(points, [2, 3, 1], ["loss", "loss", "pooling"], ["Ada", "Bo", "Cy"])

    assert (loss.topic, loss.share, loss.weak) == ("loss", pytest.approx(7 / 15), ("Ada", "Cy"))
    assert (pooling.share, pooling.weak) == (1, ())


def test_items_that_go_together_exactly_leave_alpha_no_error() -> None:
    points = np.array([[0, 0, 1, 1], [1 / 4, 10 / 3, 1, 1], [1 / 4, 10 / 3, 1, 1]])

    assert cronbach_alpha(points).error == pytest.approx(0, abs=1e-6)
