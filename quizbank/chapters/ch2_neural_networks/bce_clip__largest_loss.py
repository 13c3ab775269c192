"""The largest cross-entropy that clipped probabilities leave possible."""

import math

import numpy as np

from grader.kinds.number import Number
from quizbank import Question, integers, one_of, part, slip
from solvers.loss_scales import clipped_bound, clipped_bound_steps
from solvers.worked import Step

question = Question(
    "ch2.bce_clip",
    title="Clipped probabilities",
    section="II.3.a",
    points=3,
    difficulty=2,
    minutes=3,
    topics=("binary cross-entropy", "numerical stability"),
    k=integers(3, 12),
    N=one_of(8, 10, 16, 20, 32, 50, 64, 100),
    m=integers(1, 5),
    text=r"""
Before the binary cross-entropy (natural logarithm, mean over the samples) is computed, the probabilities are clipped to the range from
$\varepsilon = 10^{-<<k>>}$ to $1 - \varepsilon$, so that no logarithm of 0 occurs.
""",
    hints=(
        "Which probability of the true class is the worst that can occur?",
        "The logarithm of a power is the exponent times a logarithm.",
    ),
)


def work(k, N, m, L, gradient):
    """The worst sample, the batch, the slope."""
    first, second = clipped_bound_steps(k).steps
    return (
        Step(first.reason, first.formula, first.numbers, first.result, "bound"),
        Step(second.reason, second.formula, second.numbers, second.result, "bound"),
        Step("These samples have the largest loss, all others lose next to nothing; the mean divides by all of them.",
             r"\frac{m}{N} k \ln 10", rf"\frac{{{m}}}{{{N}}} \cdot {clipped_bound(k):.6g}", f"{L:.6g}", "L"),
        Step("The slope of the logarithm at the clipped probability: bounded, but huge. A loss that takes the logits instead, and never forms the "
             "probability, has no such number in it.", r"\left| \frac{d}{dp} (-\ln p) \right| = \frac{1}{p}", r"\frac{1}{10^{-" + str(k) + "}}",
             f"10^{{{k}}}", "gradient"),
    )  # fmt: skip


def check(k, N, m):
    """Clip the wrong probabilities with NumPy and let it take the logarithms; a difference for the slope."""
    eps = 10.0**-k
    true = np.clip(np.r_[np.zeros(m), np.ones(N - m)], eps, 1.0)
    step = eps * 1e-4
    slope = (math.log1p(step / eps) - math.log1p(-step / eps)) / (2 * step)
    return {
        "bound": float((-np.log(true)).max()),
        "L": float((-np.log(true)).mean()),
        "gradient": round(math.log10(slope), 6),
    }


@part("The largest loss that one sample can have.", Number(decimals=2))
def bound(k):
    return clipped_bound(k)


@slip(bound, "This takes the logarithm to base 10; the loss has the natural one.", credit=0.5)
def base_ten(k):
    return float(k)


@slip(bound, "The loss is the negative logarithm of the probability; this is the probability.")
def eps_itself(k):
    return 10.0**-k


@slip(bound, "The sign is missing: the logarithm is negative, the loss is not.", credit=0.5)
def negative(k):
    return -clipped_bound(k)


@part(
    "In a batch of <<N>> samples, <<m>> are completely wrong and clipped, all others are right with a loss of practically 0. The loss of the batch?",
    Number(decimals=3),
)
def L(bound, N, m):
    return m * bound / N


@slip(L, "The loss is a mean: divide by the size of the batch.", credit=0.25)
def summed(bound, m):
    return m * bound


@slip(L, "The mean counts all samples of the batch, the right ones as well.", credit=0.25)
def wrong_ones_only(bound):
    return bound


@part(r"The slope of $-\ln p$ at $p = \varepsilon$ has the size $10^n$. Which $n$?", Number(integer=True))
def gradient(k):
    return k


@slip(gradient, "The sign: the slope is $1/p$, large where $p$ is small.", credit=0.5)
def reciprocal(k):
    return -k


@slip(gradient, "The derivative of the logarithm is $1/p$; this squares it.", credit=0.25)
def squared(k):
    return 2 * k
