"""Slips with normalisation: the variance, epsilon, the axis, and statistics taken for constants."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from solvers.engine.layer import Array
from solvers.walkthrough.checking.mistake import Mistake, Site

KINDS = ("batchnorm", "layernorm", "instancenorm", "groupnorm")


def forward(site: Site) -> Iterator[Mistake]:
    """Another variance, no epsilon, another axis, no scale and shift."""
    if site.layer.kind == "batchnorm" and not site.layer.training:
        text = "The statistics of the batch were used; at test time the running ones are."
        yield Mistake("batch-statistics", "Y", text, lambda: site.rerun(replace(site.layer, training=True))[0])
        return
    text = "The variance was divided by n − 1; the normalisation divides by n."
    yield Mistake("sample-variance", "Y", text, lambda: _scaled(site, _normalised(site, 1, site.layer.eps)))
    text = "Epsilon was added to the standard deviation; it belongs under the root, to the variance."
    yield Mistake("epsilon-place", "Y", text, lambda: _scaled(site, _normalised(site, 0, 0.0, site.layer.eps)))
    yield Mistake(
        "epsilon-missing", "Y", "Epsilon was left out.", lambda: _scaled(site, _normalised(site, 0, 0.0))
    )
    text = "Divided by the variance; it must be its root, the standard deviation."
    yield Mistake("root-missing", "Y", text, lambda: _scaled(site, _over_variance(site)))
    yield Mistake(
        "not-scaled",
        "Y",
        "Scale γ and shift β were not applied.",
        lambda: site.layer.normalised(site.params, site.X)[0],
    )
    if site.X.ndim == 2:
        over = "features of each sample" if site.layer.kind == "batchnorm" else "batch"
        text = f"The statistics were taken over the {over}; {site.layer.kind} takes them along the other axis."
        axis = 1 if site.layer.kind == "batchnorm" else 0
        yield Mistake("norm-axis", "Y", text, lambda: _scaled(site, _along(site.X, axis, site.layer.eps)))


def backward(site: Site) -> Iterator[Mistake]:
    """The three ways by which an input acts."""
    dY = site.dY
    if dY is None:
        return
    text = "Mean and variance were taken for constants; the input acts through them, too."
    yield Mistake("statistics-constant", "dX", text, lambda: _unscaled(site, dY) / _deviation(site))
    text = "The way through the variance is missing."
    yield Mistake("variance-constant", "dX", text, lambda: _through_mean(site, _unscaled(site, dY)))
    if site.has("gamma"):
        yield Mistake("scale-missing", "dX", "The scale γ is missing on the way back.", lambda: _plain(site, dY))
        text = "The gradient of γ takes the normalised values, not the input."
        yield Mistake("not-normalised", "gamma", text, lambda: _summed(site, dY * site.X))


def _grouped(site: Site) -> tuple[Array, tuple[int, ...]]:
    shape = site.layer.grouped(site.X.shape)
    return site.X.reshape(shape), site.layer.axes(len(shape))


def _normalised(site: Site, ddof: int, inside: float, outside: float = 0.0) -> Array:
    X, axes = _grouped(site)
    spread = np.sqrt(X.var(axes, keepdims=True, ddof=ddof) + inside) + outside
    return np.asarray(((X - X.mean(axes, keepdims=True)) / spread).reshape(site.X.shape))


def _over_variance(site: Site) -> Array:
    X, axes = _grouped(site)
    return np.asarray(
        ((X - X.mean(axes, keepdims=True)) / (X.var(axes, keepdims=True) + site.layer.eps)).reshape(site.X.shape)
    )


def _along(X: Array, axis: int, eps: float) -> Array:
    return np.asarray((X - X.mean(axis, keepdims=True)) / np.sqrt(X.var(axis, keepdims=True) + eps))


def _broadcast(site: Site, name: str) -> Array:
    features = site.layer.features(site.X.ndim)
    return site.params[name].reshape([n if axis in features else 1 for axis, n in enumerate(site.X.shape)])


def _scaled(site: Site, X_hat: Array) -> Array:
    Y = X_hat * _broadcast(site, "gamma") if site.has("gamma") else X_hat
    return Y + _broadcast(site, "beta") if site.has("beta") else Y


def _unscaled(site: Site, dY: Array) -> Array:
    return dY * _broadcast(site, "gamma") if site.has("gamma") else dY


def _deviation(site: Site) -> Array:
    X, axes = _grouped(site)
    root = np.sqrt(X.var(axes, keepdims=True) + site.layer.eps)
    return np.broadcast_to(root, X.shape).reshape(site.X.shape)


def _through_mean(site: Site, G: Array) -> Array:
    _, axes = _grouped(site)
    grouped = G.reshape(site.layer.grouped(site.X.shape))
    return np.asarray((grouped - grouped.mean(axes, keepdims=True)).reshape(site.X.shape) / _deviation(site))


def _plain(site: Site, dY: Array) -> Array:
    params = {name: array for name, array in site.params.items() if name not in ("gamma", "beta")}
    return np.asarray(site.rerun(params=params)[1](dY)[0][0])


def _summed(site: Site, array: Array) -> Array:
    features = site.layer.features(site.X.ndim)
    return np.asarray(array.sum(tuple(axis for axis in range(array.ndim) if axis not in features)))
