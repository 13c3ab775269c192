"""Nearest-neighbour up-sampling, forwards and backwards."""

import numpy as np

from grader.kinds.matrix import Matrix
from quizbank import Question, derived, integers, one_of, part, slip
from quizbank.usual import under
from solvers.arrays import show
from solvers.pooling import upsample, upsample_steps
from solvers.worked import Step

question = Question(
    "ch3.upsample",
    title="Up-sampling by the nearest neighbour",
    section="III.2.e",
    points=3,
    difficulty=2,
    minutes=4,
    topics=("up-sampling", "backpropagation"),
    f=one_of(2, 3),
    rows=derived(lambda f: 2 if f == 2 else 1),
    height=derived(lambda f, rows: f * rows),
    width=derived(lambda f: 2 * f),
    X=integers(-3, 9, shape=("rows", 2), distinct=True),
    G=integers(-3, 4, shape=("height", "width")),
    text=r"""
A layer enlarges its input $X$ by the factor $<<f>>$ in both directions: every pixel of the output takes the value of the nearest input
pixel. Backwards, $G$ is the gradient of the loss with respect to the output:

$$X = <<X>>, \qquad G = <<G>> .$$
""",
    hints=(
        "Every input pixel becomes a square block.",
        "An input pixel influences the loss through all its copies.",
    ),
)


def where(X, G, f):
    """Keep gradients whose blocks have different sums, none of them zero."""
    sums = _sums(G, f)
    return (
        np.all(sums != 0) and len(np.unique(sums)) == sums.size and not np.array_equal(sums, _sums(G, f, "corner"))
    )


def _sums(G, f, what="sum"):
    blocks = G.reshape(len(G) // f, f, -1, f)
    return blocks[:, 0, :, 0] if what == "corner" else blocks.sum(axis=(1, 3))


def work(X, G, f):
    """Repeat; then gather from the copies."""
    back = Step("Every copy changes at the rate 1 with its pixel, so the gradients of a block add up.",
                r"\frac{\partial L}{\partial X_{ij}} = \sum_{\text{block}} G", "", show(_sums(G, f)), "dX")  # fmt: skip
    return (*under("Y", upsample_steps(X, f)), back)


def check(X, G, f):
    """Look every output pixel's source up one by one; take exact differences of the linear loss."""

    def enlarged(x):
        return np.array([[x[i // f, j // f] for j in range(x.shape[1] * f)] for i in range(x.shape[0] * f)])

    units = np.eye(X.size).reshape(X.size, *X.shape)
    return {"Y": enlarged(X), "dX": np.array([(G * enlarged(unit)).sum() for unit in units]).reshape(X.shape)}


@part("The output.", Matrix(integer=True))
def Y(X, f):
    return upsample(X, f)


@slip(Y, "The image was repeated as a whole; each pixel has to be repeated in its place.", credit=0.25)
def tiled(X, f):
    return np.tile(X, (f, f))


@slip(Y, "The new pixels take the nearest value; here they were left 0.", credit=0.25)
def zeros(X, f):
    corner = np.zeros((f, f))
    corner[0, 0] = 1
    return np.kron(X, corner)


@part(r"$\partial L / \partial X$.", Matrix(integer=True), points=2)
def dX(G, f):
    return _sums(G, f)


@slip(dX, "The gradients of a block add up; this is their mean.", credit=0.5)
def means(G, f):
    return _sums(G, f) / f**2


@slip(dX, "Only one copy of each pixel was followed; all copies pass their gradient back.", credit=0.25)
def one_copy(G, f):
    return _sums(G, f, "corner")


@slip(dX, "This is the largest gradient of each block; nothing was selected on the way forward, so they add up.")
def largest(G, f):
    return G.reshape(len(G) // f, f, -1, f).max(axis=(1, 3))
