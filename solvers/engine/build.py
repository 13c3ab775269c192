"""Networks and losses from plain tables, as a network file holds them.

A layer's table has its `kind`; the keys of its configuration; its parameters by name as lists of numbers, or sizes
to draw them from (`in`, `out`, and what else the layer's `sizes` names) with `seed` and `init`. A table may have a
`name`, the `inputs` it reads from (by default the layer before), and `shares`, the name of the layer whose
parameters it uses. Blocks hold further lists of tables (`layer`), or tables for their parts (`attention`).

Everything wrong is a `ConfigError` that names the layer and says what to do.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from difflib import get_close_matches
from math import prod
from typing import Any, get_type_hints

import msgspec
import numpy as np

from solvers.engine.blocks import all_blocks
from solvers.engine.graph import Block, Node, chain_nodes, prefix
from solvers.engine.initialisers import drawing
from solvers.engine.layer import Array, Layer, Shape, Weight
from solvers.engine.layers import all_layers
from solvers.engine.loss import Loss
from solvers.engine.losses import all_losses
from solvers.engine.network import Network, network

Table = Mapping[str, Any]
Weights = dict[str, dict[str, Array]]

ABOUT = ("kind", "name", "inputs", "shares")
DRAWING = ("seed", "init")
OTHER_NAMES = {"linear": "affine", "dense": "affine", "fc": "affine", "conv": "conv2d", "multi-head": "attention"}
LARGEST_SIZE = 10**6
MOST_WEIGHTS = 2**26


class ConfigError(ValueError):
    """A table that cannot be read: says where, what was expected, and what came."""


@dataclass(frozen=True)
class Part:
    """A layer or block as read, and its parameters by the path of the part within it (a layer's path is empty)."""

    layer: Layer | Block
    weights: Weights


def build(tables: Sequence[Table], inputs: Sequence[str] = ("X",)) -> tuple[Network, Weights]:
    """Give the network of some tables, and its parameters by node.

    >>> net, weights = build([{"kind": "affine", "W": [[1, 2]], "b": [0, 0]}, {"kind": "relu"}])
    >>> [node.name for node in net.nodes], weights["affine1"]["W"].shape
    (['affine1', 'relu1'], (1, 2))
    """
    count: Counter[str] = Counter()
    nodes: list[Node] = []
    weights: Weights = {}
    for number, table in enumerate(tables, 1):
        where = f"layer {number}"
        sources = _sources(table, where, (nodes[-1].name if nodes else inputs[0],))
        part = _read(table, where, sources, number)
        count[part.layer.kind] += 1
        name = _text(table, "name", where) or f"{part.layer.kind}{count[part.layer.kind]}"
        nodes.append(Node(name, part.layer, sources, _text(table, "shares", where)))
        weights |= {_join(name, path): params for path, params in part.weights.items()}
    return network(nodes, inputs), weights


def build_loss(table: Table) -> tuple[Loss, Any]:
    """Give the loss of a table, and its target as it stands there (None if it has none).

    >>> build_loss({"kind": "mse", "target": [[1.0]]})
    (Mse(reduction='mean'), [[1.0]])
    """
    loss = _member(table, "the loss", all_losses(), {})
    config, rest = _configured(loss, {k: v for k, v in table.items() if k not in ("kind", "target")}, "the loss")
    _refuse(rest, "the loss", loss.kind, [field.name for field in fields(loss)] + ["target"])
    return _made(loss, config, "the loss"), table.get("target")


def _read(table: Table, where: str, sources: tuple[str, ...], seed: int) -> Part:
    members: dict[str, type[Layer] | type[Block]] = {**all_layers(), **all_blocks()}
    member = _member(table, where, members, OTHER_NAMES)
    where = f"{where} ({member.kind})"
    given = {key: value for key, value in table.items() if key not in ABOUT}
    if issubclass(member, Layer):
        return _read_layer(member, given, where, seed)
    return _read_block(member, given, where, sources, seed)


def _read_layer(member: type[Layer], given: Table, where: str, seed: int) -> Part:
    config, rest = _configured(member, given, where)
    layer = _made(member, config, where)
    names = (*layer.parameters, *layer.state)
    sizes, rest = _sizes(layer, rest, where)
    _refuse([key for key in rest if key not in (*names, *DRAWING)], where, member.kind, _keys(member, names))
    params = {name: _numbers(rest[name], f"{where}: {name}") for name in names if name in rest}
    drawn = layer.draw(sizes, _weight(rest, where, seed)) if sizes else {}
    return Part(layer, {"": {**drawn, **params}} if drawn or params else {})


def _read_block(member: type[Block], given: Table, where: str, sources: tuple[str, ...], seed: int) -> Part:
    held = {key: given[key] for key in (*member.chains, *member.bundles) if key in given}
    config, rest = _configured(member, {k: v for k, v in given.items() if k not in held}, where)
    weights: Weights = {}
    for key, value in held.items():
        chains = [value] if key in member.chains else [_chain_of(entry, where) for entry in value]
        found = [
            _read_chain(chain, where, key, n if key in member.bundles else None, seed, weights)
            for n, chain in enumerate(chains)
        ]
        config[key] = tuple(found) if key in member.bundles else found[0]
    block = _made(member, config, where)
    sizes, rest = _sizes(block, rest, where)
    parts = {node.name: node.layer for node in block.nodes(*sources) if isinstance(node.layer, Layer)}
    _refuse(
        [key for key in rest if key not in (*parts, *DRAWING)], where, member.kind, _keys(member, tuple(parts))
    )
    weight = _weight(rest, where, seed)
    for name, part_sizes in (block.part_sizes(sizes) if sizes else {}).items():
        weights[name] = parts[name].draw(part_sizes, weight)
    for name in (name for name in rest if name in parts):
        read = _read_layer(type(parts[name]), rest[name], f"{where}, {name}", seed)
        weights.setdefault(name, {}).update(read.weights.get("", {}))
    return Part(block, weights)


def _read_chain(
    tables: Any, where: str, field: str, number: int | None, seed: int, weights: Weights
) -> tuple[Layer | Block, ...]:
    """Read the tables of a chain within a block, and put its parameters under the names its nodes will have."""
    if not isinstance(tables, list | tuple):
        raise ConfigError(f"{where}: {field} must be a list of layers, got {tables!r}")
    parts = [_read(table, f"{where}, layer {n}", ("X",), 1000 * seed + n) for n, table in enumerate(tables, 1)]
    nodes = chain_nodes((part.layer for part in parts), "X", prefix(field, number))
    for node, part in zip(nodes, parts, strict=True):
        weights |= {_join(node.name, path): params for path, params in part.weights.items()}
    return tuple(part.layer for part in parts)


def _chain_of(entry: Any, where: str) -> Any:
    if isinstance(entry, Mapping) and set(entry) <= {"layer"}:
        return entry.get("layer", ())
    raise ConfigError(f"{where}: a branch is a table that holds a list of layers under 'layer', got {entry!r}")


def _member(table: Table, where: str, members: Mapping[str, Any], others: Mapping[str, str]) -> Any:
    if not isinstance(table, Mapping) or not isinstance(table.get("kind"), str):
        raise ConfigError(f"{where} needs a kind, such as kind = {next(iter(members))!r}")
    kind = table["kind"].strip().lower().replace("_", "-")
    if kind not in members:
        raise ConfigError(
            f"{where}: unknown kind {table['kind']!r}; {_hint(others.get(kind, kind), list(members))}"
        )
    return members[kind]


def _configured(member: Any, given: Table, where: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Split the given keys into those of the configuration, read as their types say, and the rest."""
    hints, names = get_type_hints(member), {field.name for field in fields(member)}
    config = {}
    for key in (key for key in given if key in names):
        try:
            config[key] = msgspec.convert(given[key], hints[key])
        except msgspec.ValidationError as error:
            raise ConfigError(f"{where}: {key}: {str(error).replace('array', 'list').lower()}") from None
    return config, {key: value for key, value in given.items() if key not in names}


def _made(member: Any, config: Mapping[str, Any], where: str) -> Any:
    try:
        return member(**config)
    except ValueError as error:
        raise ConfigError(f"{where}: {error}") from None


def _sizes(part: Layer | Block, rest: Table, where: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Take the sizes out of the given keys; `in` and `out` stand for the first and second size of any layer."""
    general = dict(zip(("in", "out"), part.sizes, strict=False))
    named = {general.get(key, key) if key not in part.sizes else key: key for key in rest}
    sizes = {size: rest[named[size]] for size in part.sizes if size in named}
    for size, value in sizes.items():
        if not all(isinstance(n, int) and 0 < n <= LARGEST_SIZE for n in np.atleast_1d(np.asarray(value, object))):
            raise ConfigError(f"{where}: {size} must be a whole number from 1 to {LARGEST_SIZE}, got {value!r}")
    missing = [size for size in part.sizes if size not in sizes]
    if sizes and missing:
        raise ConfigError(f"{where}: {missing[0]} is missing; drawing needs {', '.join(part.sizes)}")
    return sizes, {key: value for key, value in rest.items() if key not in [named[size] for size in sizes]}


def _weight(rest: Table, where: str, seed: int) -> Weight:
    """Give the function that draws weights, which refuses absurd sizes before anything is made."""
    chosen = rest.get("seed", seed)
    if not isinstance(chosen, int) or chosen < 0:
        raise ConfigError(f"{where}: seed must be a whole number from 0, got {chosen!r}")
    try:
        draw = drawing(rest.get("init", "xavier"), chosen)
    except ValueError as error:
        raise ConfigError(f"{where}: {error}") from None

    def weight(shape: Shape, fan_in: int, fan_out: int) -> Array:
        if prod(shape) > MOST_WEIGHTS:
            raise ConfigError(f"{where}: a weight of shape {shape} is too large; at most {MOST_WEIGHTS} entries")
        return draw(shape, fan_in, fan_out)

    return weight


def _numbers(value: Any, where: str) -> Array:
    try:
        return np.asarray(value, float)
    except (TypeError, ValueError):
        raise ConfigError(f"{where} must be numbers, or rows of numbers of one length") from None


def _sources(table: Any, where: str, usual: tuple[str, ...]) -> tuple[str, ...]:
    given = table.get("inputs", usual) if isinstance(table, Mapping) else usual
    given = (given,) if isinstance(given, str) else given
    if not isinstance(given, list | tuple) or not given or not all(isinstance(name, str) for name in given):
        raise ConfigError(f"{where}: inputs must be names of inputs or earlier layers, got {given!r}")
    return tuple(given)


def _text(table: Table, key: str, where: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str) or any(sign in value for sign in ":/"):
        raise ConfigError(f"{where}: {key} must be a word without ':' and '/', got {value!r}")
    return value


def _keys(member: Any, names: tuple[str, ...]) -> list[str]:
    return [*(field.name for field in fields(member)), *names, *member.sizes, *(DRAWING if member.sizes else ())]


def _refuse(unknown: Sequence[str] | Table, where: str, kind: str, known: list[str]) -> None:
    for key in unknown:
        raise ConfigError(f"{where}: {kind} has no key {key!r}; {_hint(key, known)}")


def _hint(name: str, known: list[str]) -> str:
    near = [name] if name in known else get_close_matches(name, known, 1)
    return f"did you mean {near[0]!r}?" if near else f"known: {', '.join(known) or 'none'}"


def _join(*names: str) -> str:
    return "/".join(name for name in names if name)
