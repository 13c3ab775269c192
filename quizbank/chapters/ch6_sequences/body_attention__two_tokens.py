"""Attention of two queries over three tokens, with matrices."""

import numpy as np

from grader.kinds.matrix import Matrix
from grader.kinds.matrix_expression import MatrixExpression
from quizbank import Figure, Question, integers, part, slip
from quizbank.usual import under
from solvers.arrays import show
from solvers.attention import attention_steps
from solvers.drawing.grid import Grid, grids
from solvers.softmax import softmax
from solvers.worked import Step

question = Question(
    "ch6.body.attention",
    also=("ch6.attn_output",),
    title="Attention in matrix form",
    section="VI.4.b",
    points=5,
    difficulty=2,
    minutes=8,
    topics=("attention", "softmax", "transformers"),
    Q=integers(0, 2, shape=(2, 2)),
    K=integers(0, 2, shape=(3, 2)),
    V=integers(-3, 5, shape=(3, 2)),
    text=r"""
Two queries attend to three tokens:

$$Q = <<Q>>, \qquad K = <<K>>, \qquad V = <<V>> .$$

They get $\mathrm{Attention}(Q, K, V) = \mathrm{softmax}(QK^\top / \sqrt{d_k})\, V$, where the softmax is taken over the tokens, row by row, and $d_k = 2$. A calculator may be used.
""",
    hints=("Every query has one row of scores.", "Each row of weights adds up to 1."),
)


def where(Q, K, V):
    """Keep scores that differ within each row, and queries that differ."""
    scores = Q @ K.T
    return all(len(set(row)) >= 2 for row in scores.tolist()) and (Q[0] != Q[1]).any() and (V[0] != V[1]).any()


def figure(Q, K, V):
    """Which row belongs to which query and token; the attention matrix itself is empty."""
    queries, tokens = ("query 1", "query 2"), ("token 1", "token 2", "token 3")
    weights = Grid("attention", [[""] * 3] * 2, rows=queries, columns=("1", "2", "3"))
    return Figure(
        grids((Grid("Q", Q, rows=queries), Grid("K", K, rows=tokens), Grid("V", V, rows=tokens)), (weights,)),
        "Q has a row for each query, K and V have a row for each token. Below them the empty attention matrix with a row "
        "for each of the two queries and a column for each of the three tokens.",
    )


def work(Q, K, V):
    """Scores, weights, weighted values."""
    products, scaled, shares, mixed = attention_steps(Q, K, V).steps
    powers = np.exp(Q @ K.T / np.sqrt(2))
    return (
        Step("A score is the dot product of a row of $Q$ and a row of $K$, so $K$ is transposed.", "Q K^T", name="rule"),
        *under("scores", (products,)),
        *under("weights", (scaled,)),
        Step("The exponential of every scaled score; each is then divided by the sum of its row.", r"\exp \frac{Q K^T}{\sqrt{d_k}}", "", show(powers), "weights"),
        *under("weights", (shares,)),
        *under("output", (mixed,)),
    )  # fmt: skip


def check(Q, K, V):
    """The engine's layer, and the scores counted entry by entry."""
    from solvers.engine.layers.scaled_dot_product import ScaledDotProduct

    (found, *_), _ = ScaledDotProduct()({}, *(array[None].astype(float) for array in (Q, K, V)))
    scores = [[sum(q * k for q, k in zip(query, key, strict=True)) for key in K] for query in Q]
    powers = np.exp(np.array(scores) / 2**0.5)
    return {
        "rule": "Q @ K.T",
        "scores": scores,
        "weights": powers / powers.sum(axis=1)[:, None],
        "output": found[0],
    }


@part(
    "The scores, before scaling, as a product of two of these matrices.",
    MatrixExpression(shapes={"Q": "N D", "K": "S D", "V": "S D"}),
)
def rule():
    return "Q @ K.T"


@slip(rule, "The rows of $K$ are the keys: it has to be transposed.", credit=0.25)
def rule_swapped():
    return "K @ Q.T"


@slip(rule, "Scores compare queries with keys; the values come after the softmax.")
def rule_values():
    return "Q @ V.T"


@part("The scores, before scaling.", Matrix(integer=True))
def scores(Q, K):
    return Q @ K.T


@slip(scores, "Rows belong to queries, columns to tokens; this is the transpose.", credit=0.5)
def transposed(Q, K):
    return K @ Q.T


@slip(scores, "Scores compare queries with keys, not with values.")
def with_values(Q, V):
    return Q @ V.T


@part("The attention weights.", Matrix(decimals=3))
def weights(scores):
    return softmax(scores / np.sqrt(2))


@slip(weights, "The softmax goes over the tokens, row by row; this one goes down the columns.", credit=0.25)
def over_queries(scores):
    return softmax(scores / np.sqrt(2), axis=0)


@slip(weights, "The scores are divided by the square root of $d_k$ first.", credit=0.5)
def unscaled(scores):
    return softmax(scores)


@part("The output.", Matrix(decimals=2))
def output(weights, V):
    return weights @ V


@slip(output, "The softmax is missing between scores and values.")
def no_softmax(scores, V):
    return scores @ V / np.sqrt(2)


@slip(output, "The values are weighted by attention, not averaged evenly.")
def plain_mean(V):
    return np.tile(V.mean(axis=0), (2, 1))
