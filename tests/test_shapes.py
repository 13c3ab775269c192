"""Sizes agree with counting window places, with stamping kernels, and with published examples."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from solvers.shapes import (
    conv_shape,
    conv_shape_steps,
    conv_size,
    conv_size_steps,
    kernel_for,
    kernel_for_steps,
    same_padding,
    same_padding_steps,
    shifted_output,
    span,
    transposed_size,
    transposed_size_steps,
    unvisited,
    unvisited_steps,
)

EXAMPLES = json.loads((Path(__file__).parent / "data" / "receptive_fields.json").read_text())["shape_examples"]
SIZES = (st.integers(1, 20), st.integers(1, 5), st.integers(1, 4), st.integers(0, 3), st.integers(1, 3))


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_published_examples_have_their_sizes(example):
    size = conv_size if example["kind"] == "conv" else transposed_size
    given = example["i"], example["k"], example["s"], example["p"], example.get("d", 1)

    assert size(*given) == example["o"]


def places(size, kernel, stride, padding, dilation):
    pixels = list(range(-padding, size + padding))
    reads = [[start + tap * dilation for tap in range(kernel)] for start in pixels[::stride]]
    return [read for read in reads if read[-1] < size + padding]


@settings(max_examples=100, deadline=None)
@given(*SIZES)
def test_the_output_side_counts_the_places_of_the_window(size, kernel, stride, padding, dilation):
    windows = places(size, kernel, stride, padding, dilation)
    assume(windows)
    missed = size + padding - 1 - windows[-1][-1]

    assert conv_size(size, kernel, stride, padding, dilation) == len(windows)
    assert unvisited(size, kernel, stride, padding, dilation) == missed
    assert conv_size_steps(size, kernel, stride, padding, dilation).steps[-1].result == str(len(windows))


@settings(max_examples=60, deadline=None)
@given(*SIZES)
def test_a_transposed_convolution_covers_what_its_stamps_touch(size, kernel, stride, padding, dilation):
    stamped = {unit * stride + tap * dilation for unit in range(size) for tap in range(kernel)}
    side = max(stamped) + 1 - 2 * padding
    assume(side > 0)

    assert transposed_size(size, kernel, stride, padding, dilation) == side


@settings(max_examples=60, deadline=None)
@given(*SIZES)
def test_a_transposed_convolution_returns_to_the_size_before_the_convolution(
    size, kernel, stride, padding, dilation
):
    assume(span(kernel, dilation) <= size + 2 * padding)
    missed = unvisited(size, kernel, stride, padding, dilation)
    smaller = conv_size(size, kernel, stride, padding, dilation)

    assert transposed_size(smaller, kernel, stride, padding, dilation, output_padding=missed) == size


@pytest.mark.parametrize(("kernel", "dilation"), [(1, 1), (3, 1), (5, 1), (3, 2), (2, 2), (7, 3)])
def test_same_padding_keeps_every_size(kernel, dilation):
    padding = same_padding(kernel, dilation)

    assert [conv_size(size, kernel, 1, padding, dilation) for size in range(7, 12)] == list(range(7, 12))


def test_an_even_window_has_no_same_padding():
    with pytest.raises(ValueError, match="even side 4"):
        same_padding(4)


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 20), st.integers(1, 5), st.integers(1, 3), st.integers(0, 2))
def test_the_kernel_is_found_again(output, kernel, stride, padding):
    size = (output - 1) * stride + kernel - 2 * padding
    assume(size > 0)

    assert kernel_for(size, output, stride, padding) == kernel


@pytest.mark.parametrize("strides", [(2,), (2, 3), (1, 2, 2)])
def test_the_output_moves_with_the_input(strides):
    def output(image):
        for stride in strides:
            image = np.convolve(image, [1.0, 2.0, -1.0], "valid")[::stride]
        return image

    step = math.prod(strides)
    image = np.zeros(120)
    image[5:13] = [3, 1, 4, 1, 5, 9, 2, 6]
    moved = output(np.roll(image, 3 * step))

    assert shifted_output(3 * step, strides) == 3
    np.testing.assert_allclose(moved, np.roll(output(image), 3))


def test_height_and_width_are_counted_apart():
    assert conv_shape((3, 10, 7), 8, (3, 2), (1, 2), (1, 0)) == (8, 10, 3)


@pytest.mark.parametrize(
    "work",
    [
        conv_size_steps(9, 3, 2, 1, 2), transposed_size_steps(4, 3, 2, 1, 1, 1), same_padding_steps(5),
        kernel_for_steps(10, 4, 2, 1), unvisited_steps(10, 3, 2),
    ],
)  # fmt: skip
def test_the_working_ends_with_the_value(work):
    assert work.steps[-1].result == str(work.value)


def test_the_worked_shape_shows_channels_height_and_width():
    work = conv_shape_steps((3, 10, 7), 8, (3, 2), (1, 2), (1, 0))

    assert [step.result for step in work.steps] == ["8", "10", "3", r"8 \times 10 \times 3"]


def test_windows_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="a window of side 5 does not fit into 4 pixels"):
        conv_size(4, 5)
    with pytest.raises(ValueError, match="stride is too small"):
        conv_size(4, 2, stride=0)
    with pytest.raises(ValueError, match="padding is too small"):
        conv_size(4, 2, padding=-1)
