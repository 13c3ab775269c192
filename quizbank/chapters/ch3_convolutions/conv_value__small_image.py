"""A convolution by hand, as deep learning means it."""

import numpy as np

from grader.kinds.matrix import Matrix
from quizbank import Figure, Question, integers, one_of, part, slip
from quizbank.usual import under
from solvers.arrays import show
from solvers.convolution import correlate, correlate_steps
from solvers.drawing.grid import Grid, Window, grids
from solvers.worked import Step

question = Question(
    "ch3.conv_value",
    title="A convolution by hand",
    section="III.1",
    points=4,
    difficulty=2,
    minutes=7,
    topics=("convolution", "stride"),
    n=one_of(2, 3),
    X=integers(-2, 4, shape=(4, 5)),
    K=integers(-2, 2, shape=("n", "n")),
    text=r"""
A convolution layer with one filter, without padding and without a bias, is applied to a map with one channel. As in deep learning, the
kernel is not flipped:

$$X = <<X>>, \qquad K = <<K>> .$$
""",
    hints=(
        "Lay the kernel on the upper left corner, multiply what lies on each other and add up.",
        "With stride 2 the kernel skips every second place in both directions.",
    ),
)


def where(X, K):
    """Keep kernels that show a flip or a transpose, and few zeros."""
    return (
        np.count_nonzero(K) >= 3
        and not np.array_equal(K, K.T)
        and not np.array_equal(K, np.flip(K))
        and not np.array_equal(correlate(X, K), correlate(X, np.flip(K)))
    )


def figure(X, K, n):
    """The map with the kernel's first place."""
    return Figure(
        grids((Grid("X", X, (Window(0, 0, n, n),)), Grid("K", K))),
        f"The map X as a grid; a frame marks the {n} by {n} window in its upper left corner, the first place of the kernel K, "
        "which stands beside it.",
    )


def work(X, K):
    """Window by window, then every second place."""
    found = correlate_steps(X, K)
    return (
        *under("Y", found),
        Step(
            "Stride 2 keeps the first place of every two, in both directions.",
            "",
            "",
            show(found.value[::2, ::2]),
            "strided",
        ),
    )


def check(X, K):
    """The engine's convolution, with both strides."""
    from solvers.engine.layers.conv2d import conv2d

    image, filters = X[None, None].astype(float), K[None, None].astype(float)
    return {"Y": conv2d(image, filters)[0, 0], "strided": conv2d(image, filters, stride=2)[0, 0]}


@part("The output $Y$ with stride 1.", Matrix(integer=True), points=3)
def Y(X, K):
    return correlate(X, K)


@slip(Y, "The kernel was flipped: that is the convolution of mathematics, not the one of this layer.", credit=0.5)
def flipped(X, K):
    return correlate(X, np.flip(K))


@slip(Y, "The kernel was transposed: its rows lie on rows of the map.", credit=0.25)
def transposed(X, K):
    return correlate(X, K.T)


@slip(Y, "The sums of the windows are not weighted: each entry has to be multiplied by the kernel's first.")
def window_sums(X, K):
    return correlate(X, np.ones_like(K))


@part("The output with stride 2.", Matrix(integer=True, hide_shape=True))
def strided(Y):
    return Y[::2, ::2]


@slip(strided, "These places lie next to each other; with stride 2 every second one is skipped.", credit=0.25)
def neighbours(Y):
    return Y[: (len(Y) + 1) // 2, : (len(Y[0]) + 1) // 2]


@slip(strided, "The stride holds downwards, too: every second row is skipped as well.", credit=0.5)
def only_columns(Y):
    return Y[:, ::2]
