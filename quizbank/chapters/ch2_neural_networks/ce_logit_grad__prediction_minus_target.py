"""The gradient of softmax with cross-entropy at the logits."""

import numpy as np

from grader.kinds.expression import Expression
from grader.kinds.matrix import Matrix
from grader.kinds.number import Number
from quizbank import Question, derived, integers, one_of, part, slip, some_of
from quizbank.differences import differences
from solvers.engine.losses.cross_entropy import CrossEntropy
from solvers.softmax import logit_gradient, logit_gradient_steps
from solvers.symbolic.derivations.softmax import cross_entropy_gradient
from solvers.worked import Step

ROWS = (
    (1, 2, 7),
    (1, 3, 6),
    (1, 4, 5),
    (2, 3, 5),
    (2, 1, 7),
    (3, 1, 6),
    (4, 1, 5),
    (3, 2, 5),
    (5, 2, 3),
    (6, 3, 1),
    (5, 1, 4),
    (7, 2, 1),
)

question = Question(
    "ch2.ce_logit_grad",
    title="Softmax, cross-entropy and the logits",
    section="II.3.a",
    points=4,
    difficulty=2,
    minutes=5,
    topics=("softmax", "cross-entropy", "backpropagation"),
    tenth=some_of(1, *ROWS),
    p=derived(lambda tenth: (tuple(entry / 10 for entry in tenth[0]),)),
    t=integers(1, 3),
    R=one_of(2, 4, 5, 8, 10),
    text=r"""
A classifier ends with softmax and the cross-entropy (natural logarithm, mean over the $<<R>>$ samples of the batch). For one sample of the
batch softmax gave the probabilities $p = <<p>>$; its true class is number $<<t>>$ of the three.
""",
    hints=(
        "The logarithm of the loss and the exponential of softmax undo each other.",
        "Write the label as a one-hot vector.",
        "A mean gives every sample the same share.",
    ),
)


def where(p, t):
    """Keep a true class that could be mistaken for no other."""
    return p[0, t - 1] != 0.5


def work(p, t, R, total):
    """The derivation, then one-hot, difference, share."""
    steps, derivation = logit_gradient_steps(p[0], t - 1, R).steps, cross_entropy_gradient().steps
    return (
        *(Step(*(_in_z(text) for text in (s.reason, s.formula, s.numbers, s.result)), "rule") for s in derivation[-5:]),
        *steps,
        Step("The probabilities add up to 1 and so does the label: what is pushed up and what is pushed down is the same amount.",
             r"\sum_j \frac{\partial L}{\partial z_j}", "", f"{total + 0.0:g}", "total"),
    )  # fmt: skip


def _in_z(text):
    """Write the logits as the question does."""
    return text.replace("x_", "z_")


def check(p, t, R, rule):
    """Move the logits of this sample among a whole batch that the engine scores."""
    rest = np.linspace(-1, 1, 3 * (R - 1)).reshape(R - 1, 3)
    labels = np.array([t - 1, *(n % 3 for n in range(R - 1))])

    def loss(z):
        return CrossEntropy().forward(np.eye(3)[labels], np.vstack([z, rest]))[0]

    found = differences(loss, np.log(p))
    one = np.eye(3)[t - 1]
    return {
        "rule": rule if np.allclose(R * found, p - one) else "",
        "dz": found,
        "total": round(float(found.sum()), 9),
    }


@part(
    r"For a single sample with the loss $-\sum_k y_k \ln p_k$: the derivative by the logit $z_j$ as a formula in $p_j$, written $p$, and $y_j$, "
    "written $y$.",
    Expression(variables={"p": "probability", "y": "(0, 1)"}, aliases={"p_j": "p", "y_j": "y"}),
)
def rule():
    return "p - y"


@slip(rule, "The sign is reversed: a probability that is too large has a positive gradient.", credit=0.5)
def rule_sign():
    return "y - p"


@slip(rule, "This is the derivative by the probability; softmax still has to be passed.", credit=0.25)
def rule_by_probability():
    return "-y/p"


@slip(rule, "Softmax's derivative is contained already: it must not be multiplied once more.", credit=0.25)
def rule_slope_again():
    return "(p - y) p (1 - p)"


@part("The gradient of the batch's loss at the three logits of this sample.", Matrix(decimals=3), points=2)
def dz(p, t, R):
    return logit_gradient(p[0], t - 1, R).reshape(1, -1)


@slip(dz, "The loss is a mean over <<R>> samples, so each has a share of it; the division is missing.", credit=0.5)
def no_mean(p, t):
    return p - np.eye(3)[t - 1]


@slip(dz, "The sign is reversed: it is prediction minus label.", credit=0.5)
def reversed_sign(p, t, R):
    return (np.eye(3)[t - 1] - p) / R


@slip(dz, "The label is missing: 1 is subtracted at the true class.", credit=0.25)
def no_label(p, R):
    return p / R


@slip(dz, "Softmax's derivative is contained already: it must not be multiplied once more.", credit=0.25)
def slope_again(p, t, R):
    return (p - np.eye(3)[t - 1]) * p * (1 - p) / R


@part("The sum of these three numbers.", Number(decimals=3), points=0.5)
def total(dz):
    return round(float(dz.sum()), 12)


@slip(total, "Without their signs the numbers do not cancel.", credit=0.25)
def without_signs(dz):
    return abs(dz).sum()


@slip(total, "That is the sum of the probabilities; the label takes 1 away again.")
def probabilities_only(R):
    return 1 / R
