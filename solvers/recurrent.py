"""A recurrent network of scalars by hand, forwards and backwards through time.

h_t = A(w_x·x_t + w_h·h_(t−1) + b) and, at the end, o = w_o·h_T + b_o. The values are dicts from the steps' names.
"""

from collections.abc import Sequence

from solvers.arrays import product, show, signed, total
from solvers.functions import apply, slope
from solvers.worked import Step, Worked, worked

Values = dict[str, float]


def rnn(
    x: Sequence[float], w_x: float, w_h: float, b: float = 0.0, h0: float = 0.0, activation: str = "tanh",
    w_o: float = 1.0, b_o: float = 0.0,
) -> Values:  # fmt: skip
    """Pre-activations z1 …, states h1 … and the output o; the activation is any of `solvers.functions`.

    >>> rnn([1, 2], w_x=2, w_h=3, b=1, h0=1, activation="identity")
    {'z1': 6.0, 'h1': 6.0, 'z2': 23.0, 'h2': 23.0, 'o': 23.0}
    """
    h = float(h0)
    values: Values = {}
    for t, entry in enumerate(x, 1):
        z = float(w_x * entry + w_h * h + b)
        h = float(apply(activation, z))
        values |= {f"z{t}": z, f"h{t}": h}
    return values | {"o": float(w_o * h + b_o)}


def rnn_steps(
    x: Sequence[float], w_x: float, w_h: float, b: float = 0.0, h0: float = 0.0, activation: str = "tanh",
    w_o: float = 1.0, b_o: float = 0.0,
) -> Worked:  # fmt: skip
    """Work out the states of a scalar RNN and its output."""
    values = rnn(x, w_x, w_h, b, h0, activation, w_o, b_o)
    h, steps = float(h0), []
    for t, entry in enumerate(x, 1):
        why = (
            "The input and the last state, each with its weight"
            if t == 1
            else "The same weights again, on the next input"
        )
        steps.append(Step(f"Time {t}. {why}.", rf"z_{{{t}}} = w_x x_{{{t}}} + w_h h_{{{t - 1}}} + b",
                          f"{product((w_x, entry))} + {product((w_h, h))} + {signed(b)}",
                          show(values[f"z{t}"]), f"z{t}"))  # fmt: skip
        h = values[f"h{t}"]
        steps.append(Step(_activation_reason(activation), rf"h_{{{t}}} = A(z_{{{t}}})", "", show(h), f"h{t}"))
    if w_o != 1 or b_o != 0:
        steps.append(Step("The output reads the last state.", rf"o = w_o h_{{{len(x)}}} + b_o",
                          f"{product((w_o, h))} + {signed(b_o)}", show(values["o"]), "o"))  # fmt: skip
    return worked(values, steps)


def bptt(
    x: Sequence[float], w_x: float, w_h: float, b: float = 0.0, h0: float = 0.0, activation: str = "tanh",
    w_o: float = 1.0, b_o: float = 0.0, upstream: float = 1.0,
) -> Values:  # fmt: skip
    """Gradients of a scalar RNN whose output receives the upstream gradient (1 gives the derivatives of o itself).

    Added to the values of `rnn`: dw_o, db_o, dh1 …, dz1 …, dw_x, dw_h, db, dh0.

    >>> found = bptt([1, 1], w_x=2, w_h=0.5, h0=1, w_o=3, activation="identity")
    >>> found["dw_h"], found["dw_x"], found["dh0"]
    (9.0, 4.5, 0.75)
    """
    states, T = rnn(x, w_x, w_h, b, h0, activation, w_o, b_o), len(x)
    h = [float(h0)] + [states[f"h{t}"] for t in range(1, T + 1)]
    values = {"dw_o": upstream * h[T], "db_o": upstream, f"dh{T}": upstream * w_o}
    for t in range(T, 0, -1):
        values[f"dz{t}"] = values[f"dh{t}"] * float(slope(activation, states[f"z{t}"]))
        values[f"dh{t - 1}"] = values[f"dz{t}"] * w_h
    times = range(1, T + 1)
    sums = {
        "dw_x": sum(values[f"dz{t}"] * x[t - 1] for t in times),
        "dw_h": sum(values[f"dz{t}"] * h[t - 1] for t in times),
        "db": sum(values[f"dz{t}"] for t in times),
    }
    return states | {name: float(value) for name, value in (values | sums).items()}


def bptt_steps(
    x: Sequence[float], w_x: float, w_h: float, b: float = 0.0, h0: float = 0.0, activation: str = "tanh",
    w_o: float = 1.0, b_o: float = 0.0, upstream: float = 1.0,
) -> Worked:  # fmt: skip
    """Work out backpropagation through time for a scalar RNN."""
    states, T = rnn(x, w_x, w_h, b, h0, activation, w_o, b_o), len(x)
    found = bptt(x, w_x, w_h, b, h0, activation, w_o, b_o, upstream)
    h = [float(h0)] + [states[f"h{t}"] for t in range(1, T + 1)]
    forward = rnn_steps(x, w_x, w_h, b, h0, activation, w_o, b_o).steps
    last = Step("Backward: the output depends on the last state through its weight.",
                rf"\frac{{\partial L}}{{\partial h_{{{T}}}}} = \frac{{\partial L}}{{\partial o}} w_o",
                product((upstream, w_o)), show(found[f"dh{T}"]), f"dh{T}")  # fmt: skip
    back = [step for t in range(T, 0, -1) for step in _back_steps(t, states, found, w_h, activation)]
    dz = [found[f"dz{t}"] for t in range(1, T + 1)]
    sums = [
        _sum_step("dw_h", "The recurrent weight multiplied the state before it", "w_h", r"h_{t-1}", dz, h[:-1], found),
        _sum_step("dw_x", "The input weight multiplied the input", "w_x", "x_t", dz, list(x), found),
        Step("The bias was added at every time.", r"\frac{\partial L}{\partial b} = \sum_t \frac{\partial L}{\partial z_t}",
             total(dz), show(found["db"]), "db"),
    ]  # fmt: skip
    return worked(found, (*forward, last, *back, *sums))


def _activation_reason(activation: str) -> str:
    return (
        "No activation: the state is the sum itself."
        if activation == "identity"
        else f"The activation ({activation})."
    )


def _back_steps(t: int, states: Values, found: Values, w_h: float, activation: str) -> list[Step]:
    local = float(slope(activation, states[f"z{t}"]))
    return [
        Step(f"Through the activation at time {t}: upstream times slope.",
             rf"\frac{{\partial L}}{{\partial z_{{{t}}}}} = \frac{{\partial L}}{{\partial h_{{{t}}}}} A'(z_{{{t}}})",
             product((found[f"dh{t}"], local)), show(found[f"dz{t}"]), f"dz{t}"),
        Step("One step back in time: the state before acted through the recurrent weight.",
             rf"\frac{{\partial L}}{{\partial h_{{{t - 1}}}}} = \frac{{\partial L}}{{\partial z_{{{t}}}}} w_h",
             product((found[f"dz{t}"], w_h)), show(found[f"dh{t - 1}"]), f"dh{t - 1}"),
    ]  # fmt: skip


def _sum_step(
    name: str, reason: str, weight: str, factor: str, dz: list[float], factors: Sequence[float], found: Values
) -> Step:
    numbers = " + ".join(product(pair) for pair in zip(dz, factors, strict=True))
    formula = rf"\frac{{\partial L}}{{\partial {weight}}} = \sum_t \frac{{\partial L}}{{\partial z_t}} {factor}"
    return Step(f"{reason} at every time, and all times share it: the contributions add up.", formula, numbers,
                show(found[name]), name)  # fmt: skip
