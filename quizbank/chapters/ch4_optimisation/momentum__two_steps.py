"""Two steps of SGD with momentum."""

import numpy as np

from grader.kinds.number import Number
from quizbank import Question, integers, multiples, one_of, part, slip
from quizbank.usual import descent_slips
from solvers.descent import momentum_steps
from solvers.engine.optimisers import optimiser

question = Question(
    "ch4.momentum",
    title="Two steps with momentum",
    section="IV.1.c",
    points=3,
    difficulty=2,
    minutes=4,
    topics=("momentum", "optimisers"),
    theta0=multiples(0.5, -2, 6),
    g1=integers(-5, 5, nonzero=True),
    g2=integers(-5, 5, nonzero=True),
    lr=one_of(0.1, 0.2, 0.5),
    beta=one_of(0.5, 0.8, 0.9),
    text=r"""
SGD with momentum updates a parameter by

$$m_{t+1} = \beta m_t - \alpha g_t, \qquad \theta_{t+1} = \theta_t + m_{t+1}, \qquad m_0 = 0,$$

with $\beta = <<beta>>$ and $\alpha = <<lr>>$. The parameter starts from $\theta_0 = <<theta0>>$; the gradients of the first two
steps are $g_0 = <<g1>>$ and $g_1 = <<g2>>$.
""",
    hints=(
        "In the first step there is no old velocity, so it is a plain step.",
        "The second velocity keeps the share β of the first one.",
    ),
)


def where(g1, g2, lr, beta):
    """Keep a second velocity that moves the parameter."""
    return abs(beta * g1 + g2) > 0.3 and abs(g1 + beta * g1 + g2) > 0.3


def work(theta0, g1, g2, lr, beta):
    """Velocity and move, twice."""
    return momentum_steps(theta0, [g1, g2], lr, beta)


def check(theta0, g1, g2, lr, beta):
    """Let the optimiser make both steps."""
    rule = optimiser("momentum", lr=lr, beta=beta)
    first, state = rule.step(np.array(float(theta0)), np.array(float(g1)), rule.start(np.array(float(theta0))))
    second, state = rule.step(first, np.array(float(g2)), state)
    return {"theta1": first, "m2": second - first, "theta2": second}


@part(r"$\theta_1$.", Number(decimals=3))
def theta1(theta0, g1, lr):
    return theta0 - lr * g1


first = descent_slips(theta1, "theta0", "g1")


@part(r"The velocity $m_2$.", Number(decimals=3))
def m2(g1, g2, lr, beta):
    return beta * -lr * g1 - lr * g2


@slip(m2, "The old velocity was not carried on: this is a plain step of SGD.", credit=0.25)
def no_carry(g2, lr):
    return -lr * g2


@slip(
    m2,
    "This averages with $1 - \\beta$; in the recursion given the gradient has the factor $\\alpha$ alone.",
    credit=0.25,
)
def average(g1, g2, lr, beta):
    return -lr * (beta * (1 - beta) * g1 + (1 - beta) * g2)


@slip(
    m2,
    "This is the form with the learning rate outside the velocity; here it stands inside, with a minus.",
    credit=0.5,
)
def rate_outside(g1, g2, beta):
    return beta * g1 + g2


@slip(m2, "β belongs to the old velocity, not to the gradient.", credit=0.25)
def beta_on_gradient(g1, g2, lr, beta):
    return -lr * g1 - beta * lr * g2


@part(r"$\theta_2$.", Number(decimals=3))
def theta2(theta1, m2):
    return theta1 + m2


@slip(theta2, "The velocity holds the minus already: it is added.", credit=0.25)
def subtracted(theta1, m2):
    return theta1 - m2


@slip(theta2, "The second move starts from $\\theta_1$, not from $\\theta_0$.", credit=0.25)
def from_start(theta0, m2):
    return theta0 + m2


@slip(theta2, "This is SGD without momentum.")
def plain(theta1, g2, lr):
    return theta1 - lr * g2
