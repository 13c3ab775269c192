"""The signs of the gradient of a second layer behind sigmoids."""

import numpy as np

from grader.kinds.matrix import Matrix
from grader.kinds.number import Number
from grader.kinds.single_choice import SingleChoice
from quizbank import Question, mask, part, slip, some_of, tenths
from quizbank.differences import differences
from solvers.typeset import array
from solvers.worked import Step

CLAIMS = {
    "neuron": (
        "For one sample, the weights into one output neuron all have gradients of one sign.",
        "Each is a positive activation times the same error of that output neuron.",
    ),
    "negative": (
        "For cross-entropy, the gradients of these weights are never positive.",
        "The error $z_2 - y$ is positive wherever the label is 0.",
    ),
    "batch": (
        "For a batch, the weights into one output neuron all have gradients of one sign.",
        "Samples with different labels add shares of both signs.",
    ),
    "layer": (
        "For one sample, the weights of the layer all have gradients of one sign.",
        "Output neurons with different labels have errors of different signs.",
    ),
}

question = Question(
    "ch2.body.zigzag",
    title="Signs behind a sigmoid",
    section="II.2.a",
    points=5,
    revision=2,
    difficulty=3,
    minutes=8,
    topics=("activations", "zero-centred", "backpropagation", "cross-entropy"),
    A=tenths(1, 9, shape=(2, 3)),
    P=tenths(1, 9, shape=(2, 2)),
    Y=mask(shape=(2, 2), ones=2),
    order=some_of(4, *CLAIMS),
    text=r"""
A network has a hidden and an output layer, both with sigmoids,

$$Z_1 = \sigma(XW_1 + b_1), \qquad Z_2 = \sigma(Z_1 W_2 + b_2), \qquad
L = -\sum_{n,j} \bigl( y_{nj} \ln z_{nj} + (1 - y_{nj}) \ln (1 - z_{nj}) \bigr),$$

where $z_{nj}$ are the entries of $Z_2$: the binary cross-entropy is added up over samples and outputs. For a batch of two samples

$$Z_1 = <<A>>, \qquad Z_2 = <<P>>, \qquad Y = <<Y>> .$$
""",
    hints=(
        "Sigmoid and cross-entropy together have a very simple gradient at the logits.",
        "Which sign have all the entries of $Z_1$?",
    ),
)


def where(A, P, Y):
    """Keep labels of both sorts for each output neuron, and a batch gradient of both signs for one of them."""
    total = A.T @ (P - Y)
    both = ((total > 0).any(axis=0) & (total < 0).any(axis=0)).any()
    return (Y.sum(axis=0) == 1).all() and both and (P != 0.5).all() and (abs(total) > 0.005).all()


def work(A, P, Y, delta, first, dW, positive):
    """The errors, one sample's share, the batch."""
    return (
        Step("With the sigmoid, the gradient of binary cross-entropy at the logits is prediction minus label.",
             r"\frac{\partial L}{\partial (Z_1 W_2 + b_2)} = Z_2 - Y", "", array(delta, 2), "delta"),
        Step("One sample: every activation times every error. The activations are positive, so a column has the sign of its error.",
             r"z_1^\top (z_2 - y)", "", array(first, 3), "first"),
        Step("The batch adds the shares of its samples, whose signs may differ.", r"Z_1^\top (Z_2 - Y)", "",
             array(dW, 3), "dW"),
        Step("Count the entries above 0.", "", "", str(positive), "positive"),
        Step("What holds is the same sign for one sample and one output neuron, and nothing more.", name="claim"),
    )  # fmt: skip


def check(A, P, Y):
    """Move every weight a little and watch the cross-entropy of the logits."""
    logits, W = np.log(P / (1 - P)), np.zeros((3, 2))

    def loss(Z, rows=slice(None)):
        return (np.log1p(np.exp(Z)) - Y * Z)[rows].sum()

    dW = differences(lambda W: loss(logits + A @ W), W)
    return {
        "delta": differences(loss, logits),
        "first": differences(lambda W: loss(logits + A @ W, slice(1)), W),
        "dW": dW,
        "positive": sum(1 for entry in dW.flat if entry > 0),
    }


@part("The gradient at the logits $Z_1 W_2 + b_2$.", Matrix(decimals=2))
def delta(P, Y):
    return P - Y


@slip(delta, "The sign is reversed: it is prediction minus label.", credit=0.5)
def reversed_error(P, Y):
    return Y - P


@slip(delta, "The sigmoid's slope has cancelled already; it must not be multiplied once more.", credit=0.25)
def slope_again(P, Y):
    return (P - Y) * P * (1 - P)


@part(r"The share of the first sample in $\partial L / \partial W_2$.", Matrix(decimals=3, hide_shape=True))
def first(A, delta):
    return A[:1].T @ delta[:1]


@slip(
    first, "This is the transpose: the gradient has the shape of $W_2$, a row for each hidden neuron.", credit=0.5
)
def transposed_first(A, delta):
    return delta[:1].T @ A[:1]


@slip(first, "This is the second sample.", credit=0.25)
def second(A, delta):
    return A[1:].T @ delta[1:]


@part(r"$\partial L / \partial W_2$ for the batch.", Matrix(decimals=3, hide_shape=True))
def dW(A, delta):
    return A.T @ delta


@slip(dW, "The loss adds the samples up; this takes their mean.", credit=0.5)
def averaged(A, delta):
    return A.T @ delta / len(A)


@slip(dW, "This is the transpose: the gradient has the shape of $W_2$, a row for each hidden neuron.", credit=0.5)
def transposed_batch(A, delta):
    return delta.T @ A


@part("How many of its entries are positive?", Number(integer=True), points=0.5)
def positive(dW):
    return (dW > 0).sum()


@slip(positive, "With cross-entropy the error $z_2 - y$ is positive for label 0, so positive entries do occur.")
def never():
    return 0


@slip(positive, "These are the negative ones.", credit=0.25)
def negative_ones(dW):
    return None if (dW < 0).sum() == (dW > 0).sum() else (dW < 0).sum()


def claims(order) -> SingleChoice:
    """Show the claims in this order."""
    return SingleChoice(
        options=tuple(CLAIMS[name][0] for name in order), explanations=tuple(CLAIMS[name][1] for name in order)
    )


@part("Which claim holds for every network of this form?", claims)
def claim(order):
    return order.index("neuron")
