"""Variances agree with enumeration, and the Gaussian divergence with quadrature."""

import itertools
import math
from typing import Any

import numpy as np
import pytest

from solvers.symbolic.derivations import variance
from solvers.symbolic.derivations.gaussian_kl import gaussian_kl, standard_normal_kl


@pytest.mark.parametrize(
    ("mu", "sigma", "mu_t", "sigma_t"), [(0, 1, 0, 1), (1, 1, 0, 1), (0, 2, 0, 1), (-0.5, 0.7, 1, 1.5)]
)
def test_the_divergence_agrees_with_quadrature(mu, sigma, mu_t, sigma_t):
    def log_density(x: Any, mean: float, deviation: float) -> Any:
        return -0.5 * ((x - mean) / deviation) ** 2 - np.log(deviation * np.sqrt(2 * np.pi))

    x = np.linspace(mu - 12 * sigma, mu + 12 * sigma, 20001)
    q, p = log_density(x, mu, sigma), log_density(x, mu_t, sigma_t)
    integral = float(np.trapezoid(np.exp(q) * (q - p), x))
    values = {"mu": mu, "sigma": sigma, "mu_t": mu_t, "sigma_t": sigma_t}

    assert gaussian_kl().value.evaluate(values) == pytest.approx(integral, abs=1e-9)
    if (mu_t, sigma_t) == (0, 1):
        assert standard_normal_kl().value.evaluate(values) == pytest.approx(integral, abs=1e-9)


Chances = list[tuple[float, float]]


def moments(chances: Chances) -> tuple[float, float]:
    mean = sum(p * v for p, v in chances)
    return mean, sum(p * (v - mean) ** 2 for p, v in chances)


def test_the_variance_of_a_product_agrees_with_enumeration():
    w, x = [(0.2, -1.0), (0.5, 0.5), (0.3, 3.0)], [(0.6, 2.0), (0.4, -1.5)]
    both = [(p * q, a * b) for (p, a), (q, b) in itertools.product(w, x)]
    values = {"m_w": moments(w)[0], "v_w": moments(w)[1], "m_x": moments(x)[0], "v_x": moments(x)[1]}

    assert variance.product_variance().value.evaluate(values) == pytest.approx(moments(both)[1])


def centred(variance_wanted: float) -> Chances:
    """A symmetric distribution with three values and this variance."""
    return [(0.25, -math.sqrt(2 * variance_wanted)), (0.5, 0.0), (0.25, math.sqrt(2 * variance_wanted))]


def weighted_sum(weights: Chances, inputs: Chances, n: int) -> Chances:
    single = [(p * q, a * b) for (p, a), (q, b) in itertools.product(weights, inputs)]
    return [
        (math.prod(p for p, _ in terms), sum(v for _, v in terms)) for terms in itertools.product(single, repeat=n)
    ]


def test_the_sum_of_products_has_n_times_the_variance_and_xavier_keeps_it():
    sums = weighted_sum(centred(0.4), centred(2.5), 3)
    predicted = variance.sum_variance().value.evaluate({"n": 3, "v_w": 0.4, "v_x": 2.5})
    kept = variance.xavier_variance().value.evaluate({"n": 3})

    assert predicted == pytest.approx(moments(sums)[1])
    assert moments(weighted_sum(centred(kept), centred(2.5), 3))[1] == pytest.approx(2.5)


@pytest.mark.parametrize("a", [0.0, 0.3])
def test_kaiming_keeps_the_variance_through_a_leaky_relu(a):
    before = centred(1.7)
    after = [(p, v if v > 0 else a * v) for p, v in before]
    weights = centred(variance.kaiming_variance().value.evaluate({"n": 2, "a": a}))

    assert moments(weighted_sum(weights, after, 2))[1] == pytest.approx(1.7)


def test_the_compromise_and_the_uniform_bound_are_the_published_ones():
    compromise = variance.xavier_compromise().value.evaluate({"n_in": 20, "n_out": 30})
    bound = variance.uniform_bound().value.evaluate({"V": compromise})
    x = np.linspace(-bound, bound, 200001)

    assert compromise == 2 / 50
    assert bound == pytest.approx(math.sqrt(6 / 50))
    assert float(np.mean(x**2)) == pytest.approx(compromise, rel=1e-4)
