"""Slips with pooling: the other kind, or gradients to the wrong entries."""

from collections.abc import Iterator

import numpy as np

from solvers.engine.layers import all_layers
from solvers.walkthrough.checking.mistake import Mistake, Site

KINDS = ("maxpool1d", "maxpool2d", "avgpool1d", "avgpool2d", "global-avgpool", "global-maxpool")
SHARED = ("kernel", "stride", "padding", "ceil_mode", "keep_axes")


def forward(site: Site) -> Iterator[Mistake]:
    """The mean instead of the maximum, or the other way round."""
    other = _other(site)
    text = f"This is {'average' if 'max' in site.layer.kind else 'maximum'} pooling."
    yield Mistake("other-pooling", "Y", text, lambda: site.rerun(other)[0])


def backward(site: Site) -> Iterator[Mistake]:
    """All entries of a window get the whole gradient, or shares where only one counts."""
    dY = site.dY
    if dY is None:
        return
    counts = _average(site)
    if "max" in site.layer.kind:
        text = "The gradient was shared by all entries of the window; only the largest acted on the output."
        yield Mistake("shared-gradient", "dX", text, lambda: site.rerun(counts)[1](dY)[0][0])
        text = "Every entry of the window got the gradient; only the largest acted on the output."
        yield Mistake("copied-gradient", "dX", text, lambda: site.rerun(counts)[1](dY)[0][0] * _entries(site))
    else:
        text = "The division by the number of entries is missing: each has only its share in the mean."
        yield Mistake("share-missing", "dX", text, lambda: site.rerun()[1](dY)[0][0] * _entries(site))
        text = "The gradient went to the largest entry only; in a mean all entries count."
        yield Mistake("winner-takes-all", "dX", text, lambda: site.rerun(_other(site))[1](dY)[0][0])


def _other(site: Site) -> object:
    kind = site.layer.kind.replace("max", "AVG").replace("avg", "max").replace("AVG", "avg")
    member = all_layers()[kind]
    settings = {key: getattr(site.layer, key) for key in SHARED if hasattr(site.layer, key)}
    return member(**settings)


def _average(site: Site) -> object:
    return site.layer if "avg" in site.layer.kind else _other(site)


def _entries(site: Site) -> int:
    """Count the entries of a window."""
    if not hasattr(site.layer, "kernel"):
        return int(np.prod(site.X.shape[2:]))
    return int(np.prod(site.layer.window(site.X.shape[2:]).kernel))
