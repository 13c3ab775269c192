"""Slips with the softmax."""

from collections.abc import Iterator

import numpy as np

from solvers.walkthrough.checking.mistake import Mistake, Site

KINDS = ("softmax", "log-softmax")


def forward(site: Site) -> Iterator[Mistake]:
    """Shares of the wrong thing, or along the wrong axis."""
    X, axis = site.X, site.layer.axis
    if site.layer.kind == "softmax":
        yield Mistake(
            "no-powers",
            "Y",
            "The logits must go through e^x before they are divided by their sum.",
            lambda: X / X.sum(axis, keepdims=True),
        )
        yield Mistake("not-divided", "Y", "The powers were not divided by their sum.", lambda: np.exp(X))
    if X.ndim == 2 and axis in (-1, 1):
        powers = np.exp(X - X.max())
        wrong = powers / powers.sum(0, keepdims=True)
        text = "The sum runs over the samples; it must run over the classes of each sample."
        yield Mistake("softmax-axis", "Y", text, lambda: wrong if site.layer.kind == "softmax" else np.log(wrong))


def backward(site: Site) -> Iterator[Mistake]:
    """Only the diagonal of the Jacobian, or none of it."""
    dY = site.dY
    if dY is None:
        return
    yield Mistake("derivative-missing", "dX", "The derivative of the softmax is missing.", lambda: dY)
    if site.layer.kind == "softmax":
        text = "This is only the diagonal p(1 − p); every probability depends on all logits of its row."
        yield Mistake("diagonal-only", "dX", text, lambda: dY * site.Y * (1 - site.Y))
        yield Mistake(
            "derivative-twice",
            "dX",
            "The derivative of the softmax was applied twice.",
            lambda: site.rerun()[1](site.rerun()[1](dY)[0][0])[0][0],
        )
