"""Activations as plain functions: their derivatives, their ranges, and published values."""

import importlib
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from solvers.engine.layers import all_layers
from solvers.engine.layers.dropout import Dropout
from solvers.engine.layers.elu import elu
from solvers.engine.layers.embedding import Embedding
from solvers.engine.layers.gelu import Gelu, gelu
from solvers.engine.layers.leaky_relu import leaky_relu
from solvers.engine.layers.log_softmax import log_softmax
from solvers.engine.layers.maxout import Maxout
from solvers.engine.layers.prelu import Prelu
from solvers.engine.layers.sigmoid import sigmoid
from solvers.engine.layers.silu import silu
from solvers.engine.layers.softmax import Softmax, softmax, softmax_jacobian
from solvers.engine.layers.softplus import softplus
from solvers.engine.layers.tanh import tanh

POINTS = np.array([-7.3, -2.9, -1.1, -0.4, 0.3, 0.8, 2.2, 5.1, 7.7])


def module_of(kind: str) -> Any:
    return importlib.import_module(f"solvers.engine.layers.{kind.replace('-', '_')}")


def with_slope() -> list[str]:
    return [kind for kind in all_layers() if hasattr(module_of(kind), f"{kind.replace('-', '_')}_slope")]


def near(actual: Any, expected: Any, tolerance: float = 1e-12) -> None:
    np.testing.assert_allclose(actual, expected, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("kind", with_slope())
def test_a_plain_derivative_is_the_slope_of_the_plain_function(kind: str) -> None:
    name, step = kind.replace("-", "_"), 1e-5
    function, slope = getattr(module_of(kind), name), getattr(module_of(kind), f"{name}_slope")

    near(slope(POINTS), (function(POINTS + step) - function(POINTS - step)) / (2 * step), 1e-8)


@pytest.mark.parametrize("kind", with_slope())
def test_a_layer_computes_its_plain_function(kind: str) -> None:
    (Y,), back = all_layers()[kind]()({}, POINTS)
    function, slope = (getattr(module_of(kind), kind.replace("-", "_") + end) for end in ("", "_slope"))

    near(Y, function(POINTS))
    near(back(np.full_like(POINTS, 3.0))[0][0], 3 * slope(POINTS))


@pytest.mark.parametrize(
    ("function", "reference"),
    [
        (sigmoid, lambda x: 1 / (1 + math.exp(-x))),
        (tanh, math.tanh),
        (softplus, lambda x: math.log(1 + math.exp(x))),
        (silu, lambda x: x / (1 + math.exp(-x))),
        (elu, lambda x: x if x >= 0 else math.exp(x) - 1),
        (leaky_relu, lambda x: max(0.01 * x, x)),
        (gelu, lambda x: x * (1 + math.erf(x / math.sqrt(2))) / 2),
    ],
)
def test_an_activation_follows_its_definition(
    function: Callable[[Any], Any], reference: Callable[[float], float]
) -> None:
    near(function(POINTS), [reference(x) for x in POINTS.tolist()])


@pytest.mark.parametrize("kind", with_slope())
def test_no_activation_overflows(kind: str) -> None:
    name, huge = kind.replace("-", "_"), np.array([-800.0, 800.0])

    assert np.isfinite(getattr(module_of(kind), name)(huge)).all()
    assert np.isfinite(getattr(module_of(kind), f"{name}_slope")(huge)).all()


def test_identities_between_activations_hold() -> None:
    near(tanh(POINTS), 2 * sigmoid(2 * POINTS) - 1)
    near(softmax(np.stack([POINTS, np.zeros_like(POINTS)]), axis=0)[0], sigmoid(POINTS))
    near(softplus(POINTS) - softplus(-POINTS), POINTS)
    near(np.exp(log_softmax(POINTS)), softmax(POINTS))


def test_gelu_has_two_published_values_at_one() -> None:
    one = np.array([1.0])

    near(gelu(one), [0.8413447460685429])
    near(gelu(one, "tanh"), [0.8411919906082768])
    with pytest.raises(ValueError, match="approximate must be 'none' or 'tanh', got 'fast'"):
        Gelu("fast")


def test_the_softmax_jacobian_gives_the_layers_gradient() -> None:
    x, upstream = POINTS[:4], np.array([1.0, -2.0, 0.5, 3.0])
    (_,), back = Softmax()({}, x)

    near(back(upstream)[0][0], softmax_jacobian(x).T @ upstream)
    near(softmax_jacobian(x).sum(axis=0), np.zeros(4))


def test_a_high_temperature_evens_out_and_a_low_one_picks_the_largest() -> None:
    hot, cold = (Softmax(temperature=t)({}, POINTS)[0][0] for t in (1e6, 1e-2))

    near(hot, np.full(9, 1 / 9), 1e-5)
    near(cold, np.eye(9)[8])
    with pytest.raises(ValueError, match="temperature of a softmax must be positive, got 0"):
        Softmax(temperature=0)


def test_prelu_gathers_its_slopes_gradient_where_the_input_is_negative() -> None:
    X = np.array([[-2.0, 3.0], [-1.0, -4.0]])
    _, back = Prelu()({"alpha": np.array([0.5, 0.25])}, X)
    (dX,), grads = back(np.array([[1.0, 1.0], [10.0, 100.0]]))

    assert dX.tolist() == [[0.5, 1], [5, 25]]
    assert grads["alpha"].tolist() == [-2 - 10, -400]


def test_maxout_of_an_affine_layer_is_the_larger_line() -> None:
    """max(2x + 1, -x + 4) at x = 0 and 2, with the slope of the larger line."""
    X = np.array([[0.0], [2.0]]) * [2.0, -1.0] + [1.0, 4.0]
    (Y,), back = Maxout()({}, X)

    assert Y.tolist() == [[4], [5]]
    assert (back(np.ones((2, 1)))[0][0] @ [2.0, -1.0]).tolist() == [-1, 2]
    assert Maxout()({}, np.zeros((1, 2)))[1](np.ones((1, 1)))[0][0].tolist() == [[1, 0]]
    with pytest.raises(ValueError, match="a multiple of 2"):
        Maxout()({}, np.zeros((2, 3)))
    with pytest.raises(ValueError, match="at least one piece, got 0"):
        Maxout(0)


def test_dropout_keeps_the_expected_activation() -> None:
    """Inverted: scaled in training, untouched at test time; classic: the other way round."""
    X = np.full((200, 200), 3.0)
    for inverted, trained, tested in ((True, 3.0, 3.0), (False, 2.4, 2.4)):
        layer = {"p_drop": 0.2, "inverted": inverted}
        assert abs(Dropout(**layer, seed=4)({}, X)[0][0].mean() - trained) < 0.03
        near(Dropout(**layer, training=False)({}, X)[0][0], np.full_like(X, tested))


def test_dropout_by_channels_drops_whole_channels_only() -> None:
    (Y,), _ = Dropout(p_keep=0.5, channels=True, seed=2)({}, np.ones((8, 8, 3, 3)))

    assert set(Y.mean(axis=(2, 3)).ravel().tolist()) == {0.0, 2.0}


def test_keeping_and_dropping_are_two_names_for_one_layer() -> None:
    X = np.ones((4, 4))

    assert Dropout(p_keep=0.75, seed=1)({}, X)[0][0].tolist() == Dropout(p_drop=0.25, seed=1)({}, X)[0][0].tolist()


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({}, "p_drop, or the one to keep"),
        ({"p_drop": 0.2, "p_keep": 0.8}, "not both"),
        ({"p_drop": 1.0}, r"in \(0, 1\], got 0.0"),
        ({"p_keep": 1.5}, "got 1.5"),
    ],
)
def test_dropout_refuses_senseless_probabilities(settings: dict[str, float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Dropout(**settings)  # type: ignore[arg-type]


def test_dropout_refuses_a_mask_of_another_shape() -> None:
    with pytest.raises(ValueError, match=r"mask: expected shape \(2, 3\), got \(3, 2\)"):
        Dropout(p_drop=0.5)({"mask": np.ones((3, 2))}, np.ones((2, 3)))


def test_an_embedding_is_a_product_with_one_hot_rows() -> None:
    W, X = np.arange(12.0).reshape(4, 3), np.array([2, 0, 2])
    (Y,), back = Embedding()({"W": W}, X)
    upstream = np.arange(9.0).reshape(3, 3)

    near(Y, np.eye(4)[X] @ W)
    near(back(upstream)[1]["W"], np.eye(4)[X].T @ upstream)


def test_an_embedding_refuses_tokens_it_does_not_know() -> None:
    with pytest.raises(ValueError, match="from 0 to 3, got 1 to 4"):
        Embedding()({"W": np.ones((4, 2))}, np.array([1, 4]))
    with pytest.raises(ValueError, match="whole token numbers"):
        Embedding()({"W": np.ones((4, 2))}, np.array([1.5]))
