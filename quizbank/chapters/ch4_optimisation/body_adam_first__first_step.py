"""Adam's first step: the corrected moment is the gradient, and only its sign remains."""

import numpy as np

from grader.kinds.derivation import Derivation
from grader.kinds.expression import Expression
from grader.kinds.matrix import Matrix
from quizbank import Question, integers, one_of, part, slip
from solvers.arrays import show
from solvers.engine.optimisers import optimiser
from solvers.worked import Step

question = Question(
    "ch4.body.adam_first",
    also=("ch4.adam_first_step",),
    title="The very first step of Adam",
    section="IV.1.f",
    points=5,
    difficulty=2,
    minutes=7,
    topics=("adam", "bias correction"),
    g=integers(-9, 9, shape=(3,), nonzero=True, distinct=True),
    lr=one_of(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1),
    beta1=one_of(0.8, 0.9, 0.95),
    beta2=one_of(0.99, 0.999),
    text=r"""
Adam starts from the moments $m_0 = 0$ and $v_0 = 0$, with $\beta_1 = <<beta1>>$ and $\beta_2 = <<beta2>>$. In the first step

$$m_1 = \beta_1 m_0 + (1 - \beta_1)\, g, \qquad v_1 = \beta_2 v_0 + (1 - \beta_2)\, g^2, \qquad
\hat m_1 = \frac{m_1}{1 - \beta_1^1}, \qquad \hat v_1 = \frac{v_1}{1 - \beta_2^1}, \qquad
\Delta\theta = -\alpha \frac{\hat m_1}{\sqrt{\hat v_1 + \varepsilon}},$$

entry by entry, with an $\varepsilon$ so small that it can be left out.
""",
    hints=(
        "Put $m_0 = 0$ in before anything else.",
        "What is the root of a square? Mind the sign.",
    ),
)


def where(g):
    """Keep gradients larger than 1 and of both signs."""
    return np.abs(g).min() > 1 and g.min() < 0 < g.max()


def work(g, lr, beta1, moment, update):
    """From the recursion to the sign of the gradient."""
    return (
        Step("The old moment is 0, so only the new gradient remains, with a small weight.", r"m_1 = (1 - \beta_1)\, g",
             rf"{show(1 - beta1)} \cdot {show(g)}", show(moment), "moment"),
        Step("The correction divides by exactly that weight.",
             r"\hat m_1 = \frac{\beta_1 \cdot 0 + (1 - \beta_1)\, g}{1 - \beta_1} = \frac{(1 - \beta_1)\, g}{1 - \beta_1}", "", "g", "chain"),
        Step("In the same way the corrected second moment is the square, and its root the gradient's size.",
             r"\Delta\theta", r"-\alpha \frac{g}{\sqrt{g^2}}", r"-\alpha \frac{g}{|g|}", "rule"),
        Step("Every entry moves by the learning rate, against its gradient's sign; the size of the gradient drops out.",
             r"-\alpha \operatorname{sign}(g)", "", show(update), "update"),
    )  # fmt: skip


def check(g, lr, beta1, beta2):
    """Let the optimiser make the step."""
    rule = optimiser("adam", lr=lr, beta1=beta1, beta2=beta2, eps=0.0)
    at = np.zeros(3)
    after, state = rule.step(at, g.astype(float), rule.start(at))
    return {"moment": state.moments["m"], "rule": "-alpha g/abs(g)", "update": after}


@part("Show line by line that $\\hat m_1 = g$. Start from $(\\beta_1 \\cdot 0 + (1 - \\beta_1) g)/(1 - \\beta_1)$ (write beta1 for $\\beta_1$).",
      Derivation(variables={"beta1": "(0, 1)", "g": "real"}, labels=("m_hat",), least=2), points=2)  # fmt: skip
def chain():
    return "(beta1*0 + (1 - beta1) g)/(1 - beta1)", "((1 - beta1) g)/(1 - beta1)", "g"


@part(
    r"$\Delta\theta$ as a formula in $\alpha$ and $g$ alone (write alpha for $\alpha$).",
    Expression(variables={"alpha": "positive", "g": "nonzero"}, aliases={"lr": "alpha", "eta": "alpha"}),
)
def rule():
    return "-alpha g/abs(g)"


@slip(rule, "This is a step of SGD: the root in the denominator takes the gradient's size out.", credit=0.25)
def sgd_rule():
    return "-alpha g"


@slip(rule, "The root of $g^2$ is $|g|$, not $g$: the step must go against the gradient's sign.", credit=0.5)
def sign_lost():
    return "-alpha"


@slip(rule, "The sign is turned round: descent goes against the gradient.", credit=0.5)
def uphill():
    return "alpha g/abs(g)"


@part("With the gradient $g = <<g>>$: the first moment $m_1$ before its correction.", Matrix(decimals=3))
def moment(g, beta1):
    return (1 - beta1) * g


@slip(moment, "This is the corrected moment already.", credit=0.5)
def corrected(g):
    return g


@slip(moment, "The gradient has the weight $1 - \\beta_1$, not $\\beta_1$.", credit=0.5)
def other_weight(g, beta1):
    return beta1 * g


@part(
    r"With the same gradient and $\alpha = <<lr>>$: the change $\Delta\theta$ of the three parameters.",
    Matrix(decimals=4),
)
def update(g, lr):
    return -lr * np.sign(g)


@slip(update, "This is proportional to the gradient, as SGD's step; in Adam's first step the size drops out.")
def proportional(g, lr):
    return -lr * g


@slip(
    update,
    "Without the bias correction the step has another length; here both moments are corrected.",
    credit=0.25,
)
def uncorrected(g, lr, beta1, beta2):
    return -lr * (1 - beta1) / np.sqrt(1 - beta2) * np.sign(g)


@slip(update, "Each entry is divided by its own size, not by the length of the whole gradient.", credit=0.25)
def normalised(g, lr):
    return -lr * g / np.linalg.norm(g)


@slip(update, "The sign is turned round: descent goes against the gradient.", credit=0.5)
def ascent(g, lr):
    return lr * np.sign(g)
