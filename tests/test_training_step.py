"""The worked training step agrees with finite differences and with the numbers of II.6."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers.training_step import LOSSES, finite_differences, train_step

II6 = {
    "x": ((1, 2),),
    "W": ((0.1, 0.3, 0.5), (0.2, 0.4, 0.6)),
    "b": ((0.1, 0.2, 0.3),),
    "V": ((0.7,), (0.8,), (0.9,)),
    "c": 0.1,
    "t": 3.2,
}
NAMES = ["Z", "H", "o", "L", "dO", "dV", "dc", "dH", "dZ", "dW", "db", "new_W", "new_b", "new_V", "new_c"]


def test_the_step_of_section_ii_6_gives_the_published_weights():
    value = train_step(**II6).value

    assert value["L"] == pytest.approx(0.0128)
    np.testing.assert_allclose(value["new_W"], [[0.0888, 0.2872, 0.4856], [0.1776, 0.3744, 0.5712]])
    np.testing.assert_allclose(value["new_b"], [[0.0888, 0.1872, 0.2856]])
    np.testing.assert_allclose(value["new_V"], [[0.6904], [0.7792], [0.868]])
    assert value["new_c"] == pytest.approx(0.084)


def test_mean_squared_error_doubles_every_gradient_of_one_sample():
    half, mean = train_step(**II6).value, train_step(**II6, loss="mse").value

    for name in ("dO", "dV", "dc", "dH", "dZ", "dW", "db"):
        np.testing.assert_allclose(mean[name], 2 * half[name])
    np.testing.assert_allclose(mean["new_W"], [[0.0776, 0.2744, 0.4712], [0.1552, 0.3488, 0.5424]])


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(sorted(LOSSES)))
def test_every_value_agrees_with_finite_differences_for_any_sizes(seed, loss):
    draw = np.random.default_rng(seed)
    N, D, M, O = draw.integers(1, 4, size=4)
    sizes = {"x": (N, D), "W": (D, M), "b": (1, M), "V": (M, O), "c": (1, O), "t": (N, O)}
    network = {name: draw.integers(-9, 10, size=size) / 10 + 0.033 for name, size in sizes.items()}
    worked, found = train_step(**network, loss=loss).value, finite_differences(**network, loss=loss)

    assert list(worked) == list(found) == NAMES
    for name in NAMES:
        np.testing.assert_allclose(worked[name], found[name], atol=1e-8)
        assert worked[name].shape == found[name].shape


def test_every_quantity_has_one_step_of_its_name():
    assert [step.name for step in train_step(**II6).steps] == [
        *NAMES[:11], "new_W", "new_b", "new_V", "new_c",
    ]  # fmt: skip


def test_gradients_and_new_parameters_keep_the_shape_of_the_parameters():
    value = train_step((1, 2), II6["W"], (0.1, 0.2, 0.3), (0.7, 0.8, 0.9), 0.1, 3.2).value

    assert [value[f"d{name}"].shape for name in "WbVc"] == [(2, 3), (3,), (3,), ()]
    assert [value[f"new_{name}"].shape for name in "WbVc"] == [(2, 3), (3,), (3,), ()]


def test_shapes_that_do_not_fit_are_refused_by_name():
    with pytest.raises(ValueError, match="W must have 3 rows"):
        train_step(**II6 | {"x": (1, 2, 3)})
    with pytest.raises(ValueError, match="b must have shape"):
        train_step(**II6 | {"b": (1, 2)})
    with pytest.raises(ValueError, match="the loss must be one of"):
        train_step(**II6, loss="crossentropy")
