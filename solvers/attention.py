"""Scaled dot-product attention, its masks and its costs by hand. Rows are tokens.

A mask is True (1) where a query may attend. Each `…_steps` function returns the working, the function beside it only
the value.
"""

from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from solvers.arrays import Array, matrix, real, shapes, show, vector
from solvers.norms import layer_norm_steps, normalise
from solvers.softmax import softmax, softmax_steps
from solvers.worked import Step, Worked, worked


def causal_mask(tokens: int) -> Array:
    """1 where a token may attend: itself and what came before.

    >>> causal_mask(3).tolist()
    [[1.0, 0.0, 0.0], [1.0, 1.0, 0.0], [1.0, 1.0, 1.0]]
    """
    return np.tril(np.ones((tokens, tokens)))


def attention(
    Q: ArrayLike, K: ArrayLike, V: ArrayLike, mask: ArrayLike | None = None, scaled: bool = True
) -> dict[str, Array]:
    """Scores QKᵀ / √d_k, weights (softmax over the keys) and output of attention.

    >>> found = attention([[1, 0]], [[1, 0], [1, 0]], [[2, 4], [6, 8]])
    >>> found["weights"].tolist(), found["output"].tolist()
    ([[0.5, 0.5]], [[4.0, 6.0]])
    """
    Q, K, V = matrix(Q, "Q"), matrix(K, "K"), matrix(V, "V")
    if Q.shape[1] != K.shape[1] or len(K) != len(V):
        raise ValueError(f"Q and K need equal widths, K and V equal lengths; got {Q.shape}, {K.shape}, {V.shape}")
    scores = Q @ K.T / (sqrt(K.shape[1]) if scaled else 1)
    weights = softmax(scores) if mask is None else _masked_softmax(scores, mask)
    return {"scores": scores, "weights": weights, "output": weights @ V}


def attention_steps(
    Q: ArrayLike, K: ArrayLike, V: ArrayLike, mask: ArrayLike | None = None, scaled: bool = True
) -> Worked:
    """Work out attention from queries, keys and values."""
    found, Q, K, V = attention(Q, K, V, mask, scaled), matrix(Q, "Q"), matrix(K, "K"), matrix(V, "V")
    steps = [Step("Every query is compared with every key by their dot product.", "Q K^T", f"{show(Q)} {show(K.T)}",
                  show(Q @ K.T), "products", shapes(Q=Q, K=K))]  # fmt: skip
    if scaled:
        steps.append(Step("Long vectors give large products; dividing by the root of their length keeps softmax out of "
                          "saturation.", r"\frac{Q K^T}{\sqrt{d_k}}", rf"\frac{{1}}{{\sqrt{{{K.shape[1]}}}}} {show(Q @ K.T)}",
                          show(found["scores"]), "scores"))  # fmt: skip
    if mask is not None:
        steps.append(Step("Forbidden pairs get minus infinity, so that softmax gives them weight 0.", "M", "", show(real(mask)),
                          "mask"))  # fmt: skip
    inside = r"\frac{Q K^T}{\sqrt{d_k}}" if scaled else "Q K^T"
    inside += "" if mask is None else " + M"
    return worked(found, (
        *steps,
        Step("Softmax over the keys: every row of weights adds up to 1.",
             rf"A = \operatorname{{softmax}}\left({inside}\right)", "",
             show(found["weights"]), "weights"),
        Step("Each output is the weighted mean of the values.", "A V", f"{show(found['weights'])} {show(V)}",
             show(found["output"]), "output", shapes(A=found["weights"], V=V, output=found["output"])),
    ))  # fmt: skip


def query_weights_steps(q: ArrayLike, K: ArrayLike, scaled: bool = True) -> Worked:
    """Work out the attention weights of one query.

    >>> query_weights_steps([1, 0], [[2, 0], [2, 5]]).value.tolist()
    [0.5, 0.5]
    """
    q, K = vector(q, "q"), matrix(K, "K")
    products = K @ q
    scores = products / (sqrt(q.size) if scaled else 1)
    steps = [Step("The dot product of the query with every key.", "q K^T", f"{show(q[None])} {show(K.T)}", show(products),
                  "products")]  # fmt: skip
    if scaled:
        steps.append(Step("Divided by the root of a key's length.", r"\frac{q K^T}{\sqrt{d_k}}",
                          rf"\frac{{1}}{{\sqrt{{{q.size}}}}} {show(products)}", show(scores), "scores"))  # fmt: skip
    return worked(softmax(scores), (*steps, *softmax_steps(scores).steps))


def causal_counts(tokens: int, position: int) -> dict[str, float]:
    """Allowed pairs of causal self-attention, and the weight of each visible token for a position (from 0) when all
    scores are equal.

    >>> causal_counts(4, 1)
    {'pairs': 10, 'weight': 0.5}
    """
    return {"pairs": tokens * (tokens + 1) // 2, "weight": 1 / (position + 1)}


def causal_counts_steps(tokens: int, position: int) -> Worked:
    """Work out what a causal mask leaves."""
    found = causal_counts(tokens, position)
    return worked(found, (
        Step("A token sees itself and those before it: 1, 2, … up to all.", r"1 + 2 + \ldots + T = \frac{T (T + 1)}{2}",
             rf"\frac{{{tokens} \cdot {tokens + 1}}}{{2}}", str(found["pairs"]), "pairs"),
        Step(f"Position {position}, counted from 0, sees {position + 1} tokens; equal scores share the weight equally.",
             r"\frac{1}{i + 1}", rf"\frac{{1}}{{{position + 1}}}", show(found["weight"]), "weight"),
    ))  # fmt: skip


def length_costs(tokens: int, factor: int) -> dict[str, int]:
    """What a sequence `factor` times as long costs: factor of the projections, of the weights, and their new number.

    >>> length_costs(10, 3)
    {'projections': 3, 'weights': 9, 'count': 900}
    """
    return {"projections": factor, "weights": factor**2, "count": (factor * tokens) ** 2}


def length_costs_steps(tokens: int, factor: int) -> Worked:
    """Work out how the cost of self-attention grows with the length."""
    found = length_costs(tokens, factor)
    return worked(found, (
        Step("Every token is projected by itself, so the work grows as the number of tokens does.", r"\frac{f N}{N} = f", "",
             str(factor), "projections"),
        Step("Every token meets every token, so the number of weights grows with the square.",
             r"\frac{(f N)^2}{N^2} = f^2", f"{factor}^2", str(found["weights"]), "weights"),
        Step("Every token has a weight for every token.", "(f N)^2", rf"({factor} \cdot {tokens})^2",
             str(found["count"]), "count"),
    ))  # fmt: skip


def sublayer_steps(x: ArrayLike, change: ArrayLike) -> Worked:
    """Work out LayerNorm(x + s) of one token x, where s is what the sub-layer made of it (post-norm).

    >>> sublayer_steps([1, 2], [0, 1]).value.tolist()
    [-1.0, 1.0]
    """
    x, s = vector(x, "x"), vector(change, "the sub-layer's output")
    steps = [Step("The skip connection adds the sub-layer's output to what it read.", "x + s", f"{show(x)} + {show(s)}",
                  show(x + s), "sum")]  # fmt: skip
    return worked(normalise(x + s), (*steps, *layer_norm_steps(x + s).steps))


def _masked_softmax(scores: Array, mask: ArrayLike) -> Array:
    allowed = np.broadcast_to(real(mask, "the mask") != 0, scores.shape)
    if not allowed.any(axis=1).all():
        raise ValueError("the mask leaves a query without any key")
    powers = np.where(allowed, np.exp(scores - np.where(allowed, scores, -np.inf).max(axis=1, keepdims=True)), 0.0)
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))
