"""Slips with recurrent layers: time is forgotten on the way back, or steps overwrite each other."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from solvers.engine.layer import Array
from solvers.walkthrough.checking.mistake import Mistake, Site

KINDS = ("rnn", "lstm", "gru")
Step = tuple[Array, Callable[..., tuple[tuple[Array, ...], dict[str, Array]]]]


def forward(site: Site) -> Iterator[Mistake]:
    """Every step begins anew."""
    text = "Every step started from a zero state; the state of the step before is carried on."
    yield Mistake(
        "state-not-carried",
        "Y",
        text,
        lambda: np.concatenate([H for H, _ in _steps(site, carried=False)], axis=-2),
    )


def backward(site: Site) -> Iterator[Mistake]:
    """The gradient through time is missing, or only one step counts."""
    dY = site.dY
    if dY is None or site.X.shape[-2] < 2:
        return
    alone = "The gradient through time is missing: a state also acts on all later steps."
    one = "Every step contributes to the gradient of a shared weight, and the contributions add up; here only one step counts."
    for name in site.grads:
        yield Mistake("no-time", name, alone, partial(_alone, site, dY, name))
        for place in (0, -1):
            yield Mistake("overwritten", name, one, partial(_one_step, site, dY, name, place))
    yield Mistake("no-time", "dX", alone, lambda: _inputs_alone(site, dY))


def _steps(site: Site, carried: bool = True) -> list[Step]:
    """Run the layer one step at a time."""
    states: tuple[Array, ...] = tuple(site.inputs[1:])
    found = []
    for t in range(site.X.shape[-2]):
        (H, *last), back = site.layer.forward(site.params, site.X[..., t : t + 1, :], *states)
        found.append((H, back))
        states = tuple(last) if carried else tuple(site.inputs[1:])
    return found


def _through_time(site: Site, dY: Array, name: str, carried: bool = True) -> Array:
    """Give what every step contributes to the gradient of a parameter."""
    return np.stack([grads.get(name, np.zeros_like(site.params[name])) for _, grads in _back(site, dY, carried)])


def _alone(site: Site, dY: Array, name: str) -> Array:
    return np.asarray(_through_time(site, dY, name, carried=False).sum(0))


def _one_step(site: Site, dY: Array, name: str, place: int) -> Array:
    return np.asarray(_through_time(site, dY, name)[place])


def _inputs_alone(site: Site, dY: Array) -> Array:
    return np.concatenate([inputs[0] for inputs, _ in _back(site, dY, False)], axis=-2)


def _back(site: Site, dY: Array, carried: bool) -> list[tuple[tuple[Array, ...], dict[str, Array]]]:
    """Go back step by step; give the gradients of each, from the first step to the last."""
    if site.layer.reverse:
        raise ValueError("read from its end")
    found: list[tuple[tuple[Array, ...], dict[str, Array]]] = []
    steps = _steps(site)
    zeros = [np.zeros((*site.X.shape[:-2], dY.shape[-1])) for _ in site.layer.starts]
    arriving = zeros
    for t in reversed(range(len(steps))):
        inputs, grads = steps[t][1](dY[..., t : t + 1, :], *arriving)
        found.append((inputs, grads))
        arriving = list(inputs[1:]) if carried and len(inputs) > 1 else zeros
    return found[::-1]
