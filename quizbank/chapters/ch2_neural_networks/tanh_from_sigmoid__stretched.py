"""The hyperbolic tangent as a stretched sigmoid."""

import math

from grader.kinds.expression import Expression
from grader.kinds.number import Number
from quizbank import Question, part, slip, tenths
from solvers.activations import tanh_from_sigmoid_steps
from solvers.arrays import signed
from solvers.worked import Step

question = Question(
    "ch2.tanh_from_sigmoid",
    title="The tanh by way of the sigmoid",
    section="II.2.c",
    points=4,
    difficulty=2,
    minutes=5,
    topics=("activations", "derivatives"),
    x=tenths(-20, 20, nonzero=True),
    text=r"""
The sigmoid is $\sigma(x) = \frac{1}{1 + e^{-x}}$, the hyperbolic tangent $\tanh(x) = \frac{e^x - e^{-x}}{e^x + e^{-x}}$.
A calculator has a key for $\sigma$, but none for $\tanh$. Let $x = <<x>>$ and $s = \sigma(2x)$.
""",
    hints=(
        r"Multiply numerator and denominator of $\tanh$ by $e^{-x}$.",
        "The sigmoid runs from 0 to 1, tanh from −1 to 1.",
    ),
)


def where(x):
    """Keep points at which the functions can be told apart."""
    return abs(x) > 0.25


def work(x, t, slope):
    """Value, formula, stretched value, slope."""
    first, last = tanh_from_sigmoid_steps(x).steps
    return (
        Step(r"The tanh is a sigmoid on twice the input, stretched from $(0, 1)$ to $(-1, 1)$: divide both parts of the fraction by $e^x$.",
             r"\tanh(x) = \frac{1 - e^{-2x}}{1 + e^{-2x}}", r"\frac{2}{1 + e^{-2x}} - 1", "2 s - 1", "formula"),
        Step(first.reason, first.formula, first.numbers, first.result, "s"),
        Step(last.reason, last.formula, last.numbers, last.result, "t"),
        Step("The slope of tanh by its output.", r"\tanh'(x) = 1 - \tanh(x)^2", rf"1 - {signed(t)}^2", f"{slope:.6g}", "slope"),
    )  # fmt: skip


def check(x, formula):
    """Use the definition of tanh with its two exponentials, and the sum of the series for the sigmoid."""
    up, down = math.exp(x), math.exp(-x)
    t = (up - down) / (up + down)
    s = up / (up + down)
    slope = 4 / (up + down) ** 2
    return {"formula": formula if math.isclose(2 * s - 1, t) else "", "s": s, "t": t, "slope": slope}


@part(r"Write $\tanh(x)$ as a formula in $s = \sigma(2x)$.", Expression(variables={"s": "(0, 1)"}))
def formula():
    return "2s - 1"


@slip(
    formula,
    "This shifts the sigmoid to the middle, but its range still has length 1; tanh's has length 2.",
    credit=0.5,
)
def only_shifted():
    return "s - 1/2"


@slip(formula, "The range would be 0 to 2: it has to be shifted, too.", credit=0.25)
def only_stretched():
    return "2s"


@part(r"The value of $s = \sigma(2x)$.", Number(decimals=4))
def s(x):
    return 1 / (1 + math.exp(-2 * x))


@slip(s, "This is $\\sigma(x)$; the argument is $2x$.", credit=0.25)
def inner_factor_missing(x):
    return 1 / (1 + math.exp(-x))


@slip(s, "The sign in the exponent is reversed: $\\sigma(2x)$ has $e^{-2x}$.", credit=0.25)
def reversed_exponent(x):
    return 1 / (1 + math.exp(2 * x))


@part(r"The value of $\tanh(x)$.", Number(decimals=3))
def t(s):
    return 2 * s - 1


@slip(
    t, "This shifts the sigmoid to the middle, but its range still has length 1; tanh's has length 2.", credit=0.25
)
def shifted(s):
    return s - 0.5


@slip(t, "This is the sigmoid itself, which is never negative.")
def unchanged(s):
    return s


@part(r"The slope $\tanh'(x)$.", Number(decimals=3))
def slope(t):
    return 1 - t * t


@slip(slope, "This is the sigmoid's rule; tanh has $1 - \\tanh^2$.", credit=0.25)
def sigmoid_rule(t):
    return t * (1 - t)


@slip(
    slope,
    "This is the slope of $\\sigma$ at $2x$; the stretching by 2 and the inner factor 2 are missing.",
    credit=0.5,
)
def stretching_forgotten(s):
    return s * (1 - s)
