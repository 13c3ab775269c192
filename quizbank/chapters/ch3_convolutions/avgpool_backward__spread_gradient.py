"""The gradient at the input of average pooling, without and with overlap."""

import numpy as np

from grader.kinds.matrix import Matrix
from quizbank import Figure, Question, multiples, part, slip
from quizbank.usual import under
from solvers.arrays import show, signed
from solvers.drawing.grid import Grid, Window, grids
from solvers.pooling import pool_gradient, pool_gradient_steps
from solvers.worked import Step

question = Question(
    "ch3.avgpool_backward",
    title="Average pooling backwards",
    section="III.2.b",
    points=4,
    difficulty=2,
    minutes=5,
    topics=("pooling", "backpropagation"),
    G=multiples(2, -6, 6, shape=(2, 2), nonzero=True, distinct=True),
    text=r"""
An average-pooling layer with a $2 \times 2$ window has an output of $2 \times 2$ entries; the gradient of the loss with respect to this
output is

$$G = <<G>> .$$
""",
    hints=(
        "An output entry is the mean of its window: how fast does it change with one entry of the window?",
        "An entry that lies in several windows collects from all of them.",
    ),
)


def where(G):
    """Keep gradients whose sum and differences do not vanish."""
    return G.sum() != 0 and not np.array_equal(G, G.T)


def figure(G):
    """Where the windows lie with either stride, and the upstream gradient."""
    apart = Grid("stride 2", [[""] * 4] * 4, tuple(Window(i, j, 2, 2) for i in (0, 2) for j in (0, 2)))
    close = Grid("stride 1", [[""] * 3] * 3, (Window(0, 0, 2, 2), Window(0, 1, 2, 2, dashed=True)))
    return Figure(
        grids((Grid("G", G), apart, close)),
        "G as a grid; beside it the empty input of 4 by 4 entries, divided into four windows, and that of 3 by 3 entries, on "
        "which the first window (framed) and its right neighbour (dashed) share one column.",
    )


def work(G):
    """The share of an entry, then side by side, then with overlap."""
    apart = pool_gradient_steps(np.zeros((4, 4)), G, 2, kind="average")
    close = pool_gradient_steps(np.zeros((3, 3)), G, 2, 1, kind="average").steps
    return (
        *under("apart", apart),
        Step("With stride 1 the same four shares overlap in the middle row and the middle column, where they add up.",
             close[-1].formula, "", close[-1].result, "close"),
        Step("The entry in the middle, for example, lies in all four windows.",
             "", rf"\tfrac{{1}}{{4}} ({' + '.join(signed(one) for one in G.ravel())})", show(G.sum() / 4), "close"),
    )  # fmt: skip


def check(G):
    """Differences of the loss, with every window's mean taken by hand; it is linear, so they are exact."""

    def slopes(side, stride):
        def loss(x):
            return sum(
                G[i, j] * np.mean([x[i * stride + a, j * stride + b] for a in range(2) for b in range(2)])
                for i in range(2)
                for j in range(2)
            )

        units = np.eye(side * side).reshape(-1, side, side)
        return np.array([loss(unit) for unit in units]).reshape(side, side)

    return {"apart": slopes(4, 2), "close": slopes(3, 1)}


@part(
    r"The stride is 2, and the input has $4 \times 4$ entries: $\partial L / \partial X$.",
    Matrix(decimals=1),
    points=2,
)
def apart(G):
    return pool_gradient(np.zeros((4, 4)), G, 2, kind="average")


@slip(apart, "Each entry has a share of a quarter in the mean; the gradient is divided by 4.", credit=0.25)
def undivided(G):
    return np.kron(G, np.ones((2, 2)))


@slip(apart, "The window has 2 · 2 entries, so each has a share of a quarter, not a half.", credit=0.5)
def halves(G):
    return np.kron(G, np.ones((2, 2))) / 2


@slip(
    apart, "This is max pooling with the first entry as the winner; a mean depends on all four alike.", credit=0.25
)
def one_winner(G):
    return np.kron(G, np.array([[1, 0], [0, 0]]))


@part(
    r"The stride is 1, and the input has $3 \times 3$ entries: $\partial L / \partial X$.",
    Matrix(decimals=1),
    points=2,
)
def close(G):
    return pool_gradient(np.zeros((3, 3)), G, 2, 1, kind="average")


@slip(close, "Where windows overlap, the shares add up; here they were averaged.", credit=0.5)
def averaged(G):
    counts = np.outer([1, 2, 1], [1, 2, 1])
    return pool_gradient(np.zeros((3, 3)), G, 2, 1, kind="average") / counts


@slip(close, "Each entry has a share of a quarter in a window's mean; the gradient is divided by 4.", credit=0.25)
def undivided_close(G):
    return pool_gradient(np.zeros((3, 3)), G, 2, 1, kind="average") * 4
