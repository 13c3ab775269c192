"""The decision of a logistic regression with a threshold."""

import math

from grader.kinds.number import Number
from quizbank import Question, integers, multiples, one_of, part, slip, tenths
from solvers.regression import logistic_steps
from solvers.worked import Step

question = Question(
    "ch2.body.logistic",
    also=("ch2.logreg_threshold",),
    title="Logistic regression with a threshold",
    section="II.5",
    points=3,
    revision=2,
    difficulty=1,
    minutes=4,
    topics=("logistic regression", "sigmoid", "classification"),
    w=integers(-2, 2, shape=(1, 2), nonzero=True),
    b=tenths(-20, 20, nonzero=True),
    x=multiples(0.5, -4, 6, shape=(1, 2), nonzero=True),
    t=one_of(0.1, 0.2, 0.3, 0.7, 0.8, 0.9),
    text=r"""
A logistic regression computes $z = w \cdot x + b$ with $w = <<w>>$ and $b = <<b>>$, gives class 1 the probability $\sigma(z)$, and decides for class 1
if that is at least the threshold $t = <<t>>$, otherwise for class 0. A sample is $x = <<x>>$.
""",
    hints=("The threshold is compared with a probability.", "Where does the sigmoid reach the threshold?"),
)


def where(z, p, t, needed):
    """Keep logits near the one that is needed, on either side of it, and off all that they may be compared with."""
    return abs(z - needed) < 1 and abs(p - t) > 0.03 and min(abs(z), abs(z - t)) > 0.15


def work(w, b, x, t, p, decision, needed):
    """Linear part, probability, comparison; then the threshold as a logit."""
    linear, squashed, _ = logistic_steps(w[0], b, x[0], t).steps
    return (
        linear,
        Step(squashed.reason, squashed.formula, squashed.numbers, squashed.result, "p"),
        Step(f"The probability, {p:.4g}, {'reaches' if decision else 'stays below'} the threshold {t:g}: class {decision}.", name="decision"),
        Step("The sigmoid grows, so probability at least $t$ means $z$ at least the log-odds of $t$.",
             r"\sigma(z) \ge t \iff z \ge \ln \left( \frac{t}{1 - t} \right)"),
        Step("With the threshold of this question:", r"\ln \left( \frac{t}{1 - t} \right)", rf"\ln \left( \frac{{{t:g}}}{{{1 - t:g}}} \right)", f"{needed:.6g}", "needed"),
    )  # fmt: skip


def check(w, b, x, t):
    """Sum the terms one by one, use tanh for the sigmoid, and search for the threshold by halving."""
    z = sum(float(weight) * float(value) for weight, value in zip(w[0], x[0], strict=True)) + b
    p = (1 + math.tanh(z / 2)) / 2
    low, high = -10.0, 10.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if (1 + math.tanh(middle / 2)) / 2 >= t else (middle, high)
    return {"z": z, "p": p, "decision": 1 if p >= t else 0, "needed": high}


@part("The logit $z$.", Number(decimals=1), points=0.5)
def z(w, x, b):
    return (w * x).sum() + b


@slip(z, "The bias is missing.", credit=0.5)
def no_bias(w, x):
    return (w * x).sum()


@slip(z, "Each input has a weight of its own; this adds the inputs up as they are.")
def unweighted(x, b):
    return x.sum() + b


@part("The probability of class 1.", Number(decimals=3))
def p(z):
    return 1 / (1 + math.exp(-z))


@slip(p, "This is the probability of class 0.", credit=0.25)
def class_zero(z):
    return 1 / (1 + math.exp(z))


@slip(p, "The odds $e^{z}$ still have to be divided by $1 + e^{z}$.", credit=0.25)
def odds(z):
    return math.exp(z)


@part("The class that is decided for, 0 or 1.", Number(integer=True), points=0.5)
def decision(p, t):
    return int(p >= t)


@slip(
    decision, "The threshold is <<t>>, and it is compared with the probability $\\sigma(z)$, not with the logit."
)
def by_logit(z, t, decision):
    return int(z >= t) if (z >= t) != decision else None


@slip(decision, "This decides at the probability ½, where the logit changes its sign; the threshold is <<t>>.")
def by_sign(z, decision):
    return int(z >= 0) if (z >= 0) != decision else None


@slip(decision, "This compares the probability of class 0 with the threshold; that of class 1 has to reach it.")
def by_class_zero(p, t, decision):
    return int(1 - p >= t) if (1 - p >= t) != decision else None


@part("How large must a logit be at least for a decision for class 1?", Number(decimals=3))
def needed(t):
    return math.log(t / (1 - t))


@slip(needed, "That is the probability; the logit at which the sigmoid reaches it was asked.")
def threshold_itself(t):
    return t


@slip(needed, "The inverse of the sigmoid is the logarithm of the odds $t / (1 - t)$, not of $t$.", credit=0.25)
def log_only(t):
    return math.log(t)


@slip(needed, "The odds are the wrong way up.", credit=0.5)
def odds_reversed(t):
    return math.log((1 - t) / t)
