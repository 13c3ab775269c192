"""Slips with affine layers: transposes, biases, and weights that were updated too early."""

from collections.abc import Iterator

import numpy as np

from solvers.walkthrough.checking.mistake import Mistake, Site

KINDS = ("affine",)


def forward(site: Site) -> Iterator[Mistake]:
    """A bias that is missing, a matrix the wrong way round."""
    X, W = site.X, site.params["W"]
    if site.has("b"):
        yield Mistake("bias-missing", "Y", "The bias was not added.", lambda: X @ W)
    if W.shape[0] == W.shape[1]:
        b = site.params.get("b", 0)
        yield Mistake(
            "weights-transposed",
            "Y",
            "The weights were transposed: with rows as samples it is X W.",
            lambda: X @ W.T + b,
        )


def backward(site: Site) -> Iterator[Mistake]:
    """What can go wrong with each of the three gradients."""
    yield from _weights(site)
    if site.has("b"):
        yield from _bias(site)
    dY, W, new = site.dY, site.params["W"], site.new
    if dY is None:
        return
    if new is not None:
        text = (
            "The gradient was sent back through weights that were already updated; all gradients must come from the old "
            "weights."
        )
        yield Mistake("updated-too-early", "dX", text, lambda: dY @ new("W").T)
    if W.shape[0] == W.shape[1]:
        text = "A transpose is missing: the gradient goes back through Wᵀ."
        yield Mistake("missing-transpose", "dX", text, lambda: dY @ W)


def _weights(site: Site) -> Iterator[Mistake]:
    X, dY, behind = _rows(site.X), _rows(site.dY), site.behind
    if behind is not None and behind.shape == site.X.shape:
        text = "The gradient of the weights takes what entered the layer, which is behind the activation, not before it."
        yield Mistake("before-activation", "W", text, lambda: _rows(behind).T @ dY)
    text = "A transpose is missing: the gradient of the weights is Xᵀ times the upstream gradient."
    yield Mistake("missing-transpose", "W", text, lambda: _same(X @ dY, site.grads["W"].shape))
    if len(X) > 1:
        text = "The samples were averaged here; the mean, if there is one, is already in the loss's gradient."
        yield Mistake("averaged-again", "W", text, lambda: X.T @ dY / len(X))
        yield Mistake(
            "one-sample",
            "W",
            "Only the last sample counts here; the samples add up.",
            lambda: np.outer(X[-1], dY[-1]),
        )


def _bias(site: Site) -> Iterator[Mistake]:
    dY = _rows(site.dY)
    if len(dY) > 1:
        text = "The bias was summed over the wrong axis: it is shared by the samples (rows), so these add up."
        yield Mistake("bias-axis", "b", text, lambda: dY.sum(axis=1))
        yield Mistake(
            "bias-not-summed", "b", "The bias is shared by all samples, so their gradients add up.", lambda: dY
        )
        text = (
            "The bias was averaged over the samples; the mean, if there is one, is already in the loss's gradient."
        )
        yield Mistake("bias-averaged", "b", text, lambda: dY.mean(axis=0))
        yield Mistake("one-sample", "b", "Only the last sample counts here; the samples add up.", lambda: dY[-1])
    if dY.shape[1] > 1:
        text = "The bias has an entry for every output; nothing is summed over the outputs."
        yield Mistake("bias-axis", "b", text, lambda: np.full(dY.shape[1], dY.sum()))


def _rows(array: np.ndarray | None) -> np.ndarray:
    if array is None:
        raise ValueError("no gradient arrives")
    return array.reshape(-1, array.shape[-1])


def _same(array: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    if array.shape != shape:
        raise ValueError("another shape")
    return array
