"""Softmax of a few logits."""

import math

import numpy as np

from grader.kinds.matrix import Matrix
from grader.kinds.number import Number
from quizbank import Question, integers, part, slip
from solvers.functions import sigmoid
from solvers.softmax import softmax, softmax_steps
from solvers.typeset import array
from solvers.worked import Step

question = Question(
    "ch2.softmax_value",
    title="Softmax by hand",
    section="II.2.j",
    points=3,
    difficulty=1,
    minutes=4,
    topics=("softmax", "numerical stability"),
    z=integers(-2, 5, shape=(1, 3)),
    text=r"""
The last layer of a classifier gives the logits $z = <<z>>$ for one sample. The softmax function
$p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$ turns them into probabilities. It is computed the stable way: the largest logit is
subtracted from all of them first.
""",
    hints=("After the subtraction the largest exponent is 0.", "The probabilities must add up to 1."),
)


def where(z):
    """Keep three different logits whose probabilities show in three decimals."""
    return len(set(z[0].tolist())) == 3 and z.max() - z.min() <= 4 and z.max() != 0 and z.sum() != 0


def work(z, shifted, odds):
    """Shift, exponentiate, normalise; then compare two of them."""
    return (
        Step("Subtract the largest logit.", r"z_i - \max_j z_j", "", array(shifted), "shifted"),
        *(Step(s.reason, s.formula, s.numbers, s.result, "p") for s in softmax_steps(z[0]).steps),
        Step("In the ratio of two probabilities the common sum cancels.", r"\frac{p_{\max}}{p_{\min}} = e^{z_{\max} - z_{\min}}",
             f"e^{{{z.max() - z.min()}}}", f"{odds:.6g}", "odds"),
    )  # fmt: skip


def check(z):
    """Exponentials of the logits as they are, one by one."""
    powers = [math.e ** int(value) for value in z[0]]
    p = [power / math.fsum(powers) for power in powers]
    return {"shifted": [value - max(z[0]) for value in z[0]], "p": p, "odds": max(p) / min(p)}


@part("The logits after the subtraction.", Matrix(integer=True), points=0.5)
def shifted(z):
    return z - z.max()


@slip(shifted, "The mean was subtracted; the exponents are safe only if the largest becomes 0.", credit=0.25)
def mean_subtracted(z):
    return z - z.mean()


@slip(shifted, "The signs are reversed: the maximum is subtracted from the logits.", credit=0.25)
def reversed_shift(z):
    return z.max() - z


@part("The probabilities $p$.", Matrix(decimals=3), points=1.5)
def p(z):
    return softmax(z)


@slip(p, "The exponentials still have to be divided by their sum.", credit=0.25)
def not_normalised(z):
    return np.exp(z - z.max())


@slip(p, "This divides the logits by their sum; the exponential comes first.")
def no_exponential(z):
    return z / z.sum()


@slip(p, "This is the sigmoid of every logit; its values do not add up to 1.")
def each_sigmoid(z):
    return sigmoid(z)


@slip(p, "These are powers of 2; softmax takes powers of $e$.", credit=0.25)
def powers_of_two(z):
    return 2.0**z / (2.0**z).sum()


@part("How many times as large as the smallest probability is the largest?", Number(decimals=2))
def odds(z):
    return math.exp(z.max() - z.min())


@slip(odds, "Probabilities do not stand in the ratio of the logits, but of their exponentials.")
def ratio_of_logits(z):
    return z.max() / z.min() if z.min() else None


@slip(odds, "This is the difference of the logits; the ratio is its exponential.", credit=0.25)
def difference(z):
    return z.max() - z.min()
