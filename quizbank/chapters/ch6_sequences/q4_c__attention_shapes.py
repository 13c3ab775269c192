"""Shapes in cross-attention."""

import numpy as np

from grader.kinds.shape import Shape
from quizbank import Question, integers, one_of, part, slip
from solvers.tensor_shapes import attention_shapes_steps

question = Question(
    "ch6.q4.c",
    also=("ch6.attn_shapes",),
    title="Shapes in cross-attention",
    section="VI.5",
    points=2,
    difficulty=2,
    minutes=3,
    topics=("attention", "shapes", "transformers"),
    N=integers(3, 20),
    K=integers(3, 20),
    M=one_of(16, 32, 48, 64),
    text=r"""
In the decoder of a transformer, cross-attention takes its queries from the decoder, whose states have the shape $<<K>> \times <<M>>$, and keys and
values from the output of the encoder, of shape $<<N>> \times <<M>>$. There is one head, and all projections keep the size $<<M>>$.
""",
    hints=("Every query gets one score for every key.", "Every query gets one output row."),
)


def where(N, K):
    """Keep the lengths apart."""
    return N != K


def work(N, K, M):
    """Multiply the shapes."""
    return attention_shapes_steps(K, N, M)


def check(N, K, M):
    """Multiply arrays of these shapes."""
    Q, keys, V = np.ones((K, M)), np.ones((N, M)), np.ones((N, M))
    return {"scores": (Q @ keys.T).shape, "output": (Q @ keys.T @ V).shape}


@part("The shape of the scores.", Shape())
def scores(N, K):
    return K, N


@slip(
    scores, "These are the scores of self-attention in the decoder; the keys come from the encoder.", credit=0.25
)
def self_attention(K):
    return K, K


@slip(scores, "The queries come from the decoder: they are the rows.", credit=0.5)
def swapped(N, K):
    return N, K


@slip(scores, "The sum runs over the feature axis, not over the tokens.")
def features(M):
    return M, M


@part("The shape of the output.", Shape())
def output(K, M):
    return K, M


@slip(output, "There is one output row for each query, and the queries come from the decoder.", credit=0.25)
def encoder_length(N, M):
    return N, M


@slip(output, "The values are summed with the weights; their feature axis stays.")
def as_scores(scores):
    return scores
