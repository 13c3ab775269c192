"""Which learning rates let gradient descent converge on a parabola."""

from grader.kinds.interval import Interval
from grader.kinds.number import Number
from quizbank import Question, derived, one_of, part, slip
from solvers.descent import error_after_steps
from solvers.worked import Step

question = Question(
    "ch4.gd_lr_limit",
    title="Stable learning rates",
    section="IV.1.a",
    points=3,
    revision=2,
    difficulty=2,
    minutes=4,
    topics=("gradient descent", "learning rate", "convergence"),
    a=one_of(1, 2, 4, 5, 8, 10),
    share=one_of(0.25, 0.5, 0.75, 1.5, 1.9, 2.5, 3),
    lr=derived(lambda a, share: round(share / a, 6)),
    start=one_of(-8, -4, -2, 2, 4, 8, 10),
    count=one_of(2, 3, 4),
    text=r"""
Gradient descent with the learning rate $\alpha = <<lr>>$ runs on the loss $L(\theta) = \tfrac12 a \theta^2$ with $a = <<a>>$,
starting from $\theta_0 = <<start>>$. A calculator may be used.
""",
    hints=(
        "The gradient is proportional to $\\theta$, so every step multiplies $\\theta$ by the same number.",
        "Powers of a number die out exactly if its absolute value is below 1.",
    ),
)


def work(a, lr, start, count):
    """The factor of one step, its power, and when the power dies out."""
    found = {step.name: step for step in error_after_steps(start, lr, a, count).steps}
    return (
        found["factor"],
        Step("After so many steps the factor stands to their power.", r"\theta_n = (1 - \alpha a)^n\, \theta_0",
             found["error"].numbers, found["error"].result, "theta"),
        Step("The factor must lie strictly between -1 and 1; at the ends the size of θ never changes.",
             r"-1 < 1 - \alpha a < 1 \iff 0 < \alpha < \frac{2}{a}", "", found["limit"].result, "stable"),
    )  # fmt: skip


def check(a, lr, start, count):
    """Run the steps one by one, and try many learning rates on a finer and finer scale."""
    theta = start
    for _ in range(count):
        theta -= lr * a * theta

    def settles(rate):
        x = 1.0
        for _ in range(4000):
            x = min(x - rate * a * x, 1e9)
            if abs(x) > 1e6:
                return False
        return abs(x) < 1e-2

    low, high = 1e-9, 10.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if middle < 0.1 / a or settles(middle) else (low, middle)
    return {"factor": (start - lr * a * start) / start, "theta": theta, "stable": f"(0, {round(low, 2):g})"}


@part(r"By which number does a step multiply $\theta$?", Number(decimals=3))
def factor(a, lr):
    return 1 - lr * a


@slip(factor, "The curvature is missing: the gradient is the curvature times θ.", credit=0.25)
def no_curvature(a, lr):
    return 1 - lr if a != 1 else None


@slip(factor, "This is what a step takes away; what remains is 1 less this.", credit=0.5)
def taken_away(a, lr, share):
    return lr * a if share != 0.5 else None


@slip(factor, "Descent subtracts the step.")
def uphill(a, lr):
    return 1 + lr * a


@part(r"$\theta$ after $<<count>>$ steps.", Number(decimals=4))
def theta(factor, start, count):
    return factor**count * start


@slip(theta, "The steps change with θ: the factor is raised to their number instead of being taken once for all.")
def linear(a, lr, start, count):
    return start * (1 - count * lr * a)


@slip(theta, "This is the first step alone.", credit=0.25)
def one_step(factor, start):
    return factor * start


@slip(theta, "The starting point is missing: the power multiplies it.", credit=0.5)
def power_only(factor, count):
    return factor**count


@part(
    r"All learning rates $\alpha$ with which $\theta$ tends to 0 from every starting point. (An interval, such as `(1, 3)` or `1 < alpha <= 3`.)",
    Interval(variable="alpha", decimals=3),
)
def stable(a):
    return f"(0, {2 / a:g})"


@slip(
    stable,
    "At $1/a$ one step reaches the minimum; larger rates leap over it but still converge, up to $2/a$.",
    credit=0.25,
)
def up_to_one_step(a):
    return f"(0, {1 / a:g})"


@slip(stable, "A rate below 0 leads uphill, and with the rate 0 nothing moves.", credit=0.5)
def no_lower_end(a):
    return f"(-inf, {2 / a:g})"


@slip(stable, "The size of the factor $1 - \\alpha a$ must be below 1: solve for α with the $a$ given here.", credit=0.25)
def curvature_one(a):
    return "(0, 2)" if a != 1 else None
