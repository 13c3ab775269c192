"""Where a logistic regression of one feature changes its decision."""

import math

from grader.kinds.number import Number
from grader.kinds.single_choice import SingleChoice
from quizbank import Question, integers, one_of, part, slip
from solvers.regression import boundary, boundary_steps
from solvers.worked import Step

question = Question(
    "ch2.logreg_boundary",
    title="The boundary of a logistic regression",
    section="II.5",
    points=3,
    revision=2,
    difficulty=2,
    minutes=4,
    topics=("logistic regression", "decision boundary", "sigmoid"),
    w=one_of(-5, -4, -3, -2, 2, 3, 4, 5),
    b=integers(-4, 4, nonzero=True),
    t=one_of(0.1, 0.2, 0.25, 0.3, 0.4, 0.6, 0.7, 0.75, 0.8, 0.9),
    text=r"""
A logistic regression with one feature $x$ gives class 1 the probability $\sigma(wx + b)$ with $w = <<w>>$ and $b = <<b>>$. It decides for class 1 where this
is at least $t = <<t>>$.
""",
    hints=("Solve $\\sigma(z) = t$ for $z$ first.", "What does a negative weight do to an inequality?"),
)


def where(w, b, t):
    """Keep boundaries at which the usual slips show."""
    return abs(boundary(w, b, t)) > 0.05


def work(w, b, t):
    """The log-odds of the threshold, then the line."""
    first, second = boundary_steps(w, b, t).steps
    turn = "grows" if w > 0 else "falls"
    return (
        Step(first.reason, r"\ln \left( \frac{t}{1 - t} \right)", first.numbers, first.result, "logit"),
        Step(second.reason, second.formula, second.numbers, second.result, "x"),
        Step(
            f"The weight is {'positive' if w > 0 else 'negative'}, so the probability {turn} with $x$.",
            name="side",
        ),
    )


def check(w, b, t):
    """Halve an interval until the probability meets the threshold."""

    def root(f):
        low, high = -50.0, 50.0
        for _ in range(80):
            middle = (low + high) / 2
            low, high = (middle, high) if (f(middle) < t) == (f(low) < t) else (low, middle)
        return high

    def probability(z):
        return (1 + math.tanh(z / 2)) / 2

    return {"logit": root(probability), "x": root(lambda x: probability(w * x + b))}


@part(r"At which $z = wx + b$ is the probability equal to the threshold?", Number(decimals=3))
def logit(t):
    return math.log(t / (1 - t))


@slip(logit, "That is the threshold itself, a probability; the sigmoid reaches it at another number.")
def threshold_itself(t):
    return t


@slip(logit, "The inverse of the sigmoid is the logarithm of the odds $t / (1 - t)$, not of $t$.", credit=0.25)
def log_only(t):
    return math.log(t)


@slip(logit, "The odds are the wrong way up.", credit=0.5)
def odds_reversed(t):
    return math.log((1 - t) / t)


@part("At which $x$ does the decision change?", Number(decimals=2))
def x(w, b, logit):
    return (logit - b) / w


@slip(x, "This is the place of the probability ½; the threshold is <<t>>.", credit=0.25)
def at_half(w, b):
    return -b / w


@slip(x, "The bias goes to the other side with its sign changed.", credit=0.5)
def bias_sign(w, b, logit):
    return (logit + b) / w


@slip(x, "The bias is missing.", credit=0.25)
def no_bias(w, logit):
    return logit / w


@part(
    "On which side of this $x$ does it decide for class 1?",
    SingleChoice(
        options=("For smaller $x$.", "For larger $x$."),
        explanations=("That is so for a negative weight.", "That is so for a positive weight."),
    ),
    points=0.5,
)
def side(w):
    return int(w > 0)
