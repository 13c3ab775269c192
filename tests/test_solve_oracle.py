"""Every stored PyTorch case through the command `quizbank solve`: as a file in, as JSON out, to 1e-9."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import oracle
import oracle_sequences
import pytest
import test_oracle
from oracle import Case, Found, Places, array, weights_of
from solve_calls import SolvedLayer, plain, settings, solve, solve_loss, solve_network
from test_oracle import CALLS, LINES, LOOSER, compare

from solvers.engine.loss import Loss
from solvers.engine.network import Network

APART = {"positional_encoding", "clip_grad_norm", "lr_schedule"}
CASES = [case for case in map(json.loads, LINES) if case["op"] not in APART]
UPDATES = {
    "sgd": {"kind": "sgd"},
    "momentum_textbook": {"kind": "momentum", "form": "average"},
    "momentum": {"kind": "momentum"},
    "nesterov_pytorch": {"kind": "nesterov", "form": "rewritten"},
    "adagrad": {"kind": "adagrad"},
    "adam_amsgrad": {"kind": "amsgrad", "eps_place": "outside"},
    "adamw": {"kind": "adamw", "eps_place": "outside"},
    "adam": {"kind": "adam", "eps_place": "outside"},
    "rmsprop": {"kind": "rmsprop"},
}

engine_make = oracle.make


def is_layer_or_network(case: Case) -> bool:
    """All but updates, and losses without a reduction, which no network ends in."""
    return case["op"] != "optimizer" and case["config"].get("reduction") != "none"


def run_network(
    case: Case, net: Network, places: Places, loss: Loss | None = None, values: Mapping[str, str] | None = None
) -> Found:
    """As `oracle.run_network`, by the command."""
    weights: dict[str, dict[str, Any]] = {}
    for (node, name), theirs in places.items():
        weights.setdefault(node, {}).update(weights_of(case, {name: theirs}))
    target = case["nondiff"]["target"] if loss else case["grad_out"]["y"]
    table = {"kind": loss.kind, **settings(loss)} if loss else {"kind": "upstream"}
    found = solve_network(net, weights, array(case["inputs"]["x"]), {**table, "target": plain(target)})
    layers = {entry["name"].replace(".", "/"): entry for entry in found["layers"]}
    grads = {"x": np.array(found["inputs"]["X"]["grad"])}
    for (node, name), theirs in places.items():
        grads |= oracle.grads_of({name: np.array(layers[node]["grads"][name])}, {name: theirs})
    outputs = {"loss": found["loss"]} if loss else {"y": np.array(found["output"])}
    if not values:
        return Found(outputs, grads)
    middle = {theirs: np.array(layers[ours]["output"]) for theirs, ours in values.items()}
    back = {theirs: np.array(layers[ours]["grad_output"]) for theirs, ours in values.items()}
    return Found(outputs, grads, {"intermediates": middle, "intermediate_grads": back})


BUILT = {"mlp", "resmlp", "cnn", "resnet_block", "transformer_block"}
"""Cases whose call puts a network together from layers of the engine; the whole goes through the command."""


@pytest.fixture
def through_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the command in the place of the engine in the calls of `test_oracle`."""
    make: Callable[..., Any] = oracle.make

    def make_solved(kind: str, **config: Any) -> Any:
        return SolvedLayer(make(kind, **config))

    def no_engine(*_: Any, **__: Any) -> None:
        raise AssertionError("the engine was called past the command")

    for module in (oracle, test_oracle, oracle_sequences):
        monkeypatch.setattr(module, "run_network", run_network)
        monkeypatch.setattr(module, "make", make_solved)
    monkeypatch.setattr(test_oracle, "evaluate", solve_loss)
    monkeypatch.setattr(oracle, "trace", no_engine)
    monkeypatch.setattr(oracle, "trace_upstream", no_engine)


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case["id"]) for case in CASES if is_layer_or_network(case)]
)
def test_the_command_finds_what_pytorch_found(
    case: Case, through_the_command: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if case["op"] in BUILT:
        monkeypatch.setattr(test_oracle, "make", engine_make)
    tolerance = LOOSER.get(case["variant"], 1e-9)
    for name, ours, stored in compare(case, CALLS[case["op"]](case)):
        np.testing.assert_allclose(ours, stored, rtol=tolerance, atol=tolerance, err_msg=name)


def update_of(variant: str) -> dict[str, Any]:
    return next(dict(table) for name, table in UPDATES.items() if variant.startswith(name))


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=case["variant"]) for case in CASES
     if case["op"] == "optimizer" and "conventions" not in case["variant"] and "nesterov_textbook" not in case["variant"]],
)  # fmt: skip
def test_the_command_makes_pytorchs_first_step(case: Case) -> None:
    """The input is the wanted gradient, so that the weights of one output get it under the loss `sum`."""
    first, config = case["steps"][0], {k: v for k, v in case["config"].items() if k not in ("nesterov", "amsgrad")}
    found = solve({
        "input": {"X": [first["grad"]]}, "layer": [{"kind": "affine", "W": [[w] for w in case["params0"]]}],
        "loss": {"kind": "sum"}, "update": update_of(case["variant"]) | config,
    })  # fmt: skip

    expected = first["ema_params"] if "ema_params" in first else first["params"]
    np.testing.assert_allclose(np.ravel(found["layers"][0]["updated"]["W"]), expected, rtol=1e-9)
