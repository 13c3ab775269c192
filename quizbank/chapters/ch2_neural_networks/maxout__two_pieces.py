"""Value, gradient and parameters of a maxout unit."""

import numpy as np

from grader.kinds.matrix import Matrix
from grader.kinds.number import Number
from quizbank import Question, integers, part, slip
from quizbank.differences import differences
from solvers.activations import maxout, maxout_steps
from solvers.engine.layers.maxout import maxout as engine_maxout
from solvers.worked import Step

question = Question(
    "ch2.maxout",
    title="A maxout unit",
    section="II.2.i",
    points=3,
    difficulty=1,
    minutes=4,
    topics=("activations", "maxout", "parameters"),
    x=integers(-3, 3, shape=(1, 2), nonzero=True),
    W=integers(-3, 3, shape=(2, 2), nonzero=True),
    b=integers(-2, 2, shape=(1, 2), nonzero=True),
    D=integers(10, 60),
    M=integers(3, 20),
    text=r"""
A maxout unit has two pieces and gives the larger one,

$$f(x) = \max(w_1 \cdot x + b_1,\; w_2 \cdot x + b_2) .$$

The rows of $W = <<W>>$ are $w_1$ and $w_2$, the biases are $b_1, b_2$ in $b = <<b>>$, and the input is $x = <<x>>$.
""",
    hints=("Compute both pieces first.", "A piece that loses has no influence on the output."),
)


def where(x, W, b, D, M):
    """Keep pieces that differ, and whose loser is not ReLU's 0."""
    pieces = W @ x[0] + b[0]
    return pieces[0] != pieces[1] and (W[0] != W[1]).all() and pieces.max() != 0 and D != M


def work(x, W, b, D, M, parameters):
    """Pieces, the larger one, its weights; then the count."""
    return (
        *maxout_steps(x[0], W, b[0]).steps,
        Step("Every neuron has two pieces, each with weights and a bias of its own.", "2 (D M + M)",
             rf"2 \cdot ({D} \cdot {M} + {M})", str(parameters), "parameters"),
    )  # fmt: skip


def check(x, W, b, D, M):
    """Use the engine's layer, differences of it, and count the arrays of two affine layers."""

    def unit(x):
        return engine_maxout(x @ W.T + b, pieces=2).item()

    return {
        "value": unit(x),
        "dx": differences(unit, x),
        "parameters": sum(np.zeros((D, M)).size + np.zeros(M).size for _ in range(2)),
    }


@part("The output of the unit.", Number(integer=True))
def value(x, W, b):
    return maxout(x[0], W, b[0])["value"]


@slip(value, "This is the smaller piece.", credit=0.25)
def smaller(x, W, b):
    return (W @ x[0] + b[0]).min()


@slip(value, "The pieces are compared, not added.")
def added(x, W, b):
    return (W @ x[0] + b[0]).sum()


@slip(value, "The biases were left out before comparing.", credit=0.25)
def no_biases(x, W):
    return (W @ x[0]).max()


@slip(value, "This is a ReLU on the first piece; maxout compares with the second piece instead of 0.")
def as_relu(x, W, b):
    return max(0, W[0] @ x[0] + b[0, 0])


@part(r"The gradient $\partial f / \partial x$.", Matrix(integer=True))
def dx(x, W, b):
    return maxout(x[0], W, b[0])["dx"].reshape(1, -1)


@slip(dx, "These are the weights of the piece that lost.", credit=0.25)
def loser(x, W, b):
    return W[[(W @ x[0] + b[0]).argmin()]]


@slip(dx, "Only the winning piece carries gradient; this adds both.")
def both_pieces(W):
    return W.sum(axis=0, keepdims=True)


@slip(dx, "The output depends on $x$ through the weights of the winner; this is the input itself.")
def the_input(x):
    return x


@part("How many parameters has a layer of $<<M>>$ such units on $<<D>>$ inputs?", Number(integer=True))
def parameters(D, M):
    return 2 * (D * M + M)


@slip(parameters, "This is a plain layer; maxout has two pieces for each unit, and so twice as many.", credit=0.5)
def one_piece(D, M):
    return D * M + M


@slip(parameters, "Each piece has a bias of its own.", credit=0.5)
def biases_missing(D, M):
    return 2 * D * M
