"""Gated recurrent units: gates, candidate and state of every step, and back through time."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from solvers.engine.layer import Array
from solvers.engine.stable import sigmoid
from solvers.walkthrough.sequences import Sequence, ends, found, gap, sequence, sums
from solvers.walkthrough.view import View, partial
from solvers.worked import Step

KINDS = ("gru",)


class Moment(NamedTuple):
    """What a step computed; `keep` is the weight of the old state, `product` what the reset gate acts on or makes."""

    r: Array
    z: Array
    n: Array
    product: Array
    before: Array
    keep: Array
    state: Array


def forward(view: View) -> Iterator[Step]:
    """Reset gate, update gate, candidate and state, step by step."""
    times, moments = unrolled(view)
    for t in times.shown():
        yield from gap(times.shown(), t)
        yield from _forward_steps(view, t, moments[t - 1])
    yield view.output_step(
        "The states of all steps are the output; the last one is also there by itself.",
        rf"\left( h_1, \ldots, h_{{{times.length}}} \right)",
        "",
        {view.input_name: view.X},
    )


def backward(view: View) -> Iterator[Step]:
    """From the last step to the first: through the mixture, the candidate, and the gates."""
    times, moments = unrolled(view)
    order, dh = times.shown()[::-1], times.last[0]
    for t in range(times.length, 0, -1):
        moment, dh = moments[t - 1], dh + times.arriving[t - 1]
        deltas, through = _deltas(view, moment, dh)
        if t in order:
            yield from gap(order, t)
            yield from _backward_steps(view, times, t, dh, deltas)
        dh = (
            dh * moment.keep
            + through
            + sum((deltas[gate] @ view.param(f"W{gate}h").T for gate in "rz"), np.zeros_like(dh))
        )
    yield from sums(view, ("r", "z"), partial("a^{GATE}_t"))
    state = "h_{t-1}" if _after(view) else r"(r_t \odot h_{t-1})"
    delta = partial("a^{GATE}_t")
    yield from sums(view, ("n",), delta, state)
    yield from ends(view, rf"\sum_{{g \in \{{r, z, n\}}}} {partial('a^{g}_t')} \, W_{{gx}}^T")


def _after(view: View) -> bool:
    return bool(view.layer.reset == "after")


def unrolled(view: View) -> tuple[Sequence, list[Moment]]:
    """Give the sequence and what every step computes."""
    times, params = sequence(view, view.param("Wrh").shape[0]), view.record.params
    (h,), moments = times.starts, []
    for x in times.X:
        r, z = (sigmoid(x @ params[f"W{g}x"] + h @ params[f"W{g}h"] + params.get(f"b{g}", 0)) for g in "rz")
        product = h @ params["Wnh"] + params.get("bnh", 0) if _after(view) else r * h
        n = np.tanh(
            x @ params["Wnx"] + params.get("bn", 0) + (r * product if _after(view) else product @ params["Wnh"])
        )
        keep = z if view.layer.z_keeps == "old" else 1 - z
        before, h = h, keep * h + (1 - keep) * n
        moments.append(Moment(r, z, n, product, before, keep, h))
    return times, moments


def _deltas(view: View, moment: Moment, dh: Array) -> tuple[dict[str, Array], Array]:
    """Give the gradients before the activations, and what comes back to the old state through the candidate."""
    r, z, n, product, before, keep, _ = moment
    sign, Wnh = 1 if view.layer.z_keeps == "old" else -1, view.param("Wnh")
    dn = dh * (1 - keep) * (1 - n * n)
    if _after(view):
        dr, through = dn * product, (dn * r) @ Wnh.T
    else:
        dr, through = (dn @ Wnh.T) * before, (dn @ Wnh.T) * r
    return {"z": sign * dh * (before - n) * z * (1 - z), "n": dn, "r": dr * r * (1 - r)}, through


def _forward_steps(view: View, t: int, moment: Moment) -> Iterator[Step]:
    def inner(gate: str) -> str:
        bias = f" + {view.symbol(f'b{gate}')}" if view.has(f"b{gate}") else ""
        return f"x_{{{t}}} {view.symbol(f'W{gate}x')} + h_{{{t - 1}}} {view.symbol(f'W{gate}h')}{bias}"

    reset, update = (rf"\sigma\left( {inner(gate)} \right)" for gate in "rz")
    reason = f"Step {t}. The reset gate: how much of the past enters the candidate."
    yield found(f"r_{{{t}}}", reason, reset, moment.r)
    yield found(f"z_{{{t}}}", f"The update gate: the weight of the {view.layer.z_keeps} state.", update, moment.z)
    yield from _mixed(view, t, moment)


def _mixed(view: View, t: int, moment: Moment) -> Iterator[Step]:
    """The candidate, and the new state."""
    Wnx, Wnh = view.symbol("Wnx"), view.symbol("Wnh")
    bias = f" + {view.symbol('bn')}" if view.has("bn") else ""
    second = f" + {view.symbol('bnh')}" if view.has("bnh") else ""
    past = (
        rf"r_{{{t}}} \odot \left( h_{{{t - 1}}} {Wnh}{second} \right)"
        if _after(view)
        else rf"(r_{{{t}}} \odot h_{{{t - 1}}}) {Wnh}"
    )
    yield found(
        f"n_{{{t}}}",
        f"The candidate; the reset gate acts {view.layer.reset} the product.",
        rf"\tanh\left( x_{{{t}}} {Wnx}{bias} + {past} \right)",
        moment.n,
    )
    old, new = (
        (f"z_{{{t}}}", f"(1 - z_{{{t}}})") if view.layer.z_keeps == "old" else (f"(1 - z_{{{t}}})", f"z_{{{t}}}")
    )
    yield found(
        f"h_{{{t}}}",
        "The new state: a mixture of the old one and the candidate.",
        rf"{old} \odot h_{{{t - 1}}} + {new} \odot n_{{{t}}}",
        moment.state,
        f"h{t}",
    )


def _backward_steps(view: View, times: Sequence, t: int, dh: Array, deltas: dict[str, Array]) -> Iterator[Step]:
    last, h = t == times.length, partial(f"h_{{{t}}}")
    keeps = view.layer.z_keeps == "old"
    weight = f"(1 - z_{{{t}}})" if keeps else f"z_{{{t}}}"
    difference = f"(h_{{{t - 1}}} - n_{{{t}}})" if keeps else f"(n_{{{t}}} - h_{{{t - 1}}})"
    yield found(
        h,
        f"Step {t}, back through time: what arrives from above"
        + ("." if last else f" and along the four ways from step {t + 1} (kept share, candidate, both gates)."),
        rf"{view.up}[{t}]" + ("" if last else r" + \ldots"),
        dh,
        f"dh{t}",
    )
    yield found(
        partial(f"a^n_{{{t}}}"),
        "The candidate entered with its weight; then the slope of tanh.",
        rf"{h} \odot {weight} \odot (1 - n_{{{t}}} \odot n_{{{t}}})",
        deltas["n"],
    )
    yield found(
        partial(f"a^z_{{{t}}}"),
        "The update gate weighed old state against candidate; then the sigmoid's slope.",
        rf"{h} \odot {difference} \odot z_{{{t}}} \odot (1 - z_{{{t}}})",
        deltas["z"],
    )
    yield _reset_back(view, t, deltas["r"])


def _reset_back(view: View, t: int, delta: Array) -> Step:
    past = rf"\left( h_{{{t - 1}}} {view.symbol('Wnh')} \right)" if _after(view) else f"h_{{{t - 1}}}"
    way = (
        partial(f"a^n_{{{t}}}")
        if _after(view)
        else rf"\left( {partial(f'a^n_{{{t}}}')} {view.symbol('Wnh')}^T \right)"
    )
    return found(
        partial(f"a^r_{{{t}}}"),
        "The reset gate acted on the past inside the candidate; then the sigmoid's slope.",
        rf"{way} \odot {past} \odot r_{{{t}}} \odot (1 - r_{{{t}}})",
        delta,
    )
