"""Convolution, kernels and pooling by hand agree with published numbers, stored cases and finite differences."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from published import published, pytorch

from solvers.convolution import correlate, correlate_row, kernel_gradient, patch_sum_steps, spread, spread_row
from solvers.kernels import KERNELS, PURPOSES, constant_response, filtered, kernel, response
from solvers.pooling import live_entries, pool, pool_gradient, upsample


def slope(loss, values, step=1e-3):
    nudges = [step * unit.reshape(values.shape) for unit in np.eye(values.size)]
    return np.reshape([(loss(values + e) - loss(values - e)) / (2 * step) for e in nudges], values.shape)


@pytest.mark.parametrize(
    ("name", "key", "settings"),
    [
        ("d2l_conv", "y", {}), ("d2l_conv_multichannel", "y", {}), ("deepml_41b", "y", {}),
        ("deepml_41c", "y", {"padding": 2, "stride": 2}), ("dumoulin_fig1", "conv", {}),
        ("dumoulin_fig1", "conv_p1_s2", {"padding": 1, "stride": 2}),
    ],
)  # fmt: skip
def test_published_convolutions_come_out(name, key, settings):
    given, expected = published(name)

    np.testing.assert_allclose(correlate(given["x"], given["k"], **settings), expected[key], atol=1e-12)


def test_published_rows_come_out():
    given, expected = published("udl_10_1_conv1d")

    np.testing.assert_allclose(correlate_row(given["x"], given["k3"], padding=1), expected["h_k3"])
    assert correlate_row(given["x"], given["k5"], padding=2).sum() == pytest.approx(expected["sum_k5"])
    assert correlate_row(given["x"], given["k3"], padding=2, dilation=2).sum() == pytest.approx(
        expected["sum_k3_dil2"]
    )


def plain(case):
    """Cases of one group and one number for both sides; the others belong to the engine."""
    settings = [case["config"][key] for key in ("stride", "padding", "dilation")]
    return case["config"]["groups"] == 1 and all(isinstance(value, int) for value in settings)


@pytest.mark.parametrize(
    "case", [case for case in pytorch("conv2d") if plain(case)], ids=lambda case: case["variant"]
)
def test_every_output_map_of_the_stored_cases_comes_out(case):
    config, x, W = case["config"], case["inputs"]["x"], case["inputs"]["weight"]
    plain = {key: config[key] for key in ("stride", "padding", "dilation")}
    bias = case["inputs"].get("bias", [0.0] * len(W))
    found = [[correlate(image, filt, **plain, bias=b) for filt, b in zip(W, bias, strict=True)] for image in x]

    np.testing.assert_allclose(found, case["outputs"]["y"], rtol=1e-9, atol=1e-12)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000), st.integers(1, 2))
def test_gradients_of_a_convolution_are_those_of_finite_differences(seed, stride):
    random = np.random.default_rng(seed)
    x, k = random.normal(size=(5, 5)), random.normal(size=(3, 3))
    g = random.normal(size=correlate(x, k, stride).shape)

    def loss(x, k):
        return (g * correlate(x, k, stride)).sum()

    np.testing.assert_allclose(kernel_gradient(x, g, (3, 3), stride), slope(lambda k: loss(x, k), k), atol=1e-9)
    np.testing.assert_allclose(spread(g, k, stride), slope(lambda x: loss(x, k), x), atol=1e-9)


def test_published_transposed_convolutions_come_out():
    given, expected = published("d2l_transposed_conv")

    np.testing.assert_allclose(spread(given["x"], given["k"]), expected["y_s1"])
    np.testing.assert_allclose(spread(given["x"], given["k"], stride=2), expected["y_s2"])
    np.testing.assert_allclose(spread(given["x"], given["k"], padding=1), expected["y_p1"])


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000), st.integers(1, 3))
def test_spreading_is_the_transpose_of_correlating(seed, stride):
    random = np.random.default_rng(seed)
    x, k = random.normal(size=4), random.normal(size=3)
    length = spread_row(x, k, stride).size
    matrix = np.array([correlate_row(unit, k, stride) for unit in np.eye(length)])

    np.testing.assert_allclose(spread_row(x, k, stride), matrix @ x, atol=1e-12)


def test_one_output_number_is_a_sum_over_all_channels():
    random = np.random.default_rng(2)
    x, w = random.normal(size=(2, 3, 3, 3))

    assert patch_sum_steps(x, w, 0.5).value == pytest.approx(correlate(x, w, bias=0.5).item())


@pytest.mark.parametrize("name", KERNELS)
def test_every_kernel_answers_a_constant_image_with_its_sum(name):
    assert constant_response(name, 3.0) == pytest.approx(filtered(name, np.full((5, 5), 3.0))[1, 1], abs=1e-12)
    assert set(PURPOSES) == set(KERNELS)


def test_edge_kernels_answer_the_edges_they_are_named_after():
    upright = np.array([[0, 0, 1, 1]] * 4)

    for family in ("sobel", "prewitt"):
        assert np.abs(filtered(f"{family}-vertical", upright)).min() > 0
        assert not filtered(f"{family}-horizontal", upright).any()
        np.testing.assert_array_equal(
            filtered(f"{family}-horizontal", upright.T), filtered(f"{family}-vertical", upright).T
        )
    assert response("edge", [[1, 1, 1], [1, 2, 1], [1, 1, 1]]) == 8


def test_a_kernel_handed_out_can_be_changed_without_harm():
    kernel("box")[:] = 7

    assert kernel("box").sum() == pytest.approx(1)


@pytest.mark.parametrize("kind", ["max", "average"])
def test_published_pooling_comes_out(kind):
    given, expected = published("dumoulin_fig1")
    key = "maxpool3s1" if kind == "max" else "avgpool3s1"

    np.testing.assert_allclose(pool(given["x"], 3, 1, kind), expected[key])


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000), st.sampled_from([(2, 2), (3, 1), (2, 1)]), st.sampled_from(["max", "average"]))
def test_gradients_of_pooling_are_those_of_finite_differences(seed, window, kind):
    random = np.random.default_rng(seed)
    x = random.permutation(36).reshape(6, 6) / 4
    g = random.normal(size=pool(x, *window, kind).shape)

    numeric = slope(lambda x: (g * pool(x, *window, kind)).sum(), x)
    np.testing.assert_allclose(pool_gradient(x, g, *window, kind), numeric, atol=1e-9)


@pytest.mark.parametrize(
    ("ties", "expected"), [("first", [6, 0, 0, 0]), ("all", [6, 0, 0, 6]), ("split", [3, 0, 0, 3])]
)
def test_shared_maxima_follow_the_rule_named(ties, expected):
    assert pool_gradient([[4, 2], [3, 4]], [[6]], 2, ties=ties).ravel().tolist() == expected


def test_live_entries_are_counted_in_a_real_gradient():
    x = np.random.default_rng(1).permutation(4 * 36).reshape(4, 6, 6)
    alive = sum(int((pool_gradient(image, np.ones((2, 2)), 3) != 0).sum()) for image in x)

    assert live_entries((2, 2, 6, 6), 3) == {"entries": alive, "share": alive / 144}


def test_up_sampling_repeats_and_pooling_undoes_it():
    x = np.random.default_rng(0).normal(size=(3, 2))

    np.testing.assert_array_equal(upsample(x, 3)[::3, ::3], x)
    np.testing.assert_allclose(pool(upsample(x, 3), 3, kind="average"), x)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: correlate([[[1, 2]]], [[[1]], [[1]]]), "must have 1 channels"),
        (lambda: correlate([1, 2], [[1]]), "a matrix or a stack"),
        (lambda: kernel("sobel"), "there is no kernel 'sobel'"),
        (lambda: response("box", [[1]]), "the kernel's shape"),
        (lambda: pool([[1]], 1, kind="min"), "'max' or 'average'"),
        (lambda: pool_gradient([[1, 2], [3, 4]], [[1, 2]], 2), "the output's shape"),
        (lambda: pool_gradient([[1, 2], [3, 4]], [[1]], 2, ties="last"), "ties must be one of"),
    ],
)
def test_what_does_not_fit_is_explained(call, message):
    with pytest.raises(ValueError, match=message):
        call()
