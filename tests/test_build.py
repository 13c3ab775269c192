"""Networks and losses from plain tables: every key of every kind, and a sentence for every mistake."""

from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from solvers.engine.blocks import all_blocks
from solvers.engine.build import ConfigError, build, build_loss
from solvers.engine.layers import all_layers
from solvers.engine.network import GraphError
from solvers.engine.trace import trace

NOTES: list[dict[str, Any]] = [
    {"kind": "affine", "W": [[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]], "b": [0.1, 0.2, 0.3]},
    {"kind": "relu"},
    {"kind": "affine", "W": [[0.7], [0.8], [0.9]], "b": [0.1]},
]
CONV = {"kind": "conv2d", "in": 1, "out": 1, "kernel": 1}


def test_the_network_of_the_notes_is_read() -> None:
    net, weights = build(NOTES)
    loss, target = build_loss({"kind": "half-squared-error", "target": [[3.2]]})

    assert trace(net, weights, [[1, 2]], loss, target).loss == pytest.approx(0.0128)


def test_weights_are_drawn_from_sizes_and_seed() -> None:
    table = {"kind": "affine", "in": 3, "out": 2, "seed": 5, "init": "kaiming"}
    (_, first), (_, again), (_, other) = build([table]), build([table]), build([{**table, "seed": 6}])

    assert first["affine1"]["W"].shape == (3, 2)
    np.testing.assert_array_equal(first["affine1"]["W"], again["affine1"]["W"])
    assert not np.array_equal(first["affine1"]["W"], other["affine1"]["W"])
    np.testing.assert_array_equal(first["affine1"]["b"], [0, 0])


def test_layers_drawn_without_a_seed_differ() -> None:
    _, weights = build([{"kind": "affine", "in": 2, "out": 2}, {"kind": "affine", "in": 2, "out": 2}])

    assert not np.array_equal(weights["affine1"]["W"], weights["affine2"]["W"])


@pytest.mark.parametrize("kind", [kind for kind, layer in all_layers().items() if layer.sizes])
def test_in_and_out_are_the_sizes_of_every_layer(kind: str) -> None:
    table = {"kind": kind, **dict(zip(("in", "out", "kernel"), (2, 2, 1), strict=False))}
    layer = all_layers()[kind]
    _, weights = build([{key: table[key] for key in ("kind", "in", "out", "kernel")[: 1 + len(layer.sizes)]}])

    drawn = next(iter(weights.values()))
    assert {name for name in layer.parameters if name not in layer.optional} <= set(drawn)


def test_a_residual_block_holds_layers_of_its_own() -> None:
    inner = [{"kind": "affine", "W": [[2.0]]}, {"kind": "relu"}]
    net, weights = build([{"kind": "residual", "layer": inner}, {"kind": "affine", "W": [[10.0]]}])

    assert [node.name for node in net.nodes] == [
        "residual1/affine1",
        "residual1/relu1",
        "residual1/sum",
        "affine1",
    ]
    np.testing.assert_array_equal(trace(net, weights, [[3.0]]).values["affine1"], [[90.0]])


def test_blocks_hold_blocks_shortcuts_and_branches() -> None:
    deep = {"kind": "residual", "layer": [CONV], "shortcut": [CONV]}
    tables = [
        {"kind": "skip-concat", "layer": [deep]},
        {"kind": "branches", "branch": [{"layer": [{**CONV, "in": 2}]}, {"layer": []}]},
    ]
    net, weights = build(tables)

    assert set(weights) == {
        "skip-concat1/residual1/conv2d1",
        "skip-concat1/residual1/shortcut-conv2d1",
        "branches1/branch1-conv2d1",
    }
    assert trace(net, weights, np.ones((1, 1, 2, 2))).values["branches1/join"].shape == (1, 3, 2, 2)


def test_parts_of_a_block_are_tables_or_drawn() -> None:
    drawn, weights = build([{"kind": "encoder-block", "dim": 4, "hidden": 6, "heads": 2, "seed": 1}])
    given = {
        path.partition("/")[2]: {name: array.tolist() for name, array in params.items()}
        for path, params in weights.items()
    }
    same, again = build([{"kind": "encoder-block", "heads": 2, **given}])
    X = np.arange(12.0).reshape(1, 3, 4)

    output = drawn.outputs[0]

    np.testing.assert_array_equal(trace(drawn, weights, X).values[output], trace(same, again, X).values[output])


def test_layers_are_wired_by_name() -> None:
    net, weights = build([
        {"kind": "affine", "name": "left", "W": [[1.0]]},
        {"kind": "affine", "inputs": ["X"], "shares": "left"},
        {"kind": "add", "inputs": ["left", "affine2"]},
    ])  # fmt: skip

    np.testing.assert_array_equal(trace(net, weights, [[4.0]]).values["add1"], [[8.0]])


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ({}, "layer 1 needs a kind"),
        ({"kind": "afine"}, "layer 1: unknown kind 'afine'; did you mean 'affine'?"),
        ({"kind": "linear"}, "layer 1: unknown kind 'linear'; did you mean 'affine'?"),
        ({**CONV, "strid": 2}, r"layer 1 \(conv2d\): conv2d has no key 'strid'; did you mean 'stride'?"),
        ({**CONV, "stride": "two"}, r"layer 1 \(conv2d\): stride: expected `int \| list`, got `str`"),
        ({**CONV, "stride": 0}, r"layer 1 \(conv2d\): stride must be a whole number of at least 1"),
        ({"kind": "conv2d", "in": 1, "out": 1}, r"layer 1 \(conv2d\): kernel is missing; drawing needs in, out, kernel"),
        ({"kind": "affine", "in": 10**9, "out": 1}, "in must be a whole number from 1 to 1000000, got 1000000000"),
        ({"kind": "affine", "in": 10**6, "out": 10**6}, r"a weight of shape \(1000000, 1000000\) is too large"),
        ({"kind": "affine", "in": 1, "out": 1, "init": "xavir"}, "unknown initialiser 'xavir'; did you mean 'xavier'?"),
        ({"kind": "affine", "in": 1, "out": 1, "seed": -1}, "seed must be a whole number from 0, got -1"),
        ({"kind": "affine", "W": [[1, 2], [3]]}, r"layer 1 \(affine\): W must be numbers, or rows of numbers"),
        ({"kind": "affine", "W": [["a"]]}, r"layer 1 \(affine\): W must be numbers, or rows of numbers"),
        ({"kind": "relu", "inputs": 3}, "layer 1: inputs must be names of inputs or earlier layers, got 3"),
        ({"kind": "relu", "name": "a/b"}, "layer 1: name must be a word without ':' and '/', got 'a/b'"),
        ({"kind": "residual", "layer": 3}, r"layer 1 \(residual\): layer must be a list of layers, got 3"),
        ({"kind": "residual", "layer": [{"kind": "relux"}]}, r"\(residual\), layer 1: unknown kind 'relux'; did you"),
        ({"kind": "branches", "branch": [3]}, "a branch is a table that holds a list of layers under 'layer', got 3"),
        ({"kind": "upsample", "mode": "cubic"}, "mode must be one of nearest, bilinear, got 'cubic'"),
    ],
)  # fmt: skip
def test_mistakes_in_a_table_are_explained(table: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ConfigError, match=sentence):
        build([table])


def test_a_layer_without_weights_is_told_what_it_needs() -> None:
    net, weights = build([{"kind": "affine"}])
    with pytest.raises(GraphError, match="affine1: W is missing; give it, or in, out to draw it"):
        trace(net, weights, [[1.0]])


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ({"kind": "cross-entropi"}, "the loss: unknown kind 'cross-entropi'; did you mean 'cross-entropy'?"),
        ({"kind": "mse", "targets": [1]}, "the loss: mse has no key 'targets'; did you mean 'target'?"),
        ({"kind": "mse", "reduction": "avg"}, "mse: reduction must be one of sum, mean, samples, got 'avg'"),
        ({"kind": "smooth-l1", "beta": "x"}, "the loss: beta: expected `float`, got `str`"),
    ],
)
def test_mistakes_in_a_loss_are_explained(table: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ConfigError, match=sentence):
        build_loss(table)


@pytest.mark.parametrize("kind", [*all_layers(), *all_blocks()])
def test_no_key_of_a_kind_hides_another(kind: str) -> None:
    """Configuration, parameters, sizes and the keys every table has are told apart by name."""
    member: Any = {**all_layers(), **all_blocks()}[kind]
    keys = {field.name for field in fields(member)}
    names = {*getattr(member, "parameters", ()), *getattr(member, "state", ())}

    assert not keys & names and not {"kind", "name", "inputs", "shares", "init"} & (keys | names)
