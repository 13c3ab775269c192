"""Receptive fields agree with published figures and with counting which pixels matter."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers.receptive_field import (
    Branches,
    Window,
    field,
    inputs_seen,
    interval,
    layers_needed,
    position_steps,
    receptive_field,
    receptive_field_steps,
    stack,
)

DATA = json.loads((Path(__file__).parent / "data" / "receptive_fields.json").read_text())
NETWORKS = [pytest.param(network, id=network["name"]) for network in DATA["networks"]]
WINDOWS = st.builds(Window, st.integers(1, 4), st.integers(1, 3), st.integers(0, 2), st.integers(1, 3))
STAMPS = st.builds(Window, st.integers(2, 4), st.integers(1, 2), st.integers(0, 1), transposed=st.just(True))
CHAINS = st.lists(st.one_of(WINDOWS, STAMPS), min_size=1, max_size=4)


def windows(network):
    return [Window(layer["k"], layer["s"], layer["p"], layer["d"]) for layer in network["layers"]]


@pytest.mark.parametrize("network", NETWORKS)
def test_published_networks_have_their_published_fields(network):
    seen = field(windows(network))
    published = {"rf": seen.size, "stride": int(seen.jump), "padding": seen.padding}

    assert published == {
        key: value if value is not None else published[key] for key, value in network["published"].items()
    }
    assert (seen.size, seen.jump, seen.padding) == tuple(
        network["recomputed"][key] for key in ("rf", "stride", "eff_padding")
    )


@pytest.mark.parametrize("network", NETWORKS)
def test_every_layer_of_a_published_network_has_the_published_field(network):
    layers = windows(network)

    for index, expected in enumerate(network["per_layer"], 1):
        seen = field(layers[:index])
        assert (seen.size, seen.jump, seen.padding) == (
            expected["rf"],
            expected["stride"],
            expected["eff_padding"],
        )


@settings(max_examples=60, deadline=None)
@given(CHAINS, st.integers(0, 6))
def test_the_extent_is_that_of_the_pixels_counted_one_by_one(layers, unit):
    counted = inputs_seen(layers, unit)

    assert interval(layers, unit, unit) == ((counted[0], counted[-1]) if counted else None)


@settings(max_examples=60, deadline=None)
@given(CHAINS)
def test_the_field_is_the_largest_extent_counted_over_many_units(layers):
    counted = [inputs_seen(layers, unit) for unit in range(48)]

    assert receptive_field(layers) == max(seen[-1] - seen[0] + 1 for seen in counted if seen)


@settings(max_examples=60, deadline=None)
@given(st.lists(WINDOWS, min_size=1, max_size=5))
def test_the_sum_formula_of_the_course_gives_the_same_side(layers):
    side, product = 1, 1
    for layer in layers:
        side += layer.dilation * (layer.kernel - 1) * product
        product *= layer.stride

    assert receptive_field(layers) == side
    assert (
        receptive_field_steps(layers).steps[-1].result
        == f"r_{{{len(layers)}}} = {side}, j_{{{len(layers)}}} = {product}"
    )


def test_gaps_inside_the_field_are_not_seen():
    layers = stack((2, 1, 5, 3, 2), (3, 3, 1, 1, 2))

    assert receptive_field(layers) == 65
    assert len(inputs_seen(layers)) == 16


def test_parallel_branches_are_joined_and_not_chained():
    inception = Branches(
        ((Window(1),), (Window(1), Window(3, 1, 1)), (Window(1), Window(5, 1, 2)), (Window(3, 1, 1), Window(1)))
    )
    layers = (Window(7, 2, 3), inception, inception)

    assert receptive_field(layers) == 7 + 2 * (4 + 4)
    assert receptive_field(layers) == inputs_seen(layers)[-1] - inputs_seen(layers)[0] + 1


def test_a_skip_connection_does_not_narrow_the_field():
    residual = Branches(((Window(3, 1, 1), Window(3, 1, 1)), ()))

    assert receptive_field((residual, residual)) == 9
    assert field((residual, residual)).padding == 4


def test_branches_of_different_stride_cannot_be_joined():
    with pytest.raises(ValueError, match="the same total stride"):
        Branches(((Window(3, 2),), ()))


def test_an_encoder_and_its_decoder_return_to_jump_one():
    seen = field((Window(3, 1, 1), Window(2, 2), Window(3, 1, 1), Window(2, 2, transposed=True)))

    assert seen.jump == 1
    assert seen.size == 8


def test_the_centre_follows_from_effective_padding():
    seen = field(windows(DATA["networks"][1]))

    assert seen.start == -seen.padding + (seen.size - 1) / 2


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 60), st.integers(2, 7))
def test_one_layer_fewer_would_not_see_the_region(region, kernel):
    count = layers_needed(region, kernel)

    assert receptive_field([(kernel,)] * count) >= region
    assert count == 0 or receptive_field([(kernel,)] * (count - 1)) < region


def test_positions_in_the_padding_are_negative():
    assert position_steps(stack((7, 3), (2, 2), (3, 1)), 0).value == (-5, 5)


def test_impossible_windows_are_refused():
    with pytest.raises(ValueError, match="at least 1"):
        Window(0)
    with pytest.raises(ValueError, match="dilation 1"):
        Window(3, 1, 0, 2, transposed=True)
