"""Newton steps solve quadratics at once and follow finite differences elsewhere."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers.newton import newton, newton_vector, polynomial, polynomial_descent_steps

WHOLE = st.integers(-4, 4)


@settings(max_examples=30, deadline=None)
@given(WHOLE, st.integers(1, 4), WHOLE, WHOLE)
def test_one_step_finds_the_extremum_of_a_parabola(x, a, b, c):
    assert newton(x, [a, b, c]) == pytest.approx(-b / (2 * a))


@settings(max_examples=30, deadline=None)
@given(st.floats(0.6, 2), WHOLE, WHOLE)
def test_a_step_follows_the_finite_differences(x, b, c):
    def f(x):
        return x**3 + b * x**2 + c * x

    h = 1e-4
    slope, bend = (f(x + h) - f(x - h)) / (2 * h), (f(x + h) - 2 * f(x) + f(x - h)) / h**2
    if abs(bend) > 0.5:
        assert newton(x, [1, b, c, 0]) == pytest.approx(x - slope / bend, abs=1e-3)
    assert polynomial_descent_steps(x, [1, b, c, 0], 0.1).value == pytest.approx(x - 0.1 * slope, abs=1e-6)
    assert polynomial_descent_steps(x, [1, b, c, 0], 0.1, True).value == pytest.approx(x + 0.1 * slope, abs=1e-6)


def test_repeated_root_steps_find_a_root():
    x = 1.0
    for _ in range(6):
        x = newton(x, [1, 0, -2], root=True)

    assert x == pytest.approx(np.sqrt(2))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 1000))
def test_one_step_makes_the_gradient_of_a_quadratic_form_vanish(seed):
    random = np.random.default_rng(seed)
    A, b, theta = random.normal(size=(3, 3)), random.normal(size=3), random.normal(size=3)
    H = A @ A.T + np.eye(3)
    found = newton_vector(theta, H, H @ theta + b)

    np.testing.assert_allclose(H @ found + b, 0, atol=1e-10)


@pytest.mark.parametrize(
    ("coefficients", "text"),
    [([1, -1], "x - 1"), ([-1, 0, 2.5], "-x^{2} + 2.5"), ([0], "0"), ([2, -3, 0], "2 x^{2} - 3 x"), ([1], "1")],
)
def test_polynomials_are_written_as_usual(coefficients, text):
    assert polynomial(coefficients) == text


def test_steps_that_do_not_exist_are_refused():
    with pytest.raises(ValueError, match="is 0 at 0"):
        newton(0, [1, 0, 1, 1])
    with pytest.raises(ValueError, match="singular"):
        newton_vector([1, 1], [[1, 2], [2, 4]], [1, 1])
    with pytest.raises(ValueError, match="must be 2 × 2"):
        newton_vector([1, 1], [[1]], [1, 1])
