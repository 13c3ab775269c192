"""One step of a scalar LSTM or GRU by hand, from the pre-activations of its gates, forwards and backwards.

The values are dicts from the steps' names. Each `…_steps` function returns the working, the function beside it only
the values.
"""

from math import tanh

from solvers.arrays import product, show, signed
from solvers.functions import sigmoid
from solvers.worked import Step, Worked, worked

Values = dict[str, float]


def gate_input(x: float, h: float, w_x: float, w_h: float, b: float) -> float:
    """Pre-activation of one gate.

    >>> gate_input(2, 3, w_x=1, w_h=-1, b=0.5)
    -0.5
    """
    return float(w_x * x + w_h * h + b)


def lstm(z_f: float, z_i: float, z_c: float, z_o: float, c: float) -> Values:
    """Gates f, i, o, candidate g, new cell state c and hidden state h of an LSTM.

    >>> {name: round(value, 4) for name, value in lstm(0, 0, 0, 0, c=2).items()}
    {'f': 0.5, 'i': 0.5, 'g': 0.0, 'o': 0.5, 'c': 1.0, 'h': 0.3808}
    """
    f, i, o = (float(sigmoid(z)) for z in (z_f, z_i, z_o))
    g = tanh(z_c)
    cell = f * c + i * g
    return {"f": f, "i": i, "g": g, "o": o, "c": cell, "h": o * tanh(cell)}


def lstm_steps(z_f: float, z_i: float, z_c: float, z_o: float, c: float) -> Worked:
    """Work out one step of an LSTM."""
    v = lstm(z_f, z_i, z_c, z_o, c)
    return worked(v, (
        Step("The forget gate says how much of the old cell state stays.", r"f = \sigma(z_f)", rf"\sigma({show(z_f)})",
             show(v["f"]), "f"),
        Step("The input gate says how much of the candidate comes in.", r"i = \sigma(z_i)", rf"\sigma({show(z_i)})",
             show(v["i"]), "i"),
        Step("The candidate may have either sign.", r"\tilde C = \tanh(z_C)", rf"\tanh({show(z_c)})", show(v["g"]), "g"),
        Step("The output gate says how much is shown.", r"o = \sigma(z_o)", rf"\sigma({show(z_o)})", show(v["o"]), "o"),
        Step("The cell state: what stays plus what comes in.", r"C = f C_{t-1} + i \tilde C",
             f"{product((v['f'], c))} + {product((v['i'], v['g']))}", show(v["c"]), "c"),
        Step("The hidden state: the squashed cell state, as far as it is shown.", r"h = o \tanh(C)",
             rf"{show(v['o'])} \cdot \tanh({show(v['c'])})", show(v["h"]), "h"),
    ))  # fmt: skip


def lstm_gradients(
    z_f: float, z_i: float, z_c: float, z_o: float, c: float, dh: float = 1.0, dc: float = 0.0
) -> Values:
    """Gradients of one LSTM step: of the cell state, the old one and the pre-activations.

    dh comes from above (and from the next step), dc along the cell state from the next step.

    >>> found = lstm_gradients(0, 0, 0, 0, c=0, dh=0.0, dc=1.0)
    >>> found["dc_old"], found["dz_c"]
    (0.5, 0.5)
    """
    v = lstm(z_f, z_i, z_c, z_o, c)
    squashed = tanh(v["c"])
    cell = dc + dh * v["o"] * (1 - squashed**2)
    return {
        "dc": cell,
        "dc_old": cell * v["f"],
        "dz_f": cell * c * v["f"] * (1 - v["f"]),
        "dz_i": cell * v["g"] * v["i"] * (1 - v["i"]),
        "dz_c": cell * v["i"] * (1 - v["g"] ** 2),
        "dz_o": dh * squashed * v["o"] * (1 - v["o"]),
    }


def lstm_gradients_steps(
    z_f: float, z_i: float, z_c: float, z_o: float, c: float, dh: float = 1.0, dc: float = 0.0
) -> Worked:
    """Work out the gradients of one LSTM step."""
    v, d = lstm(z_f, z_i, z_c, z_o, c), lstm_gradients(z_f, z_i, z_c, z_o, c, dh, dc)
    squashed, cell = tanh(v["c"]), signed(d["dc"])
    f, i, g, o = (signed(v[name]) for name in "figo")
    return worked(d, (
        Step("The cell state acts through the hidden state and directly on the next step: both ways add up.",
             r"\frac{\partial L}{\partial C} = \delta_C + \delta_h\, o\, (1 - \tanh^2 C)",
             rf"{show(dc)} + {signed(dh)} \cdot {o} \cdot (1 - {signed(squashed)}^2)", show(d["dc"]), "dc"),
        Step("To the old cell state it passes through the forget gate only: no weight, no slope.",
             r"\frac{\partial L}{\partial C_{t-1}} = \frac{\partial L}{\partial C} f", rf"{cell} \cdot {f}", show(d["dc_old"]),
             "dc_old"),
        Step("The forget gate multiplied the old state; then the sigmoid's slope.",
             r"\frac{\partial L}{\partial z_f} = \frac{\partial L}{\partial C} C_{t-1} f (1 - f)",
             rf"{cell} \cdot {signed(c)} \cdot {f} \cdot (1 - {f})", show(d["dz_f"]), "dz_f"),
        Step("The input gate multiplied the candidate.",
             r"\frac{\partial L}{\partial z_i} = \frac{\partial L}{\partial C} \tilde C\, i (1 - i)",
             rf"{cell} \cdot {g} \cdot {i} \cdot (1 - {i})", show(d["dz_i"]), "dz_i"),
        Step("The candidate was multiplied by the input gate; then the slope of tanh.",
             r"\frac{\partial L}{\partial z_C} = \frac{\partial L}{\partial C} i (1 - \tilde C^2)",
             rf"{cell} \cdot {i} \cdot (1 - {g}^2)", show(d["dz_c"]), "dz_c"),
        Step("The output gate multiplied the squashed cell state.",
             r"\frac{\partial L}{\partial z_o} = \delta_h \tanh(C)\, o (1 - o)",
             rf"{signed(dh)} \cdot {signed(squashed)} \cdot {o} \cdot (1 - {o})", show(d["dz_o"]), "dz_o"),
    ))  # fmt: skip


def gru(z_r: float, z_z: float, a_x: float, a_h: float, h: float) -> Values:
    """Gates r and z, candidate n = tanh(a_x + r·a_h) and state h ← (1 − z)n + z·h of a GRU (reset after the product).

    a_x and a_h are the candidate's input part and recurrent part, each with its bias.

    >>> gru(0, 0, 0, 0, h=2)
    {'r': 0.5, 'z': 0.5, 'n': 0.0, 'h': 1.0}
    """
    r, z = float(sigmoid(z_r)), float(sigmoid(z_z))
    n = tanh(a_x + r * a_h)
    return {"r": r, "z": z, "n": n, "h": (1 - z) * n + z * h}


def gru_steps(z_r: float, z_z: float, a_x: float, a_h: float, h: float) -> Worked:
    """Work out one step of a GRU."""
    v = gru(z_r, z_z, a_x, a_h, h)
    return worked(v, (
        Step("The reset gate says how much of the past enters the candidate.", r"r = \sigma(z_r)", rf"\sigma({show(z_r)})",
             show(v["r"]), "r"),
        Step("The update gate says how much of the old state stays.", r"z = \sigma(z_z)", rf"\sigma({show(z_z)})",
             show(v["z"]), "z"),
        Step("The candidate, with the reset gate on its recurrent part.", r"n = \tanh(a_x + r\, a_h)",
             rf"\tanh({show(a_x)} + {product((v['r'], a_h))})", show(v["n"]), "n"),
        Step("A weighted mean of candidate and old state.", r"h = (1 - z) n + z h_{t-1}",
             rf"(1 - {show(v['z'])}) \cdot {signed(v['n'])} + {product((v['z'], h))}", show(v["h"]), "h"),
    ))  # fmt: skip
