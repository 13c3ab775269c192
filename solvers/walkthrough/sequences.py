"""Sequences as the explanations of recurrent layers see them: time first, and only a few of many steps."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from solvers.engine.layer import Array
from solvers.walkthrough.showing import product, show
from solvers.walkthrough.view import View, partial
from solvers.worked import Step

MOST_STEPS = 4
FEW = 24


@dataclass(frozen=True)
class Sequence:
    """The inputs and upstream gradients of a recurrent layer by time (steps, samples, features), in reading order.

    `starts` are the start states (samples, hidden), `last` the upstream gradients of the last states.
    """

    X: Array
    arriving: Array
    starts: tuple[Array, ...]
    last: tuple[Array, ...]

    @property
    def length(self) -> int:
        """The number of steps."""
        return len(self.X)

    def shown(self) -> list[int]:
        """Give the steps that are shown, counted from 1: all of a short sequence, the ends of a long one.

        >>> Sequence(np.zeros((9, 1, 1)), np.zeros((9, 1, 1)), (), ()).shown()
        [1, 2, 8, 9]
        """
        steps = list(range(1, self.length + 1))
        return steps if len(steps) <= MOST_STEPS else [*steps[:2], *steps[-2:]]


def sequence(view: View, hidden: int) -> Sequence:
    """Look at the inputs of a recurrent layer step by step."""
    X, arriving = by_time(view, view.X), by_time(view, view.dY)
    samples = X.shape[1]
    given = view.record.inputs[1:]
    starts, last = [], []
    for place, name in enumerate(view.layer.starts):
        start = given[place] if place < len(given) else view.record.params.get(name, np.zeros(hidden))
        starts.append(np.broadcast_to(start, (samples, hidden)))
        gradient = view.record.grad_outputs[1 + place]
        last.append(np.zeros((samples, hidden)) if gradient is None else gradient.reshape(samples, hidden))
    return Sequence(X, arriving, tuple(starts), tuple(last))


def by_time(view: View, array: Array) -> Array:
    """Give (samples, steps, …) or (steps, …) with the steps first, in the order in which they are read."""
    steps = array[:, None] if array.ndim == 2 else array.swapaxes(0, 1)
    return steps[::-1] if view.layer.reverse else steps


def gap(steps: list[int], now: int) -> Iterator[Step]:
    """Say that steps are left out before this one, where they are."""
    place = steps.index(now)
    if place and abs(now - steps[place - 1]) > 1:
        yield Step("… and so on, step by step, with the same weights …")


def gate_numbers(view: View, gate: str, x: Array, h: Array) -> str:
    """Put numbers in for a gate before its activation: input and state times their weights, and the bias."""
    pieces = [product(x, view.param(f"W{gate}x"), sign=""), product(h, view.param(f"W{gate}h"), sign="")]
    if not all(pieces) or x.size + view.param(f"W{gate}h").size > FEW:
        return ""
    return " + ".join([*pieces, *([show(view.param(f"b{gate}"))] if view.has(f"b{gate}") else [])])


def sums(view: View, gates: tuple[str, ...], deltas: str, state: str = "h_{t-1}") -> Iterator[Step]:
    """The gradients of the weights: what every step contributes, added up over time, for every gate."""
    for gate in gates:
        delta = deltas.replace("GATE", gate)
        terms = {
            f"W{gate}x": (
                rf"\sum_t x_t^T \, {delta}",
                "The input weights were used at every step: input times gradient",
            ),
            f"W{gate}h": (
                rf"\sum_t {state}^T \, {delta}",
                "The recurrent weights multiplied the state of the step before",
            ),
            f"b{gate}": (rf"\sum_t {delta}", "The bias was added at every step"),
            f"b{gate}h": (rf"\sum_t r_t \odot {delta}", "The second bias was added behind the reset gate"),
        }
        for name, (rule, why) in terms.items():
            if view.has(name):
                yield view.param_step(name, f"{why}; the steps share it, so their contributions add up.", rule)


def ends(view: View, deltas: str) -> Iterator[Step]:
    """The gradients of the inputs, and of the start states where they are learnt or given."""
    if view.dX is not None:
        yield view.input_step("Each input acted on its own step through the input weights.", deltas)
    for place, name in enumerate(view.layer.starts):
        if view.has(name):
            yield view.param_step(
                name,
                "What arrives before the first step, added up over the samples.",
                rf"\sum_n {partial(name[0] + '_0')}",
            )
        elif place + 1 < len(view.record.inputs):
            yield view.input_step("What arrives before the first step.", partial(f"{name[0]}_0"), place=place + 1)


def found(symbol: str, reason: str, rule: str, value: Array, name: str = "", numbers: str = "") -> Step:
    """Make a step of one time."""
    return Step(reason, f"{symbol} = {rule}", numbers, show(value), name)
