"""Initialisers: the spread they promise, the seed, and the published uniform bounds."""

import math

import numpy as np
import pytest

from solvers.engine.initialisers import (
    SCHEMES,
    drawing,
    fans,
    kaiming_normal,
    kaiming_uniform,
    kaiming_variance,
    xavier_normal,
    xavier_uniform,
    xavier_variance,
)

VARIANCES = {
    "xavier": 1 / 200,
    "xavier-normal": 1 / 200,
    "xavier-normal-both": 2 / 500,
    "xavier-uniform": 2 / 500,
    "kaiming": 2 / 200,
    "kaiming-normal": 2 / 200,
    "kaiming-uniform": 2 / 200,
}


@pytest.mark.parametrize("name", list(SCHEMES))
def test_the_weights_have_mean_zero_and_the_promised_variance(name: str) -> None:
    W = drawing(name, 7)((200, 300), 200, 300)
    allowed = 5 * math.sqrt(VARIANCES[name] / W.size)

    assert abs(W.mean()) < allowed
    assert math.isclose(W.var(), VARIANCES[name], rel_tol=0.03)


@pytest.mark.parametrize("name", list(SCHEMES))
def test_one_seed_gives_one_draw(name: str) -> None:
    first, again, other = (drawing(name, seed) for seed in (1, 1, 2))
    W = first((4, 3), 4, 3)

    assert np.array_equal(W, again((4, 3), 4, 3))
    assert not np.array_equal(W, other((4, 3), 4, 3))
    assert not np.array_equal(W, first((4, 3), 4, 3)), "the next weight is a new draw"


def test_a_plain_function_and_a_scheme_draw_the_same() -> None:
    plain = {"xavier": xavier_normal, "xavier-uniform": xavier_uniform}
    plain |= {"kaiming": kaiming_normal, "kaiming-uniform": kaiming_uniform}
    for name, function in plain.items():
        assert np.array_equal(function((8, 4, 3, 3), 5), drawing(name, 5)((8, 4, 3, 3), 36, 72))


def test_a_uniform_draw_fills_its_interval_and_stays_inside() -> None:
    for W, bound in (
        (xavier_uniform((100, 200), 3), math.sqrt(6 / 300)),
        (kaiming_uniform((100, 200), 3), math.sqrt(6 / 100)),
    ):
        assert 0.999 * bound < np.abs(W).max() <= bound


def test_a_convolution_counts_the_window_in_its_fans() -> None:
    """Sixteen kernels 3 × 5 × 5: each output reads 75 numbers."""
    assert fans((16, 3, 5, 5)) == (75, 400)
    assert math.isclose(kaiming_variance(75), 2 / 75)


def test_a_leaky_slope_lowers_kaimings_variance() -> None:
    """A ReLU halves the second moment of a symmetric input; a slope a keeps (1 + a²)/2 of it."""
    assert math.isclose(kaiming_variance(10, slope=1.0), xavier_variance(10, 10))


def test_senseless_requests_are_refused() -> None:
    with pytest.raises(ValueError, match="at least two axes"):
        fans((3,))
    with pytest.raises(ValueError, match="fan must be 'in' or 'both'; got 'out'"):
        xavier_variance(3, 3, fan="out")
    with pytest.raises(ValueError, match="unknown initialiser 'xaver'; did you mean 'xavier'"):
        drawing("xaver", 0)
