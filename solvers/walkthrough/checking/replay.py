"""The whole training step computed again, with slips built in and a student's own values put in on the way."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from solvers.engine.clipping import clip_norm, clip_value
from solvers.engine.graph import LayerNode
from solvers.engine.layer import Array
from solvers.engine.network import output_names
from solvers.engine.stable import softmax_gradient
from solvers.walkthrough.checking.loss_slips import LossMistake, evaluated, loss_slips
from solvers.walkthrough.checking.mistake import Mistake, Site
from solvers.walkthrough.checking.slips import backward_slips, forward_slips
from solvers.walkthrough.checking.update_slips import UpdateMistake, followed, update_slips
from solvers.walkthrough.problem import ParamName, Problem
from solvers.walkthrough.symbols import Symbols

Way = Callable[..., tuple[tuple[Any, ...], dict[str, Array]]]
FROM_OUTPUT: dict[str, Callable[[Array, Array], Array]] = {
    "sigmoid": lambda Y, dY: dY * Y * (1 - Y),
    "tanh": lambda Y, dY: dY * (1 - Y * Y),
    "softmax": lambda Y, dY: softmax_gradient(Y, dY, -1),
}
"""Layers whose way back needs only their output, which may be the student's own."""


@dataclass(frozen=True)
class Slip:
    """A mistake at a place: the `number`-th that can be made there.

    `site` is a node or input, or `loss`, or `update`; `phase` is forward, backward, gather, loss or update; `target` is
    what it falsifies there.
    """

    site: str
    phase: str
    number: int
    code: str
    text: str
    convention: bool = False
    target: str = ""

    def falsifies(self, problem: Problem, names: Symbols) -> str:
        """Name the first quantity that comes out wrong."""
        if self.phase == "loss":
            return f"d{names.values[problem.network.outputs[0]]}" if self.target == "gradient" else "loss"
        if self.phase == "update":
            return "update"
        if self.phase == "forward":
            return names.values[self.site]
        if self.phase == "gather":
            return f"d{names.values[self.site]}"
        node = next(one for one in problem.network.nodes if one.name == self.site)
        if self.target == "dX":
            return f"d{names.values[node.sources[0].partition(':')[0]]}"
        return f"d{names.params[problem.network.owner(node), self.target]}"


@dataclass
class Replay:
    """One run: `raw` has what every quantity comes out as, by name, in the order of computation.

    `pins` replace quantities for everything behind them; `seen` are the slips that could be made on the way.
    """

    problem: Problem
    names: Symbols
    target: Any
    slips: tuple[Slip, ...] = ()
    pins: Mapping[str, Array] = field(default_factory=dict)
    listing: bool = False
    raw: dict[str, Array] = field(default_factory=dict)
    seen: list[Slip] = field(default_factory=list)

    def run(self) -> "Replay":
        """Compute everything; a slip whose shapes do not fit ends the run where it happens."""
        with np.errstate(all="ignore"), suppress(ValueError):
            values, ways = self._forward(self.problem.weights)
            if self.problem.loss is not None:
                dP = self._loss(values)
                grads = self._backward(values, ways, dP)
                if self.problem.update:
                    self._update(grads)
        return self

    def _keep(self, name: str, array: Any) -> Array:
        """Note what a quantity comes out as, and give what is used from here on."""
        self.raw[name] = array = np.asarray(array, float)
        pin = self.pins.get(name)
        return array if pin is None or pin.shape != array.shape else pin

    def _made(self, site: str, phase: str, mistakes: Iterator[Any]) -> Iterator[tuple[Slip, Any]]:
        """Give the mistakes that are to be made here; while listing, note all that could be."""
        wanted = {slip.number for slip in self.slips if slip.site == site and slip.phase == phase}
        if not wanted and not self.listing:
            return
        for number, mistake in enumerate(mistakes):
            slip = Slip(
                site, phase, number, mistake.code, mistake.text, mistake.convention, getattr(mistake, "target", "")
            )
            if self.listing:
                self.seen.append(slip)
            if number in wanted:
                yield slip, mistake

    def _forward(self, weights: Any) -> tuple[dict[str, Array], dict[str, tuple[Way, tuple[Array, ...]]]]:
        values: dict[str, Array] = dict(self.problem.inputs)
        ways: dict[str, tuple[Way, tuple[Array, ...]]] = {}
        for node in self.problem.network.nodes:
            inputs = tuple(self._input(node, values[source]) for source in node.sources)
            params = weights.get(self.problem.network.owner(node), {})
            outputs, way = node.layer.forward(params, *inputs)
            first = outputs[0]
            for _, mistake in self._made(
                node.name, "forward", forward_slips(Site(node.layer, params, inputs, outputs[0]))
            ):
                first = _fitting(mistake.value(), first.shape)
            first = self._keep(self.names.values[node.name], first)
            values |= dict(zip(output_names(node.name, len(outputs)), (first, *outputs[1:]), strict=True))
            ways[node.name] = (way, inputs)
        return values, ways

    def _input(self, node: LayerNode, array: Array) -> Array:
        return array if node.layer.reads_integers or array.dtype.kind == "f" else array.astype(float)

    def _loss(self, values: Mapping[str, Array]) -> Array:
        output, loss = self.problem.network.outputs[0], self.problem.loss
        P = values[output].astype(float)
        value, gradient = evaluated(loss, self.target, P)
        for _, mistake in self._made("loss", "loss", loss_slips(loss, self.target, P)):
            assert isinstance(mistake, LossMistake)
            if mistake.target == "both":
                value, gradient = mistake.value()
            elif mistake.target == "loss":
                value = mistake.value()
            else:
                gradient = mistake.value()
        self._keep("loss", value)
        return _fitting(gradient, P.shape)

    def _backward(self, values: Mapping[str, Array], ways: Mapping[str, Any], dP: Array) -> dict[ParamName, Array]:
        network = self.problem.network
        arriving: dict[str, list[Array]] = {network.outputs[0]: [dP]}
        grads: dict[ParamName, list[Array]] = {}
        for node in reversed(network.nodes):
            names = output_names(node.name, len([name for name in values if name.partition(":")[0] == node.name]))
            if not any(name in arriving for name in names):
                continue
            up = [self._gathered(name, arriving.get(name), values[name]) for name in names]
            dinputs, dparams = self._node_back(node, values, ways[node.name], up)
            for name, gradient in dparams.items():
                grads.setdefault((network.owner(node), name), []).append(gradient)
            for source, gradient in zip(node.sources, dinputs, strict=True):
                if gradient is not None:
                    arriving.setdefault(source, []).append(gradient)
        for name in network.inputs:
            if name in arriving:
                self._gathered(name, arriving[name], values[name])
        return {param: self._shared(param, parts) for param, parts in grads.items()}

    def _gathered(self, name: str, parts: list[Array] | None, value: Array) -> Array:
        """Add up what arrives at a value along all ways; a value of a further output has no name of its own."""
        if parts is None:
            return np.zeros_like(value)
        total = np.sum(parts, axis=0)
        if ":" in name:
            return np.asarray(total)
        for _, mistake in self._made(name, "gather", _overwriting(parts)):
            total = mistake.value()
        return self._keep(f"d{self.names.values[name]}", total)

    def _shared(self, param: ParamName, parts: list[Array]) -> Array:
        total = np.sum(parts, axis=0)
        return self._keep(f"d{self.names.params[param]}", total) if len(parts) > 1 else np.asarray(total)

    def _node_back(
        self, node: LayerNode, values: Mapping[str, Array], way: tuple[Way, tuple[Array, ...]], up: list[Array]
    ) -> tuple[list[Any], dict[str, Array]]:
        back, inputs = way
        kind, Y = node.layer.kind, values[node.name]
        dinputs, dparams = back(*up)
        found, grads = list(dinputs), dict(dparams)
        if (
            kind in FROM_OUTPUT
            and getattr(node.layer, "axis", -1) == -1
            and getattr(node.layer, "temperature", 1) == 1
        ):
            found[0] = FROM_OUTPUT[kind](Y, up[0])
        site = self._site(node, values, inputs, up[0], dinputs[0], dparams)
        for slip, mistake in self._made(node.name, "backward", backward_slips(site)):
            assert isinstance(mistake, Mistake)
            if slip.target == "dX":
                found[0] = _fitting(mistake.value(), inputs[0].shape)
            else:
                grads[slip.target] = np.asarray(mistake.value())
        owner = self.problem.network.owner(node)
        alone = sum(other.shares == owner for other in self.problem.network.nodes) == 0
        kept = {n: self._keep(f"d{self.names.params[owner, n]}", g) if alone else g for n, g in grads.items()}
        return found, kept

    def _site(
        self,
        node: LayerNode,
        values: Mapping[str, Array],
        inputs: tuple[Array, ...],
        dY: Array,
        dX: Any,
        grads: Any,
    ) -> Site:
        params = self.problem.weights.get(self.problem.network.owner(node), {})
        maker = next((one for one in self.problem.network.nodes if one.name == node.sources[0]), None)
        behind = values[maker.sources[0]] if maker and len(maker.sources) == 1 else None

        def new(name: str) -> Array:
            if not self.problem.update:
                raise ValueError("nothing is updated")
            return followed(self.problem.update.optimiser, params[name], grads[name])["theta"]

        return Site(node.layer, params, inputs, values[node.name], dY, dX, grads, behind, new)

    def _update(self, grads: Mapping[ParamName, Array]) -> None:
        problem = self.problem
        assert problem.update
        learnt = problem.network.learnt(problem.weights)
        params = {
            (node, name): array
            for node, named in learnt.items()
            for name, array in named.items()
            if (node, name) not in problem.frozen
        }
        clipped = self._clipped(
            [_fitting(grads.get(param, np.zeros_like(W)), W.shape) for param, W in params.items()]
        )
        mistakes = list(self._made("update", "update", update_slips(problem.update.optimiser)))
        weights = {node: dict(named) for node, named in problem.weights.items()}
        for (param, W), g in zip(params.items(), clipped, strict=True):
            found = followed(problem.update.optimiser, W, g)
            for _, mistake in mistakes:
                assert isinstance(mistake, UpdateMistake)
                found = mistake.follow(W, g)
            plain = self.names.params[param]
            for name, array in found.items():
                new = self._keep(f"new_{plain}" if name == "theta" else f"{name}_{plain}", array)
            weights[param[0]][param[1]] = new
        again = Replay(problem, self.names, self.target)
        values, _ = again._forward(weights)
        loss, _ = evaluated(problem.loss, self.target, values[problem.network.outputs[0]].astype(float))
        self._keep("new_loss", loss)

    def _clipped(self, gradients: list[Array]) -> list[Array]:
        update = self.problem.update
        if update and update.clip_value is not None:
            gradients = list(clip_value(gradients, update.clip_value))
        if update and update.clip_norm is not None:
            gradients = list(clip_norm(gradients, update.clip_norm))
        return gradients


def _overwriting(parts: list[Array]) -> Iterator[Mistake]:
    """What happens at a value that is used several times when gradients overwrite each other."""
    if len(parts) > 1:
        text = "The value is used more than once, so its gradients add up; here one overwrote the others."
        for part in parts:
            yield Mistake("overwritten", "dX", text, partial(np.asarray, part))
        yield Mistake(
            "averaged",
            "dX",
            "The gradients along several ways add up; they are not averaged.",
            lambda: np.mean(parts, axis=0),
        )


def _fitting(array: Any, shape: tuple[int, ...]) -> Array:
    """Give the array itself; raises `ValueError` if it has another shape than everything behind it needs."""
    fitting: Array = np.asarray(array, float)
    if fitting.shape != shape:
        raise ValueError(f"expected shape {shape}, got {fitting.shape}")
    return fitting
