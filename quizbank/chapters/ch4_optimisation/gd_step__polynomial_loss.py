"""One step of gradient descent on a quadratic loss."""

import numpy as np

from grader.kinds.number import Number
from quizbank import Question, derived, integers, multiples, one_of, part, slip
from quizbank.usual import descent_slips
from solvers.arrays import signed
from solvers.newton import polynomial, polynomial_descent_steps
from solvers.typeset import number
from solvers.worked import Step

question = Question(
    "ch4.gd_step",
    title="One step of gradient descent",
    section="IV.1.a",
    points=3,
    difficulty=1,
    minutes=4,
    topics=("gradient descent", "derivatives"),
    a=one_of(1, 2, 3, 4, 5),
    b=integers(-6, 6, nonzero=True),
    start=multiples(0.5, -5, 6, nonzero=True),
    lr=one_of(0.01, 0.05, 0.1, 0.2),
    loss=derived(lambda a, b: polynomial([a, b, 0])),
    text=r"""
The loss of a model with a single parameter $x$ is $L(x) = <<loss>>$.
The parameter is now $x = <<start>>$, and the learning rate is $\alpha = <<lr>>$.
""",
    hints=(
        "Differentiate the loss before you put numbers in.",
        "Descent takes the learning rate times the slope away from the parameter.",
    ),
)


def where(a, b, start, lr):
    """Keep a slope that is felt and a step that does not leap over the minimum to the same height."""
    slope = 2 * a * start + b
    return abs(slope) > 0.5 and abs(1 - lr * a) > 0.05 and a * start + b != 0


def work(a, b, start, lr, x, drop):
    """Differentiate, step, compare the losses."""
    before, after = a * start**2 + b * start, a * x**2 + b * x
    return (
        *polynomial_descent_steps(start, [a, b, 0], lr).steps,
        Step("The loss before the step less the loss after it.", r"L(x_\text{old}) - L(x_\text{new})",
             f"{number(before)} - {signed(after)}", number(drop), "drop"),
    )  # fmt: skip


def check(a, b, start, lr):
    """Take the slope as a central difference, which is exact for a parabola."""

    def loss(x):
        return np.polyval([a, b, 0], x)

    slope = loss(start + 0.5) - loss(start - 0.5)
    return {"gradient": slope, "x": start - lr * slope, "drop": loss(start) - loss(start - lr * slope)}


@part("The gradient $L'(x)$ at the current parameter.", Number(decimals=2))
def gradient(a, b, start):
    return 2 * a * start + b


@slip(gradient, "The derivative of $x^2$ is $2x$; the factor 2 is missing.", credit=0.5)
def no_two(a, b, start):
    return a * start + b


@slip(gradient, "This is the loss itself; a step needs its derivative.")
def loss_itself(a, b, start):
    return a * start**2 + b * start


@slip(gradient, "The linear term has a derivative, too: it adds its coefficient.", credit=0.5)
def no_linear(a, start):
    return 2 * a * start


@part("The parameter after one step of gradient descent.", Number(decimals=3))
def x(start, gradient, lr):
    return start - lr * gradient


steps = descent_slips(x, "start", "gradient")


@slip(x, "The step follows the slope of the loss, not the value of the loss.")
def by_loss(a, b, start, lr):
    return start - lr * (a * start**2 + b * start)


@part("By how much does the step lower the loss?", Number(decimals=3))
def drop(a, b, start, x):
    return a * start**2 + b * start - (a * x**2 + b * x)


@slip(drop, "The sign is turned round: take the loss after the step from the loss before it.", credit=0.5)
def turned(a, b, start, x):
    return a * x**2 + b * x - (a * start**2 + b * start)


@slip(
    drop,
    "This is the slope times the length of the step; the slope changes on the way, so compute both losses.",
    credit=0.25,
)
def straight_line(gradient, start, x):
    return gradient * (start - x)


@slip(drop, "This is the loss after the step; the question asks for the difference.")
def loss_after(a, b, x):
    return a * x**2 + b * x
