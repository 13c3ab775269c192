"""Long short-term memory: gates, cell and state of every step, and back through time."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from solvers.engine.layer import Array
from solvers.engine.stable import sigmoid
from solvers.walkthrough.sequences import Sequence, ends, found, gap, gate_numbers, sequence, sums
from solvers.walkthrough.view import View, partial
from solvers.worked import Step

KINDS = ("lstm",)
GATES = ("f", "i", "C", "o")
LETTERS = {"f": "f", "i": "i", "C": r"\tilde{C}", "o": "o"}
WORDS = {
    "f": "The forget gate: how much of the old cell state stays.",
    "i": "The input gate: how much of the candidate comes in.",
    "C": "The candidate, of either sign.",
    "o": "The output gate: how much of the cell is shown.",
}


class Moment(NamedTuple):
    """What a step computed: its gates, the cell before and after, and the state."""

    gates: dict[str, Array]
    cell_before: Array
    cell: Array
    state: Array


def forward(view: View) -> Iterator[Step]:
    """Gates, cell state and hidden state, step by step."""
    times, moments = unrolled(view)
    for t in times.shown():
        yield from gap(times.shown(), t)
        moment = moments[t - 1]
        for gate in GATES:
            bend = r"\tanh" if gate == "C" else r"\sigma"
            bias = f" + {view.symbol(f'b{gate}')}" if view.has(f"b{gate}") else ""
            inner = f"x_{{{t}}} {view.symbol(f'W{gate}x')} + h_{{{t - 1}}} {view.symbol(f'W{gate}h')}{bias}"
            before = moments[t - 2].state if t > 1 else times.starts[0]
            numbers = gate_numbers(view, gate, times.X[t - 1], before)
            yield found(
                f"{LETTERS[gate]}_{{{t}}}",
                f"Step {t}. {WORDS[gate]}",
                rf"{bend}\left( {inner} \right)",
                moment.gates[gate],
                numbers=numbers and rf"{bend}\left( {numbers} \right)",
            )
        yield found(
            f"C_{{{t}}}",
            "The cell state: what stays, plus what comes in.",
            rf"f_{{{t}}} \odot C_{{{t - 1}}} + i_{{{t}}} \odot \tilde{{C}}_{{{t}}}",
            moment.cell,
            f"c{t}",
        )
        yield found(
            f"h_{{{t}}}",
            "The hidden state: the squashed cell, as far as it is shown.",
            rf"o_{{{t}}} \odot \tanh(C_{{{t}}})",
            moment.state,
            f"h{t}",
        )
    yield view.output_step(
        "The hidden states of all steps are the output; the last hidden and cell state are also there by themselves.",
        rf"\left( h_1, \ldots, h_{{{times.length}}} \right)",
        "",
        {view.input_name: view.X},
    )


def backward(view: View) -> Iterator[Step]:
    """From the last step to the first: through the state, the cell, and the gates."""
    times, moments = unrolled(view)
    order = times.shown()[::-1]
    dh, dc = times.last
    for t in range(times.length, 0, -1):
        moment, dh = moments[t - 1], dh + times.arriving[t - 1]
        squashed = np.tanh(moment.cell)
        dc = dc + dh * moment.gates["o"] * (1 - squashed**2)
        deltas = _deltas(moment, dh, dc, squashed)
        if t in order:
            yield from gap(order, t)
            yield from _moment_steps(view, times, t, dh, dc, deltas)
        dh = sum((deltas[gate] @ view.param(f"W{gate}h").T for gate in GATES), np.zeros_like(dh))
        dc = dc * moment.gates["f"]
    yield from sums(view, GATES, partial("a^{GATE}_t"))
    yield from ends(view, rf"\sum_{{g \in \{{f, i, C, o\}}}} {partial('a^{g}_t')} \, W_{{gx}}^T")


def unrolled(view: View) -> tuple[Sequence, list[Moment]]:
    """Give the sequence and what every step computes."""
    times = sequence(view, view.param("Wfh").shape[0])
    (h, c), moments = times.starts, []
    for x in times.X:
        gates = {}
        for gate in GATES:
            a = x @ view.param(f"W{gate}x") + h @ view.param(f"W{gate}h") + view.record.params.get(f"b{gate}", 0)
            gates[gate] = np.tanh(a) if gate == "C" else sigmoid(a)
        before, c = c, gates["f"] * c + gates["i"] * gates["C"]
        h = gates["o"] * np.tanh(c)
        moments.append(Moment(gates, before, c, h))
    return times, moments


def _deltas(moment: Moment, dh: Array, dc: Array, squashed: Array) -> dict[str, Array]:
    """Give the gradients of all gates before their activation."""
    f, i, C, o = (moment.gates[gate] for gate in GATES)
    return {
        "f": dc * moment.cell_before * f * (1 - f),
        "i": dc * C * i * (1 - i),
        "C": dc * i * (1 - C * C),
        "o": dh * squashed * o * (1 - o),
    }


def _moment_steps(
    view: View, times: Sequence, t: int, dh: Array, dc: Array, deltas: dict[str, Array]
) -> Iterator[Step]:
    last, now, then = t == times.length, f"_{{{t}}}", f"_{{{t + 1}}}"
    above = rf"{view.up}[{t}]"
    h, c = partial(f"h{now}"), partial(f"C{now}")
    yield found(
        h,
        f"Step {t}, back through time: what arrives at the state from above"
        + ("." if last else f" and from all gates of step {t + 1}."),
        above if last else rf"{above} + \sum_g {partial('a^{g}' + then)} \, W_{{gh}}^T",
        dh,
        f"dh{t}",
    )
    along = "" if last else rf" + {partial('C' + then)} \odot f{then}"
    yield found(
        c,
        "The cell acted on the state"
        + (
            "."
            if last
            else " and, through the forget gate only, on the next cell: no weight "
            "and no squashing on that way, which is why gradients survive many steps."
        ),
        rf"{h} \odot o{now} \odot (1 - \tanh^2 C{now}){along}",
        dc,
        f"dc{t}",
    )
    rules = {
        "f": rf"{c} \odot C_{{{t - 1}}} \odot f{now} \odot (1 - f{now})",
        "i": rf"{c} \odot \tilde{{C}}{now} \odot i{now} \odot (1 - i{now})",
        "C": rf"{c} \odot i{now} \odot (1 - \tilde{{C}}{now} \odot \tilde{{C}}{now})",
        "o": rf"{h} \odot \tanh(C{now}) \odot o{now} \odot (1 - o{now})",
    }
    for gate, rule in rules.items():
        reason = "Each gate: what it multiplied, then its own slope." if gate == "f" else ""
        yield found(partial(f"a^{{{gate}}}{now}"), reason, rule, deltas[gate])
