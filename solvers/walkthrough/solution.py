"""A problem worked out: every value and gradient, the new weights, and the loss they give."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from solvers.engine.clipping import clip_norm, clip_value
from solvers.engine.layer import Array
from solvers.engine.optimiser import Line
from solvers.engine.trace import Record, Trace, trace
from solvers.walkthrough.bounds import first_bad
from solvers.walkthrough.problem import ParamName, Problem
from solvers.walkthrough.trouble import ProblemError


@dataclass(frozen=True)
class Updated:
    """One parameter's step: the gradient as clipped, the recursion line by line, and the new value."""

    gradient: Array
    lines: tuple[Line, ...]
    value: Array


@dataclass(frozen=True)
class Solution:
    """A problem, its trace, the updates by parameter, and the loss after the step (None without an update)."""

    problem: Problem
    trace: Trace
    updated: Mapping[ParamName, Updated]
    loss_after: float | None = None

    def record(self, node: str) -> Record:
        """Give what happened at a node."""
        return next(record for record in self.trace.records if record.name == node)

    def gradient(self, node: str, name: str) -> Array | None:
        """Give the gradient of a parameter."""
        return self.trace.grads.get(node, {}).get(name)


def solve_problem(problem: Problem) -> Solution:
    """Work a problem out; raises `ProblemError` where NaN or infinity appears, naming the first place."""
    with np.errstate(all="ignore"):
        seen = _traced(problem)
        _check_finite(problem, seen)
        updated = updates(problem, seen)
        if not updated:
            return Solution(problem, seen, {})
        after = _traced(replace(problem, weights=new_weights(problem, updated)))
    return Solution(problem, seen, updated, after.loss)


def _traced(problem: Problem) -> Trace:
    try:
        return trace(problem.network, problem.weights, problem.inputs, problem.loss, problem.target)
    except ValueError as error:
        raise ProblemError(str(error)) from None


def updates(problem: Problem, seen: Trace) -> dict[ParamName, Updated]:
    """Work out the step of every parameter that is learnt and not frozen."""
    if not problem.update:
        return {}
    learnt = problem.network.learnt(problem.weights)
    named = {
        (node, name): (array, seen.grads.get(node, {}).get(name))
        for node, params in learnt.items()
        for name, array in params.items()
        if (node, name) not in problem.frozen
    }
    gradients = [np.zeros_like(array) if gradient is None else gradient for array, gradient in named.values()]
    clipped = _clipped(problem, gradients)
    return {
        param: _step(problem, param, array, gradient)
        for (param, (array, _)), gradient in zip(named.items(), clipped, strict=True)
    }


def new_weights(problem: Problem, updated: Mapping[ParamName, Updated]) -> dict[str, dict[str, Array]]:
    """Give all parameters after the step."""
    return {
        node: {
            name: updated[node, name].value if (node, name) in updated else array for name, array in params.items()
        }
        for node, params in problem.weights.items()
    }


def _clipped(problem: Problem, gradients: list[Array]) -> list[Array]:
    update = problem.update
    if update and update.clip_value is not None:
        gradients = list(clip_value(gradients, update.clip_value))
    if update and update.clip_norm is not None:
        gradients = list(clip_norm(gradients, update.clip_norm))
    return gradients


def _step(problem: Problem, param: ParamName, array: Array, gradient: Array) -> Updated:
    assert problem.update
    rule = problem.update.optimiser
    lines = rule.lines(array, gradient, rule.start(array))
    value = lines[-1].value
    if not np.isfinite(value).all():
        label = problem.labels()[param[0]]
        raise ProblemError(f"{label}: the new value of {param[1]} contains {first_bad(value)}")
    return Updated(gradient, lines, value)


def _check_finite(problem: Problem, seen: Trace) -> None:
    name = seen.first_not_finite()
    if name is None:
        return
    labels = problem.labels()
    if name in seen.values and not np.isfinite(seen.values[name]).all():
        what = f"the output of {labels.get(name.partition(':')[0], name)}"
        raise ProblemError(
            f"{what} contains {first_bad(seen.values[name])}; it is the first value that is not finite"
        )
    if name == "the loss":
        raise ProblemError(f"the loss is {first_bad(np.asarray(seen.loss))}, though all outputs are finite")
    node = name.removeprefix("the gradient of ")
    parameter, _, owner = node.rpartition(" of ")
    where = labels.get(owner or node.partition(":")[0], node)
    what = f"the gradient of {parameter} of {where}" if parameter else f"the gradient of the output of {where}"
    array = seen.grads[owner][parameter] if parameter else seen.gradients[node]
    raise ProblemError(f"{what} contains {first_bad(array)}; it is the first value that is not finite")
