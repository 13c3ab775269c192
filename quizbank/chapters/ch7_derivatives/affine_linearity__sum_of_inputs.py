"""Affine or linear? Try the sum and the multiple of inputs."""

import numpy as np

from grader.kinds.matrix import Matrix
from grader.kinds.true_false import TrueFalse
from quizbank import Question, derived, integers, one_of, part, slip
from quizbank.usual import under
from solvers.affine import affine, affine_steps
from solvers.arrays import show
from solvers.worked import Step

question = Question(
    "ch7.affine_linearity",
    title="Affine or linear?",
    section="VII.1.a",
    points=4,
    difficulty=1,
    minutes=5,
    topics=("affine layer", "linearity"),
    W=integers(-2, 3, shape=(2, 2)),
    biased=one_of(True, True, False),
    shift=integers(-4, 4, shape=(1, 2), nonzero=True),
    b=derived(lambda biased, shift: shift if biased else ((0, 0),)),
    x=integers(1, 4, shape=(1, 2)),
    y=integers(-3, 3, shape=(1, 2), nonzero=True),
    c=one_of(2, 3, 4, 5),
    text=r"""
A layer computes $f(x) = xW + b$ for rows $x$. A map is linear in the strict sense if $f(x + y) = f(x) + f(y)$ and $f(cx) = c f(x)$ hold for
all $x$, $y$ and $c$. Here

$$W = <<W>>, \qquad b = <<b>>, \qquad x = <<x>>, \qquad y = <<y>> .$$
""",
    hints=(
        "Compute both sides, and look at what differs between them.",
        "How often does the bias enter on each side?",
    ),
)


def where(W, x, y):
    """Keep weights and inputs that lose nothing."""
    return np.linalg.matrix_rank(W) == 2 and not np.array_equal(x, y) and np.any(x + y != 0)


def work(W, b, x, y, c):
    """Both sides of both equations."""
    both = affine(x, W, b) + affine(y, W, b)
    verdict = (
        "The bias is counted once on the left and twice on the right, so the map is affine but not linear. The multiple shows the same: "
        "$c f(x)$ holds the bias $c$ times, $f(cx)$ once."
        if b.any()
        else "Without a bias, $f$ is a product with $W$ alone, and $(x + y) W = xW + yW$ and $(cx) W = c(xW)$ for all rows: the map is "
        "linear, and $c f(x)$ is $f(cx)$."
    )
    return (
        *under("of_sum", affine_steps(x + y, W, b)),
        Step("Each row alone, then added.", "f(x) + f(y)", f"{show(affine(x, W, b))} + {show(affine(y, W, b))}", show(both), "sum_of"),
        Step("The multiple: first scale, then apply.", "f(c x)", f"f({show(c * x)})", show(affine(c * x, W, b)), "of_multiple"),
        Step(verdict, "c f(x)", "", show(c * affine(x, W, b)), "linear"),
    )  # fmt: skip


def check(W, b, x, y, c):
    """The engine's layer; and linearity by what it makes of zero."""
    from solvers.engine.layers.affine import affine as layer

    def f(row):
        return layer(row.astype(float), W.astype(float), b[0].astype(float))

    at_zero = f(np.zeros((1, 2)))
    return {
        "of_sum": f(x + y),
        "sum_of": f(x) + f(y),
        "of_multiple": f(c * x),
        "linear": not at_zero.any(),
    }


@part("$f(x + y)$.", Matrix(integer=True))
def of_sum(W, b, x, y):
    return affine(x + y, W, b)


@slip(of_sum, "The bias is added once, after the product; it belongs to one call of $f$.", credit=0.5)
def bias_twice(W, x, y, shift):
    return (x + y) @ W + 2 * shift


@slip(of_sum, "This is the product with $W$ from the other side; rows stand on the left.", credit=0.25)
def transposed(W, b, x, y):
    return (x + y) @ W.T + b


@part("$f(x) + f(y)$.", Matrix(integer=True))
def sum_of(W, b, x, y):
    return affine(x, W, b) + affine(y, W, b)


@slip(
    sum_of,
    "$f$ is applied twice, so its bias, if there is one, comes in twice; this has one bias too many or too few.",
    credit=0.5,
)
def bias_once(W, b, x, y, shift):
    return (x + y) @ W + b + (0 if b.any() else shift)


@slip(sum_of, "The rows are added, not subtracted.", credit=0.25)
def difference(W, b, x, y):
    return affine(x, W, b) - affine(y, W, b)


@part("$f(<<c>> x)$.", Matrix(integer=True))
def of_multiple(W, b, x, c):
    return affine(c * x, W, b)


@slip(of_multiple, "Only the input is multiplied; the bias is added as it is. This has another bias.", credit=0.5)
def bias_scaled(W, x, c, shift, biased):
    return c * (x @ W + shift) if biased else c * (x @ W) + shift


@slip(of_multiple, "The input is multiplied by <<c>> first.")
def unscaled(W, b, x):
    return affine(x, W, b)


@part("True or false? This $f$ is linear in the strict sense.", TrueFalse())
def linear(b):
    return not np.any(b)
