"""For which samples of a batch a ReLU neuron learns."""

import numpy as np

from grader.kinds.matrix import Matrix
from grader.kinds.number import Number
from quizbank import Question, integers, one_of, part, slip
from quizbank.differences import differences
from solvers.activations import live_samples, live_samples_steps
from solvers.engine.layers.relu import relu
from solvers.typeset import array
from solvers.worked import Step

question = Question(
    "ch2.relu_dead",
    title="A ReLU neuron and its batch",
    section="II.2.e",
    points=4,
    revision=2,
    difficulty=2,
    minutes=5,
    topics=("activations", "relu", "dying relu", "backpropagation"),
    X=integers(-3, 3, shape=(4, 2)),
    w=integers(-3, 3, shape=(2, 1), nonzero=True),
    b=one_of(-6, -5, -4, -3, -2, 1, 2, 3),  # off the kink, -1 would stop no whole number
    g=integers(-3, 4, shape=(4, 1), nonzero=True),
    text=r"""
A ReLU neuron computes $a = \max(0, z)$ with $z = Xw + b$; it fires for a sample if $z > 0$, and is dead on a batch if it fires for none of its samples.
Four samples, the rows of $X$, pass through it:

$$X = <<X>>, \quad w = <<w>>, \quad b = <<b>>, \quad \frac{\partial L}{\partial a} = <<g>> .$$
""",
    hints=(
        "Compute $z$ for each of the samples.",
        "A sample for which the neuron does not fire passes no gradient.",
    ),
)


def where(X, w, b, g):
    """Keep inputs off the kink, one to three samples that fire, and gradients that do not cancel."""
    z = X @ w + b
    live = z > 0
    return (z != 0).all() and 1 <= live.sum() <= 3 and g[live].sum() != 0 and (X.T @ (g * live)).any()


def work(X, w, b, g, dw, need):
    """Who fires, then the gradients of those."""
    return (
        *live_samples_steps(X, w[:, 0], b, g[:, 0]).steps,
        Step("Weights likewise collect input times upstream gradient, from the samples that fire.",
             r"\frac{\partial L}{\partial w} = X^\top \left( g \odot [z > 0] \right)", f"{array(X.T)} {array(g * (X @ w + b > 0))}", array(dw), "dw"),
        Step(r"The neuron is dead on this batch if no $z$ is positive: the bias must push the largest $Xw$ to 0 or below.",
             r"-\max_n (Xw)_n", "", str(need), "need"),
    )  # fmt: skip


def check(X, w, b, g):
    """Move bias and weights and watch the engine's ReLU; lower the bias until nothing fires."""
    lowest = 20
    while (X @ w + lowest > 0).any():
        lowest -= 1
    return {
        "live": sum(1 for row in X if (row @ w).item() + b > 0),
        "db": differences(lambda b: (g * relu(X @ w + b)).sum(), b),
        "dw": differences(lambda w: (g * relu(X @ w + b)).sum(), w),
        "need": lowest,
    }


@part("For how many of the samples does the neuron fire?", Number(integer=True))
def live(X, w, b, g):
    return live_samples(X, w[:, 0], b, g[:, 0])["live"]


@slip(live, "The bias is missing: it moves the point from which the neuron fires.", credit=0.25)
def no_bias(X, w):
    return int((X @ w > 0).sum())


@slip(live, "These are the samples for which it does not fire.", credit=0.25)
def silent(X, w, b):
    silent = int((X @ w + b <= 0).sum())
    return silent if 2 * silent != len(X) else None


@part(r"$\partial L / \partial b$.", Number(integer=True))
def db(X, w, b, g):
    return g[X @ w + b > 0].sum()


@slip(db, "Samples for which the neuron is silent pass no gradient.", credit=0.25)
def no_gate(g):
    return g.sum()


@slip(db, "The gate lets the firing samples through; these are the others.", credit=0.25)
def inverted_gate(X, w, b, g):
    return g[X @ w + b <= 0].sum()


@slip(db, "The slope of an active ReLU is 1; this multiplies by the activation.")
def by_activation(X, w, b, g):
    return (g * relu(X @ w + b)).sum()


@part(r"$\partial L / \partial w$.", Matrix(integer=True))
def dw(X, w, b, g):
    return X.T @ (g * (X @ w + b > 0))


@slip(dw, "Samples for which the neuron is silent pass no gradient.", credit=0.25)
def weights_no_gate(X, g):
    return X.T @ g


@slip(dw, "Each share is the upstream gradient times the sample's input.")
def weights_no_input(X, db):
    return np.full((2, 1), db)


@part(
    "The largest whole number for the bias, with the same weights, for which the neuron is dead on this batch.",
    Number(integer=True),
)
def need(X, w):
    return -(X @ w).max()


@slip(need, "The sign is reversed: the bias has to push the largest $Xw$ down.", credit=0.25)
def sign_lost(X, w):
    return (X @ w).max()


@slip(need, "With this bias only the sample with the smallest $Xw$ is silent; all of them have to be.")
def smallest(X, w):
    return -(X @ w).min()
