"""Slips with dropout: the mask and its scale."""

from collections.abc import Iterator
from dataclasses import replace

from solvers.walkthrough.checking.mistake import Mistake, Site

KINDS = ("dropout",)


def forward(site: Site) -> Iterator[Mistake]:
    """Another scale, or none, or no mask."""
    X, layer = site.X, site.layer
    if not layer.training:
        text = "Units were dropped; at test time nothing is."
        yield Mistake("dropped-at-test", "Y", text, lambda: site.rerun(replace(layer, training=True))[0])
        return
    other = replace(layer, inverted=not layer.inverted)
    text = f"Right for {'classic' if layer.inverted else 'inverted'} dropout."
    yield Mistake("other-dropout", "Y", text, lambda: site.rerun(other)[0], convention=True)
    yield Mistake("not-dropped", "Y", "The mask was not applied.", lambda: X)
    mask = layer.factor(site.params, X) != 0
    if layer.kept < 1:
        text = "Divided by the probability to drop; the expected value is kept by the probability to keep."
        yield Mistake("wrong-probability", "Y", text, lambda: X * mask / (1 - layer.kept))
    yield Mistake(
        "scaled-down", "Y", "Multiplied by p_keep; inverted dropout divides by it.", lambda: X * mask * layer.kept
    )


def backward(site: Site) -> Iterator[Mistake]:
    """The same mask and the same scale are needed on the way back."""
    dY = site.dY
    if dY is None:
        return
    factor = site.layer.factor(site.params, site.X)
    yield Mistake("mask-missing", "dX", "The mask is missing: what was dropped gets no gradient.", lambda: dY)
    text = "The scale is missing on the way back: what was kept was multiplied by it."
    yield Mistake("scale-missing", "dX", text, lambda: dY * (factor != 0))
