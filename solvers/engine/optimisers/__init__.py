"""One file per optimiser; a file dropped here is found by itself."""

import importlib
import pkgutil
from dataclasses import fields
from difflib import get_close_matches
from functools import cache
from typing import Any

from solvers.engine.optimiser import Optimiser


@cache
def all_optimisers() -> dict[str, type[Optimiser]]:
    """Import every file of this folder and give the optimisers they define, by kind.

    >>> " ".join(all_optimisers())
    'adagrad adam adamw amsgrad gd momentum nesterov rmsprop sgd'
    """
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return dict(sorted(_kinds(Optimiser).items()))


def optimiser(kind: str, **settings: Any) -> Optimiser:
    """Make the optimiser of a kind; raises `ValueError` for an unknown kind or setting, or one out of range.

    >>> optimiser("momentum", lr=0.1, beta=0.9).recursion()[1]
    'm_{t+1} = \\\\beta m_{t} - \\\\alpha g_{t}'
    """
    known = all_optimisers()
    if kind not in known:
        raise ValueError(_unknown("optimiser", kind, list(known)))
    allowed = [setting.name for setting in fields(known[kind])]
    for name in settings:
        if name not in allowed:
            raise ValueError(_unknown(f"setting of {kind}", name, allowed))
    return known[kind](**settings)


def _kinds(base: type[Optimiser]) -> dict[str, type[Optimiser]]:
    found = {base.kind: base} if base.kind else {}
    for child in base.__subclasses__():
        found |= _kinds(child)
    return found


def _unknown(what: str, name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, 1)
    hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(known)}"
    return f"unknown {what} {name!r}; {hint}"
