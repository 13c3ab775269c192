"""The update of a problem, read from its table."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from solvers.engine.optimisers import all_optimisers, optimiser
from solvers.walkthrough.problem import Update
from solvers.walkthrough.spelling import SETTINGS, UPDATES, bare, canonical
from solvers.walkthrough.trouble import ProblemError

CLIPS = ("clip_norm", "clip_value")


def read_update(table: Any) -> Update:
    """Read the update; raises `ProblemError`.

    >>> read_update({"kind": "SGD", "learning_rate": 0.5}).optimiser
    SGD(lr=0.5, weight_decay=0.0)
    """
    kind, settings = _tidied({"kind": table} if isinstance(table, str) else table)
    frozen = _names(settings.pop("frozen", ()), f"the update ({kind}): frozen")
    clips = {
        name: _positive(settings.pop(name), f"the update ({kind}): {name}") for name in CLIPS if name in settings
    }
    for name, value in settings.items():
        usual = getattr(all_optimisers().get(kind), name, None)
        if type(usual) in (int, float):
            settings[name] = _number(value, f"the update ({kind}): {name}")
        elif usual is not None and type(value) is not type(usual):
            raise ProblemError(f"the update ({kind}): {name} must be like {usual!r}, got {value!r}")
    try:
        return Update(optimiser(kind, **settings), **clips, frozen=frozen)
    except ValueError as error:
        text = str(error).replace("unknown optimiser", "unknown update")
        raise ProblemError(f"the update: {text}") from None


def _tidied(table: Any) -> tuple[str, dict[str, Any]]:
    """Give the kind and the settings under the engine's names."""
    if not isinstance(table, Mapping) or not isinstance(table.get("kind"), str):
        raise ProblemError("the update needs a kind, such as kind = 'sgd'")
    kind = canonical(table["kind"], all_optimisers(), UPDATES)
    member = all_optimisers().get(kind)
    known = [*(one.name for one in fields(member)), *CLIPS, "frozen"] if member else list(table)
    settings: dict[str, Any] = {}
    for key, value in table.items():
        if key == "kind":
            continue
        pair = isinstance(value, list) and len(value) == 2 and bare(key) == "betas"
        named = {"beta1": value[0], "beta2": value[1]} if pair else {canonical(key, known, SETTINGS): value}
        for meant, one in named.items():
            if meant in settings:
                raise ProblemError(f"the update ({kind}): {meant} is given twice")
            settings[meant] = one
    return kind, settings


def _names(value: Any, where: str) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
        raise ProblemError(f"{where} must be names of parameters, such as ['b'], got {value!r}")
    return tuple(names)


def _number(value: Any, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        raise ProblemError(f"{where} must be a number, got {value!r}")
    return float(value)


def _positive(value: Any, where: str) -> float:
    number = _number(value, where)
    if number <= 0:
        raise ProblemError(f"{where} must be above 0, got {value!r}")
    return number
