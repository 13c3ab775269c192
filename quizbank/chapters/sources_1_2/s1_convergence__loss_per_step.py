"""How fast the loss of a linear layer falls on one sample."""

import numpy as np

from grader.kinds.expression import Expression
from grader.kinds.number import Number
from quizbank import Question, derived, integers, one_of, part, slip
from quizbank.usual import under
from solvers.arrays import show
from solvers.descent import loss_after, loss_after_steps
from solvers.worked import Step

question = Question(
    "s1.convergence",
    also=("s1.contraction",),
    title="The loss falls by a factor",
    section="second document",
    points=6,
    difficulty=3,
    minutes=8,
    topics=("gradient descent", "convergence", "learning rate"),
    x=integers(-3, 4, shape=(1, 3), nonzero=True),
    lr=one_of(0.005, 0.01, 0.02),
    count=one_of(2, 3, 5, 10),
    loss=one_of(8.0, 12.0, 20.0, 36.0),
    size=derived(lambda x: sum(value * value for value in x[0])),
    text=r"""
A linear layer $y = xW + b$ is trained with a single sample, always the same, by gradient descent on $L = \sum_j (y_j - t_j)^2$. Weights and
bias are both updated, with the learning rate $\alpha$. The input is $x = <<x>>$, so $|x|^2 = <<size>>$.
""",
    hints=(
        "By how much does the output move in one step? Put the updates of $W$ and $b$ into $y$.",
        "The error $y - t$ is multiplied by the same number in every step.",
        "The loss holds the square of the error.",
    ),
)


def where(x, size, lr):
    """Keep steps that neither overshoot nor vanish, and a bias that matters."""
    return 0.1 < 1 - 2 * lr * (size + 1) < 0.95


def work(x, lr, count, loss, size):
    """One step for the error, then the square, then many, then the limit."""
    steps = loss_after_steps(loss, x, lr, count).steps
    return (
        *under("rule", steps[:1]),
        Step("So the error is multiplied by a number $q$, and the loss by its square $q^2$.", r"q = 1 - 2 \alpha (|x|^2 + 1)", "",
             rf"1 - {2 * (size + 1)} \alpha", "rule"),
        *under("after", steps[1:]),
        Step(r"The error shrinks as long as $q$ lies between $-1$ and $1$. At $\alpha = 0$ it is $1$, and it falls as $\alpha$ grows, so $-1$ is the limit.",
             r"\alpha < \frac{1}{|x|^2 + 1}", rf"\frac{{1}}{{{size} + 1}}", show(round(1 / (size + 1), 5)), "limit"),
    )  # fmt: skip


def check(x, lr, count, loss, size):
    """Train a layer step by step, from an error with this loss; find the limit by halving."""

    def trained(lr, count):
        W, b, target = np.zeros((3, 2)), np.zeros((1, 2)), np.array([[0.6, 0.8]]) * loss**0.5
        for _ in range(count):
            gradient = 2 * (x @ W + b - target)
            W, b = W - lr * x.T @ gradient, b - lr * gradient
        return ((x @ W + b - target) ** 2).sum()

    low, high = 0.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if trained(middle, 1) < loss else (low, middle)
    rates = np.array([0.0, 0.001, 0.002])
    fitted = np.polyfit(rates, [trained(rate, 1) / loss for rate in rates], 2)
    assert np.allclose(fitted, [4 * (size + 1) ** 2, -4 * (size + 1), 1], rtol=1e-5)
    return {"rule": f"(1 - {2 * (size + 1)}*alpha)^2", "after": trained(lr, count), "limit": low}


@part(r"By which factor is the loss multiplied in one step, as a formula in $\alpha$? Write `alpha`.",
      Expression(variables={"alpha": "(0, 0.01)"}, aliases={"α": "alpha", "lr": "alpha", "eta": "alpha"}), points=2)  # fmt: skip
def rule(size):
    return f"(1 - {2 * (size + 1)}*alpha)^2"


@slip(rule, "This is the factor of the error; the loss holds its square.", credit=0.5)
def error_factor(size):
    return f"1 - {2 * (size + 1)}*alpha"


@slip(rule, "The bias is updated as well, which adds 1 to $|x|^2$.", credit=0.5)
def without_bias(size):
    return f"(1 - {2 * size}*alpha)^2"


@slip(rule, "The gradient of the squared error has the factor 2.", credit=0.5)
def no_two(size):
    return f"(1 - {size + 1}*alpha)^2"


@part(r"The loss is $<<loss>>$ now. What is it after $<<count>>$ steps with $\alpha = <<lr>>$? Three significant figures.",
      Number(significant=3), points=2)  # fmt: skip
def after(x, lr, count, loss):
    return loss_after(loss, x, lr, count)


@slip(after, "The loss shrinks with the square of the error's factor.", credit=0.5)
def not_squared(size, lr, count, loss):
    return loss * (1 - 2 * lr * (size + 1)) ** count


@slip(after, "The bias is updated as well, which adds 1 to $|x|^2$.", credit=0.5)
def no_bias(size, lr, count, loss):
    return loss * (1 - 2 * lr * size) ** (2 * count)


@slip(
    after,
    "In every step the loss is multiplied by the same factor; it does not fall by the same amount.",
    credit=0.25,
)
def straight_line(size, lr, count, loss):
    return loss * (1 - count * (1 - (1 - 2 * lr * (size + 1)) ** 2))


@part(r"Below which learning rate does the loss fall in every step? Four decimals.", Number(decimals=4), points=2)
def limit(size):
    return 1 / (size + 1)


@slip(limit, "At this rate the error is 0 after one step; up to twice as much, it still shrinks.", credit=0.5)
def best_rate(size):
    return 1 / (2 * (size + 1))


@slip(limit, "The bias is updated as well, which adds 1 to $|x|^2$.", credit=0.5)
def limit_without_bias(size):
    return 1 / size


@slip(limit, "The gradient of the squared error has the factor 2.", credit=0.25)
def limit_no_two(size):
    return 2 / (size + 1)
