"""Slips by kind of layer: one file per family, found by itself.

A module names the `KINDS` it knows and defines `forward(site)` and `backward(site)`, which yield mistakes. Each is a
rule done wrongly, from which everything behind it is computed again; no wrong value is listed anywhere.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache

from solvers.walkthrough.checking.mistake import Mistake, Site

Slips = Callable[[Site], Iterator[Mistake]]


@cache
def all_slips() -> dict[str, tuple[Slips, Slips]]:
    """Import every file of this folder and give the slips of both passes by kind of layer."""
    found = {}
    for module in pkgutil.iter_modules(__path__):
        slips = importlib.import_module(f"{__name__}.{module.name}")
        for kind in slips.KINDS:
            found[kind] = (slips.forward, slips.backward)
    return found


def forward_slips(site: Site) -> Iterator[Mistake]:
    """Give the slips of a layer's forward pass."""
    if site.layer.kind in all_slips():
        yield from all_slips()[site.layer.kind][0](site)


def backward_slips(site: Site) -> Iterator[Mistake]:
    """Give the slips of a layer's backward pass."""
    if site.layer.kind in all_slips():
        yield from all_slips()[site.layer.kind][1](site)
