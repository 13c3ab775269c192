"""Softmax and its logarithm: every output depends on every input of its row."""

from collections.abc import Iterator

import numpy as np

from solvers.walkthrough.showing import product, show
from solvers.walkthrough.view import View
from solvers.worked import Step

KINDS = ("softmax", "log-softmax")


def forward(view: View) -> Iterator[Step]:
    """Powers, their sum, the shares."""
    axis, temperature = view.layer.axis, getattr(view.layer, "temperature", 1.0)
    Z = view.X / temperature
    largest = Z.max(axis, keepdims=True)
    powers = np.exp(Z - largest) if np.abs(Z).max(initial=0) > 50 else np.exp(Z)
    shift = r" - \max" if np.abs(Z).max(initial=0) > 50 else ""
    inner = view.x if temperature == 1 else rf"{view.x} / {temperature:g}"
    yield Step(
        "Powers make everything positive"
        + ("; the largest logit is subtracted first, which changes nothing in the quotient." if shift else "."),
        rf"e^{{{inner}{shift}}}",
        "",
        show(powers),
    )
    yield Step("Their sum, for each row.", rf"\sum e^{{{inner}{shift}}}", "", show(powers.sum(axis)))
    log = view.layer.kind == "log-softmax"
    fraction = rf"\frac{{e^{{{inner}}}}}{{\sum e^{{{inner}}}}}"
    reason = (
        "The logarithm of every share of the sum."
        if log
        else "Every power's share of the sum: a row adds up to 1."
    )
    yield view.output_step(reason, rf"\ln {fraction}" if log else fraction, "", {view.input_name: view.X})


def backward(view: View) -> Iterator[Step]:
    """Each input raises its own output and lowers the others of its row."""
    if view.dX is None:
        return
    axis, y = view.layer.axis, view.y
    if view.layer.kind == "log-softmax":
        total = view.dY.sum(axis, keepdims=True)
        yield Step("The sum of the upstream gradients of a row.", rf"s = \sum {view.up}", "", show(total))
        yield view.input_step(
            "Raising one input lowers all log-probabilities of the row by its probability.",
            rf"{view.up} - s \, e^{{{y}}}",
            "",
            {view.upstream_name: view.dY},
        )
        return
    total = (view.dY * view.Y).sum(axis, keepdims=True)
    yield Step(
        r"Every probability depends on all inputs of its row: $\frac{\partial p_i}{\partial x_j}$ is $p_i (1 - p_i)$ for $i = j$ "
        "and $-p_i p_j$ otherwise. So first the mean of the upstream gradients, weighted with the probabilities.",
        rf"s = \sum {view.up} \odot {y}",
        "",
        show(total),
    )
    temperature = getattr(view.layer, "temperature", 1.0)
    front = "" if temperature == 1 else rf"\frac{{1}}{{{temperature:g}}} "
    yield view.input_step(
        "Every probability times how far its upstream gradient lies above that mean; a row of these adds up to 0.",
        rf"{front}{y} \odot \left( {view.up} - s \right)",
        product(view.Y, view.dY - total) if not front else "",
        {view.upstream_name: view.dY},
    )
