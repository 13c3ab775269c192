"""The categorical cross-entropy of a small batch with one-hot labels."""

import math

import numpy as np

from grader.kinds.matrix import Matrix
from grader.kinds.number import Number
from quizbank import Question, accept, derived, integers, part, slip, some_of
from solvers.losses import cross_entropy_steps

ROWS = (
    (0.7, 0.2, 0.1), (0.2, 0.7, 0.1), (0.1, 0.2, 0.7), (0.5, 0.3, 0.2), (0.3, 0.2, 0.5), (0.6, 0.3, 0.1),
    (0.1, 0.6, 0.3), (0.3, 0.1, 0.6), (0.8, 0.1, 0.1), (0.1, 0.1, 0.8), (0.4, 0.4, 0.2), (0.2, 0.4, 0.4), (0.3, 0.6, 0.1),
)  # fmt: skip

question = Question(
    "ch2.body.ce_onehot",
    also=("ch2.ce_onehot",),
    title="Cross-entropy with one-hot labels",
    section="II.3.a",
    points=3,
    difficulty=1,
    minutes=4,
    topics=("cross-entropy", "losses", "one-hot"),
    P=some_of(3, *ROWS),
    classes=integers(0, 2, shape=(3,)),
    Y=derived(lambda classes: tuple(tuple(int(entry == label) for entry in range(3)) for label in classes)),
    notes=dict(P=[[0.1, 0.8, 0.1], [0.9, 0.1, 0.0], [0.0, 0.0, 1.0]], classes=[1, 0, 2]),
    text=r"""
A classifier with three classes gives three samples, one a row, the probabilities $P$; the rows of $Y$ are their one-hot labels.

$$P = <<P>>, \qquad Y = <<Y>> .$$

The cross-entropy takes the natural logarithm and averages over the samples.
""",
    hints=(
        "A one-hot label picks one probability of its row.",
        "The number of classes does not appear in the loss.",
    ),
)


def where(classes, picked):
    """Keep samples whose true classes have different probabilities, and labels of at least two classes."""
    return len(set(picked[0].tolist())) == 3 and len(set(classes.tolist())) >= 2


def work(P, Y):
    """Pick, take logarithms, average."""
    return cross_entropy_steps(P, Y)


def check(P, Y):
    """Multiply up the likelihood of all the labels."""
    true = [math.prod(float(p) ** int(y) for p, y in zip(*rows, strict=True)) for rows in zip(P, Y, strict=True)]
    each = [math.log(1 / p) for p in true]
    return {"picked": true, "each": each, "L": math.log(1 / math.prod(true)) / 3}


@part("Which probability does each sample's true class have?", Matrix(decimals=1))
def picked(P, Y):
    return (P * Y).sum(axis=1).reshape(1, -1)


@slip(
    picked,
    "These are the largest probabilities; the label says which one counts, the largest or not.",
    credit=0.25,
)
def largest(P):
    return P.max(axis=1).reshape(1, -1)


@slip(picked, "This reads the columns; a sample is a row.", credit=0.25)
def by_columns(P, Y):
    return (P * Y.T).sum(axis=0).reshape(1, -1)


@part("The loss of each sample.", Matrix(decimals=3))
def each(picked):
    return -np.log(picked)


@slip(each, "The sign is missing: the logarithm of a probability is negative, the loss is not.", credit=0.5)
def negative(picked):
    return np.log(picked)


@slip(each, "This takes the logarithm to base 10; the loss has the natural one.", credit=0.5)
def base_ten(picked):
    return -np.log10(picked)


@part("The loss of the batch.", Number(decimals=3))
def L(each):
    return each.mean()


@accept(L, "These are the notes' own numbers, printed to four decimals.", notes_only=True)
def printed(each):
    return round(each.mean(), 4)


@slip(
    L,
    "This divides by samples times classes. A one-hot row has one residual, whatever the number of classes, so the mean "
    "divides by the samples only; a formula with $1/(RC)$ in front does not fit the sum behind it.",
    credit=0.5,
)
def by_classes(each):
    return each.sum() / 9


@slip(L, "The loss is the mean over the samples; this is their sum.", credit=0.5)
def summed(each):
    return each.sum()


@slip(
    L,
    "This adds terms for the wrong classes, as binary cross-entropy would; here only the true class counts.",
    credit=0.25,
)
def binary_terms(P, Y, each):
    return each.mean() - np.log(1 - P * (1 - Y)).sum() / 3


@slip(L, "The mean of the logarithms is not the logarithm of the mean.", credit=0.25)
def log_of_mean(picked):
    return -math.log(picked.mean())
