"""How losses are explained: one file per family, found by itself.

A module names the `KINDS` it explains and defines `forward(view)` and `backward(view)`, which yield steps. Losses that
no module names are explained in general terms.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from solvers.walkthrough import generic_loss
from solvers.walkthrough.loss_view import LossView
from solvers.worked import Step

Explain = Callable[[LossView], Iterator[Step]]


class LossExplanation(NamedTuple):
    """A loss and its gradient in words."""

    forward: Explain
    backward: Explain


@cache
def all_loss_explanations() -> dict[str, LossExplanation]:
    """Import every file of this folder and give the explanations by kind of loss."""
    found = {}
    for module in pkgutil.iter_modules(__path__):
        explained = importlib.import_module(f"{__name__}.{module.name}")
        for kind in explained.KINDS:
            found[kind] = LossExplanation(explained.forward, explained.backward)
    return found


def loss_explanation(kind: str) -> LossExplanation:
    """Give the explanation of a kind of loss."""
    return all_loss_explanations().get(kind, LossExplanation(generic_loss.forward, generic_loss.backward))
