"""Convolution, pooling and resampling against counting by hand, one output at a time."""

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers.engine.layer import FRESH, ShapeError
from solvers.engine.layers.adaptive_avgpool2d import AdaptiveAvgpool2d
from solvers.engine.layers.avgpool2d import avgpool2d
from solvers.engine.layers.conv1d import conv1d
from solvers.engine.layers.conv2d import Conv2d, conv2d
from solvers.engine.layers.convtranspose2d import Convtranspose2d, convtranspose2d
from solvers.engine.layers.maxpool2d import Maxpool2d, maxpool2d
from solvers.engine.layers.upsample import Upsample
from solvers.engine.windows import window

few = st.integers(1, 3)
pairs = st.tuples(few, few)


def convolved(X: Any, W: Any, stride: Any, padding: Any, dilation: Any, groups: int) -> Any:
    """A convolution written as its definition says: a sum for every single output."""
    padded = np.pad(X, ((0, 0), (0, 0), *((p, p) for p in padding)))
    sizes = [(n - d * (k - 1) - 1) // s + 1
             for n, k, s, d in zip(padded.shape[2:], W.shape[2:], stride, dilation, strict=True)]  # fmt: skip
    Y = np.zeros((len(X), len(W), *sizes))
    share, per = len(W) // groups, W.shape[1]
    for n, o, i, j in np.ndindex(*Y.shape):
        for c, u, v in np.ndindex(*W.shape[1:]):
            at = padded[n, o // share * per + c, i * stride[0] + u * dilation[0], j * stride[1] + v * dilation[1]]
            Y[n, o, i, j] += W[o, c, u, v] * at
    return Y


@settings(max_examples=40, deadline=None)
@given(
    pairs,
    pairs,
    st.tuples(st.integers(0, 2), st.integers(0, 2)),
    pairs,
    st.sampled_from([1, 2]),
    st.integers(0, 99),
)
def test_convolution_is_the_sum_it_is_defined_as(
    kernel: Any, stride: Any, padding: Any, dilation: Any, groups: int, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    X, W = rng.normal(size=(2, 2, 7, 8)), rng.normal(size=(4, 2 // groups, *kernel))

    np.testing.assert_allclose(
        conv2d(X, W, None, stride, padding, dilation, groups),
        convolved(X, W, stride, padding, dilation, groups),
        atol=1e-12,
    )


def test_a_signal_is_an_image_of_height_one() -> None:
    rng = np.random.default_rng(0)
    X, W, b = rng.normal(size=(2, 3, 9)), rng.normal(size=(4, 3, 3)), rng.normal(size=4)
    image = conv2d(X[:, :, None], W[:, :, None], b, (1, 2), (0, 1))

    np.testing.assert_allclose(conv1d(X, W, b, 2, 1), image[:, :, 0])


@settings(max_examples=40, deadline=None)
@given(pairs, pairs, st.integers(0, 1), pairs, st.integers(0, 99))
def test_folding_is_the_adjoint_of_unfolding(kernel: Any, stride: Any, pad: int, dilation: Any, seed: int) -> None:
    """⟨unfold(X), C⟩ = ⟨X, fold(C)⟩ for all X and C."""
    rng, frame = np.random.default_rng(seed), window(kernel, stride, pad, dilation)
    X = rng.normal(size=(1, 2, 8, 7))
    columns = frame.unfold(X, FRESH)
    C = rng.normal(size=columns.shape)

    assert np.sum(columns * C) == pytest.approx(np.sum(X * frame.fold(C, (8, 7), FRESH)), abs=1e-10)


@settings(max_examples=30, deadline=None)
@given(pairs, pairs, st.integers(0, 1), st.integers(0, 99))
def test_transposed_convolution_is_the_adjoint_of_convolution(
    kernel: Any, stride: Any, pad: int, seed: int
) -> None:
    """⟨conv(X), G⟩ = ⟨X, convtranspose(G)⟩ where the strides leave nothing over."""
    rng = np.random.default_rng(seed)
    pad = min(pad, *(k - 1 for k in kernel))
    sizes = [(3 - 1) * s - 2 * pad + k for s, k in zip(stride, kernel, strict=True)]
    X, W, G = rng.normal(size=(2, 3, *sizes)), rng.normal(size=(4, 3, *kernel)), rng.normal(size=(2, 4, 3, 3))
    ahead, back = conv2d(X, W, None, stride, pad), convtranspose2d(G, W, None, stride, pad)

    assert back.shape == X.shape
    assert np.sum(ahead * G) == pytest.approx(np.sum(X * back), abs=1e-10)


def test_pooling_takes_the_largest_and_the_mean_of_every_window() -> None:
    X = np.random.default_rng(1).normal(size=(2, 3, 7, 6))
    windows = {(i, j): X[:, :, 2 * i : 2 * i + 3, 2 * j : 2 * j + 2] for i, j in product(range(3), range(3))}

    for (i, j), part in windows.items():
        np.testing.assert_array_equal(maxpool2d(X, (3, 2), 2)[:, :, i, j], part.max((2, 3)))
        np.testing.assert_allclose(avgpool2d(X, (3, 2), 2)[:, :, i, j], part.mean((2, 3)))


def test_of_equal_maxima_the_first_gets_the_gradient() -> None:
    _, backward = Maxpool2d(2)({}, np.array([[[[1.0, 3.0, 0.0, 0.0], [3.0, 3.0, 0.0, 0.0]]]]))
    (dX,), _ = backward(np.array([[[[5.0, 7.0]]]]))

    assert dX is not None
    np.testing.assert_array_equal(dX[0, 0], [[0, 5, 7, 0], [0, 0, 0, 0]])


def test_rounding_up_leaves_out_a_window_that_begins_in_the_padding() -> None:
    """Size 5, kernel 2, stride 2, padding 1: windows begin at -1, 1 and 3; one at 5 would lie in the padding."""
    assert Maxpool2d(2, 2, 1, ceil_mode=True).shapes({}, (1, 1, 5, 5)) == ((1, 1, 3, 3),)
    assert Maxpool2d(2, 2, 0, ceil_mode=True).shapes({}, (1, 1, 5, 5)) == ((1, 1, 3, 3),)


def test_bilinear_upsampling_of_a_ramp_stays_a_ramp() -> None:
    ((Y,), _) = Upsample(2, "bilinear")({}, np.array([[[[0.0, 1.0, 2.0]]]]))
    ((aligned,), _) = Upsample(2, "bilinear", align_corners=True)({}, np.array([[[[0.0, 1.0, 2.0]]]]))

    np.testing.assert_allclose(Y[0, 0, 0], [0, 0.25, 0.75, 1.25, 1.75, 2])
    np.testing.assert_allclose(aligned[0, 0, 0], np.linspace(0, 2, 6))


def test_adaptive_pooling_to_one_is_the_mean() -> None:
    X = np.random.default_rng(2).normal(size=(2, 3, 5, 4))
    ((Y,), _) = AdaptiveAvgpool2d(1)({}, X)

    np.testing.assert_allclose(Y[:, :, 0, 0], X.mean((2, 3)))


@pytest.mark.parametrize(
    ("layer", "params", "inputs", "sentence"),
    [
        (Conv2d(), {"W": (2, 3, 3, 3)}, (1, 4, 5, 5), r"X: expected shape \(samples, 3, size, size\), got \(1, 4, 5, 5\)"),
        (Conv2d(), {"W": (2, 3, 3)}, (1, 3, 5, 5), r"W: expected shape \(out, in/groups, kernel, kernel\)"),
        (Conv2d(), {"W": (2, 3, 6, 6)}, (1, 3, 5, 5), r"expected shape of at least \(6, 6\) under the window, got \(5, 5\)"),
        (Conv2d(), {"W": (2, 1, 1, 1), "b": (3,)}, (1, 1, 5, 5), r"b: expected shape \(2,\), got \(3,\)"),
        (Conv2d(groups=2), {"W": (3, 1, 1, 1)}, (1, 2, 5, 5), "a multiple of groups=2"),
        (Convtranspose2d(padding=2), {"W": (1, 1, 2, 2)}, (1, 1, 2, 2), "with positive sizes"),
        (Maxpool2d(3), {}, (1, 1, 2, 5), r"expected shape of at least \(3, 3\) under the window, got \(2, 5\)"),
    ],
)  # fmt: skip
def test_shapes_that_do_not_fit_are_explained(layer: Any, params: Any, inputs: Any, sentence: str) -> None:
    with pytest.raises(ShapeError, match=sentence):
        layer.shapes(params, inputs)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Conv2d(stride=0), "stride must be a whole number of at least 1, or 2 of them, got 0"),
        (lambda: Conv2d(padding=(1, 2, 3)), "padding must be a whole number of at least 0, or 2 of them"),
        (lambda: Conv2d(padding="same", stride=2), "padding 'same' needs stride 1"),
        (lambda: Conv2d(padding="full"), "padding must be numbers, 'same' or 'valid', got 'full'"),
        (lambda: Maxpool2d(2, padding=2), "padding may be at most half of the kernel 2, got 2"),
        (
            lambda: Convtranspose2d(stride=2, output_padding=2),
            "output_padding must be smaller than stride 2, got 2",
        ),
    ],
)
def test_settings_out_of_range_are_refused(make: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        make()
