"""Gradients of a layer that adds two products and two matrices."""

import numpy as np

from grader.kinds.matrix import Matrix
from grader.kinds.matrix_expression import MatrixExpression
from grader.kinds.shape import Shape
from quizbank import Question, integers, one_of, part, slip
from solvers.symbolic.matrix.expression import matrices, named
from solvers.symbolic.matrix.gradient import matrix_gradient
from solvers.symbolic.matrix.reductions import open_loss
from solvers.typeset import array
from solvers.worked import Step

SHAPES = {"X": "N D", "W": "D M", "Z": "N D", "R": "D M", "T": "N M", "A": "N M"}

question = Question(
    "ch2.q2.a.i",
    also=("ch2.q2.a.ii", "ch2.multi_affine_grad"),
    title="Gradients of a layer with two products",
    section="II.7",
    points=5,
    difficulty=2,
    minutes=6,
    topics=("backpropagation", "matrix gradients", "shapes"),
    N=one_of(2, 3, 4),
    D=one_of(2, 3),
    M=one_of(2, 3, 4),
    X=integers(-2, 3, shape=("N", "D")),
    W=integers(-2, 3, shape=("D", "M")),
    Z=integers(-2, 3, shape=("N", "D")),
    R=integers(-3, 4, shape=("D", "M")),
    T=integers(-2, 2, shape=("N", "M")),
    A=integers(-2, 2, shape=("N", "M")),
    text=r"""
A layer computes $Y = XW + ZR + T + A$ with

$$X, Z \in \mathbb{R}^{<<N>> \times <<D>>}, \qquad W, R \in \mathbb{R}^{<<D>> \times <<M>>}, \qquad
T, A \in \mathbb{R}^{<<N>> \times <<M>>}, \qquad R = <<R>> .$$

The loss is the plain sum of all entries, $L = \sum_{i,j} y_{ij}$.
""",
    hints=(
        "A gradient has the shape of what it is taken for.",
        r"Which matrix does $\partial L / \partial Y$ become for a plain sum?",
        "Only one arrangement of the upstream gradient and $R$ has the right shape.",
    ),
)


def where(N, D, M, R):
    """Keep all sizes different, so that every transpose shows, and rows of R whose sums are told apart."""
    sums = R.sum(axis=1)
    return len({N, D, M}) == 3 and sums.any() and len(set(sums.tolist())) == D


def work(Z, R, dY, dZ):
    """A sum hands its gradient on to every summand; only ZR holds Z."""
    return (
        Step("A gradient has the shape of what it is taken for.", "", "",
             rf"\frac{{\partial L}}{{\partial Z}} \in \mathbb{{R}}^{{{Z.shape[0]} \times {Z.shape[1]}}}", "shape_dZ"),
        Step("Every entry of $Y$ enters the sum with factor 1.", r"\frac{\partial L}{\partial y_{ij}} = 1", "",
             rf"\frac{{\partial L}}{{\partial Y}} = {array(dY)}", "dY"),
        *(Step(s.reason, ", \\quad ".join(filter(None, (s.formula, s.result))), name="rule") for s in _gradient("Z").steps),
        Step("With the ones of this loss every row consists of the row sums of $R$.", r"\frac{\partial L}{\partial Y} R^\top",
             f"{array(dY)} {array(R.T)}", array(dZ), "dZ"),
        Step("$A$ is added once, entry by entry: it gets the upstream gradient itself.", r"\frac{\partial L}{\partial A} = "
             r"\frac{\partial L}{\partial Y}", "", array(dY), "dA"),
    )  # fmt: skip


def _gradient(by):
    X, W, Z, R, T, A = matrices(**SHAPES)
    return matrix_gradient(open_loss(named("Y", X @ W + Z @ R + T + A)), by)


def check(X, W, Z, R, T, A):
    """Move every entry a little and watch the loss."""

    def loss(Z, A):
        return (X @ W + Z @ R + T + A).sum()

    dA = [[(loss(Z, A + bump) - loss(Z, A)) for bump in row] for row in _bumps(A)]
    dZ = [[(loss(Z + bump, A) - loss(Z, A)) for bump in row] for row in _bumps(Z)]
    return {"dY": np.ones_like(A), "dZ": dZ, "dA": dA, "shape_dZ": Z.shape, "rule": _gradient("Z").value.plain()}


def _bumps(like):
    units = np.eye(like.size).reshape(*like.shape, *like.shape)
    return [list(row) for row in units]


@part(r"The shape of $\partial L / \partial Z$.", Shape())
def shape_dZ(Z):
    return Z.shape


@slip(shape_dZ, "This is the shape of the layer's output Y; the gradient has the shape of Z itself.")
def shape_of_output(A):
    return A.shape


@slip(shape_dZ, "This is the shape of R; the gradient has the shape of Z itself.")
def shape_of_factor(R):
    return R.shape


@part(r"$\partial L / \partial Y$.", Matrix(integer=True))
def dY(A):
    return np.ones_like(A)


@slip(dY, "The loss is the plain sum, not the mean: every entry counts with weight 1.", credit=0.5)
def mean_instead(A):
    return np.ones_like(A) / A.size


@slip(dY, "The identity belongs to a derivative of Y by itself; every entry of Y adds 1 to the sum.")
def identity(A):
    return np.eye(*A.shape)


@part(
    r"$\partial L / \partial Z$ as a product of matrices, with $G = \partial L / \partial Y$.",
    MatrixExpression(
        shapes={name: shape for name, shape in SHAPES.items() if name != "T"} | {"G": "N M"},
        aliases={"dL/dY": "G", "dL/dy": "G", "dY": "G", "dy": "G"},
        ranges={"G": (1.0, 1.0)},
    ),
)
def rule():
    return "G @ R.T"


@slip(rule, "This is the transpose: rows are samples, as in $Z$, so $G$ comes first.", credit=0.5)
def rule_transposed():
    return "R @ G.T"


@slip(rule, "$W$ belongs to the other product: $Z$ reaches the loss through $R$.", credit=0.25)
def rule_other_weight():
    return "G @ W.T"


@part(r"$\partial L / \partial Z$, with numbers.", Matrix(integer=True, hide_shape=True), points=2)
def dZ(dY, R):
    return dY @ R.T


@slip(
    dZ,
    r"These are the column sums of $R$; the upstream gradient meets $R^\top$, so each entry is a row sum.",
    credit=0.25,
)
def column_sums(dY, R):
    return np.tile(R.sum(axis=0), (len(dY), 1))


@slip(dZ, r"This is the first column of $R$ alone; every output adds its share, so all columns are summed.")
def first_column(dY, R):
    return np.tile(R[:, 0], (len(dY), 1))


@slip(dZ, "The batch size does not multiply the gradient: each sample has its own row.")
def times_batch(dY, R):
    return len(dY) * dY @ R.T


@part(r"$\partial L / \partial A$, with numbers.", Matrix(integer=True, hide_shape=True))
def dA(dY):
    return dY


@slip(dA, "A is added once; its gradient is the upstream gradient, not a sum of it over the batch.")
def summed(dY):
    return dY.sum(axis=0, keepdims=True)


@slip(dA, "The loss is the plain sum, not the mean: every entry counts with weight 1.", credit=0.5)
def averaged(dY):
    return dY / dY.size
