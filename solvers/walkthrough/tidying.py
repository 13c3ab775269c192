"""Layers' tables as people write them, turned into the tables the engine reads."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np

from solvers.engine.blocks import all_blocks
from solvers.engine.build import ABOUT, DRAWING
from solvers.engine.graph import Block, prefix
from solvers.engine.layer import Array, Layer, Shape
from solvers.engine.layers import all_layers
from solvers.walkthrough.bounds import check_drawn, check_settings, drawn_entries, finite
from solvers.walkthrough.problem import ParamName
from solvers.walkthrough.spelling import KEYS, KINDS, bare, canonical
from solvers.walkthrough.trouble import ProblemError

Member = type[Layer] | type[Block]
FREEZING = "frozen"


@dataclass
class Notes:
    """What is remembered while tables are tidied: shapes as given, what is frozen, how many weights are drawn."""

    shapes: dict[ParamName, Shape] = field(default_factory=dict)
    frozen: set[ParamName] = field(default_factory=set)
    drawn: float = 0.0


def tidy_layers(tables: Any, notes: Notes) -> list[dict[str, Any]]:
    """Tidy the tables of a network's layers and name every one; what is no table is left for the engine to refuse."""
    count: Counter[str] = Counter()
    tidied = []
    for number, table in enumerate(tables, 1):
        kind = kind_of(table)
        count[kind] += 1
        name = _given_name(table) or f"{kind}{count[kind]}"
        tidied.append(_tidy(table, kind, f"layer {number}", name, notes) | {"name": name})
    return tidied


def kind_of(table: Any) -> str:
    """Give the kind of a table's layer in the engine's spelling, or as it stands there."""
    kind = table.get("kind") if isinstance(table, Mapping) else None
    if not isinstance(kind, str):
        return ""
    if bare(kind) == "gelutanh":
        return "gelu"
    return canonical(kind.strip(), members(), KINDS)


def members() -> dict[str, Member]:
    """Give all layers and blocks by kind."""
    return {**all_layers(), **all_blocks()}


def _tidy(table: Any, kind: str, where: str, path: str, notes: Notes) -> dict[str, Any]:
    member = members().get(kind)
    if not isinstance(table, Mapping) or not isinstance(table.get("kind"), str):
        raise ProblemError(f"{where} needs a kind, such as kind = 'affine'")
    if member is None:
        return dict(table)
    where = f"{where} ({kind})"
    known = [*_known_keys(member), FREEZING]
    ready: dict[str, Any] = {}
    for key, value in table.items():
        meant = canonical(key, known, KEYS)
        if meant in ready:
            raise ProblemError(f"{where}: {meant} is given twice")
        ready[meant] = value
    ready["kind"] = kind
    if bare(table["kind"]) == "gelutanh":
        ready["approximate"] = "tanh"
    check_settings(ready, where)
    sizes = {key: ready[key] for key in ("in", "out", *member.sizes) if key in ready}
    for key, value in sizes.items():
        if isinstance(value, bool):
            raise ProblemError(f"{where}: {key} must be a whole number, got {str(value).lower()}")
    notes.drawn += drawn_entries(kind, sizes)
    check_drawn(notes.drawn, where)
    if issubclass(member, Layer):
        return _tidy_layer(ready, member, where, path, notes)
    return _tidy_block(ready, member, where, path, notes)


def _tidy_layer(ready: dict[str, Any], member: type[Layer], where: str, path: str, notes: Notes) -> dict[str, Any]:
    if "p" in ready and member.kind == "dropout":
        raise ProblemError(f"{where}: say p_drop (the probability to drop) or p_keep (to keep) instead of p")
    for name in (*member.parameters, *member.state):
        if name in ready:
            array = finite(numbers(ready[name], f"{where}: {name}"), f"{where}: {name}")
            ready[name] = _computable(array, name, member, ready)
            if ready[name].shape != array.shape:
                notes.shapes[path, name] = array.shape
    _freeze(ready.pop(FREEZING, False), member.parameters, where, path, notes)
    return ready


def _tidy_block(ready: dict[str, Any], member: type[Block], where: str, path: str, notes: Notes) -> dict[str, Any]:
    _freeze(ready.pop(FREEZING, False), (), where, path, notes)
    for key in member.chains:
        if key in ready:
            ready[key] = _tidy_chain(ready[key], where, path, prefix(key), notes)
    for key in member.bundles:
        for number, branch in enumerate(ready.get(key, ())):
            if isinstance(branch, Mapping) and "layer" in branch:
                inner = _tidy_chain(branch["layer"], where, path, prefix(key, number), notes)
                ready[key] = [*ready[key][:number], {**branch, "layer": inner}, *ready[key][number + 1 :]]
    for key, value in ready.items():
        if isinstance(value, Mapping) and key not in (*member.chains, *member.bundles):
            kind = next((kind for kind in all_layers() if kind == key.rstrip("0123456789")), "")
            ready[key] = {
                k: numbers(v, f"{where}, {key}: {k}") if isinstance(v, list) else v for k, v in value.items()
            }
            notes.drawn += drawn_entries(kind, value)
    return ready


def _tidy_chain(tables: Any, where: str, path: str, before: str, notes: Notes) -> Any:
    """Tidy the layers of a chain within a block; their nodes are named by kind and number."""
    if not isinstance(tables, list | tuple):
        return tables
    count: Counter[str] = Counter()
    tidied = []
    for number, table in enumerate(tables, 1):
        kind = kind_of(table)
        count[kind] += 1
        inner = f"{path}/{before}{kind}{count[kind]}"
        tidied.append(_tidy(table, kind, f"{where}, layer {number}", inner, notes))
    return tidied


def _known_keys(member: Member) -> list[str]:
    own = [one.name for one in fields(member)]
    if issubclass(member, Layer):
        own += [*member.parameters, *member.state]
    else:
        own += [*member.chains, *member.bundles]
    return list(dict.fromkeys([*ABOUT, *own, *member.sizes, *(("in", "out", *DRAWING) if member.sizes else ())]))


def _given_name(table: Any) -> str:
    name = table.get("name") if isinstance(table, Mapping) else ""
    return name if isinstance(name, str) else ""


def _freeze(value: Any, parameters: tuple[str, ...], where: str, path: str, notes: Notes) -> None:
    if value is True:
        notes.frozen |= {(path, name) for name in parameters} or {(path, "")}
    elif value:
        names = [value] if isinstance(value, str) else value
        wrong = [name for name in names if name not in parameters] if isinstance(names, list) else [value]
        if wrong:
            known = ", ".join(parameters) or "none"
            raise ProblemError(f"{where}: frozen must be true or names of parameters ({known}), got {wrong[0]!r}")
        notes.frozen |= {(path, name) for name in names}


def numbers(value: Any, where: str) -> Array:
    """Give numbers, however deeply nested in lists, as an array; raises `ProblemError`."""
    try:
        array = np.asarray(value)
    except (ValueError, OverflowError):
        raise ProblemError(f"{where} must be rows of numbers of one length") from None
    if array.dtype.kind not in "iufb" or array.size == 0:
        raise ProblemError(f"{where} must be numbers, or rows of numbers of one length, got {str(value)[:40]}")
    return array


def _computable(array: Array, name: str, member: type[Layer], ready: dict[str, Any]) -> Array:
    """Give a parameter the shape the layer computes with: a bias (1, M) or a single number becomes a vector."""
    array = array.astype(float)
    if name == "mask":
        return array
    if name.startswith("W"):
        return array.reshape(1, 1) if array.ndim == 0 else array
    if array.ndim != 1 and array.size == max(array.shape, default=1):
        return array.ravel()
    if member.kind == "layernorm":
        ready.setdefault("dims", max(array.ndim, 1))
    return array
