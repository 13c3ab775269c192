"""The bound of uniformly drawn initial weights."""

import math
from fractions import Fraction

from grader.kinds.number import Number
from quizbank import Question, derived, one_of, part, slip
from solvers.variance import uniform_bound_steps, weight_variance

NAMES = {
    "xavier": r"Xavier, $\operatorname{Var}(w) = \frac{2}{n_\text{in} + n_\text{out}}$",
    "kaiming": r"Kaiming, $\operatorname{Var}(w) = \frac{2}{n_\text{in}}$",
}

question = Question(
    "ch4.init_uniform",
    title="Uniform initial weights",
    section="IV.2.g",
    points=2,
    difficulty=2,
    minutes=4,
    topics=("initialisation", "uniform distribution"),
    n=one_of(24, 54, 72, 96, 120, 150, 216, 300, 384, 600),
    m=one_of(12, 30, 42, 60, 90, 126, 180),
    scheme=one_of("xavier", "kaiming"),
    named=derived(lambda scheme: NAMES[scheme]),
    text=r"""
The weights of a layer with $n_\text{in} = <<n>>$ inputs and $n_\text{out} = <<m>>$ outputs are drawn uniformly from $[-a, a]$. The scheme is <<named:plain>>. A calculator may be used.
""",
    hints=(
        "Which variance does the scheme ask for?",
        r"A uniform distribution on $[-a, a]$ has the variance $a^2 / 3$.",
    ),
)


def where(n, m):
    """Keep sizes apart."""
    return n != m


def work(n, m, scheme):
    """The variance asked, then the bound."""
    return uniform_bound_steps(scheme, n, m)


def check(n, m, scheme):
    """Integrate the density as a fine sum, and search the bound that gives the variance."""
    wanted = Fraction(2, n + m) if scheme == "xavier" else Fraction(2, n)
    unit = sum(((2 * k + 1) / 2000 - 1) ** 2 for k in range(2000)) / 2000
    low, high = 0.0, 10.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if middle**2 * unit < wanted else (low, middle)
    return {"variance": float(wanted), "bound": low}


@part("The variance of a weight.", Number(significant=3))
def variance(n, m, scheme):
    return weight_variance(scheme, n, m)


@slip(variance, "This belongs to the other scheme.", credit=0.25)
def other_scheme(n, m, scheme):
    return weight_variance("kaiming" if scheme == "xavier" else "xavier", n, m)


@slip(variance, "This is the standard deviation; the variance is its square.", credit=0.5)
def deviation(n, m, scheme):
    return math.sqrt(weight_variance(scheme, n, m))


@part("The bound $a$.", Number(decimals=4))
def bound(variance):
    return math.sqrt(3 * variance)


@slip(bound, "The root is missing.", credit=0.5)
def no_root(variance):
    return 3 * variance


@slip(
    bound, "This is the standard deviation; the bound of a uniform distribution is √3 times as large.", credit=0.5
)
def as_deviation(variance):
    return math.sqrt(variance)


@slip(bound, "The interval has the width $2a$, so its variance is $(2a)^2/12 = a^2/3$, not $a^2/12$.", credit=0.5)
def width_for_bound(variance):
    return math.sqrt(12 * variance)
