"""One complete training step of a 2-3-1 ReLU network."""

import numpy as np

from grader.kinds.matrix import Matrix
from grader.kinds.number import Number
from quizbank import Figure, Question, accept, integers, part, slip, tenths
from quizbank.usual import descent_slips, notes_rounded
from solvers.drawing.canvas import signed
from solvers.drawing.network import network, neurons
from solvers.engine.layers.relu import relu
from solvers.training_step import finite_differences, train_step

question = Question(
    "ch2.body.train_step",
    also=("ch2.train_step",),
    title="One training step of a small network",
    section="II.6",
    points=13,
    revision=2,
    difficulty=3,
    minutes=20,
    topics=("backpropagation", "training step", "relu"),
    x=integers(1, 3, shape=(1, 2)),
    W=tenths(-6, 8, shape=(2, 3), nonzero=True),
    b=tenths(-3, 3, shape=(1, 3)),
    V=tenths(-9, 9, shape=(3, 1), nonzero=True),
    c=tenths(-3, 3),
    t=tenths(0, 40),
    lr=tenths(1, 1),
    notes=dict(
        x=[[1, 2]],
        W=[[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]],
        b=[[0.1, 0.2, 0.3]],
        V=[[0.7], [0.8], [0.9]],
        c=0.1,
        t=3.2,
        lr=0.1,
    ),
    text=r"""
A network has two inputs, a hidden layer of three ReLU neurons and one linear output neuron. In row-vector form

$$Z = xW + b, \qquad H = \mathrm{ReLU}(Z), \qquad o = HV + c, \qquad L = \tfrac12 (o - t)^2 .$$

The current values are

$$x = <<x>>, \quad W = <<W>>, \quad b = <<b>>, \quad V = <<V>>, \quad c = <<c>>,$$

the target is $t = <<t>>$, and the learning rate of the gradient descent step is $\alpha = <<lr>>$.
Carry out one complete training step. All gradients are taken at the values above, before any update.
""",
    hints=(
        "Work forward once and keep every intermediate value.",
        "Backward, each gradient is the upstream gradient times the local derivative.",
        "A ReLU neuron that did not fire passes no gradient on.",
    ),
    work=train_step,
    check=finite_differences,
)


def where(x, W, b, o, t):
    """Keep networks in which some neuron fires, no input of a ReLU is near its kink, and the error is not tiny."""
    Z = x @ W + b
    return (Z > 0).sum() >= 2 and (abs(Z) > 0.05).all() and abs(o - t) > 0.15


def figure(x, W, b, V, c):
    """The network, with its weights on the lines."""
    layers = neurons("x", x[0]), neurons("h", map(signed, b[0])), neurons("o", [signed(c)])
    return Figure(
        network(layers, (W, V), "on the lines: weights · with a sign: biases"),
        "The network: two inputs, three hidden neurons, one output neuron, each joined to all of the next layer. "
        "The lines carry the entries of W and V, the neurons their biases from b and c, the inputs the values of x.",
    )


@part("The hidden activations $H$.", Matrix(decimals=2))
def H(x, W, b):
    return relu(x @ W + b)


@slip(H, "These are the values before the activation: ReLU replaces the negative ones by 0.", credit=0.5)
def no_relu(x, W, b):
    return x @ W + b


@slip(H, "The bias was left out before the activation.", credit=0.25)
def no_bias(x, W):
    return relu(x @ W)


@part("The output $o$.", Number(decimals=3))
def o(H, V, c):
    return (H @ V + c).item()


@slip(o, "The output neuron's bias was left out.", credit=0.5)
def no_output_bias(H, V, c):
    return (H @ V).item() if c != 0 else None


@slip(o, "Every hidden neuron has a weight of its own; this is the plain sum of the activations.")
def unweighted(H, c):
    return H.sum() + c


@part("The loss $L$.", Number(decimals=4))
def L(o, t):
    return (o - t) ** 2 / 2


@slip(L, "The loss of this question has the factor ½.", credit=0.5)
def no_half(o, t):
    return (o - t) ** 2


@slip(L, "The error has to be squared.")
def not_squared(o, t):
    return abs(o - t)


@part(
    r"$\partial L / \partial V$.", Matrix(decimals=3), hint=r"$\partial L/\partial o = o - t$; then $o = HV + c$."
)
def dV(o, t, H):
    return (o - t) * H.T


@slip(dV, "With the factor ½ the derivative of the loss is o − t; this is twice as much.", credit=0.5)
def doubled_dV(o, t, H):
    return 2 * (o - t) * H.T


@slip(dV, "The sign is reversed: the derivative of ½(o − t)² is o − t, not t − o.", credit=0.5)
def reversed_dV(o, t, H):
    return (t - o) * H.T


@part(r"$\partial L / \partial c$.", Number(decimals=3))
def dc(o, t):
    return o - t


@slip(dc, "With the factor ½ the derivative of the loss is o − t; this is twice as much.", credit=0.5)
def doubled_dc(o, t):
    return 2 * (o - t)


@slip(dc, "The sign is reversed: the derivative of ½(o − t)² is o − t, not t − o.", credit=0.5)
def reversed_dc(o, t):
    return t - o


@part(r"$\partial L / \partial Z$, at the input of the ReLU.", Matrix(decimals=4), hint="Which neurons fired?")
def dZ(o, t, V, H):
    return (o - t) * V.T * (H > 0)


@slip(dZ, "The ReLU mask is missing: a neuron that did not fire passes no gradient.", credit=0.5)
def no_mask(o, t, V):
    return (o - t) * V.T


@slip(dZ, "The gradient comes through the output weights V, which are missing here.")
def no_weights(o, t, H):
    return (o - t) * (H > 0)


@part(r"$\partial L / \partial W$.", Matrix(decimals=4))
def dW(x, dZ):
    return x.T @ dZ


@slip(dW, "Each row is the gradient at Z times one input; the inputs are missing.", credit=0.25)
def no_inputs(x, dZ):
    return np.ones_like(x).T @ dZ


@slip(
    dW, "This has the shape of W transposed: it is $X^T$ times the upstream gradient, in this order.", credit=0.5
)
def transposed_dW(x, dZ):
    return dZ.T @ x


@part(r"$\partial L / \partial b$.", Matrix(decimals=4))
def db(dZ):
    return dZ


@slip(db, "The bias gets the gradient at Z; it does not depend on the input.")
def times_input(x, dZ):
    return x[0, 1] * dZ


@slip(db, "The bias gets the gradient at Z itself, with its sign.", credit=0.5)
def reversed_db(dZ):
    return -dZ


@part("$W$ after the update.", Matrix(decimals=4))
def new_W(W, dW, lr):
    return W - lr * dW


@slip(
    new_W,
    "The hidden gradient was computed with output weights that were updated already.",
    credit=0.5,
    notes_only=True,
)
def early_update_rounded(x, W, o, t, V, H, dV, lr):
    return (W - lr * x.T @ ((o - t) * (V - lr * dV).T * (H > 0))).round(2)


descent_W = descent_slips(new_W, "W", "dW")
printed_W = notes_rounded(new_W, 2)


@slip(new_W, "The hidden gradient was computed with output weights that were updated already.", credit=0.5)
def early_update(x, W, o, t, V, H, dV, lr):
    return W - lr * x.T @ ((o - t) * (V - lr * dV).T * (H > 0))


@accept(
    new_W, "This is the result under $L = (o - t)^2$, without the factor ½ (factor-2 convention).", notes_only=True
)
def other_convention_W(W, dW, lr):
    return W - 2 * lr * dW


@part("$b$ after the update.", Matrix(decimals=4))
def new_b(b, db, lr):
    return b - lr * db


descent_b = descent_slips(new_b, "b", "db")
printed_b = notes_rounded(new_b, 2)


@accept(
    new_b, "This is the result under $L = (o - t)^2$, without the factor ½ (factor-2 convention).", notes_only=True
)
def other_convention_b(b, db, lr):
    return b - 2 * lr * db


@part("$V$ after the update.", Matrix(decimals=4))
def new_V(V, dV, lr):
    return V - lr * dV


descent_V = descent_slips(new_V, "V", "dV")
printed_V = notes_rounded(new_V, 2)


@accept(
    new_V, "This is the result under $L = (o - t)^2$, without the factor ½ (factor-2 convention).", notes_only=True
)
def other_convention_V(V, dV, lr):
    return V - 2 * lr * dV


@part("$c$ after the update.", Number(decimals=4))
def new_c(c, dc, lr):
    return c - lr * dc


descent_c = descent_slips(new_c, "c", "dc")
printed_c = notes_rounded(new_c, 2)


@accept(
    new_c, "This is the result under $L = (o - t)^2$, without the factor ½ (factor-2 convention).", notes_only=True
)
def other_convention_c(c, dc, lr):
    return c - 2 * lr * dc
