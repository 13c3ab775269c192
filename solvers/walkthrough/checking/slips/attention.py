"""Slips with attention: the scale, the mask, and the axis of the softmax."""

from collections.abc import Callable, Iterator
from math import sqrt

import numpy as np

from solvers.engine.dot_product import allowed_pairs
from solvers.engine.layer import Array
from solvers.engine.stable import softmax
from solvers.walkthrough.checking.mistake import Mistake, Site

KINDS = ("attention", "scaled-dot-product")


def forward(site: Site) -> Iterator[Mistake]:
    """Scores that are not scaled or scaled too much, a mask that is ignored, weights that sum to 1 the wrong way."""
    d = _queries(site)[0].shape[-1]
    yield Mistake(
        "not-scaled", "Y", "The scores were not divided by √d.", lambda: _attended(site, lambda S: S * sqrt(d))
    )
    yield Mistake(
        "scaled-twice",
        "Y",
        "The scores were divided by d; it must be its root.",
        lambda: _attended(site, lambda S: S / sqrt(d)),
    )
    text = "The softmax ran over the queries; the weights of each query over the keys sum to 1."
    yield Mistake("softmax-axis", "Y", text, lambda: _attended(site, lambda S: S, axis=-2))
    if site.layer.causal or site.has("mask"):
        yield Mistake(
            "mask-missing", "Y", "The mask was left out.", lambda: _attended(site, lambda S: S, masked=False)
        )


def backward(site: Site) -> Iterator[Mistake]:
    """Nothing is known that goes wrong by itself."""
    yield from ()


def _queries(site: Site) -> tuple[Array, Array, Array]:
    """Give queries, keys and values, with an axis for the heads."""
    if site.layer.kind == "scaled-dot-product":
        Q, K, V = site.inputs
        return Q, K, V
    sources = site.inputs[0], site.inputs[min(1, len(site.inputs) - 1)], site.inputs[-1]
    found = []
    for X, letter in zip(sources, "qkv", strict=True):
        P = X @ site.params[f"W{letter}"] + site.params.get(f"b{letter}", 0)
        found.append(P.reshape(*P.shape[:-1], site.layer.heads, -1).swapaxes(-2, -3))
    return found[0], found[1], found[2]


def _attended(site: Site, change: Callable[[Array], Array], axis: int = -1, masked: bool = True) -> Array:
    Q, K, V = _queries(site)
    S = change(Q @ K.swapaxes(-1, -2) / sqrt(Q.shape[-1]))
    allowed = (
        allowed_pairs(Q.shape[-2], K.shape[-2], site.layer.causal, site.params.get("mask")) if masked else None
    )
    if allowed is not None:
        S = np.where(allowed, S, -1e30)
    O = softmax(S, axis) @ V
    if site.layer.kind == "scaled-dot-product":
        return np.asarray(O)
    joined = O.swapaxes(-2, -3)
    joined = joined.reshape(*joined.shape[:-2], -1)
    return np.asarray(joined @ site.params["Wo"] + site.params.get("bo", 0) if site.has("Wo") else joined)
