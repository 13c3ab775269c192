"""The binary cross-entropy of a small batch."""

import math

import numpy as np

from grader.kinds.matrix import Matrix
from grader.kinds.number import Number
from quizbank import Question, integers, part, slip, tenths
from solvers.engine.losses.bce_logits import BceLogits
from solvers.losses import binary_cross_entropy, binary_cross_entropy_steps
from solvers.typeset import array
from solvers.worked import Step

question = Question(
    "ch2.bce",
    title="Binary cross-entropy of a batch",
    section="II.3.a",
    points=3,
    difficulty=1,
    minutes=4,
    topics=("binary cross-entropy", "losses"),
    y=integers(0, 1, shape=(1, 4)),
    p=tenths(1, 9, shape=(1, 4), distinct=True),
    text=r"""
A binary classifier gives four samples the probabilities $\hat y = <<p>>$ of belonging to class 1. Their labels are $y = <<y>>$. The
binary cross-entropy is the mean over the samples,

$$L = -\frac{1}{N} \sum_{i=1}^{N} \bigl( y_i \ln \hat y_i + (1 - y_i) \ln (1 - \hat y_i) \bigr) .$$
""",
    hints=(
        "For each sample one of the two terms is zero.",
        "What counts is the probability given to the class that is right.",
    ),
)


def where(y):
    """Keep labels of both sorts."""
    return 0 < y.sum() < y.size


def work(p, y, true, each):
    """The probability of the true class, its logarithm, the mean."""

    steps = binary_cross_entropy_steps(p, y).steps
    return (
        Step("Label 1 takes the probability itself, label 0 the remaining one.", r"\hat y_i \text{ or } 1 - \hat y_i", "",
             array(true), "true"),
        *steps[:-1],
        Step("All four in a row.", "", "", array(each, 4), "each"),
        steps[-1],
    )  # fmt: skip


def check(p, y):
    """Let the engine score the logits; multiply up the likelihood of the labels."""
    logits = np.log(p / (1 - p))
    loss, _ = BceLogits().forward(y, logits)
    true = [float(prob) if label else 1 - float(prob) for prob, label in zip(p[0], y[0], strict=True)]
    return {"true": true, "each": [math.log(1 / prob) for prob in true], "L": loss}


@part("Which probability does each sample's true class have?", Matrix(decimals=1))
def true(p, y):
    return np.where(y == 1, p, 1 - p)


@slip(true, "For label 0 the true class has the remaining probability.", credit=0.25)
def as_given(p):
    return p


@slip(true, "The labels are exchanged: $\\hat y$ is the probability of class 1.", credit=0.25)
def exchanged(p, y):
    return np.where(y == 1, 1 - p, p)


@part("The loss of each sample.", Matrix(decimals=3))
def each(true):
    return -np.log(true)


@slip(each, "The sign is missing: the logarithm of a probability is negative, the loss is not.", credit=0.5)
def negative(true):
    return np.log(true)


@slip(each, "This takes the logarithm to base 10; the loss has the natural one.", credit=0.5)
def base_ten(true):
    return -np.log10(true)


@part("The loss $L$ of the batch.", Number(decimals=3))
def L(each):
    return each.mean()


@slip(L, "The loss is the mean over the samples; this is their sum.", credit=0.5)
def summed(each):
    return each.sum()


@slip(L, "The second term is missing: samples with label 0 count, too.", credit=0.25)
def label_one_only(p, y):
    return -(y * np.log(p)).mean()


@slip(L, "The mean of the logarithms is not the logarithm of the mean.", credit=0.25)
def log_of_mean(true):
    return -math.log(true.mean())


@slip(L, "The labels are exchanged: $\\hat y$ is the probability of class 1.", credit=0.25)
def labels_exchanged(p, y):
    return binary_cross_entropy(p, 1 - y)
