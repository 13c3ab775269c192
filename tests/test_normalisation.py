"""Normalisation layers: published values, what is normalised, and the running statistics."""

from typing import Any

import numpy as np
import pytest
from published import published

from solvers.engine.layer import ShapeError
from solvers.engine.layers.batchnorm import Batchnorm
from solvers.engine.layers.groupnorm import Groupnorm
from solvers.engine.layers.instancenorm import Instancenorm
from solvers.engine.layers.l2_normalise import l2_normalise
from solvers.engine.layers.layernorm import Layernorm
from solvers.engine.layers.rmsnorm import Rmsnorm
from solvers.engine.normalise import Normalisation

IMAGES = np.random.default_rng(3).normal(2.0, 3.0, size=(3, 4, 5, 2))


def near(actual: Any, expected: Any) -> None:
    np.testing.assert_allclose(actual, expected, rtol=1e-9, atol=1e-9)


def out(layer: Normalisation, X: Any, **params: Any) -> Any:
    return layer({name: np.asarray(value, float) for name, value in params.items()}, X)[0][0]


@pytest.mark.parametrize(("name", "layer"), [("deepml_115", Batchnorm()), ("deepml_109", Layernorm())])
def test_published_values_come_out(name: str, layer: Normalisation) -> None:
    given, expected = published(name)

    near(out(layer, np.array(given["x"])), expected["y"])


@pytest.mark.parametrize(
    ("layer", "axes"),
    [
        (Batchnorm(eps=0), (0, 2, 3)),
        (Layernorm(eps=0), (3,)),
        (Layernorm(eps=0, dims=3), (1, 2, 3)),
        (Instancenorm(eps=0), (2, 3)),
    ],
)
def test_each_layer_normalises_over_its_own_axes(layer: Normalisation, axes: tuple[int, ...]) -> None:
    Y = out(layer, IMAGES)

    near(Y.mean(axes), 0)
    near(Y.var(axes), 1)


def test_one_group_has_layer_norms_statistics_and_as_many_as_channels_instance_norms() -> None:
    near(out(Groupnorm(groups=1), IMAGES), out(Layernorm(dims=3), IMAGES))
    near(out(Groupnorm(groups=4), IMAGES), out(Instancenorm(), IMAGES))


def test_groups_are_neighbouring_channels() -> None:
    Y = out(Groupnorm(groups=2, eps=0), IMAGES)

    near(Y[:, :2].mean((1, 2, 3)), 0)
    near(Y[:, 2:].var((1, 2, 3)), 1)


def test_batch_norm_alone_couples_the_samples() -> None:
    changed = IMAGES.copy()
    changed[1:] += np.random.default_rng(0).normal(size=changed[1:].shape)
    for layer in (Layernorm(), Instancenorm(), Groupnorm(groups=2)):
        near(out(layer, changed)[0], out(layer, IMAGES)[0])
    assert np.abs(out(Batchnorm(), changed)[0] - out(Batchnorm(), IMAGES)[0]).max() > 1e-3


def test_a_shift_before_batch_norm_is_lost_and_beta_sets_the_mean() -> None:
    near(out(Batchnorm(), IMAGES + 7.0), out(Batchnorm(), IMAGES))
    near(out(Batchnorm(), IMAGES, gamma=[1, 2, 3, 4], beta=[5, 6, 7, 8]).mean((0, 2, 3)), [5, 6, 7, 8])


def test_running_statistics_weight_the_old_value_by_momentum() -> None:
    """Old mean 1 and variance 4; batch 0, 2, 4 with mean 2, variance 8/3 (over n) or 4 (over n - 1)."""
    params = {"running_mean": np.array([1.0]), "running_var": np.array([4.0])}
    X = np.array([[0.0], [2.0], [4.0]])
    biased = Batchnorm(momentum=0.9).next_state(params, X)
    unbiased = Batchnorm(momentum=0.75, unbiased=True).next_state(params, X)

    near((biased["running_mean"], biased["running_var"]), ([1.1], [0.9 * 4 + 0.1 * 8 / 3]))
    near((unbiased["running_mean"], unbiased["running_var"]), ([1.25], [4.0]))
    assert Batchnorm(training=False).next_state(params, X) == {}
    assert Batchnorm().next_state({}, X) == {}


def test_at_test_time_the_running_statistics_are_constants() -> None:
    layer = Batchnorm(training=False, eps=0)
    params = {"running_mean": np.array([1.0]), "running_var": np.array([4.0]), "gamma": np.array([6.0])}
    (Y,), back = layer(params, np.array([[5.0], [1.0]]))

    assert Y.tolist() == [[12], [0]]
    assert back(np.ones((2, 1)))[0][0].tolist() == [[3], [3]]


def test_the_gradient_of_batch_norm_has_no_part_along_the_mean_or_the_output() -> None:
    (Y,), back = Batchnorm(eps=0)({}, IMAGES)
    (dX,), _ = back(np.random.default_rng(1).normal(size=IMAGES.shape))

    near(dX.sum((0, 2, 3)), 0)
    near((dX * Y).sum((0, 2, 3)), 0)


def test_rms_norm_sets_the_mean_square_and_keeps_the_mean() -> None:
    Y = out(Rmsnorm(eps=0), IMAGES)

    near(np.square(Y).mean(-1), 1)
    near(Y / IMAGES, np.broadcast_to((Y / IMAGES)[..., :1], Y.shape))
    near(np.square(l2_normalise(IMAGES)).sum(-1), 1)


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ShapeError, match=r"gamma: expected shape \(4,\), got \(3,\)"):
        out(Batchnorm(), IMAGES, gamma=[1, 1, 1])
    with pytest.raises(ShapeError, match="a multiple of 3 channels"):
        out(Groupnorm(groups=3), IMAGES)
    with pytest.raises(ShapeError, match="at least 3 axes"):
        out(Instancenorm(), np.ones((2, 3)))
    with pytest.raises(ShapeError, match="at least 3 axes"):
        out(Layernorm(dims=3), np.ones((2, 3)))
    with pytest.raises(ValueError, match="missing: running_mean"):
        out(Batchnorm(training=False), IMAGES)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Batchnorm(eps=-1), "eps must not be negative, got -1"),
        (lambda: Batchnorm(momentum=1.5), r"lies in \[0, 1\], got 1.5"),
        (lambda: Layernorm(dims=0), "at least one axis, got dims = 0"),
        (lambda: Groupnorm(groups=0), "at least one group, got 0"),
    ],
)
def test_senseless_settings_are_refused(make: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()
