"""How a stored PyTorch case is put to a layer or a network of ours, and what it finds under the case's names."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from solvers.engine.layer import Layer
from solvers.engine.layers import all_layers
from solvers.engine.loss import Loss
from solvers.engine.losses import all_losses
from solvers.engine.network import Network
from solvers.engine.trace import Trace, trace, trace_upstream

LAYERS, LOSSES = all_layers(), all_losses()
Case = dict[str, Any]


@dataclass
class Found:
    """What our call gives, under the names of the stored case."""

    outputs: dict[str, Any]
    grads: dict[str, Any]
    others: dict[str, Any] = field(default_factory=dict)


def array(values: Any) -> Any:
    return np.asarray(values, float)


def same(values: Any) -> Any:
    return values


def transposed(values: Any) -> Any:
    return np.swapaxes(values, 0, 1)


Turn = Callable[[Any], Any]
Names = Mapping[str, str | tuple[str, Turn]]


def turned(name: str | tuple[str, Turn]) -> tuple[str, Turn]:
    return (name, same) if isinstance(name, str) else name


def weights_of(case: Case, names: Names) -> dict[str, Any]:
    """Our parameters from the case's; a parameter the case does not have is left out."""
    pairs = {ours: turned(theirs) for ours, theirs in names.items()}
    return {
        ours: turn(array(case["inputs"][name])) for ours, (name, turn) in pairs.items() if name in case["inputs"]
    }


def grads_of(grads: Mapping[str, Any], names: Names) -> dict[str, Any]:
    """Our gradients under the case's names, turned back the same way."""
    pairs = ((turned(names[ours]), gradient) for ours, gradient in grads.items())
    return {name: turn(gradient) for (name, turn), gradient in pairs}


def run_layer(
    case: Case, layer: Layer, names: Names | None = None, inputs: Sequence[str] = ("x",), **state: Any
) -> Found:
    """One layer, with the case's inputs, parameters and upstream gradients."""
    params = {**weights_of(case, names or {}), **{name: array(value) for name, value in state.items()}}
    arrays = [array(case["inputs"][name]) for name in inputs]
    outputs, backward = layer(params, *arrays)
    dinputs, dparams = backward(*(array(g) for g in case["grad_out"].values()))
    after = layer.next_state(params, *arrays) if state else {}
    grads = {**dict(zip(inputs, dinputs, strict=True)), **grads_of(dparams, names or {})}
    return Found(dict(zip(case["grad_out"], outputs, strict=True)), grads, {"state_after": after} if after else {})


def make(kind: str, **config: Any) -> Layer:
    return LAYERS[kind](**{name: tuple(v) if isinstance(v, list) else v for name, v in config.items()})


def layer_call(
    kind: str, keys: Mapping[str, str] | None = None, names: Names | None = None, **more: Any
) -> Callable[[Case], Found]:
    """A call of one layer: `keys` maps our configuration keys to the case's."""

    def call(case: Case) -> Found:
        config = {
            ours: case["config"][theirs] for ours, theirs in (keys or {}).items() if theirs in case["config"]
        }
        return run_layer(case, make(kind, **config, **more), names)

    return call


def pair_call(kind: str, **config: Any) -> Callable[[Case], Found]:
    return lambda case: run_layer(case, make(kind, **config), inputs=("a", "b"))


def make_loss(kind: str, **config: Any) -> Loss:
    return LOSSES[kind](**config)


Places = Mapping[tuple[str, str], str | tuple[str, Turn]]


def run_network(
    case: Case, net: Network, places: Places, loss: Loss | None = None, values: Mapping[str, str] | None = None
) -> Found:
    """A network whose parameters (by node and name) have the case's names; `values` names intermediate values."""
    weights: dict[str, dict[str, Any]] = {}
    for (node, name), theirs in places.items():
        weights.setdefault(node, {}).update(weights_of(case, {name: theirs}))
    if loss is None:
        seen = trace_upstream(
            net, weights, array(case["inputs"]["x"]), {net.outputs[0]: array(case["grad_out"]["y"])}
        )
        outputs = {"y": seen.values[net.outputs[0]]}
    else:
        seen = trace(net, weights, array(case["inputs"]["x"]), loss, case["nondiff"]["target"])
        outputs = {"loss": seen.loss}
    return Found(outputs, gradients(seen, places), middle(seen, values or {}))


def gradients(seen: Trace, places: Places) -> dict[str, Any]:
    found = {"x": seen.gradients["X"]}
    for (node, name), theirs in places.items():
        found |= grads_of({name: seen.grads[node][name]}, {name: theirs})
    return found


def middle(seen: Trace, values: Mapping[str, str]) -> dict[str, Any]:
    if not values:
        return {}
    return {
        "intermediates": {theirs: seen.values[ours] for theirs, ours in values.items()},
        "intermediate_grads": {theirs: seen.gradients[ours] for theirs, ours in values.items()},
    }
