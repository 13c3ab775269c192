"""Adam after two steps."""

import math

import numpy as np

from grader.kinds.number import Number
from quizbank import Question, multiples, one_of, part, slip
from solvers.adaptive import adam_steps
from solvers.engine.optimisers import optimiser

question = Question(
    "ch4.adam",
    title="Two steps of Adam",
    section="IV.1.f",
    points=6,
    revision=2,
    difficulty=3,
    minutes=10,
    topics=("adam", "bias correction", "optimisers"),
    theta0=multiples(0.5, -4, 6),
    g1=one_of(-4, -3, -2, -1, 1, 2, 3, 4, 5),
    g2=one_of(-4, -3, -2, -1, 1, 2, 3, 4, 5),
    lr=one_of(0.1, 0.2, 0.5),
    beta1=one_of(0.8, 0.9),
    beta2=one_of(0.95, 0.99),
    text=r"""
Adam updates a parameter in step $t = 1, 2, \ldots$ by

$$m \leftarrow \beta_1 m + (1 - \beta_1)\, g, \qquad v \leftarrow \beta_2 v + (1 - \beta_2)\, g^2, \qquad
\hat m = \frac{m}{1 - \beta_1^t}, \qquad \hat v = \frac{v}{1 - \beta_2^t}, \qquad
\theta \leftarrow \theta - \alpha \frac{\hat m}{\sqrt{\hat v + \varepsilon}},$$

starting from $m = v = 0$, with $\beta_1 = <<beta1>>$, $\beta_2 = <<beta2>>$, $\alpha = <<lr>>$ and an $\varepsilon$ so small that it can be
left out. The parameter starts from $\theta_0 = <<theta0>>$; the gradients of the first two steps are $<<g1>>$ and $<<g2>>$. A calculator may be used.
""",
    hints=(
        "In the first step the corrections undo the small weights completely.",
        "Keep $m$ and $v$ uncorrected from step to step; only the update uses the corrected ones.",
        "In step 2 the betas are squared in the corrections.",
    ),
)


def where(g1, g2, beta1):
    """Keep gradients of different size and a second step that moves."""
    return abs(g1) != abs(g2) and abs(beta1 * g1 + g2) > 0.15


def work(theta0, g1, g2, lr, beta1, beta2):
    """Both steps line by line."""
    return adam_steps(theta0, [g1, g2], lr, beta1, beta2)


def check(theta0, g1, g2, lr, beta1, beta2):
    """Let the optimiser make both steps, and average the gradients with weights for the corrected moments."""
    rule = optimiser("adam", lr=lr, beta1=beta1, beta2=beta2, eps=0.0)
    at = np.array(float(theta0))
    first, state = rule.step(at, np.array(float(g1)), rule.start(at))
    second, state = rule.step(first, np.array(float(g2)), state)
    return {
        "theta1": first,
        "m2": state.moments["m"],
        "v2": state.moments["v"],
        "m_hat2": np.average([g1, g2], weights=[beta1, 1]),
        "v_hat2": np.average([g1**2, g2**2], weights=[beta2, 1]),
        "theta2": second,
    }


@part(r"$\theta_1$, after the first step.", Number(decimals=3))
def theta1(theta0, g1, lr):
    return theta0 - lr * np.sign(g1)


@slip(theta1, "This is a step of SGD; Adam's first step has the length α, whatever the gradient's size.")
def sgd(theta0, g1, lr):
    return theta0 - lr * g1 if abs(g1) != 1 else None


@slip(
    theta1,
    "The moments have to be corrected: at first both are far too small, but not in the same measure.",
    credit=0.25,
)
def uncorrected(theta0, g1, lr, beta1, beta2):
    return theta0 - lr * (1 - beta1) * g1 / math.sqrt((1 - beta2) * g1 * g1)


@slip(theta1, "The step goes along the gradient; descent goes against it.", credit=0.5)
def ascent(theta0, g1, lr):
    return theta0 + lr * np.sign(g1)


@part("The first moment $m$ after step 2, before its correction.", Number(decimals=4))
def m2(g1, g2, beta1):
    return beta1 * (1 - beta1) * g1 + (1 - beta1) * g2


@slip(
    m2,
    "The corrected moment was carried on; only the update uses it, the recursion keeps the plain one.",
    credit=0.25,
)
def carried_corrected(g1, g2, beta1):
    return beta1 * g1 + (1 - beta1) * g2


@slip(m2, "The new gradient has the weight $1 - \\beta_1$; the betas are exchanged here.", credit=0.25)
def weights_exchanged(g1, g2, beta1):
    return (1 - beta1) * beta1 * g1 + beta1 * g2


@slip(m2, "The old moment was forgotten.", credit=0.25)
def forgotten(g2, beta1):
    return (1 - beta1) * g2


@part("The second moment $v$ after step 2, before its correction.", Number(decimals=4))
def v2(g1, g2, beta2):
    return beta2 * (1 - beta2) * g1**2 + (1 - beta2) * g2**2


@slip(v2, "The second moment averages squares.", credit=0.25)
def unsquared(g1, g2, beta2):
    return beta2 * (1 - beta2) * g1 + (1 - beta2) * g2


@slip(v2, "The old moment was forgotten.", credit=0.25)
def forgotten_v(g2, beta2):
    return (1 - beta2) * g2**2


@slip(v2, "The corrected moment was carried on; the recursion keeps the plain one.", credit=0.25)
def carried_corrected_v(g1, g2, beta2):
    return beta2 * g1**2 + (1 - beta2) * g2**2


@part(r"The corrected first moment $\hat m$ in step 2.", Number(decimals=3))
def m_hat2(m2, beta1):
    return m2 / (1 - beta1**2)


@slip(m_hat2, "In step 2 the correction has the beta to the power 2.", credit=0.5)
def first_power(m2, beta1):
    return m2 / (1 - beta1)


@slip(m_hat2, "The correction divides: the moment is too small.", credit=0.25)
def multiplied(m2, beta1):
    return m2 * (1 - beta1**2)


@part(r"The corrected second moment $\hat v$ in step 2.", Number(decimals=3))
def v_hat2(v2, beta2):
    return v2 / (1 - beta2**2)


@slip(v_hat2, "In step 2 the correction has the beta to the power 2.", credit=0.5)
def first_power_v(v2, beta2):
    return v2 / (1 - beta2)


@slip(v_hat2, "The second moment is corrected with its own beta.", credit=0.25)
def other_beta(v2, beta1):
    return v2 / (1 - beta1**2)


@part(r"$\theta_2$, after the second step.", Number(decimals=3))
def theta2(theta1, m_hat2, v_hat2, lr):
    return theta1 - lr * m_hat2 / math.sqrt(v_hat2)


@slip(theta2, "The update uses the corrected moments; these are the plain ones.", credit=0.25)
def plain_moments(theta1, m2, v2, lr):
    return theta1 - lr * m2 / math.sqrt(v2)


@slip(theta2, "The root over the second moment is missing.", credit=0.25)
def no_root(theta1, m_hat2, v_hat2, lr):
    return theta1 - lr * m_hat2 / v_hat2


@slip(theta2, "The step starts from $\\theta_1$, not from $\\theta_0$.", credit=0.25)
def from_start(theta0, m_hat2, v_hat2, lr):
    return theta0 - lr * m_hat2 / math.sqrt(v_hat2)
