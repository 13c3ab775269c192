"""Parameters of multi-head attention and of a whole encoder block."""

import numpy as np

from grader.kinds.number import Number
from quizbank import Question, one_of, part, slip
from quizbank.usual import under
from solvers.transformer_parameters import (
    attention_parameters,
    encoder_parameters_steps,
    sliced_attention_parameters,
    sliced_attention_parameters_steps,
)

question = Question(
    "ch6.encoder_params",
    also=("ch6.mha_params",),
    title="Parameters of a transformer block",
    section="VI.4.c",
    points=4,
    difficulty=2,
    minutes=5,
    topics=("transformers", "parameters", "attention"),
    D=one_of(32, 64, 96, 128, 256, 512, 768),
    m=one_of(2, 3, 4),
    h=one_of(2, 4, 8, 16),
    text=r"""
A transformer works with embeddings of size $<<D>>$. Its attention layers have $<<h>>$ heads; queries, keys, values and the output each have a projection
$<<D>> \times <<D>>$ without bias. An encoder block has one such attention layer, a feed-forward part $<<D>> \to <<m>> \cdot <<D>> \to <<D>>$ with biases, and
two layer norms with a scale and a shift for every feature. A calculator may be used.
""",
    hints=(
        "The heads share the projections out among themselves.",
        "A layer norm has two parameters for each feature.",
    ),
)


def work(D, m, h):
    """Count projections, feed-forward part and norms."""
    return (
        *encoder_parameters_steps(D, m * D, attention_bias=False).steps,
        *under("sliced", sliced_attention_parameters_steps(D, h)),
    )


def check(D, m, h):
    """Build the matrices and count their entries."""
    head = D // h
    projections = [np.zeros((D, head)) for _ in range(3 * h)] + [np.zeros((D, D))]
    block = [
        *projections,
        np.zeros((D, m * D)),
        np.zeros(m * D),
        np.zeros((m * D, D)),
        np.zeros(D),
        *np.zeros((4, D)),
    ]
    small = [np.zeros((head, head)) for _ in range(3 * h)]
    return {
        "attention": sum(array.size for array in projections),
        "block": sum(array.size for array in block),
        "sliced": sum(array.size for array in small),
    }


@part("The number of parameters of the attention layer.", Number(integer=True))
def attention(D):
    return attention_parameters(D, bias=False)


@slip(attention, "The heads divide the projections among themselves; they do not multiply them.")
def times_heads(D, h):
    return h * attention_parameters(D, bias=False)


@slip(attention, "The output has a projection, too.", credit=0.5)
def no_output(D):
    return attention_parameters(D, bias=False, output=False)


@part("The number of parameters of the whole encoder block.", Number(integer=True), points=2)
def block(attention, D, m):
    return attention + 2 * m * D * D + m * D + D + 4 * D


@slip(block, "There are two layer norms, each with a scale and a shift.", credit=0.5)
def one_norm(attention, D, m):
    return attention + 2 * m * D * D + m * D + D + 2 * D


@slip(block, "The feed-forward part has biases.", credit=0.5)
def no_biases(attention, D, m):
    return attention + 2 * m * D * D + 4 * D


@slip(block, "The layer norms have parameters, too.", credit=0.5)
def no_norms(attention, D, m):
    return attention + 2 * m * D * D + m * D + D


@part(
    "Another design cuts every token into $<<h>>$ pieces first; each head has its own three square projections for its piece, without bias, and there is no "
    "output projection. How many parameters does its attention layer have?",
    Number(integer=True),
)
def sliced(D, h):
    return sliced_attention_parameters(D, h)


@slip(sliced, "A head's projections are only as wide as its piece.", credit=0.25)
def full_width(D):
    return 3 * D * D


@slip(sliced, "There is no output projection in this design.", credit=0.5)
def with_output(D, h):
    return sliced_attention_parameters(D, h) + D * D
