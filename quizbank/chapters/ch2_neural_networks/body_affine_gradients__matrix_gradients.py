"""The three gradients of an affine layer, first as matrix products, then with numbers."""

import numpy as np

from grader.kinds.matrix import Matrix
from grader.kinds.matrix_expression import MatrixExpression
from quizbank import Question, integers, one_of, part, slip
from quizbank.differences import differences
from solvers.affine import affine_gradients_steps
from solvers.symbolic.derivations.affine_entries import affine_entries
from solvers.worked import Step

RULE = MatrixExpression(
    shapes={"X": "N D", "W": "D M", "b": "M", "G": "N M"},
    aliases={"dL/dY": "G", "dY": "G", "dout": "G"},
)

question = Question(
    "ch2.body.affine_gradients",
    also=("ch2.fc_grad_W", "ch2.fc_grad_X", "ch2.fc_grad_b"),
    title="The gradients of an affine layer",
    section="II.1.b",
    points=6,
    difficulty=2,
    minutes=9,
    topics=("backpropagation", "matrix gradients", "fully connected"),
    N=one_of(2, 3, 4),
    D=one_of(2, 3),
    M=one_of(2, 3, 4),
    X=integers(-3, 4, shape=("N", "D")),
    W=integers(-2, 3, shape=("D", "M")),
    G=integers(-2, 3, shape=("N", "M")),
    text=r"""
An affine layer computes $Y = XW + b$ for a batch of $N = <<N>>$ samples, one a row, with $D = <<D>>$ inputs and $M = <<M>>$
outputs; the bias $b$ is a row of $M$ numbers that is added to every sample. In the backward pass the upstream gradient
$G = \partial L / \partial Y$ arrives. The numbers are

$$X = <<X>>, \qquad W = <<W>>, \qquad G = <<G>> .$$
""",
    hints=(
        "A gradient has the shape of what it is taken for.",
        "Which of the products of $X$, $W$ and $G$ have the shape needed, if some of them are transposed?",
        "The same bias is used by every sample, so every sample adds to its gradient.",
    ),
)


def where(N, D, M, X, W, G):
    """Keep all sizes different, so that every transpose shows, and gradients that are not trivial."""
    gradients = (X.T @ G, G @ W.T, G.sum(axis=0, keepdims=True))
    return len({N, D, M}) == 3 and all(np.count_nonzero(each) > each.size / 2 for each in gradients)


def work(X, W, G):
    """Find the rules by their shapes, then put the numbers in."""
    return (
        Step("Input $d$ of a sample meets upstream gradient $m$ of the same sample; the sum over samples is a product with "
             r"$X^\top$.", r"\frac{\partial L}{\partial W}", "", r"X^\top G", "rule_W"),
        Step("The gradient goes back along the weights by which the input came.", r"\frac{\partial L}{\partial X}", "",
             r"G\, W^\top", "rule_X"),
        Step("The bias reaches every sample with factor 1, so its gradient adds up the rows of $G$.",
             r"\frac{\partial L}{\partial b}", "", r"\mathbf{1}_N^\top G", "rule_b"),
        *affine_gradients_steps(X, W, G).steps,
    )  # fmt: skip


def check(X, W, G):
    """Derive the rules entry by entry with SymPy, and move every number a little and watch the loss."""
    b = np.zeros((1, G.shape[1]))
    return {
        "rule_W": affine_entries("W").value.plain(),
        "rule_X": affine_entries("X").value.plain(),
        "rule_b": affine_entries("b").value.plain().removeprefix("np.").replace(", keepdims=True", ""),
        "dW": differences(lambda W: (G * (X @ W + b)).sum(), W, step=1),
        "dX": differences(lambda X: (G * (X @ W + b)).sum(), X, step=1),
        "db": differences(lambda b: (G * (X @ W + b)).sum(), b, step=1),
    }


@part(r"$\partial L / \partial W$ as a product of matrices.", RULE, hint="It has the shape $D \\times M$.")
def rule_W():
    return "X.T @ G"


@slip(rule_W, r"This is the transpose: the gradient has the shape of $W$, so $X^\top$ comes first.", credit=0.5)
def swapped_W():
    return "G.T @ X"


@slip(rule_W, "The samples are added, not averaged: a mean would already be in the upstream gradient.", credit=0.5)
def mean_W():
    return "X.T @ G / N"


@part(r"$\partial L / \partial X$ as a product of matrices.", RULE, hint="It has the shape $N \\times D$.")
def rule_X():
    return "G @ W.T"


@slip(rule_X, "This is the transpose: rows are samples, as in $X$, so $G$ comes first.", credit=0.5)
def swapped_X():
    return "W @ G.T"


@slip(rule_X, "The samples do not share their inputs: nothing is divided by their number.", credit=0.5)
def mean_X():
    return "G @ W.T / N"


@part(r"$\partial L / \partial b$, written with $G$.", RULE)
def rule_b():
    return "sum(G, axis=0)"


@slip(rule_b, "This sums over the outputs; every output has a bias of its own, which all samples share.")
def other_axis():
    return "sum(G, axis=1)"


@slip(rule_b, "The samples are added, not averaged: a mean would already be in the upstream gradient.", credit=0.5)
def mean_b():
    return "mean(G, axis=0)"


@slip(rule_b, "The bias is one row; what comes back from the samples has to be added up.", credit=0.25)
def not_summed():
    return "G"


@part(r"$\partial L / \partial W$ with the numbers.", Matrix(integer=True, hide_shape=True))
def dW(X, G):
    return X.T @ G


@slip(dW, r"This is the transpose: the gradient has the shape of $W$, so it is $X^\top G$.", credit=0.5)
def transposed_W(X, G):
    return G.T @ X


@slip(dW, "This uses the first sample only; every sample adds its share.", credit=0.25)
def first_sample(X, G):
    return np.outer(X[0], G[0])


@slip(dW, "The samples are added, not averaged: a mean would already be in the upstream gradient.", credit=0.5)
def averaged_W(X, G):
    return X.T @ G / len(X)


@part(r"$\partial L / \partial X$ with the numbers.", Matrix(integer=True, hide_shape=True))
def dX(G, W):
    return G @ W.T


@slip(dX, "This is the transpose: rows are samples, as in $X$.", credit=0.5)
def transposed_X(G, W):
    return W @ G.T


@slip(dX, "This follows the first output only; an input acts on the loss through all of them.", credit=0.25)
def one_output(G, W):
    return np.outer(G[:, 0], W[:, 0])


@part(r"$\partial L / \partial b$ with the numbers.", Matrix(integer=True, hide_shape=True))
def db(G):
    return G.sum(axis=0)


@slip(db, "These are the row sums: every output has a bias of its own, so the samples are added.")
def row_sums(G):
    return G.sum(axis=1)


@slip(db, "The samples are added, not averaged: a mean would already be in the upstream gradient.", credit=0.5)
def averaged_b(G):
    return G.mean(axis=0)


@slip(db, "Signs count: gradients of opposite sign cancel.", credit=0.25)
def without_signs(G):
    return np.abs(G).sum(axis=0)


@slip(db, "This is the last sample only; every sample adds its share.", credit=0.25)
def last_sample(G):
    return G[-1]
