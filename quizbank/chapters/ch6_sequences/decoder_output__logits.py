"""What a decoder gives, and its first loss."""

import math

import numpy as np

from grader.kinds.number import Number
from grader.kinds.shape import Shape
from quizbank import Question, integers, multiples, part, slip
from solvers.initial_loss import cross_entropy, cross_entropy_steps
from solvers.worked import Step

question = Question(
    "ch6.decoder_output",
    title="The decoder's output",
    section="VI.4.d",
    points=2,
    difficulty=1,
    minutes=3,
    topics=("transformers", "shapes", "cross-entropy"),
    N=integers(3, 20),
    K=integers(3, 20),
    C=multiples(500, 2, 64),
    text=r"""
A transformer translates. The source sentence has $<<N>>$ tokens, the target sentence $<<K>>$, and the target language has a dictionary of $<<C>>$ tokens. A
linear layer behind the decoder gives a logit for every token of the dictionary, in every place of the target; the loss is the cross-entropy (natural
logarithm), averaged over the places. A calculator may be used.
""",
    hints=(
        "The decoder predicts one token for each place of the target.",
        "An untrained network finds all tokens alike.",
    ),
)


def where(N, K):
    """Keep the lengths apart."""
    return N != K


def work(N, K, C):
    """One distribution for each place of the target."""
    first = Step("Each place of the target gets one logit for each token of the dictionary; the source's length ends in cross-attention.",
                 r"K \times C", "", rf"{K} \times {C}", "shape")  # fmt: skip
    return first, *cross_entropy_steps(C).steps


def check(N, K, C):
    """Score equal logits for every place."""
    logits = np.zeros((K, C))
    powers = np.exp(logits)
    return {"shape": logits.shape, "loss": -np.log(powers[:, 0] / powers.sum(axis=1)).mean()}


@part("The shape of the logits for one pair of sentences.", Shape())
def shape(K, C):
    return K, C


@slip(shape, "The decoder works on the target: its length counts, not that of the source.", credit=0.25)
def source_length(N, C):
    return N, C


@slip(shape, "There is a logit for every token of the dictionary, not for every token of the source.")
def lengths(N, K):
    return K, N


@part("The loss to expect before training.", Number(decimals=2))
def loss(C):
    return cross_entropy(C)


@slip(loss, "This takes the logarithm to base 10; the course's logarithm is the natural one.", credit=0.5)
def log10(C):
    return math.log10(C)


@slip(loss, "The loss is averaged over the places, not added.", credit=0.5)
def summed(K, C):
    return K * math.log(C)
