"""The forward pass of an affine layer, with numbers and as a program."""

import numpy as np

from grader.kinds.matrix import Matrix
from grader.kinds.numpy_program import NumpyProgram
from quizbank import Figure, Question, integers, one_of, part, slip
from solvers.affine import affine_steps
from solvers.drawing.canvas import signed
from solvers.drawing.network import network, neurons
from solvers.worked import Step

question = Question(
    "ch2.fc_forward",
    title="Forward through an affine layer",
    section="II.1.a",
    points=3,
    revision=2,
    difficulty=1,
    minutes=4,
    topics=("fully connected", "matrix product", "broadcasting"),
    N=one_of(2, 3, 4),
    D=one_of(2, 3, 4),
    M=one_of(2, 3, 4),
    X=integers(-3, 4, shape=("N", "D")),
    W=integers(-2, 3, shape=("D", "M")),
    b=integers(-2, 3, shape=(1, "M"), nonzero=True),
    text=r"""
A fully connected layer computes $Y = XW + b$, one sample a row, with

$$X = <<X>>, \qquad W = <<W>>, \qquad b = <<b>> .$$
""",
    hints=(
        "Each row of $X$ meets each column of $W$.",
        "The bias is one row, which every sample gets.",
    ),
)


def where(N, D, M):
    """Keep all sizes different."""
    return len({N, D, M}) == 3


def figure(D, M, W, b):
    """The layer as neurons, with its weights on the lines."""
    layers = neurons("x", [""] * D), neurons("y", map(signed, b[0]))
    return Figure(
        network(layers, (W,), "on the lines: weights · with a sign: biases"),
        f"The layer as {D} inputs, each joined to {M} output neurons. Row i of W stands on the lines that leave input i; "
        "the entries of b stand in the output neurons.",
    )


def work(X, W, b):
    """Product first, then the bias for every row."""
    program = Step("NumPy repeats the row $b$ for every sample by itself, so the formula can be written as it stands.",
                   r"\texttt{X @ W + b}", "", "", "program")  # fmt: skip
    return (*affine_steps(X, W, b).steps, program)


def check(X, W, b):
    """Add up every output one product at a time."""
    rows, inputs, outputs = range(len(X)), range(len(W)), range(W.shape[1])
    return {"Y": [[b[0, m] + sum(X[n, d] * W[d, m] for d in inputs) for m in outputs] for n in rows]}


@part("The output $Y$.", Matrix(integer=True, hide_shape=True), points=2)
def Y(X, W, b):
    return X @ W + b


@slip(Y, "The bias was not added.", credit=0.5)
def no_bias(X, W):
    return X @ W


@slip(Y, "The bias was added to the first sample only; every row gets it.", credit=0.5)
def bias_once(X, W, b):
    return X @ W + np.eye(len(X))[:, :1] * b


@slip(Y, "These are the outputs with samples as columns; in $Y = XW + b$ a sample is a row.", credit=0.5)
def columns(X, W, b):
    return (X @ W + b).T


@part(
    "A NumPy expression for $Y$ in `X` of shape (N, D), `W` of shape (D, M) and `b` of shape (M,).",
    NumpyProgram(shapes={"X": "N D", "W": "D M", "b": "M"}, lines=2),
)
def program():
    return "X @ W + b"


@slip(program, "The star multiplies entry by entry; a matrix product is written with @.")
def elementwise():
    return "(X[:, :, None] * W[None]).sum(axis=(0, 1)) + b"
