"""Slips with embeddings: a word that occurs twice."""

from collections.abc import Iterator

import numpy as np

from solvers.engine.layer import Array
from solvers.walkthrough.checking.mistake import Mistake, Site

KINDS = ("embedding",)


def forward(site: Site) -> Iterator[Mistake]:
    """Rows counted from 1."""
    W = site.params["W"]
    if site.X.min(initial=0) > 0:
        yield Mistake("counted-from-one", "Y", "Rows are counted from 0.", lambda: W[site.X - 1])


def backward(site: Site) -> Iterator[Mistake]:
    """Gradients that overwrite each other, or are averaged."""
    dY = site.dY
    if dY is None:
        return
    text = (
        "A word that occurs more than once gets the sum of its gradients; here the last one overwrote the others."
    )
    yield Mistake("overwritten", "W", text, lambda: _overwritten(site, dY))
    text = "The gradients of a word that occurs more than once add up; here they were averaged."
    yield Mistake("averaged", "W", text, lambda: site.grads["W"] / np.maximum(_counts(site), 1)[:, None])


def _overwritten(site: Site, dY: Array) -> Array:
    dW = np.zeros_like(site.params["W"])
    for token, gradient in zip(site.X.ravel(), dY.reshape(-1, dW.shape[1]), strict=True):
        dW[token] = gradient
    return dW


def _counts(site: Site) -> Array:
    return np.bincount(site.X.ravel(), minlength=len(site.params["W"]))
