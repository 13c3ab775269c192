"""A solution as plain data at full precision, for other programs."""

from dataclasses import fields
from typing import Any

import numpy as np

from solvers.engine.layer import Array
from solvers.walkthrough.problem import Place
from solvers.walkthrough.solution import Solution

Data = dict[str, Any]


def as_data(solution: Solution) -> Data:
    """Give loss, output and every layer's values, gradients and new parameters as numbers and nested lists."""
    problem, seen = solution.problem, solution.trace
    return {
        "loss": seen.loss,
        "output": plain(seen.values[problem.network.outputs[0]]),
        "layers": [_layer(solution, place) for place in problem.places],
        "inputs": {
            name: {"value": plain(array), "grad": plain(seen.gradients.get(name))}
            for name, array in problem.inputs.items()
        },
        "update": _update(solution),
        "loss_after": solution.loss_after,
    }


def plain(value: Array | float | None) -> Any:
    """Give an array as nested lists, a single number as a number, nothing as None.

    >>> plain(np.array([[1.0, 2.5]])), plain(np.array(3.0)), plain(None)
    ([[1.0, 2.5]], 3.0, None)
    """
    return None if value is None else np.asarray(value).tolist()


def _layer(solution: Solution, place: Place) -> Data:
    return _leaf(solution, place) if not place.inner else _block(solution, place)


def _leaf(solution: Solution, place: Place) -> Data:
    (node,), problem = place.nodes, solution.problem
    record = solution.record(node)
    owner = next(one.shares for one in problem.network.nodes if one.name == node) or node

    def shaped(name: str, array: Array | None) -> Any:
        return None if array is None else plain(problem.as_given(owner, name, array))

    learnt = [name for name in record.layer.parameters if name in record.params]
    after = record.layer.next_state(record.params, *record.inputs)
    data: Data = {
        "kind": place.kind,
        "name": node,
        "output": plain(record.outputs[0]),
        "grad_output": plain(record.grad_outputs[0]),
        "grad_input": _by_source(record.sources, record.grad_inputs),
        "params": {name: shaped(name, record.params[name]) for name in learnt},
        "grads": {name: shaped(name, solution.gradient(owner, name)) for name in learnt},
        "updated": {
            name: shaped(name, solution.updated[owner, name].value)
            for name in learnt
            if (owner, name) in solution.updated
        },
    }
    state = [name for name in record.layer.state if name in record.params]
    if state:
        data["state"] = {name: shaped(name, record.params[name]) for name in state}
        data["state_after"] = {name: shaped(name, after.get(name, record.params[name])) for name in state}
    if len(record.outputs) > 1:
        data["outputs"] = [plain(output) for output in record.outputs]
        data["grad_outputs"] = [plain(gradient) for gradient in record.grad_outputs]
    return data


def _block(solution: Solution, place: Place) -> Data:
    """Give a block's own output and gradients, its parts, and all their parameters under their path."""
    inner = [_layer(solution, part) for part in place.inner]
    record = solution.record(place.nodes[-1])
    outside = [source for source in _sources(solution, place) if source not in place.nodes]
    gradients = tuple(_arriving(solution, place, source) for source in outside)
    return {
        "kind": place.kind,
        "name": place.name,
        "output": plain(record.outputs[0]),
        "grad_output": plain(record.grad_outputs[0]),
        "grad_input": _by_source(tuple(outside), gradients),
        **{
            key: {
                f"{part.name}.{name}": value
                for part, data in zip(place.inner, inner, strict=True)
                for name, value in data[key].items()
            }
            for key in ("params", "grads", "updated")
        },
        "layers": inner,
    }


def _sources(solution: Solution, place: Place) -> list[str]:
    return list(dict.fromkeys(source for node in place.nodes for source in solution.record(node).sources))


def _arriving(solution: Solution, place: Place, source: str) -> Array | None:
    """Add up what the parts of a block send back to something outside it."""
    sent = [
        gradient
        for node in place.nodes
        for name, gradient in zip(solution.record(node).sources, solution.record(node).grad_inputs, strict=True)
        if name == source and gradient is not None
    ]
    return np.sum(sent, axis=0) if sent else None


def _by_source(sources: tuple[str, ...], gradients: tuple[Array | None, ...]) -> Any:
    """Give the gradient of the only input, or those of several by what was read."""
    if len(sources) == 1:
        return plain(gradients[0])
    found: Data = {}
    for source, gradient in zip(sources, gradients, strict=True):
        earlier = found.get(source)
        found[source] = plain(gradient if earlier is None or gradient is None else np.asarray(earlier) + gradient)
    return found


def _update(solution: Solution) -> Data | None:
    update = solution.problem.update
    if update is None:
        return None
    rule = update.optimiser
    settings = {one.name: getattr(rule, one.name) for one in fields(rule)}
    clips = {"clip_norm": update.clip_norm, "clip_value": update.clip_value}
    return {
        "kind": rule.kind,
        **settings,
        **{name: value for name, value in clips.items() if value is not None},
        "recursion": list(rule.recursion()),
    }
