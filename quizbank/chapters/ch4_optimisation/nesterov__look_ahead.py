"""One look-ahead step of Nesterov's momentum on a parabola."""

import numpy as np

from grader.kinds.number import Number
from quizbank import Question, derived, integers, multiples, one_of, part, slip
from solvers.descent import nesterov_steps
from solvers.engine.optimisers import optimiser

question = Question(
    "ch4.nesterov",
    title="One step of Nesterov momentum",
    section="IV.1.d",
    points=4,
    difficulty=2,
    minutes=5,
    topics=("momentum", "nesterov", "optimisers"),
    a=one_of(1, 2, 3, 4),
    theta0=integers(-4, 5, nonzero=True),
    m0=multiples(0.5, -4, 4, nonzero=True),
    lr=one_of(0.1, 0.2),
    beta=one_of(0.5, 0.8, 0.9),
    half=derived(lambda a: rf"\tfrac{{{a}}}{{2}}" if a != 2 else ""),
    text=r"""
Nesterov momentum makes its step by

$$\tilde\theta = \theta + \beta m, \qquad m' = \beta m - \alpha L'(\tilde\theta), \qquad \theta' = \theta + m' .$$

The loss is $L(\theta) = <<half>> \theta^2$, the parameter is $\theta = <<theta0>>$, its velocity $m = <<m0>>$;
$\beta = <<beta>>$ and $\alpha = <<lr>>$.
""",
    hints=(
        "Where would the velocity alone lead? The gradient is taken there.",
        "The point ahead serves the gradient only; the move starts from θ.",
    ),
)


def where(a, theta0, m0, lr, beta):
    """Keep a point ahead that is neither the minimum nor the point itself."""
    return abs(theta0 + beta * m0) > 0.3


def work(a, theta0, m0, lr, beta):
    """Look ahead, differentiate there, move."""
    return nesterov_steps(theta0, lr, beta, a, velocity=m0)


def check(a, theta0, m0, lr, beta):
    """Let the optimiser say where it looks and what it does; the slope is a central difference."""
    rule = optimiser("nesterov", lr=lr, beta=beta)
    state = rule.start(np.array(float(theta0)))._replace(moments={"m": np.array(m0)})
    ahead = rule.gradient_at(np.array(float(theta0)), state)
    g = a / 2 * (ahead + 0.5) ** 2 - a / 2 * (ahead - 0.5) ** 2
    after, state = rule.step(np.array(float(theta0)), g, state)
    return {"ahead1": ahead, "g1": g, "m1": after - theta0, "theta1": after}


@part(r"The point ahead, $\tilde\theta$.", Number(decimals=3))
def ahead1(theta0, m0, beta):
    return theta0 + beta * m0


@slip(ahead1, "Only the share β of the velocity is looked ahead.", credit=0.5)
def whole_velocity(theta0, m0):
    return theta0 + m0


@slip(ahead1, "The velocity holds its sign already: it is added.", credit=0.25)
def subtracted(theta0, m0, beta):
    return theta0 - beta * m0


@part(r"The gradient that is used.", Number(decimals=3))
def g1(a, ahead1):
    return a * ahead1


@slip(g1, "This is the gradient at the current point; Nesterov takes it at the point ahead.", credit=0.25)
def here(a, theta0):
    return a * theta0


@slip(g1, "This is the loss at the point ahead; the gradient is its derivative.")
def loss_there(a, ahead1):
    return a / 2 * ahead1**2


@slip(g1, "The square's derivative has a factor 2, which cancels the half.", credit=0.5)
def half_kept(a, ahead1):
    return a / 2 * ahead1


@part("The new velocity $m'$.", Number(decimals=3))
def m1(m0, g1, lr, beta):
    return beta * m0 - lr * g1


@slip(m1, "The gradient pulls against its direction: subtract it.", credit=0.25)
def pushed(m0, g1, lr, beta):
    return beta * m0 + lr * g1


@slip(m1, "The old velocity is damped by β.", credit=0.5)
def undamped(m0, g1, lr):
    return m0 - lr * g1


@slip(m1, "The old velocity is missing.", credit=0.25)
def plain(g1, lr):
    return -lr * g1


@part(r"The new parameter $\theta'$.", Number(decimals=3))
def theta1(theta0, m1):
    return theta0 + m1


@slip(theta1, "The move starts from θ; the point ahead was for the gradient only.", credit=0.5)
def from_ahead(ahead1, m1):
    return ahead1 + m1


@slip(theta1, "The velocity is added; it holds the minus already.", credit=0.25)
def minus(theta0, m1):
    return theta0 - m1
