"""Shapes and parameters of one layer of a network, and the bias as a product with ones."""

import numpy as np

from grader.kinds.matrix_expression import MatrixExpression
from grader.kinds.number import Number
from grader.kinds.shape import Shape
from quizbank import Question, integers, part, slip
from solvers.worked import Step

question = Question(
    "ch2.body.fc_3_4",
    also=("ch2.fc_shapes",),
    title="Shapes in a fully connected network",
    section="II.1",
    points=4,
    difficulty=1,
    minutes=5,
    topics=("fully connected", "shapes", "parameters", "broadcasting"),
    N=integers(2, 64),
    D=integers(3, 60),
    M=integers(2, 40),
    K=integers(2, 12),
    notes=dict(N=8, D=3, M=4, K=2),
    text=r"""
A fully connected network has $<<D>>$ inputs, one hidden layer of $<<M>>$ neurons and $<<K>>$ outputs. A batch of $<<N>>$ samples,
one a row, goes through it. Its first layer computes $Y = XW + b$.
""",
    hints=(
        "In a product of matrices the inner sizes meet and the outer ones remain.",
        "Every neuron has one bias, whatever the batch.",
    ),
)


def where(N, D, M, K):
    """Keep all sizes different."""
    return len({N, D, M, K}) == 4


def work(N, D, M):
    """Fit the shapes into each other, then count."""
    return (
        Step("The weight takes each of the inputs to each neuron.", r"D \times M", "",
             rf"{D} \times {M}", "weight"),
        Step("The inner sizes meet, the outer ones remain; the bias does not change the shape.",
             r"(N \times D) \cdot (D \times M)", rf"({N} \times {D}) \cdot ({D} \times {M})", rf"{N} \times {M}", "output"),
        Step("One weight for each pair of input and neuron, one bias for each neuron.", "D M + M",
             rf"{D} \cdot {M} + {M}", str(D * M + M), "parameters"),
        Step("A column of $N$ ones times the row $b$ has $N$ rows, all equal to $b$.", r"B", "", r"u\, b", "repeated"),
    )  # fmt: skip


def check(N, D, M):
    """Let NumPy multiply matrices of these sizes, and count the edges of the drawing."""
    X, W, b = np.zeros((N, D)), np.zeros((D, M)), np.zeros(M)
    edges = sum(1 for _ in range(D) for _ in range(M)) + sum(1 for _ in range(M))
    u, row = np.ones((2, 1)), np.array([[3.0, 4.0, 5.0]])
    same = np.array_equal(u @ row, np.broadcast_to(row, (2, 3)))
    return {
        "weight": W.shape,
        "output": (X @ W + b).shape,
        "parameters": edges,
        "repeated": "u @ b" if same else "",
    }


@part("The shape of the first layer's weight $W$.", Shape())
def weight(D, M):
    return D, M


@slip(weight, "This is the transpose: in $Y = XW + b$ the weight has a row for each input.", credit=0.5)
def transposed(D, M):
    return M, D


@slip(weight, "The weight does not know the batch: it joins inputs to neurons.")
def with_batch(N, M):
    return N, M


@part("The shape of its output $Y$.", Shape())
def output(N, weight):
    return N, weight[1]


@slip(output, "This is the shape of the input $X$; the layer turns $<<D>>$ columns into $<<M>>$.")
def as_input(N, D):
    return N, D


@slip(output, "This is the output of the second layer.", credit=0.25)
def next_layer(N, K):
    return N, K


@part("The number of parameters of this first layer, weights and biases.", Number(integer=True))
def parameters(weight):
    return weight[0] * weight[1] + weight[1]


@slip(parameters, "The biases are missing: one for each neuron.", credit=0.5)
def no_bias(weight):
    return weight[0] * weight[1]


@slip(parameters, "A neuron has one bias for all samples, not one for each sample.", credit=0.5)
def bias_per_sample(N, D, M):
    return D * M + N


@slip(parameters, "There is one bias for each neuron, not for each input.", credit=0.5)
def bias_per_input(weight):
    return weight[0] * weight[1] + weight[0]


@slip(parameters, "These are the parameters of both layers; the first one was asked.", credit=0.5)
def both_layers(D, M, K):
    return D * M + M + M * K + K


@part(
    r"Strictly, $XW$ and $b$ cannot be added. Let $b$ be a row ($1 \times M$) and $u$ a column of $N$ ones. Which product is the "
    r"matrix $B$ that has to be added to $XW$?",
    MatrixExpression(shapes={"u": "N 1", "b": "1 M"}, ranges={"u": (1.0, 1.0)}),
)
def repeated():
    return "u @ b"


@slip(
    repeated,
    "This is the transpose: $B$ has a row for each sample, so the column of ones comes first.",
    credit=0.5,
)
def columns_of_b():
    return "b.T @ u.T"


@slip(repeated, "This is still one row; it has to be repeated for every sample.")
def one_row():
    return "b"
