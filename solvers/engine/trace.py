"""A trace: every value and every gradient of one run of a network, recorded from outside."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from solvers.engine.layer import Array, Layer
from solvers.engine.loss import Loss
from solvers.engine.network import Network, Weights, output_names, shapes_of
from solvers.engine.running import Run, run_of


@dataclass(frozen=True)
class Record:
    """What happened at one node; a gradient is None where no loss depends on the value, or the value is integer."""

    name: str
    layer: Layer
    sources: tuple[str, ...]
    inputs: tuple[Array, ...]
    outputs: tuple[Array, ...]
    params: Mapping[str, Array]
    grad_outputs: tuple[Array | None, ...] = ()
    grad_inputs: tuple[Array | None, ...] = ()
    grads: Mapping[str, Array] | None = None


@dataclass(frozen=True)
class Trace:
    """One run: the records in order of computation, the loss, and all values and gradients by name.

    `grads` holds the gradients of the parameters by node; of a shared parameter, the sum under its owner.
    """

    records: tuple[Record, ...]
    values: Mapping[str, Array]
    gradients: Mapping[str, Array]
    grads: Mapping[str, Mapping[str, Array]]
    predictions: tuple[str, ...]
    target: Array | None = None
    loss: float | None = None

    def first_not_finite(self) -> str | None:
        """Give the name of the value (then of the gradient) where NaN or infinity first appears, if it does.

        >>> from solvers.engine.layers.relu import Relu
        >>> from solvers.engine.network import chain
        >>> trace(chain(Relu()), {}, [[1.0, float("inf")]]).first_not_finite()
        'X'
        """
        for name, array in self._in_order():
            if np.issubdtype(array.dtype, np.inexact) and not np.isfinite(array).all():
                return name
        return None

    def _in_order(self) -> Iterator[tuple[str, Array]]:
        yield from self.values.items()
        if self.loss is not None:
            yield "the loss", np.asarray(self.loss)
        for name, gradient in self.gradients.items():
            yield f"the gradient of {name}", gradient
        for node, grads in self.grads.items():
            for name, gradient in grads.items():
                yield f"the gradient of {name} of {node}", gradient


def trace(
    network: Network,
    weights: Weights,
    inputs: ArrayLike | Mapping[str, ArrayLike],
    loss: Loss | None = None,
    target: ArrayLike | None = None,
) -> Trace:
    """Run a network forward, and backward from its loss if one is given, and record everything.

    `inputs` is the input, or a mapping from the names of several. Shapes are checked first.
    """
    ready = _as_arrays(network, weights, inputs)
    network.shapes(shapes_of(weights), {name: X.shape for name, X in ready.items()})
    run = run_of(network, weights)
    run.forward(ready)
    if loss is None:
        return _recorded(network, run, weights, None, None)
    predictions = [run.values[name] for name in network.outputs]
    prepared = loss.prepare(target, *predictions)
    value, backward = loss.forward(prepared, *predictions)
    run.backward(dict(zip(network.outputs, backward(), strict=True)))
    return _recorded(network, run, weights, prepared, value)


def trace_upstream(
    network: Network,
    weights: Weights,
    inputs: ArrayLike | Mapping[str, ArrayLike],
    upstream: Mapping[str, ArrayLike],
) -> Trace:
    """Run a network forward, and backward from given upstream gradients of some of its values."""
    ready = _as_arrays(network, weights, inputs)
    network.shapes(shapes_of(weights), {name: X.shape for name, X in ready.items()})
    run = run_of(network, weights)
    run.forward(ready)
    run.backward({name: np.asarray(gradient, run.values[name].dtype) for name, gradient in upstream.items()})
    return _recorded(network, run, weights, None, None)


def _as_arrays(
    network: Network, weights: Weights, inputs: ArrayLike | Mapping[str, ArrayLike]
) -> dict[str, Array]:
    """Give the inputs as arrays: whole numbers to layers that look them up, else in the precision of the weights."""
    named = inputs if isinstance(inputs, Mapping) else {network.inputs[0]: inputs}
    whole = {source for node in network.nodes if node.layer.reads_integers for source in node.sources}
    precision = next((array.dtype for params in weights.values() for array in params.values()), np.dtype(float))
    return {name: np.asarray(X, None if name in whole else precision) for name, X in named.items()}


def _recorded(network: Network, run: Run, weights: Weights, target: Array | None, loss: float | None) -> Trace:
    owners = {node.name: network.owner(node) for node in network.nodes}
    grads = run.weight_gradients(owners)
    records = tuple(_record(network, run, weights, index) for index in range(len(network.nodes)))
    return Trace(records, run.values, run.gradients, grads, network.outputs, target, loss)


def _record(network: Network, run: Run, weights: Weights, index: int) -> Record:
    node, count = network.nodes[index], run.ways_back[index][1]
    outputs = output_names(node.name, count)
    grad_inputs, grads = run.sent_back.get(node.name, ((None,) * len(node.sources), None))
    return Record(
        node.name,
        node.layer,
        node.sources,
        tuple(run.values[source] for source in node.sources),
        tuple(run.values[output] for output in outputs),
        weights.get(network.owner(node), {}),
        tuple(run.gradients.get(output) for output in outputs),
        grad_inputs,
        grads,
    )
