"""Shapes when attention is split into heads."""

import numpy as np

from grader.kinds.number import Number
from grader.kinds.shape import Shape
from quizbank import Question, one_of, part, slip
from quizbank.usual import under
from solvers.tensor_shapes import head_shapes_steps

question = Question(
    "ch6.mha_shapes",
    title="Splitting attention into heads",
    section="VI.4.b",
    points=3,
    difficulty=2,
    minutes=4,
    topics=("attention", "shapes", "transformers"),
    N=one_of(2, 3, 6, 8),
    T=one_of(5, 7, 10, 12),
    D=one_of(32, 64, 96, 128, 512),
    size=one_of(8, 16, 32),
    text=r"""
Multi-head attention projects a batch of shape $<<N>> \times <<T>> \times <<D>>$ (batch, tokens, features) to queries, keys and values of the same shape and
splits the features into heads of size $<<size>>$. Every head computes scores between its own queries and keys.
Give shapes with the batch first and the heads second.
""",
    hints=(
        "The heads share the features out among themselves.",
        "Scores compare tokens with tokens, head by head.",
    ),
)


def where(N, T, D, size):
    """Keep all sizes apart."""
    return len({N, T, size, D // size}) == 4 and D // size > 1


def work(N, T, D, size):
    """Split, move the heads forward, multiply."""
    count, split, product = head_shapes_steps(N, T, D, size).steps
    return (*under("heads", (count,)), *under("queries", (split,)), *under("scores", (product,)))


def check(N, T, D, size):
    """Do it with an array."""
    split = np.ones((N, T, D)).reshape(N, T, -1, size).transpose(0, 2, 1, 3)
    return {"heads": split.shape[1], "queries": split.shape, "scores": (split @ split.swapaxes(2, 3)).shape}


@part("How many heads are there?", Number(integer=True))
def heads(D, size):
    return D // size


@slip(heads, "This is the size of a head, not their number.", credit=0.25)
def head_size(size):
    return size


@slip(heads, "Heads share the features, not the tokens.")
def by_tokens(T):
    return T


@part("The shape of the queries right before the scores are computed.", Shape())
def queries(N, T, size, heads):
    return N, heads, T, size


@slip(
    queries,
    "A reshape alone leaves the heads behind the tokens; they have to be moved in front of them.",
    credit=0.5,
)
def no_transpose(N, T, size, heads):
    return N, T, heads, size


@slip(queries, "The size of a head stands last, their number second.", credit=0.25)
def exchanged(N, T, size, heads):
    return N, size, T, heads


@part("The shape of the scores.", Shape())
def scores(N, T, heads):
    return N, heads, T, T


@slip(scores, "Every head has scores of its own.", credit=0.25)
def one_head(N, T):
    return N, T, T


@slip(scores, "Scores compare tokens with tokens; these would compare heads with heads.")
def heads_with_heads(N, T, heads):
    return N, T, heads, heads
