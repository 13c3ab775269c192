"""The embedding table of a transformer and what comes out of it."""

import numpy as np

from grader.kinds.number import Number
from grader.kinds.shape import Shape
from quizbank import Question, multiples, one_of, part, slip
from quizbank.usual import under
from solvers.transformer_parameters import embedding_parameters, embedding_parameters_steps
from solvers.worked import Step

question = Question(
    "ch6.embedding_params",
    title="Token embeddings and positions",
    section="VI.4.a",
    points=2,
    difficulty=1,
    minutes=2,
    topics=("transformers", "embedding", "parameters"),
    C=multiples(1000, 1, 40),
    D=one_of(48, 64, 96, 128, 256, 512),
    T=one_of(16, 24, 50, 100, 128),
    text=r"""
A transformer has a dictionary of $<<C>>$ tokens and embeddings of size $<<D>>$. A sequence of $<<T>>$ tokens is embedded, and sinusoidal positional encodings are
added. A calculator may be used.
""",
    hints=(
        "The table has one row for each token of the dictionary.",
        "The sinusoidal encoding is computed, not learnt.",
    ),
)


def where(D, T):
    """Keep the sizes apart."""
    return D != T


def work(C, D, T):
    """One row a token; positions cost nothing."""
    return (
        *under("parameters", embedding_parameters_steps(C, D)),
        Step(
            "Every token is replaced by its vector; the encoding is added entry by entry and keeps the shape.",
            r"T \times D",
            "",
            rf"{T} \times {D}",
            "shape",
        ),
    )


def check(C, D, T):
    """Look rows up in a table and add an encoding."""
    table, encoding = np.zeros((C, D), dtype=np.int8), np.zeros((T, D), dtype=np.int8)
    return {"parameters": table.size, "shape": (table[np.arange(T) % C] + encoding).shape}


@part("How many parameters are learnt here?", Number(integer=True))
def parameters(C, D):
    return embedding_parameters(C, D)


@slip(parameters, "The sinusoidal encoding is computed by a formula; it has no parameters.", credit=0.5)
def learnt_positions(C, D, T):
    return embedding_parameters(C, D, T)


@slip(parameters, "The table has a row for each token of the dictionary, not of the sequence.", credit=0.25)
def table_of_sequence(D, T):
    return T * D


@part("The shape that enters the first block.", Shape())
def shape(D, T):
    return T, D


@slip(shape, "The encoding is added to the embedding, not put beside it.", credit=0.5)
def concatenated(D, T):
    return T, 2 * D


@slip(shape, "Each token of the sequence becomes its row of the table, not a vector over the dictionary.")
def one_hot(C, T):
    return T, C
