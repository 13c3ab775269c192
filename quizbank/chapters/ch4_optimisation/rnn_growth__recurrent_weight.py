"""What becomes of a gradient that passes the same weight again and again."""

import math

from grader.kinds.number import Number
from grader.kinds.single_choice import SingleChoice
from quizbank import Question, integers, one_of, part, slip, some_of
from solvers.arrays import show
from solvers.gradient_chains import recurrent_factor, recurrent_factor_steps
from solvers.worked import Step

FATES = {
    "vanishes": "Its size shrinks towards 0: it vanishes.",
    "explodes": "Its size grows without bound: it explodes.",
    "stays": "Its size stays within fixed bounds above 0.",
}

WHY = {
    "vanishes": "This is so for weights with an absolute value below 1, of either sign.",
    "explodes": "This is so for weights with an absolute value above 1, of either sign.",
    "stays": "This is so for the weights 1 and -1 only.",
}

question = Question(
    "ch4.rnn_growth",
    title="A gradient through many time steps",
    section="IV.2.b",
    points=3,
    difficulty=2,
    minutes=4,
    topics=("vanishing gradients", "exploding gradients", "recurrent networks"),
    w=one_of(-2.0, -1.5, -1.25, -0.8, -0.5, -0.4, 0.4, 0.5, 0.8, 0.9, 1.1, 1.25, 1.5, 2.0),
    T=integers(3, 12),
    order=some_of(3, *FATES),
    text=r"""
A linear recurrent network with a single unit computes $h_t = w\, h_{t-1} + u\, x_t$ with the recurrent weight $w = <<w>>$. A calculator may be used.
""",
    hints=(
        "How does $h_t$ depend on $h_{t-1}$? The chain rule multiplies.",
        "Does the sign of the weight matter for the size?",
    ),
)


def needed(w):
    """Give the fewest steps after which a gradient has changed a thousandfold."""
    return math.ceil(math.log(1000) / abs(math.log(abs(w))) - 1e-9)


def work(w, T, factor, steps):
    """A power, the size of its base, and a logarithm."""
    power, size = recurrent_factor_steps(w, T).steps
    return (
        power,
        size,
        Step("The size changes by the factor |w| in every step: solve for the number of steps and round up.",
             r"n \ge \frac{\ln 1000}{\left| \ln |w| \right|}", rf"\frac{{6.9078}}{{{show(abs(math.log(abs(w))))}}}",
             show(math.log(1000) / abs(math.log(abs(w)))), "steps"),
        Step(f"So {steps} steps are needed.", name="steps"),
    )  # fmt: skip


def check(w, T):
    """Multiply step by step."""
    factor, size, count = 1.0, 1.0, 0
    for _ in range(T):
        factor *= w
    while 1e-3 < size < 1e3:
        size, count = size * abs(w), count + 1
    return {"factor": factor, "steps": count}


@part(r"The factor $\partial h_{t+<<T>>} / \partial h_t$.", Number(significant=3))
def factor(w, T):
    return w**T


@slip(factor, "The chain rule multiplies the weights of all steps; it does not add them.", credit=0.25)
def added(w, T):
    return w * T


@slip(factor, "This is one step less: between the two states lie <<T>> steps.", credit=0.5)
def one_less(w, T):
    return w ** (T - 1)


def choices(order) -> SingleChoice:
    return SingleChoice(
        options=tuple(FATES[name] for name in order),
        explanations=tuple(WHY[name] for name in order),
    )


@part("What happens to the gradient over more and more steps?", choices)
def fate(w, order):
    return list(order).index(recurrent_factor(w, 1)["fate"])


@part(
    "After how many steps has the size of the gradient changed by a factor of 1000 or more (up or down) for the first time?",
    Number(integer=True),
)
def steps(w):
    return needed(w)


@slip(steps, "Round up: with this number of steps the factor is not reached yet.", credit=0.5)
def rounded_down(w):
    return needed(w) - 1


@slip(steps, "The size changes by a factor in every step, so it is a logarithm that is needed, not a quotient.")
def quotient(w):
    return math.ceil(1000 / abs(w))
