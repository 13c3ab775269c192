"""How much of a feature map gets a gradient through max pooling."""

import numpy as np

from grader.kinds.matrix import Matrix
from grader.kinds.number import Number
from quizbank import Figure, Question, integers, one_of, part, slip
from solvers.drawing.grid import Grid, Window, grids
from solvers.engine.layers.maxpool2d import maxpool2d
from solvers.worked import Step

question = Question(
    "ch3.q9",
    also=("ch3.live_gradients", "ch3.maxpool_backward", "ch3.maxpool"),
    title="Gradients through max pooling",
    section="III.2.a",
    points=4,
    difficulty=2,
    minutes=4,
    topics=("pooling", "backpropagation"),
    X=integers(-9, 9, shape=(4, 4), distinct=True),
    G=integers(-4, 5, shape=(2, 2), nonzero=True, distinct=True),
    k=one_of(2, 3, 4, 5),
    notes=dict(X=[[3, 1, -2, 8], [5, 0, 4, 6], [-1, 7, 2, -3], [9, -4, -5, -6]], G=[[1, 1], [1, 1]], k=2),
    text=r"""
A max-pooling layer with a $2 \times 2$ window and stride 2 takes the feature map $X$; the upstream gradient, that of its output, is $G$:

$$X = <<X>>, \qquad G = <<G>> .$$
""",
    hints=(
        "Only the largest entry of a window decides the output.",
        "What decides the output gets the upstream gradient.",
    ),
)


def figure(X, G):
    """The map with its windows, and the upstream gradient."""
    windows = tuple(Window(i, j, 2, 2) for i in (0, 2) for j in (0, 2))
    return Figure(
        grids((Grid("X", X, windows), Grid("G", G))),
        "The map X as a grid, divided by frames into four windows of 2 by 2; beside it G, which has one entry for each window.",
    )


def work(X, G, k):
    """Forward, then back to where the maxima stood."""
    windows = X.reshape(2, 2, 2, 2).swapaxes(1, 2).reshape(4, 4)
    return (
        Step("Each window keeps its largest entry.", "", "",
             r",\ ".join(rf"\max({', '.join(map(str, window))}) = {max(window)}" for window in windows), "Y"),
        Step("The output changes with the largest entry of a window alone, at the rate 1; its gradient is the upstream one. "
             "All other entries get 0.", r"\frac{\partial L}{\partial x} = G \text{ at the maximum, else } 0", "", "", "dX"),
        Step("One entry of every window wins, and the windows do not overlap.", r"\frac{1}{k^2}", rf"\frac{{1}}{{{k}^2}}", f"{1 / k**2:.4f}", "live"),
    )  # fmt: skip


def check(X, G, k):
    """Move every entry a little: away from ties the maximum is linear. Count the maxima of a larger map."""

    def loss(X):
        return sum(G[i, j] * max(X[2 * i : 2 * i + 2, 2 * j : 2 * j + 2].flat) for i in range(2) for j in range(2))

    bumps = np.eye(16).reshape(16, 4, 4) * 0.25
    slopes = [(loss(X + bump) - loss(X - bump)) / 0.5 for bump in bumps]
    wide = np.arange(9 * k * k).reshape(3 * k, 3 * k)
    maxima = {wide[i : i + k, j : j + k].max() for i in range(0, 3 * k, k) for j in range(0, 3 * k, k)}
    return {
        "Y": maxpool2d(X[None, None].astype(float), 2)[0, 0],
        "dX": np.array(slopes).reshape(4, 4),
        "live": len(maxima) / wide.size,
    }


@part("The output $Y$.", Matrix(integer=True))
def Y(X):
    return X.reshape(2, 2, 2, 2).max(axis=(1, 3))


@slip(Y, "This averages each window; max pooling keeps its largest entry.")
def averages(X):
    return X.reshape(2, 2, 2, 2).mean(axis=(1, 3))


@slip(Y, "The largest entry counts with its sign, not by its absolute value.")
def by_size(X):
    windows = X.reshape(2, 2, 2, 2).swapaxes(1, 2).reshape(4, 4)
    return windows[np.arange(4), np.abs(windows).argmax(axis=1)].reshape(2, 2)


@part(r"$\partial L / \partial X$.", Matrix(integer=True), points=2)
def dX(X, G):
    return np.kron(G, np.ones((2, 2), int)) * (
        np.kron(X.reshape(2, 2, 2, 2).max(axis=(1, 3)), np.ones((2, 2), int)) == X
    )


@slip(dX, "This is average pooling: the upstream gradient goes to the largest entry alone.", credit=0.25)
def spread(G):
    return np.kron(G, np.ones((2, 2))) / 4


@slip(
    dX,
    "Every entry of a window gets the upstream gradient here; only the largest decides the output.",
    credit=0.25,
)
def everywhere(G):
    return np.kron(G, np.ones((2, 2)))


@slip(dX, "The local derivative is 1, but it is multiplied by the upstream gradient.", credit=0.5)
def local_only(X):
    return (np.kron(X.reshape(2, 2, 2, 2).max(axis=(1, 3)), np.ones((2, 2))) == X) * 1


@part(
    "Another layer has a $<<k>> \\times <<k>>$ window and stride $<<k>>$; its windows cover the input exactly, and no two entries of a window are equal. "
    "Which fraction of the input's entries gets the gradient of an output entry, and not a zero?",
    Number(decimals=4),
)
def live(k):
    return 1 / k**2


@slip(live, "A window is a square: it has $<<k>> \\cdot <<k>>$ entries.", credit=0.25)
def one_side(k):
    return 1 / k


@slip(live, "This is the fraction that gets none.", credit=0.25)
def the_rest(k):
    return 1 - 1 / k**2
