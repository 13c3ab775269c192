"""The gradient of max pooling where two entries share the maximum."""

import numpy as np

from grader.kinds.matrix import Matrix
from quizbank import Figure, Question, derived, integers, one_of, part, slip, some_of
from quizbank.usual import under
from solvers.drawing.grid import Grid, Window, grids
from solvers.pooling import TIES, pool, pool_gradient, pool_gradient_steps, pool_steps

RULES = tuple(TIES)
WORDS = {
    "first": "only the first of them in reading order (row by row) gets the gradient",
    "all": "each of them gets the whole gradient",
    "split": "they get equal shares of the gradient",
}


def with_tie(top, places, low, other):
    """Lay out a window that holds its maximum twice, and beside it one without a tie."""
    window = [top if place in places else top - low[place] for place in range(4)]
    return (*window[:2], *other[:2]), (*window[2:], *other[2:])


question = Question(
    "ch3.maxpool_ties",
    title="Max pooling with a shared maximum",
    section="III.2.a",
    points=3,
    difficulty=2,
    minutes=4,
    topics=("pooling", "backpropagation"),
    rule=one_of(*RULES),
    words=derived(lambda rule: WORDS[rule]),
    second=derived(lambda rule: RULES[(RULES.index(rule) + 1) % 3]),
    third=derived(lambda rule: RULES[(RULES.index(rule) + 2) % 3]),
    second_words=derived(lambda second: WORDS[second]),
    third_words=derived(lambda third: WORDS[third]),
    top=integers(3, 9),
    places=some_of(2, 0, 1, 2, 3),
    low=integers(1, 5, shape=(4,), distinct=True),
    other=integers(-5, 9, shape=(4,), distinct=True),
    X=derived(with_tie),
    G=integers(-6, 6, shape=(1, 2), nonzero=True, distinct=True),
    text=r"""
A max-pooling layer with a $2 \times 2$ window and stride 2 gets the map $X$; the upstream gradient is $G$:

$$X = <<X>>, \qquad G = <<G>> .$$

At a shared maximum the derivative does not exist, so a rule is needed. Here: where entries of a window share the maximum, <<words>>.
""",
    hints=(
        "Without a tie, the largest entry of a window gets the upstream gradient, the others 0.",
        "Find the window with the tie and use the rule as it is printed.",
    ),
)


def figure(X, G):
    """The map with its windows, and the upstream gradient."""
    return Figure(
        grids((Grid("X", X, (Window(0, 0, 2, 2), Window(0, 2, 2, 2))), Grid("G", G))),
        "The map X as a grid, divided by frames into two windows of 2 by 2; beside it G, which has one entry for each window.",
    )


def work(X, G, rule):
    """Forward, then back by the rule."""
    return (*under("Y", pool_steps(X, 2)), *under("dX", pool_gradient_steps(X, G, 2, ties=rule)))


def check(X, G, rule):
    """Nudge tied entries apart as the rule means it, then take differences; shares are the mean over who wins."""

    def loss(x):
        return sum(G[0, j] * x[:, 2 * j : 2 * j + 2].max() for j in range(2))

    def slopes(x):
        bumps = np.eye(8).reshape(8, 2, 4) * 0.01
        return np.array([(loss(x + bump) - loss(x - bump)) / 0.02 for bump in bumps]).reshape(2, 4)

    tied = np.argwhere(X[:, :2] == X[:, :2].max())
    won = []
    for row, column in tied:
        ahead = X.astype(float)
        ahead[row, column] += 0.1
        won.append(slopes(ahead))
    single = np.mean(won, axis=0)
    both = np.sum(won, axis=0) * [1, 1, 0.5, 0.5]
    return {
        "Y": [[max(X[:, :2].flat), max(X[:, 2:].flat)]],
        "dX": {"first": won[0], "all": both, "split": single}[rule],
    }


@part("The output.", Matrix(integer=True))
def Y(X):
    return pool(X, 2)


@slip(Y, "These are the means of the windows; max pooling keeps the largest entry.")
def means(X):
    return pool(X, 2, kind="average")


@slip(Y, "A maximum that stands twice still counts once: the output is the largest value, not a sum.", credit=0.25)
def added_up(X):
    return [[X[:, :2].max() * 2, X[:, 2:].max()]]


@part(r"$\partial L / \partial X$, under the rule above.", Matrix(decimals=1), points=2)
def dX(X, G, rule):
    return pool_gradient(X, G, 2, ties=rule)


@slip(dX, "This follows another convention (<<second_words>>); the question names its own.", credit=0.5)
def second_rule(X, G, second):
    return pool_gradient(X, G, 2, ties=second)


@slip(dX, "This follows another convention (<<third_words>>); the question names its own.", credit=0.5)
def third_rule(X, G, third):
    return pool_gradient(X, G, 2, ties=third)


@slip(dX, "This is average pooling: with a maximum, entries below it get nothing.", credit=0.25)
def averaged(X, G):
    return pool_gradient(X, G, 2, kind="average")


@slip(dX, "The local derivative is 1, but it is multiplied by the upstream gradient.", credit=0.25)
def local_only(X, G, rule):
    return pool_gradient(X, np.ones_like(G), 2, ties=rule)
