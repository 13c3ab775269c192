"""Running a network forward and backward, keeping every value and every gradient on the way."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from solvers.engine.graph import LayerNode
from solvers.engine.layer import FRESH, Array, Backward, Gradients, Params, Space
from solvers.engine.network import Network, Weights, output_names


@dataclass(frozen=True, slots=True)
class Job:
    """What is done at one node, bound once, so that a step only calls.

    A node that may work in place has the spaces of its `lenders`: the layer before, whose output it may write over,
    and the layer after, whose gradient it may write over.
    """

    name: str
    forward: Callable[..., tuple[tuple[Array, ...], Backward]]
    params: Params
    sources: tuple[str, ...]
    space: Space = FRESH
    needed: bool = True
    lenders: tuple[Space, Space] | None = None


@dataclass(slots=True)
class Run:
    """One run of a network and what it left: values by name, their gradients, and what each node sent back.

    A `Run` may be run again, with the same parameters or after they have changed in place.
    """

    jobs: tuple[Job, ...]
    sums: Space = FRESH
    values: dict[str, Array] = field(default_factory=dict)
    ways_back: list[tuple[Backward, int]] = field(default_factory=list)
    gradients: dict[str, Array] = field(default_factory=dict)
    sent_back: dict[str, Gradients] = field(default_factory=dict)

    def forward(self, inputs: Mapping[str, Array]) -> None:
        """Compute the value of every node."""
        values, ways_back = dict(inputs), []
        for job in self.jobs:
            arrays = [values[source] for source in job.sources]
            if job.lenders:
                _lend(job.lenders[0], "Y", arrays[0], job.space)
            outputs, backward = job.forward(job.params, *arrays, space=job.space)
            ways_back.append((backward, len(outputs)))
            values[job.name] = outputs[0]
            if len(outputs) > 1:
                values.update(zip(output_names(job.name, len(outputs)), outputs, strict=True))
        self.values, self.ways_back = values, ways_back

    def backward(self, upstream: Mapping[str, Array]) -> None:
        """Carry upstream gradients of some values back to everything they depend on."""
        self.gradients, self.sent_back = dict(upstream), {}
        for job, (backward, count) in zip(reversed(self.jobs), reversed(self.ways_back), strict=True):
            arriving = self._arriving(job.name, count) if job.needed else ()
            if not arriving:
                continue
            if job.lenders:
                _lend(job.lenders[1], "dX", arriving[0], job.space)
            sent = self.sent_back[job.name] = backward(*arriving)
            for source, gradient in zip(job.sources, sent[0], strict=True):
                if gradient is not None:
                    self._add(source, gradient)

    def _arriving(self, name: str, count: int) -> Sequence[Array]:
        """Give the gradients of a node's outputs, zeros where only others have one; nothing if none has."""
        if count == 1:
            return (self.gradients[name],) if name in self.gradients else ()
        names = output_names(name, count)
        if not any(output in self.gradients for output in names):
            return ()
        return [self.gradients.get(output, np.zeros_like(self.values[output])) for output in names]

    def _add(self, name: str, gradient: Array) -> None:
        """Gradients that reach one value along several ways add up."""
        if name in self.gradients:
            gradient = np.add(self.gradients[name], gradient, out=self.sums.like(name, gradient))
        self.gradients[name] = gradient

    def weight_gradients(self, owners: Mapping[str, str]) -> dict[str, dict[str, Array]]:
        """Give the gradients of the parameters by the node that owns them; those of shared parameters add up."""
        total: dict[str, dict[str, Array]] = {owner: {} for owner in owners.values()}
        for node, (_, gradients) in self.sent_back.items():
            held = total[owners[node]]
            for name, gradient in gradients.items():
                held[name] = held[name] + gradient if name in held else gradient
        return total


def _lend(lender: Space, name: str, array: Array, borrower: Space) -> None:
    """Let a layer put its result over an array that its neighbour made for itself."""
    made = lender.arrays.get(name)
    if made is not None and (array is made or array.base is made):
        borrower.arrays[name] = array


def run_of(network: Network, weights: Weights) -> Run:
    """Prepare a run that keeps everything it computes, for one reading."""
    return Run(tuple(_job(network, node, weights) for node in network.nodes))


def _job(network: Network, node: LayerNode, weights: Weights) -> Job:
    return Job(node.name, node.layer.forward, weights.get(network.owner(node), {}), node.sources)


def kept_run_of(network: Network, weights: Weights, spaces: Mapping[str, Space]) -> Run:
    """Prepare a run that puts results into the given spaces, in place where it may, and skips needless gradients."""
    needed, lenders = _needed(network), _lenders(network, spaces)
    jobs = []
    for node in network.nodes:
        space, job = spaces[node.name], _job(network, node, weights)
        space.skip_inputs = not any(needed[_node_of(source)] for source in node.sources)
        rest = space, needed[node.name], lenders.get(node.name)
        jobs.append(Job(job.name, job.forward, job.params, job.sources, *rest))
    return Run(tuple(jobs), Space())


def _needed(network: Network) -> dict[str, bool]:
    """Say of every node whether its gradient is needed: whether a learnt parameter stands behind it."""
    needed = dict.fromkeys(network.inputs, False)
    for node in network.nodes:
        needed[node.name] = bool(node.layer.parameters) or any(needed[_node_of(source)] for source in node.sources)
    return needed


def _lenders(network: Network, spaces: Mapping[str, Space]) -> dict[str, tuple[Space, Space]]:
    """Give, for each node that may work in place, the spaces of the only node it reads and of its only reader."""
    nodes = {node.name: node for node in network.nodes}
    readers = Counter(_node_of(source) for node in network.nodes for source in node.sources)
    readers.update(_node_of(output) for output in network.outputs)
    after = {_node_of(source): node.name for node in network.nodes for source in node.sources}
    found = {}
    for node in network.nodes:
        before = nodes.get(node.sources[0]) if node.layer.in_place else None
        if before and not before.layer.reads_output and readers[before.name] == 1 and readers[node.name] == 1:
            found[node.name] = spaces[before.name], spaces.get(after.get(node.name, ""), Space())
    return found


def _node_of(source: str) -> str:
    return source.partition(":")[0]
