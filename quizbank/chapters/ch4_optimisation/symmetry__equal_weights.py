"""What happens when all weights start equal."""

import numpy as np

from grader.kinds.matrix import Matrix
from grader.kinds.number import Number
from quizbank import Figure, Question, integers, one_of, part, slip
from quizbank.usual import descent_slips
from solvers.arrays import show
from solvers.drawing.network import network, neurons
from solvers.gradient_chains import equal_weights_gradient_steps
from solvers.worked import Step

question = Question(
    "ch4.symmetry",
    title="Equal initial weights",
    section="IV.4",
    points=4,
    difficulty=2,
    minutes=6,
    topics=("initialisation", "symmetry", "backpropagation"),
    x=integers(-3, 4, shape=(1, 2), nonzero=True, distinct=True),
    c=one_of(0.2, 0.5, 1.5, 2.0),
    d=integers(-4, 4, nonzero=True),
    h=one_of(3, 4),
    lr=one_of(0.1, 0.2, 0.5),
    text=r"""
A network with two inputs has $<<h>>$ hidden units without activation and one output: $o = x W V$ with $W \in \mathbb{R}^{2 \times <<h>>}$ and $V \in \mathbb{R}^{<<h>> \times 1}$. All entries of $W$ and of $V$
start from the same value $<<c>>$. For the sample $x = <<x>>$ the loss has the gradient $\partial L / \partial o = <<d>>$.
""",
    hints=(
        "Which gradient does each hidden unit receive?",
        "A weight's gradient is its input times the gradient of its unit.",
    ),
)


def where(x, c, d):
    """Keep hidden gradients that are not 1."""
    return abs(c * d) != 1 and abs(x[0, 0]) != abs(x[0, 1])


def figure(x, c, h):
    """The network, with the same weight on every line."""
    layers = neurons("x", x[0]), neurons("h", [""] * h), neurons("o", [""])
    return Figure(
        network(layers, ([[c] * h] * 2, [[c]] * h)),
        f"The network: two inputs with the values of x, {h} hidden units, one output, each joined to all of the next "
        f"layer; every line carries the weight {c:g}.",
    )


def work(x, c, d, h, lr, new_W):
    """Equal gradients keep equal weights equal."""
    return (
        *equal_weights_gradient_steps(x, h, c, d).steps,
        Step("Equal weights minus equal gradients stay equal.", r"W - \alpha \frac{\partial L}{\partial W}", "", show(new_W), "new_W"),
        Step("All columns are the same, so the hidden layer computes one feature, however many units it has.", "", "", "1", "features"),
    )  # fmt: skip


def check(x, c, d, h, lr):
    """Move every weight a little: the loss is linear in each."""
    W, V = np.full((2, h), c), np.full((h, 1), c)

    def loss(W):
        return d * (x @ W @ V).item()

    bumps = np.eye(2 * h).reshape(2 * h, 2, h)
    dW = np.array([loss(W + bump) - loss(W) for bump in bumps]).reshape(2, h)
    after = W - lr * dW
    return {"dW": dW, "new_W": after, "features": len(set(map(tuple, after.T.round(9).tolist())))}


@part(r"$\partial L / \partial W$.", Matrix(decimals=2))
def dW(x, c, d, h):
    return x.T @ np.full((1, h), c * d)


@slip(dW, "The gradient comes through the output weights, which are missing here.", credit=0.25)
def no_output_weight(x, d, h):
    return x.T @ np.full((1, h), d)


@slip(
    dW,
    "The units do not share one gradient: each has its own, so there is no factor for their number.",
    credit=0.25,
)
def times_units(x, c, d, h):
    return x.T @ np.full((1, h), c * d * h)


@slip(dW, "Equal weights do not make the gradient zero; they make it equal for all units.")
def nothing(x, h):
    return np.zeros((2, h))


@part(r"$W$ after one step of gradient descent with the learning rate $<<lr>>$.", Matrix(decimals=3))
def new_W(c, lr, dW):
    return c - lr * dW


usual = descent_slips(new_W, "c", "dW")


@slip(new_W, "This is the change alone; it is added to the weights.", credit=0.25)
def change_only(lr, dW):
    return -lr * dW


@part(
    "How many different features does the hidden layer compute after this step? (Count equal units once.)",
    Number(integer=True),
)
def features(new_W):
    return len({tuple(column) for column in new_W.T.round(6).tolist()})


@slip(features, "All units still have the same weights: they received the same gradient and compute the same.")
def all_different(h):
    return h


@slip(features, "The rows differ, but a unit's weights are a column, and all columns are equal.", credit=0.25)
def rows_counted():
    return 2
