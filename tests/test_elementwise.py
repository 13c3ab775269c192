"""Functions and the affine – function – sum network agree with finite differences and 30-digit values."""

import mpmath
import numpy as np
import pytest

from solvers.elementwise import elementwise_gradient, elementwise_gradient_steps, sum_network, sum_network_steps
from solvers.functions import FUNCTIONS, apply, slope

POINTS = np.array([-3.1, -1.2, -0.4, 0.3, 0.9, 2.7])
EXACT = {
    "identity": lambda x, a: x,
    "square": lambda x, a: x * x,
    "cube": lambda x, a: x * x * x,
    "exp": lambda x, a: mpmath.exp(x),
    "sigmoid": lambda x, a: 1 / (1 + mpmath.exp(-x)),
    "tanh": lambda x, a: mpmath.sinh(x) / mpmath.cosh(x),
    "relu": lambda x, a: (abs(x) + x) / 2,
    "leaky-relu": lambda x, a: max(a * x, x),
    "elu": lambda x, a: x if x > 0 else a * (mpmath.exp(x) - 1),
    "gelu": lambda x, a: x * mpmath.ncdf(x),
    "gelu-tanh": lambda x, a: x / 2 * (1 + mpmath.tanh(mpmath.sqrt(2 / mpmath.pi) * (x + 0.044715 * x**3))),
    "softplus": lambda x, a: mpmath.log(1 + mpmath.exp(x)),
    "silu": lambda x, a: x / (1 + mpmath.exp(-x)),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_values_and_slopes_agree_with_thirty_digits(name):
    with mpmath.workdps(30):
        values = [float(EXACT[name](mpmath.mpf(x), 0.3)) for x in POINTS]
        slopes = [float(mpmath.diff(lambda x: EXACT[name](x, 0.3), x)) for x in POINTS]

    np.testing.assert_allclose(apply(name, POINTS, 0.3), values, rtol=1e-13)
    np.testing.assert_allclose(slope(name, POINTS, 0.3), slopes, rtol=1e-12)


def test_far_out_values_do_not_overflow():
    for name in FUNCTIONS.keys() - {"exp"}:
        assert np.isfinite(apply(name, [-800.0, 800.0])).all()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_gradient_of_the_network_is_that_of_finite_differences(name):
    random = np.random.default_rng(5)
    X, W, b = random.normal(size=(3, 2)), random.normal(size=(2, 4)), random.normal(size=4)
    found = sum_network(X, W, name, b)

    def numeric(loss, values, step=1e-6):
        nudges = [step * unit.reshape(values.shape) for unit in np.eye(values.size)]
        return np.reshape([(loss(values + e) - loss(values - e)) / (2 * step) for e in nudges], values.shape)

    np.testing.assert_allclose(found["dY"], numeric(lambda Y: apply(name, Y).sum(), found["Y"]), atol=1e-7)
    np.testing.assert_allclose(found["dX"], numeric(lambda X: sum_network(X, W, name, b)["L"], X), atol=1e-7)
    np.testing.assert_allclose(found["dW"], numeric(lambda W: sum_network(X, W, name, b)["L"], W), atol=1e-7)
    np.testing.assert_allclose(found["db"], numeric(lambda b: sum_network(X, W, name, b)["L"], b), atol=1e-7)


def test_the_second_task_of_section_vii_1_d_has_its_printed_solution():
    found = sum_network([[1, 0], [2, 3]], [[1, 1], [1, 1]], "square")

    assert found["Y"].tolist() == [[1, 1], [5, 5]]
    assert (found["L"], found["dY"].tolist()) == (52, [[2, 2], [10, 10]])
    assert found["dX"].tolist() == [[4, 4], [20, 20]]


def test_the_working_names_every_quantity_in_order():
    names = [step.name for step in sum_network_steps([[1, 2]], [[1], [2]], "cube", [1]).steps]

    assert names == ["Y", "F", "L", "dF", "dY", "dX", "dW", "db"]


def test_a_function_alone_multiplies_entry_by_entry():
    Y, G = [[0.5, -1.0]], [[2.0, 3.0]]
    work = elementwise_gradient_steps("tanh", Y, G)

    np.testing.assert_allclose(work.value, [[2 / np.cosh(0.5) ** 2, 3 / np.cosh(1) ** 2]])
    with pytest.raises(ValueError, match="must have one shape"):
        elementwise_gradient("tanh", Y, [[1.0]])


def test_an_unknown_function_gets_a_suggestion():
    with pytest.raises(ValueError, match="did you mean 'sigmoid'"):
        apply("sigmod", 1.0)
