"""How layers are explained: one file per family, found by itself.

A module names the `KINDS` it explains and defines `forward(view)` and `backward(view)`, which yield steps: the rule
in symbols, the numbers put in, the result, and a sentence on why. Kinds that no module names get `generic`.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from solvers.walkthrough import generic
from solvers.walkthrough.view import View
from solvers.worked import Step

Explain = Callable[[View], Iterator[Step]]


class Explanation(NamedTuple):
    """Both passes of a kind of layer in words."""

    forward: Explain
    backward: Explain


@cache
def all_explanations() -> dict[str, Explanation]:
    """Import every file of this folder and give the explanations by kind of layer."""
    found = {}
    for module in pkgutil.iter_modules(__path__):
        explained = importlib.import_module(f"{__name__}.{module.name}")
        for kind in explained.KINDS:
            found[kind] = Explanation(explained.forward, explained.backward)
    return found


def explanation(kind: str) -> Explanation:
    """Give the explanation of a kind of layer."""
    return all_explanations().get(kind, Explanation(generic.forward, generic.backward))
