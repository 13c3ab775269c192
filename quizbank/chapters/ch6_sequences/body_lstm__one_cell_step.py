"""One step of a scalar LSTM from the pre-activations of its gates."""

import math

from grader.kinds.number import Number
from quizbank import Question, integers, multiples, part, slip
from quizbank.usual import under
from solvers.functions import sigmoid
from solvers.gated import lstm_steps

question = Question(
    "ch6.body.lstm",
    also=("ch6.lstm_cell",),
    title="One step of an LSTM cell",
    section="VI.3",
    points=4,
    difficulty=2,
    minutes=6,
    topics=("LSTM", "gates"),
    z_f=integers(-2, 3, nonzero=True),
    z_i=integers(-2, 3, nonzero=True),
    z_c=integers(-2, 2, nonzero=True),
    z_o=integers(-2, 3),
    c=multiples(0.5, -2, 4, nonzero=True),
    text=r"""
An LSTM cell with scalar state updates

$$f = \sigma(z_f), \quad i = \sigma(z_i), \quad \tilde C = \tanh(z_C), \quad o = \sigma(z_o), \qquad
C_t = f\, C_{t-1} + i\, \tilde C, \quad h_t = o \tanh(C_t) .$$

The pre-activations are $z_f = <<z_f>>$ (forget gate), $z_i = <<z_i>>$ (input gate), $z_C = <<z_c>>$ (candidate), $z_o = <<z_o>>$ (output gate),
and $C_{t-1} = <<c>>$. A calculator may be used.
""",
    hints=(
        "Gates are sigmoids, the candidate is a tanh.",
        "The forget gate keeps the old state, the input gate lets the candidate in.",
    ),
)


def where(z_f, z_i):
    """Keep the two gates apart."""
    return z_f != z_i


def work(z_f, z_i, z_c, z_o, c):
    """Gates, cell state, output."""
    forget, entry, candidate, gate, state, hidden = lstm_steps(z_f, z_i, z_c, z_o, c).steps
    return (
        *under("f", (forget,)),
        *under("C_t", (entry, candidate, state)),
        *under("h_t", (gate, hidden)),
    )


def check(z_f, z_i, z_c, z_o, c):
    """The engine's LSTM with weights that produce the pre-activations."""
    import numpy as np

    from solvers.engine.layers.lstm import Lstm

    zero, gates = np.zeros((1, 1)), {"f": z_f, "i": z_i, "C": z_c, "o": z_o}
    params = {f"W{gate}{source}": zero for gate in gates for source in "xh"}
    params |= {f"b{gate}": np.array([float(value)]) for gate, value in gates.items()}
    params |= {"h0": np.zeros(1), "c0": np.array([float(c)])}
    (_, h, C), _ = Lstm()(params, np.zeros((1, 1, 1)))
    return {"f": 0.5 * (1 + math.tanh(z_f / 2)), "C_t": C.item(), "h_t": h.item()}


@part("The forget gate $f$.", Number(decimals=3))
def f(z_f):
    return sigmoid(z_f).item()


@slip(f, "Gates are sigmoids, between 0 and 1; this is a tanh.", credit=0.25)
def tanh_gate(z_f):
    return math.tanh(z_f)


@slip(f, "The sign in the exponent is lost: σ(z) = 1/(1 + e^{−z}).", credit=0.25)
def sign_lost(z_f):
    return sigmoid(-z_f).item()


@part("The new cell state $C_t$.", Number(decimals=3), points=2)
def C_t(f, z_i, z_c, c):
    return f * c + sigmoid(z_i).item() * math.tanh(z_c)


@slip(C_t, "The gates are exchanged: the forget gate belongs to the old state.", credit=0.25)
def gates_swapped(f, z_i, z_c, c):
    return sigmoid(z_i).item() * c + f * math.tanh(z_c)


@slip(C_t, "The candidate is a tanh, not a sigmoid: it may be negative.", credit=0.25)
def sigmoid_candidate(f, z_i, z_c, c):
    return f * c + (sigmoid(z_i) * sigmoid(z_c)).item()


@slip(C_t, "The input gate is a gate of its own, not one minus the forget gate.", credit=0.25)
def coupled(f, z_c, c):
    return f * c + (1 - f) * math.tanh(z_c)


@part("The new hidden state $h_t$.", Number(decimals=3))
def h_t(z_o, C_t):
    return sigmoid(z_o).item() * math.tanh(C_t)


@slip(h_t, "The cell state passes through tanh before the output gate.", credit=0.5)
def no_tanh(z_o, C_t):
    return sigmoid(z_o).item() * C_t


@slip(h_t, "The output gate is missing.", credit=0.25)
def no_gate(C_t):
    return math.tanh(C_t)
