"""Attention by its formulas, forwards and backwards, for the explanations of both attention layers."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

import numpy as np

from solvers.engine.dot_product import allowed_pairs
from solvers.engine.layer import Array
from solvers.engine.stable import softmax
from solvers.walkthrough.showing import product, show
from solvers.walkthrough.view import partial
from solvers.worked import Step


@dataclass(frozen=True)
class Heads:
    """Queries, keys and values (…, heads, tokens, features), the scale, who may see whom, and what comes of it."""

    Q: Array
    K: Array
    V: Array
    scale: float
    allowed: Array | None

    @property
    def scores(self) -> Array:
        """The scaled products of queries and keys."""
        return np.asarray(self.Q @ self.K.swapaxes(-1, -2) * self.scale)

    @property
    def weights(self) -> Array:
        """Their softmax over the keys that may be seen; zeros where none may."""
        if self.allowed is None:
            return softmax(self.scores, -1)
        seen = np.broadcast_to(self.allowed, self.scores.shape)
        shares = softmax(np.where(seen, self.scores, -np.inf if seen.any(-1).all() else -1e30), -1)
        return np.asarray(np.where(seen, shares, 0.0))

    @property
    def output(self) -> Array:
        """The values, weighted."""
        return np.asarray(self.weights @ self.V)


def heads(Q: Array, K: Array, V: Array, scale: float | None, causal: bool, mask: Array | None) -> Heads:
    """Put queries, keys and values together; the scale is 1/√d unless given."""
    factor = 1 / sqrt(Q.shape[-1]) if scale is None else scale
    return Heads(Q, K, V, factor, allowed_pairs(Q.shape[-2], K.shape[-2], causal, mask))


def forward_steps(it: Heads, causal: bool) -> Iterator[Step]:
    """Scores, weights, output."""
    root = (
        rf"\frac{{Q K^T}}{{\sqrt{{{it.Q.shape[-1]}}}}}"
        if np.isclose(it.scale, it.Q.shape[-1] ** -0.5)
        else rf"{it.scale:g} \, Q K^T"
    )
    yield Step(
        "Every query is compared with every key by a dot product, scaled so that the softmax does not saturate.",
        f"S = {root}",
        "",
        show(it.scores),
        "scores",
    )
    blocked = (
        ""
        if it.allowed is None
        else (
            " A token sees no later one: blocked scores count as −∞."
            if causal
            else " Where the mask is 0 the score counts as −∞."
        )
    )
    yield Step(
        f"Softmax over the keys: each query spreads a weight of 1.{blocked}",
        r"A = \text{softmax}(S)",
        "",
        show(it.weights),
        "attention",
    )
    yield Step(
        "Each query gets the mean of the values with its weights.",
        "O = A V",
        product(it.weights, it.V, sign="") if it.V.ndim == 2 else "",
        show(it.output),
        "heads",
    )


def backward_steps(it: Heads, dO: Array) -> Iterator[Step]:
    """Through the weighted mean, the softmax, and the products."""
    A = it.weights
    dA = dO @ it.V.swapaxes(-1, -2)
    dS = A * (dA - (dA * A).sum(-1, keepdims=True))
    yield Step("The weights multiplied the values.", rf"{partial('A')} = {partial('O')} V^T", "", show(dA))
    yield Step(
        "The values were summed with the weights, so they get the upstream gradients with the same weights.",
        rf"{partial('V')} = A^T {partial('O')}",
        "",
        show(A.swapaxes(-1, -2) @ dO),
        "dV",
    )
    yield Step(
        "Through the softmax of every row: each weight times how far its gradient lies above the row's weighted mean.",
        rf"{partial('S')} = A \odot \left( {partial('A')} - \sum {partial('A')} \odot A \right)",
        "",
        show(dS),
        "dscores",
    )
    scale = (
        rf"\frac{{1}}{{\sqrt{{{it.Q.shape[-1]}}}}} "
        if np.isclose(it.scale, it.Q.shape[-1] ** -0.5)
        else rf"{it.scale:g} \, "
    )
    yield Step(
        "The scores were products of queries and keys: each gets the other, and the scale stays.",
        rf"{partial('Q')} = {scale}{partial('S')} K",
        "",
        show(dS @ it.K * it.scale),
        "dQ",
    )
    yield Step(
        "", rf"{partial('K')} = {scale}{partial('S')}^T Q", "", show(dS.swapaxes(-1, -2) @ it.Q * it.scale), "dK"
    )
