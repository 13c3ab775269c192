"""Affine, square, sum: the loss and every gradient with numbers."""

import numpy as np

from grader.kinds.matrix import Matrix
from grader.kinds.number import Number
from quizbank import Question, integers, part, slip
from solvers.elementwise import sum_network_steps
from solvers.engine.layers.affine import affine

question = Question(
    "ch7.q2.a",
    also=("ch7.q2.b", "ch7.q2.c", "ch7.q2.d", "ch7.q2.e", "ch7.affine_square_sum"),
    title="Affine, square, sum",
    section="VII.1.d",
    points=6,
    difficulty=2,
    minutes=8,
    topics=("backpropagation", "matrix gradients", "elementwise functions"),
    X=integers(-2, 3, shape=(2, 2)),
    W=integers(-2, 3, shape=(2, 3)),
    notes=dict(X=[[0, 1], [2, 3]], W=[[1, 1], [1, 1]]),
    text=r"""
A small network squares the output of an affine layer (without a bias) entry by entry and adds everything up:

$$Y = XW, \qquad F = f(Y) \text{ with } f(y) = y^2, \qquad L = \sum_{i,j} F_{ij},$$

$$X = <<X>>, \qquad W = <<W>> .$$
""",
    hints=(
        "The loss adds the squared entries.",
        "An elementwise function multiplies its slope into the upstream gradient entry by entry.",
        r"$\partial L/\partial X$ has the shape of $X$, $\partial L/\partial W$ that of $W$: one transpose each.",
    ),
)


def where(X, W):
    """Keep numbers with which no gradient is zero or symmetric by chance."""
    Y = X @ W
    return (
        np.count_nonzero(Y) >= 5 and X[0, 1] != X[1, 0] and np.abs(Y).max() <= 12 and np.linalg.matrix_rank(X) == 2
    )


def work(X, W):
    """Forward, then the upstream gradient layer by layer."""
    return sum_network_steps(X, W, "square")


def check(X, W):
    """Central differences, exact for a quadratic."""

    def loss(X, W):
        return (affine(X, W, np.zeros(W.shape[1])) ** 2).sum()

    def slope(f, at):
        bumps = np.eye(at.size).reshape(at.size, *at.shape)
        return np.array([(f(at + bump) - f(at - bump)) / 2 for bump in bumps]).reshape(at.shape)

    Y = X @ W
    return {
        "L": loss(X, W),
        "dF": slope(np.sum, Y**2),
        "dY": slope(lambda Y: (Y**2).sum(), Y),
        "dX": slope(lambda X: loss(X, W), X.astype(float)),
        "dW": slope(lambda W: loss(X, W), W.astype(float)),
    }


@part("The loss $L$.", Number(integer=True))
def L(X, W):
    return ((X @ W) ** 2).sum()


@slip(L, "The entries have to be squared before they are added.", credit=0.25)
def not_squared(X, W):
    return (X @ W).sum()


@slip(L, "The square belongs to every entry; this squares the sum.", credit=0.25)
def squared_sum(X, W):
    return (X @ W).sum() ** 2


@slip(L, "In $XW$ the rows of $X$ meet the columns of $W$; this multiplies $W^\\top X$.")
def other_order(X, W):
    return ((W.T @ X) ** 2).sum()


@part(r"$\partial L / \partial F$.", Matrix(integer=True))
def dF(X, W):
    return np.ones_like(X @ W)


@slip(dF, "This is F itself; every entry of F adds with weight 1.")
def F_itself(X, W):
    return (X @ W) ** 2


@slip(dF, "This is the slope of the square, which comes one step later.")
def slope_early(X, W):
    return 2 * (X @ W)


@part(r"$\partial L / \partial Y$.", Matrix(integer=True))
def dY(X, W, dF):
    return dF * 2 * (X @ W)


@slip(dY, "The derivative of y² is 2y; the factor 2 is missing.", credit=0.5)
def no_two(X, W, dF):
    return dF * (X @ W)


@slip(dY, "The square's slope 2y is missing; this passes the upstream gradient on as it came.")
def no_slope(dF):
    return dF


@part(r"$\partial L / \partial X$.", Matrix(integer=True), points=1.5)
def dX(dY, W):
    return dY @ W.T


@slip(dX, "The square's slope was forgotten on the way.", credit=0.5)
def without_slope_X(dF, W):
    return dF @ W.T


@slip(dX, r"This is $W (\partial L/\partial Y)^\top$, the transpose of the gradient.", credit=0.5)
def transposed_X(dY, W):
    return W @ dY.T


@part(r"$\partial L / \partial W$.", Matrix(integer=True), points=1.5)
def dW(X, dY):
    return X.T @ dY


@slip(dW, r"The transpose is missing: it is $X^\top$ that meets the upstream gradient.", credit=0.25)
def no_transpose(X, dY):
    return X @ dY


@slip(dW, "The square's slope was forgotten on the way.", credit=0.5)
def without_slope_W(X, dF):
    return X.T @ dF
