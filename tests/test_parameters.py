"""Parameter counts and multiply-adds agree with counting one by one, and with published figures."""

import json
from itertools import product
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from solvers.architecture import parameter_count
from solvers.models import vgg
from solvers.multiply_adds import (
    attention_multiply_adds,
    attention_multiply_adds_steps,
    bottleneck_multiply_adds_steps,
    conv_multiply_adds,
    conv_multiply_adds_steps,
)
from solvers.parameters import (
    conv_parameters,
    conv_parameters_steps,
    dense_share,
    linear_parameters_steps,
    mlp_parameters,
    mlp_parameters_steps,
    recurrent_parameters,
    recurrent_parameters_steps,
    resolution_parameters,
    separable_parameters_steps,
    stack_parameters,
)
from solvers.receptive_field import receptive_field
from solvers.transformer_parameters import (
    attention_parameters,
    attention_parameters_steps,
    decoder_parameters_steps,
    embedding_parameters_steps,
    encoder_parameters,
    encoder_parameters_steps,
    norm_parameters_steps,
    sliced_attention_parameters_steps,
)

DATA = json.loads((Path(__file__).parent / "data" / "param_counts.json").read_text())
SMALL = st.integers(1, 4)


@settings(max_examples=40, deadline=None)
@given(SMALL, SMALL, SMALL, SMALL, SMALL)
def test_convolution_weights_are_counted_one_by_one(groups, inside, outside, height, width):
    inputs, outputs = groups * inside, groups * outside
    weights = {
        (out, channel, row, column)
        for out, channel, row, column in product(range(outputs), range(inputs), range(height), range(width))
        if out // outside == channel // inside
    }

    assert conv_parameters(inputs, outputs, (height, width), groups) == len(weights) + outputs
    assert conv_parameters(inputs, outputs, (height, width), groups, bias=False) == len(weights)


@settings(max_examples=40, deadline=None)
@given(SMALL, SMALL, st.integers(1, 7), SMALL, st.integers(1, 3), st.integers(0, 2))
def test_multiply_adds_are_counted_window_by_window(inputs, outputs, size, kernel, stride, padding):
    assume(kernel <= size + 2 * padding)
    places = range(0, size + 2 * padding - kernel + 1, stride)
    count = sum(1 for _ in product(range(outputs), places, places, range(inputs), range(kernel), range(kernel)))

    assert conv_multiply_adds((inputs, size, size), outputs, kernel, stride, padding) == count


@pytest.mark.parametrize(
    "case", DATA["recurrent"], ids=lambda case: f"{case['cell']}-{case['input']}-{case['hidden']}"
)
def test_recurrent_cells_have_the_published_parameters(case):
    sizes = case["cell"].lower(), case["input"], case["hidden"]

    assert recurrent_parameters(*sizes) == case["one_bias_keras"]
    assert recurrent_parameters(*sizes, biases=2) == case["pytorch"]


def test_small_kernels_in_a_row_see_what_the_large_one_sees():
    found = stack_parameters(8, 3)
    side = receptive_field([(3,)] * 3)

    assert found["stack"] == 3 * conv_parameters(8, 8, 3, bias=False)
    assert found["single"] == conv_parameters(8, 8, side, bias=False)


def test_only_the_linear_layer_grows_with_the_image():
    small, large = (resolution_parameters(8, 16, 3, 32, factor, 20) for factor in (1, 2))

    assert (large["conv"], large["linear"]) == (small["conv"], 4 * small["linear"])
    assert small == {"conv": conv_parameters(8, 16, 3), "linear": mlp_parameters([16 * 32 * 32, 20], bias=False)}


def test_most_of_vgg_is_in_its_first_dense_layer():
    conv = parameter_count(vgg(16)[:-6], (3, 224, 224))
    found = dense_share(conv, [25088, 4096, 4096, 1000])

    assert conv + found["dense"] == 138_357_544
    assert found["share"] == pytest.approx(0.8937, abs=1e-4)


def test_upper_layers_and_both_directions_read_all_states_below():
    first, second = 4 * (20 * 20 + 10 * 20 + 40), 4 * (20 * 20 + 40 * 20 + 40)

    assert recurrent_parameters("lstm", 10, 20, biases=2, layers=2, directions=2) == 2 * (first + second)


def test_published_layers_have_their_counts():
    published = {model["model"]: model["params"] for model in DATA["models"]}

    assert conv_parameters(3, 96, 11) == published["AlexNet conv1 with weight sharing"]
    assert 55 * 55 * conv_parameters(3, 96, 11) == published["AlexNet conv1 without weight sharing"]
    assert mlp_parameters([3, 4, 2]) == published["CS231n 3-4-2 MLP"]


@pytest.mark.parametrize("width", [4, 48, 768])
def test_a_gpt_block_has_twelve_squares_and_thirteen_widths(width):
    assert encoder_parameters(width, 4 * width) == 12 * width**2 + 13 * width


@pytest.mark.parametrize(
    "work",
    [
        linear_parameters_steps(3, 4), linear_parameters_steps(3, 4, bias=False), mlp_parameters_steps([5, 4, 3]),
        conv_parameters_steps(4, 6, (3, 2), groups=2), conv_parameters_steps(4, 6, 3, bias=False),
        recurrent_parameters_steps("gru", 3, 5), recurrent_parameters_steps("rnn", 3, 5, biases=2, outputs=4),
        norm_parameters_steps(7), embedding_parameters_steps(9, 4, positions=3), attention_parameters_steps(8, heads=2),
        sliced_attention_parameters_steps(8, 2), encoder_parameters_steps(8, 16, attention_bias=False, blocks=3),
        decoder_parameters_steps(8, 16, blocks=2), conv_multiply_adds_steps((2, 6, 7), 3, (3, 2), groups=1),
    ],
)  # fmt: skip
def test_the_working_ends_with_the_value(work):
    assert work.steps[-1].result == str(work.value)
    assert all(step.reason for step in work.steps)


def test_workings_of_several_values_name_each():
    for work in (separable_parameters_steps(4, 6, 3), bottleneck_multiply_adds_steps((8, 4, 4), 6, 3, 2),
                 attention_multiply_adds_steps(5, 4, keys=3)):  # fmt: skip
        results = {step.name: step.result for step in work.steps}
        assert {name: float(results[name]) for name in work.value} == pytest.approx(work.value, rel=1e-4)


@settings(max_examples=20, deadline=None)
@given(SMALL, SMALL, SMALL)
def test_attention_costs_are_those_of_its_matrix_products(tokens, keys, features):
    def cost(rows, inner, columns):
        return sum(1 for _ in product(range(rows), range(inner), range(columns)))

    projections = 2 * cost(tokens, features, features) + 2 * cost(keys, features, features)
    scores = cost(tokens, features, keys) + cost(tokens, keys, features)

    assert attention_multiply_adds(tokens, features, keys) == {
        "projections": projections, "scores": scores, "total": projections + scores,
    }  # fmt: skip
    assert attention_parameters(features) == 4 * (features**2 + features)


def test_impossible_sizes_are_refused():
    with pytest.raises(ValueError, match="cannot be split into 3 groups"):
        conv_parameters(4, 6, 3, groups=3)
    with pytest.raises(ValueError, match="the cell must be one of"):
        recurrent_parameters("elman", 3, 4)
