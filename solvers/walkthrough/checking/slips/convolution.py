"""Slips with convolutions: the flipped kernel, the bias, padding."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import numpy as np

from solvers.walkthrough.checking.mistake import Mistake, Site

KINDS = ("conv1d", "conv2d", "convtranspose1d", "convtranspose2d")


def forward(site: Site) -> Iterator[Mistake]:
    """A flipped kernel, a missing bias, padding or stride that was left out."""
    text = "The kernel was turned by 180°, as in mathematics; in deep learning it is not."
    yield Mistake("kernel-flipped", "Y", text, lambda: site.rerun(params=_flipped(site))[0])
    if site.has("b"):
        without = {name: array for name, array in site.params.items() if name != "b"}
        yield Mistake("bias-missing", "Y", "The bias was not added.", lambda: site.rerun(params=without)[0])
    for key, plain in (("padding", 0), ("stride", 1), ("dilation", 1)):
        if getattr(site.layer, key) not in (plain, (plain,) * 2):
            changed = replace(site.layer, **{key: plain})
            yield Mistake(f"{key}-ignored", "Y", f"The {key} was left out.", partial(_output, site, changed))


def backward(site: Site) -> Iterator[Mistake]:
    """The kernel the wrong way round, gradients that are not added up."""
    dY = site.dY
    if dY is None:
        return
    text = "On the way back the kernel must be turned by 180°: each input entry takes from each window the weight it met."
    yield Mistake("kernel-not-flipped", "dX", text, lambda: site.rerun(params=_flipped(site))[1](dY)[0][0])
    if site.has("b"):
        places = tuple(range(2, dY.ndim))
        text = "The bias of a channel is shared by all places and samples, so their gradients add up; no mean is taken."
        yield Mistake("bias-averaged", "b", text, lambda: dY.mean((0, *places)))
        text = "The bias was summed over the samples only; it is shared by all places, too."
        yield Mistake("bias-axis", "b", text, lambda: dY.sum(0))
    text = "The kernel is shared by all places, so the gradients of all of them add up; no mean is taken."
    yield Mistake("averaged-again", "W", text, lambda: site.grads["W"] / np.prod(dY.shape[2:]))


def _output(site: Site, layer: object) -> np.ndarray:
    return site.rerun(layer)[0]


def _flipped(site: Site) -> dict[str, np.ndarray]:
    W = site.params["W"]
    return {**site.params, "W": np.flip(W, tuple(range(2, W.ndim)))}
