"""What Adam's bias correction does, with numbers."""

import math

import numpy as np

from grader.kinds.expression import Expression
from grader.kinds.number import Number
from grader.kinds.short_text import ShortText
from grader.text.notation import read_rubric
from quizbank import Question, integers, one_of, part, slip
from solvers.adaptive import correction_ratio_steps
from solvers.engine.optimisers import optimiser
from solvers.worked import Step

WHAT = read_rubric(
    question="What is the bias correction in Adam, and what is it needed for?",
    key_points="""
        start: zero|zeros|0|too small|underestimat & start|initial|begin|first|early|bias => The moments start at 0, so that their early values are biased towards 0.
        divide: divid|division|rescal|factor|scale|correct & beta|moment|average|power => They are divided by 1 − β to the power of the step.
    """,
    forbid="""
        learning rate decay|adds noise => It corrects the moments, not the learning rate.
        too large|too big|overestimat => The moments start at zero, so without the correction they are too small. [0.5]
        multipl & 1 beta|1 minus => The moments are divided by 1 − β to the power of the step, which is less than 1. [0.5]
    """,
    models=(
        "The moments are initialised with zero and therefore biased towards zero in the first steps; dividing by 1 minus the power of beta removes this.",
        "Because m and v start at 0 they are too small early on, so they are divided by a correction, 1 minus beta to the power of the step.",
        "It divides both running averages by 1 minus a power of beta, which undoes their bias from starting at zero.",
    ),
    samples="""
        1.0 | The running averages begin at zero and are too small at first; this is mended by dividing by 1 minus a power of beta.
        0.5 | The moments start at zero, so they are biased towards zero.
        0.5 | The two averages are divided by 1 minus a power of beta.
        0.0 | It removes the bias parameters from the layers.
        0.0 | It keeps the weights small so that the network does not overfit.
    """,
)

question = Question(
    "ch4.q1.d.i",
    also=("ch4.adam_correction_ratio",),
    title="Adam's bias correction",
    section="IV.4",
    points=6,
    difficulty=3,
    minutes=8,
    topics=("adam", "bias correction"),
    t=integers(1, 30),
    beta1=one_of(0.8, 0.9, 0.95),
    beta2=one_of(0.99, 0.999),
    text=r"""
Adam keeps two moments, which start from 0, and in step $t = 1, 2, \ldots$ computes

$$m \leftarrow \beta_1 m + (1 - \beta_1)\, g, \quad v \leftarrow \beta_2 v + (1 - \beta_2)\, g^2, \quad
\hat m = \frac{m}{1 - \beta_1^t}, \quad \hat v = \frac{v}{1 - \beta_2^t}, \quad
\theta \leftarrow \theta - \alpha \frac{\hat m}{\sqrt{\hat v}} .$$

Suppose that the gradient is the same number $g \neq 0$ in every step. A calculator may be used.
""",
    hints=(
        "Write $m_1$, $m_2$, $m_3$ down: how much of $g$ is still missing?",
        "The uncorrected step uses $m/\\sqrt{v}$. Compare it with $\\hat m/\\sqrt{\\hat v}$.",
    ),
)


def where(t, beta1, beta2):
    """Keep ratios that are clearly above 1."""
    return (1 - beta1**t) / math.sqrt(1 - beta2**t) > 1.2


def work(t, beta1, beta2):
    """Sum the recursion up, then compare the steps."""
    first, second, ratio = correction_ratio_steps(t, beta1, beta2).steps
    return (
        Step("What is missing to $g$ shrinks by the factor $\\beta_1$ in every step, and at first all of it is missing.",
             r"m_t", r"g - \beta_1^t\, g", r"(1 - \beta_1^t)\, g", "moment"),
        first,
        Step("The second moment in the same way.", r"1 - \beta_2^t", rf"1 - {beta2}^{{{t}}}", f"{1 - beta2**t:.6g}", "second"),
        Step("The step divides by its root.", second.formula, second.numbers, second.result, "ratio"),
        ratio,
        Step(f"Expected: {' '.join(point.feedback for point in WHAT.key_points)}", name="what"),
    )  # fmt: skip


def check(t, beta1, beta2):
    """Run the recursion with a gradient of 1, with and without the correction."""
    m = v = 0.0
    for _ in range(t):
        m, v = beta1 * m + (1 - beta1), beta2 * v + (1 - beta2)
    rule = optimiser("adam", lr=1.0, beta1=beta1, beta2=beta2, eps=0.0)
    at, state = np.array(0.0), rule.start(np.array(0.0))
    for _ in range(t):
        before = at
        at, state = rule.step(at, np.array(1.0), state)
    return {"moment": "(1 - beta1^t) g", "first": m, "second": v, "ratio": m / math.sqrt(v) / (before - at)}


@part(
    r"The first moment $m_t$ after $t$ steps, before its correction, as a formula in $\beta_1$, $t$ and $g$ (write beta1 for $\beta_1$).",
    Expression(
        variables={"beta1": "(0, 1)", "t": "natural", "g": "real"}, aliases={"beta": "beta1", "beta_1": "beta1"}
    ),
)
def moment():
    return "(1 - beta1^t) g"


@slip(moment, "This is $m_1$; every further step adds another gradient.", credit=0.25)
def one_step():
    return "(1 - beta1) g"


@slip(moment, "This is what is still missing to $g$.", credit=0.5)
def missing():
    return "beta1^t g"


@part(
    r"With $\beta_1 = <<beta1>>$ and $t = <<t>>$: which share of $g$ has the first moment reached?",
    Number(decimals=4),
)
def first(beta1, t):
    return 1 - beta1**t


@slip(first, "This is the share that is missing.", credit=0.5)
def missing_share(beta1, t):
    return beta1**t


@slip(first, "This is one step less; in step $t$ the gradient has entered $t$ times.", credit=0.5)
def one_less(beta1, t):
    return 1 - beta1 ** (t - 1)


@part(
    r"With $\beta_2 = <<beta2>>$ and the same $t$: which share of $g^2$ has the second moment reached?",
    Number(decimals=5),
)
def second(beta2, t):
    return 1 - beta2**t


@slip(second, "This is the share that is missing.", credit=0.5)
def missing_square(beta2, t):
    return beta2**t


@slip(second, "The second moment has its own beta.", credit=0.25)
def other_beta(first):
    return first


@part(
    "How many times as long as the corrected step is the uncorrected one, $\\alpha\\, m / \\sqrt{v}$?",
    Number(significant=3),
)
def ratio(first, second):
    return first / math.sqrt(second)


@slip(ratio, "This is the inverse. Here the uncorrected step is the longer one: the root of the second moment is even further "
      "from its final size than the first moment.", credit=0.5)  # fmt: skip
def inverse(first, second):
    return math.sqrt(second) / first


@slip(ratio, "The second moment stands under a root.", credit=0.5)
def no_root(first, second):
    return first / second


@slip(ratio, "Both moments are corrected, and the second one stands in the denominator.", credit=0.25)
def first_only(first):
    return first


@part(
    "What is the bias correction in Adam, and what is it needed for? (One or two sentences.)",
    ShortText(rubric=WHAT),
    points=2,
)
def what():
    return WHAT.models[0]
