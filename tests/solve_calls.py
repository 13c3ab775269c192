"""The command `quizbank solve` in the place of the engine: what a layer, a network or a loss finds, through a file."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any

import numpy as np
from click.testing import CliRunner

from quizbank.cli import cli
from solvers.engine.layer import Layer
from solvers.engine.loss import Loss
from solvers.engine.network import Network

Tables = dict[str, Any]
Arrays = Sequence[Any]


def solve(tables: Tables, form: str = "toml") -> Tables:
    """What the command finds for the tables of a problem, written as TOML or JSON."""
    text = json.dumps(tables) if form == "json" else toml(tables)
    result = CliRunner().invoke(cli, ["solve", "-", "--format", "json"], input=text)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    found: Tables = json.loads(result.stdout)
    return found


def toml(tables: Tables) -> str:
    """Write tables as TOML, each section as an inline value."""
    return "\n".join(f"{key} = {inline(value)}" for key, value in tables.items())


def inline(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key} = {inline(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(inline, value)) + "]"
    return json.dumps(value)


def plain(array: Any) -> Any:
    return np.asarray(array).tolist()


def settings(part: Layer | Loss) -> Tables:
    """The configuration of a layer or loss as keys of a table."""
    values = {one.name: getattr(part, one.name) for one in fields(part)}
    return {name: list(v) if isinstance(v, tuple) else v for name, v in values.items() if v is not None}


def table(layer: Layer, params: Mapping[str, Any], **more: Any) -> Tables:
    return {
        "kind": layer.kind,
        **settings(layer),
        **{name: plain(array) for name, array in params.items()},
        **more,
    }


class SolvedLayer:
    """Stands for a layer of the engine: forward and backward go through the command."""

    def __init__(self, layer: Layer) -> None:
        self.layer = layer
        self.state: Tables = {}

    def tables(self, params: Mapping[str, Any], inputs: Arrays) -> Tables:
        named = {f"X{number}": plain(array) for number, array in enumerate(inputs)}
        return {"input": named, "layer": [table(self.layer, params, name="it", inputs=list(named))]}

    def __call__(self, params: Mapping[str, Any], *inputs: Any) -> tuple[tuple[Any, ...], Callable[..., Any]]:
        tables = self.tables(params, inputs)
        entry = solve(tables, "json")["layers"][0]
        outputs = entry.get("outputs", [entry["output"]])
        self.state = entry.get("state_after", {})

        def backward(*upstream: Any) -> tuple[tuple[Any, ...], Tables]:
            found = solve(tables | {"loss": {"kind": "upstream", "target": plain(upstream[0])}} if len(upstream) == 1
                          else with_upstream(tables, upstream))  # fmt: skip
            grads = {name: np.array(value) for name, value in found["layers"][0]["grads"].items()}
            return tuple(np.array(found["inputs"][f"X{n}"]["grad"]) for n in range(len(inputs))), grads

        return tuple(map(np.array, outputs)), backward

    def next_state(self, params: Mapping[str, Any], *inputs: Any) -> Tables:
        return self.state


def with_upstream(tables: Tables, upstream: Arrays) -> Tables:
    """Give every output its upstream gradient: their products with it, all in one row, summed."""
    given = {f"G{number}": plain(array) for number, array in enumerate(upstream)}
    layers = list(tables["layer"])
    for number, name in enumerate(given):
        source = f"it:{number}" if number else "it"
        layers += [
            {"kind": "multiply", "name": f"p{number}", "inputs": [source, name]},
            {"kind": "flatten", "name": f"f{number}", "inputs": [f"p{number}"]},
        ]
    layers.append({"kind": "concat", "inputs": [f"f{number}" for number in range(len(given))]})
    return {"input": {**tables["input"], **given}, "layer": layers, "loss": {"kind": "sum"}}


def solve_loss(loss: Loss, target: Any, prediction: Any) -> tuple[float, tuple[Any, ...]]:
    """A loss and its gradient, of a network that passes its input on."""
    found = solve({
        "input": {"X": plain(prediction)}, "layer": [{"kind": "identity"}],
        "loss": {"kind": loss.kind, **settings(loss), "target": plain(target)},
    })  # fmt: skip
    return found["loss"], (np.array(found["inputs"]["X"]["grad"]),)


def solve_network(net: Network, weights: Mapping[str, Any], X: Any, loss: Tables) -> Tables:
    """A network, node by node; the slashes in the names of a block's parts become dots."""
    layers = [
        table(node.layer, weights.get(node.name, {}), name=node.name.replace("/", "."),
              inputs=[source.replace("/", ".") for source in node.sources])
        for node in net.nodes
    ]  # fmt: skip
    return solve({"input": {"X": plain(X)}, "layer": layers, "loss": loss})
