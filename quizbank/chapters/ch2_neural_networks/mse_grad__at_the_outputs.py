"""The gradients of squared and absolute error at the outputs."""

import numpy as np

from grader.kinds.expression import Expression
from grader.kinds.matrix import Matrix
from quizbank import Question, integers, part, slip
from quizbank.differences import differences
from solvers.losses import squared_gradient, squared_gradient_steps
from solvers.typeset import array
from solvers.worked import Step

question = Question(
    "ch2.mse_grad",
    title="Where a regression loss pulls",
    section="II.3.b",
    points=4,
    difficulty=2,
    minutes=5,
    topics=("losses", "regression", "backpropagation"),
    y=integers(-5, 5, shape=(1, 4)),
    h=integers(-5, 5, shape=(1, 4)),
    text=r"""
For four samples a network predicted $\hat y = <<h>>$; the targets are $y = <<y>>$. The losses are means over the $N = 4$ residuals,

$$L_2 = \frac{1}{N} \sum_i (\hat y_i - y_i)^2, \qquad L_1 = \frac{1}{N} \sum_i |\hat y_i - y_i| .$$
""",
    hints=("Each output stands in one term of the sum only.", "What is the slope of an absolute value, left and right of 0?"),
)


def where(y, h):
    """Keep residuals that are not 0, of both signs and several sizes."""
    r = h - y
    return r.all() and r.min() < 0 < r.max() and len(set(abs(r[0]).tolist())) >= 3


def work(y, h, absolute):
    """Squares give twice the residual, absolute values its sign."""
    return (
        Step(r"Only the term with this output depends on it; the power comes down as a factor.",
             r"\frac{\partial L_2}{\partial \hat y_i}", "", r"\frac{2 (\hat y_i - y_i)}{N}", "rule"),
        *(Step(s.reason, s.formula, s.numbers, s.result, "squared") for s in squared_gradient_steps(h, y).steps),
        Step("The slope of an absolute value is 1 or −1, however large the residual is; so every sample pulls with the same force.",
             r"\frac{\partial L_1}{\partial \hat y_i} = \frac{\operatorname{sign}(\hat y_i - y_i)}{N}", "", array(absolute), "absolute"),
    )  # fmt: skip


def check(y, h, rule):
    """Move every prediction a little and watch both losses."""
    squared = differences(lambda h: ((h - y) ** 2).mean(), h, step=1)
    by_hand = [[2 * (int(a) - int(b)) / 4 for a, b in zip(h[0], y[0], strict=True)]]
    return {
        "rule": rule if np.allclose(squared, by_hand) else "",
        "squared": squared,
        "absolute": differences(lambda h: abs(h - y).mean(), h),
    }


@part(
    r"$\partial L_2 / \partial \hat y_i$ as a formula in $\hat y_i$, written $h$, $y_i$, written $y$, and $N$.",
    Expression(
        variables={"h": "real", "y": "real", "N": "positive"},
        aliases={"h_i": "h", "y_hat_i": "h", "y_hat": "h", "y_i": "y"},
    ),
)
def rule():
    return "2 (h - y) / N"


@slip(rule, "The sign is reversed: a prediction that is too large has a positive gradient.", credit=0.5)
def rule_sign():
    return "2 (y - h) / N"


@slip(rule, "The power's factor 2 is missing: this loss has no ½ in front.", credit=0.5)
def rule_half():
    return "(h - y) / N"


@slip(rule, "This is right for $N = 4$ only; a formula in $N$ was asked.", credit=0.75)
def rule_in_numbers():
    return "(h - y) / 2"


@slip(rule, "The loss is a mean: its factor $1/N$ is missing.", credit=0.5)
def rule_sum():
    return "2 (h - y)"


@part(r"$\partial L_2 / \partial \hat y$ with numbers.", Matrix(decimals=2), points=1.5)
def squared(y, h):
    return squared_gradient(h, y)


@slip(squared, "The power's factor 2 is missing: this loss has no ½ in front.", credit=0.5)
def no_two(y, h):
    return (h - y) / h.size


@slip(squared, "The loss is a mean: its factor $1/N$ is missing.", credit=0.5)
def no_mean(y, h):
    return 2 * (h - y)


@slip(squared, "The sign is reversed: it is prediction minus target.", credit=0.5)
def reversed_sign(y, h):
    return 2 * (y - h) / h.size


@part(r"$\partial L_1 / \partial \hat y$ with numbers.", Matrix(decimals=2), points=1.5)
def absolute(y, h):
    return np.sign(h - y) / h.size


@slip(absolute, "The slope of an absolute value is the sign of the residual, not the residual itself.", credit=0.25)
def residual_kept(y, h):
    return (h - y) / h.size


@slip(absolute, "The loss is a mean: its factor $1/N$ is missing.", credit=0.5)
def sign_only(y, h):
    return np.sign(h - y)


@slip(absolute, "A gradient has signs: they say in which direction the loss grows.", credit=0.25)
def all_positive(y, h):
    return abs(np.sign(h - y)) / h.size
