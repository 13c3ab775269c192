"""Plain recurrent layers, step by step, and back through time."""

from collections.abc import Iterator

import numpy as np

from solvers.engine.layer import Array
from solvers.engine.layers.rnn import ACTIVATIONS
from solvers.walkthrough.sequences import Sequence, ends, found, gap, gate_numbers, sequence, sums
from solvers.walkthrough.view import View, partial
from solvers.worked import Step

KINDS = ("rnn",)
SLOPES = {
    "tanh": r"(1 - h_{T} \odot h_{T})",
    "relu": "[h_{T} > 0]",
    "sigmoid": r"h_{T} \odot (1 - h_{T})",
    "identity": "1",
}


def forward(view: View) -> Iterator[Step]:
    """The state of every step from the input and the state before."""
    times, states = unrolled(view)
    bias = f" + {view.symbol('b')}" if view.has("b") else ""
    order = " The sequence is read from its end." if view.layer.reverse else ""
    for t in times.shown():
        yield from gap(times.shown(), t)
        reason = f"Step {t}: the input and the state before, each with its weights; then {view.layer.activation}."
        inner = f"x_{{{t}}} {view.symbol('Wx')} + h_{{{t - 1}}} {view.symbol('Wh')}{bias}"
        rule = rf"\text{{{view.layer.activation}}}\left( {inner} \right)"
        numbers = gate_numbers(view, "", times.X[t - 1], states[t - 1])
        numbers = numbers and rf"\text{{{view.layer.activation}}}\left( {numbers} \right)"
        yield found(f"h_{{{t}}}", reason + order * (t == 1), rule, states[t], f"h{t}", numbers)
    yield view.output_step(
        "The states of all steps are the output; the last one is also there by itself.",
        rf"\left( h_1, \ldots, h_{{{times.length}}} \right)",
        "",
        {view.input_name: view.X, view.plain("Wx"): view.param("Wx"), view.plain("Wh"): view.param("Wh")},
    )


def backward(view: View) -> Iterator[Step]:
    """From the last step to the first, then the sums over time."""
    times, states = unrolled(view)
    slope = ACTIVATIONS[view.layer.activation][1]
    order = times.shown()[::-1]
    dh = times.last[0]
    for t in range(times.length, 0, -1):
        dh = dh + times.arriving[t - 1]
        da = dh * slope(states[t])
        if t in order:
            yield from gap(order, t)
            yield found(partial(f"h_{{{t}}}"), _arrives(times, t), _rule(view, times, t), dh, f"dh{t}")
            yield found(
                partial(f"a_{{{t}}}"),
                "Through the activation: upstream gradient times slope.",
                rf"{partial(f'h_{{{t}}}')} \odot {SLOPES[view.layer.activation].replace('T', str(t))}",
                da,
            )
        dh = da @ view.param("Wh").T
    yield from sums(view, ("",), partial("a_t"))
    yield from ends(view, rf"{partial('a_t')} \, {view.symbol('Wx')}^T")


def unrolled(view: View) -> tuple[Sequence, list[Array]]:
    """Give the sequence and all states, the start first."""
    times = sequence(view, view.param("Wh").shape[0])
    f, states = ACTIVATIONS[view.layer.activation][0], [np.asarray(times.starts[0])]
    for x in times.X:
        a = x @ view.param("Wx") + states[-1] @ view.param("Wh") + view.record.params.get("b", 0)
        states.append(np.asarray(f(a, out=np.empty_like(a))))
    return times, states


def _arrives(times: Sequence, t: int) -> str:
    if t == times.length:
        return f"Back through time, from the last step. What arrives at $h_{{{t}}}$ from above."
    return f"$h_{{{t}}}$ acted on its own output and, through the recurrent weights, on step {t + 1}: both ways add up."


def _rule(view: View, times: Sequence, t: int) -> str:
    above = rf"{view.up}[{t}]"
    return above if t == times.length else rf"{above} + {partial(f'a_{{{t + 1}}}')} \, {view.symbol('Wh')}^T"
