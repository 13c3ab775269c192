"""How widely dot products are spread, and what scaling does about it."""

import math

from grader.kinds.number import Number
from quizbank import Question, derived, integers, multiples, part, slip
from quizbank.usual import under
from solvers.variance import dot_deviation_steps

question = Question(
    "ch6.dot_variance",
    title="Why scores are scaled",
    section="VI.4.b",
    points=3,
    revision=2,
    difficulty=2,
    minutes=4,
    topics=("attention", "variance"),
    r=integers(2, 16),
    d=derived(lambda r: r * r),
    s=multiples(0.5, 1, 6),
    text=r"""
A query and a key have $d_k = <<d>>$ entries each. All entries are independent with mean 0 and standard deviation $<<s>>$.
""",
    hints=(
        "The variance of a product of independent centred numbers is the product of their variances.",
        "Variances of independent terms add up.",
    ),
)


def work(d, s):
    """Spread of the sum, then of the scaled sum."""
    *plain, divided = dot_deviation_steps(d, s).steps
    return (*under("raw", plain), *under("scaled", (divided,)))


def check(d, s):
    """Entries that are +s or −s: count all sums of d signs exactly."""
    counts = [math.comb(d, k) for k in range(d + 1)]
    sums = [(2 * k - d) * s * s for k in range(d + 1)]
    spread = math.sqrt(sum(count * value**2 for count, value in zip(counts, sums, strict=True)) / 2**d)
    return {"raw": spread, "scaled": spread / math.sqrt(d)}


@part("The standard deviation of their dot product.", Number(decimals=2))
def raw(d, s):
    return math.sqrt(d) * s * s


@slip(raw, "This is the variance; its root was asked for.", credit=0.5)
def variance(d, s):
    return d * s**4


@slip(raw, "Both factors of a product are spread: the deviation enters squared.", credit=0.25)
def one_factor(d, s):
    return math.sqrt(d) * s if s != 1 else None


@slip(raw, "The variances of the terms add up, not their deviations.", credit=0.25)
def added_deviations(d, s):
    return d * s * s


@part(r"The standard deviation after dividing by $\sqrt{d_k}$.", Number(decimals=2))
def scaled(raw, d):
    return raw / math.sqrt(d)


@slip(scaled, "The scores are divided by the root of $d_k$, not by $d_k$.", credit=0.5)
def by_size(raw, d):
    return raw / d


@slip(scaled, "Scaling changes the spread; this is the one before it.")
def unscaled(raw):
    return raw
