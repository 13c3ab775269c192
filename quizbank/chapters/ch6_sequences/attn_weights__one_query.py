"""Attention of one query over three keys: scores, weights, output."""

import numpy as np

from grader.kinds.matrix import Matrix
from grader.kinds.number import Number
from quizbank import Question, integers, part, slip
from quizbank.usual import under
from solvers.arrays import show
from solvers.attention import query_weights_steps
from solvers.softmax import softmax
from solvers.worked import Step

question = Question(
    "ch6.attn_weights",
    title="Attention weights of one query",
    section="VI.4.b",
    points=4,
    difficulty=2,
    minutes=6,
    topics=("attention", "softmax", "transformers"),
    q=integers(-1, 2, shape=(1, 4)),
    K=integers(-1, 2, shape=(3, 4)),
    v=integers(-3, 5, shape=(3, 1), distinct=True),
    text=r"""
Scaled dot-product attention gives a query $q$ the weights $a = \mathrm{softmax}(qK^\top / \sqrt{d_k})$ over the keys, the rows of $K$; the output is
$aV$. Here

$$q = <<q>>, \qquad K = <<K>>, \qquad V = <<v>> .$$

A calculator may be used.
""",
    hints=(
        "The scores are the dot products of the query with every key.",
        "The keys have four entries; what is divided by?",
    ),
)


def where(q, K):
    """Keep scores that differ, but not by so much that one weight is everything."""
    scores = (q @ K.T)[0]
    return len(set(scores.tolist())) >= 2 and np.ptp(scores) <= 6 and q.any()


def work(q, K, v, weights, output):
    """Scores, scaling, softmax, the mean of the values."""
    products, *rest = query_weights_steps(q[0], K).steps
    return (
        *under("scores", (products,)),
        *under("weights", rest),
        Step(
            "The output is the mean of the values with these weights.",
            "a V",
            f"{show(weights)} {show(v)}",
            show(output),
            "output",
        ),
    )


def check(q, K, v):
    """The engine's attention, and sums written out."""
    from solvers.engine.layers.scaled_dot_product import ScaledDotProduct

    (output, *_), _ = ScaledDotProduct()({}, q[None].astype(float), K[None].astype(float), v[None].astype(float))
    scores = [sum(a * b for a, b in zip(q[0], key, strict=True)) for key in K]
    powers = [np.exp(score / 2) for score in scores]
    return {"scores": scores, "weights": [power / sum(powers) for power in powers], "output": output.item()}


@part("The scores $qK^\\top$, before scaling.", Matrix(integer=True))
def scores(q, K):
    return q @ K.T


@slip(scores, "This adds the entries of each key; a score multiplies them by the query's entries first.")
def key_sums(q, K):
    return K.sum(axis=1)[None]


@slip(scores, "The products of the entries have to be added; the scaling comes later.", credit=0.5)
def scaled_already(q, K):
    return q @ K.T / 2


@part("The attention weights $a$.", Matrix(decimals=3), points=2)
def weights(scores):
    return softmax(scores / 2)


@slip(weights, "The scores are divided by the square root of the key's size before the softmax.", credit=0.5)
def unscaled(scores):
    return softmax(scores)


@slip(weights, "The scores are divided by the square root of $d_k = 4$, not by $d_k$ itself.", credit=0.5)
def divided_by_size(scores):
    return softmax(scores / 4)


@slip(weights, "The size that counts is that of a key, not the number of keys.", credit=0.5)
def divided_by_count(scores):
    return softmax(scores / np.sqrt(3))


@part("The output.", Number(decimals=2))
def output(weights, v):
    return (weights @ v).item()


@slip(output, "The values are weighted by attention, not averaged evenly.")
def plain_mean(v):
    return v.mean()


@slip(output, "Attention is a weighted sum of all values, not the value of the best key alone.", credit=0.25)
def best_only(weights, v):
    return v[weights.argmax(), 0]
