"""Running a network forward and backward, keeping every value and every gradient on the way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from solvers.engine.layer import FRESH, Array, Backward, Params, Space
from solvers.engine.network import Network, Weights, output_names


@dataclass(frozen=True, slots=True)
class Job:
    """What is done at one node: bound once, so that a step only calls."""

    name: str
    forward: Callable[..., tuple[tuple[Array, ...], Backward]]
    params: Params
    sources: tuple[str, ...]
    space: Space
    needed: bool


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
    sent_back: dict[str, tuple[tuple[Array | None, ...], dict[str, Array]]] = field(default_factory=dict)

    def forward(self, inputs: Mapping[str, Array]) -> None:
        """Compute the value of every node."""
        values = self.values = dict(inputs)
        ways_back = self.ways_back = []
        for job in self.jobs:
            outputs, backward = job.forward(job.params, *[values[s] for s in job.sources], space=job.space)
            ways_back.append((backward, len(outputs)))
            values[job.name] = outputs[0]
            if len(outputs) > 1:
                values.update(zip(output_names(job.name, len(outputs)), outputs, strict=True))

    def backward(self, upstream: Mapping[str, Array]) -> None:
        """Carry upstream gradients of some values back to everything they depend on."""
        self.gradients = dict(upstream)
        self.sent_back = {}
        for job, (backward, count) in zip(reversed(self.jobs), reversed(self.ways_back), strict=True):
            if job.needed and (arriving := self._arriving(job.name, count)):
                sent = self.sent_back[job.name] = backward(*arriving)
                for source, gradient in zip(job.sources, sent[0], strict=True):
                    if gradient is not None:
                        self._add(source, gradient)

    def _arriving(self, name: str, count: int) -> list[Array]:
        """Give the gradients of a node's outputs, zeros where only others have one; nothing if none has."""
        if count == 1:
            return [self.gradients[name]] if name in self.gradients else []
        names = output_names(name, count)
        if not any(output in self.gradients for output in names):
            return []
        return [self.gradients.get(o, np.zeros_like(self.values[o])) for o in names]

    def _add(self, name: str, gradient: Array) -> None:
        """Gradients that reach one value along several ways add up."""
        if name in self.gradients:
            gradient = np.add(self.gradients[name], gradient, out=self.sums.like(name, gradient))
        self.gradients[name] = gradient

    def weight_gradients(self, owners: Mapping[str, str]) -> dict[str, dict[str, Array]]:
        """Give the gradients of the parameters by the node that owns them; those of shared parameters add up."""
        total: dict[str, dict[str, Array]] = {owner: {} for owner in owners.values()}
        for node, owner in owners.items():
            for name, gradient in self.sent_back.get(node, ((), {}))[1].items():
                held = total[owner].get(name)
                total[owner][name] = gradient if held is None else held + gradient
        return total


def run_of(network: Network, weights: Weights) -> Run:
    """Prepare a run that keeps everything it computes, for one reading."""
    return Run(tuple(_job(network, weights, index, FRESH, True) for index in range(len(network.nodes))))


def kept_run_of(network: Network, weights: Weights, spaces: Mapping[str, Space]) -> Run:
    """Prepare a run that puts results into the given spaces and leaves out gradients nobody needs."""
    needed = _needed(network)
    jobs = []
    for index, node in enumerate(network.nodes):
        spaces[node.name].skip_inputs = not any(needed[source.partition(":")[0]] for source in node.sources)
        jobs.append(_job(network, weights, index, spaces[node.name], needed[node.name]))
    return Run(tuple(jobs), Space())


def _job(network: Network, weights: Weights, index: int, space: Space, needed: bool) -> Job:
    node = network.nodes[index]
    params = weights.get(network.owner(node), {})
    return Job(node.name, node.layer.forward, params, node.sources, space, needed)


def _needed(network: Network) -> dict[str, bool]:
    """Say of every value whether its gradient is needed: whether a learnt parameter stands behind it."""
    needed = dict.fromkeys(network.inputs, False)
    for node in network.nodes:
        needed[node.name] = bool(node.layer.parameters) or any(
            needed[source.partition(":")[0]] for source in node.sources
        )
    return needed
