"""The contract of a block (a pattern of layers), and the nodes a network is made of.

A file of `blocks/` defines one subclass of `Block`, found by walking the folder like a layer; its kind is the
file's name with hyphens. A network replaces each block by its nodes before anything is computed, so a trace sees
inside. Blocks may import layers, never other blocks.

- **Configuration.** A frozen dataclass whose fields are the keys of a network file, as in a layer.
- **Nodes.** `nodes(*sources)` gives the nodes in an order in which they can be computed; the last one's outputs
  are the block's. Each `Node` has a short name (`attention`, `norm1`), a layer or block, and the names of its
  sources: earlier nodes of the block or the `sources` given. `"lstm:1"` is the second output of `lstm`.
- **Parameters.** Those of a part are a table under its name (`[layer.attention]` in a network file); in a
  network they are found under `block/part`. A node with `shares` uses the parameters of another node.
- **Layers of its own.** A block may hold other layers or blocks, given in a network file as lists of tables:
  `chains` names the fields that hold one chain (`layer`), `bundles` those that hold several (`branch`, each with
  its own `layer` list). `self.chained(field, source)` gives a chain's nodes, named `affine1`, `shortcut-conv2d1`.
- **Drawing.** `part_sizes(sizes)` says from which sizes each part draws; `sizes` names the keys it needs.
- **Specimens.** `specimens(draw)` yields examples for the universal test, with parameters by part.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from solvers.engine.layer import Array, Draw, Layer, Params


@dataclass(frozen=True)
class Node:
    """A layer or block in its place: what it reads from, and whose parameters it uses."""

    name: str
    layer: "Layer | Block"
    sources: tuple[str, ...]
    shares: str = ""


@dataclass(frozen=True)
class LayerNode(Node):
    """A node of a network whose blocks have been taken apart."""

    layer: Layer


@dataclass(frozen=True)
class BlockSpecimen:
    """An example of a block for the universal test: parameters by part (`"attention"`, `"inner/conv1"`)."""

    block: "Block"
    params: Mapping[str, Params]
    inputs: tuple[Array, ...]


@dataclass(frozen=True)
class Block:
    """One block's configuration and the nodes it stands for (see the module's text)."""

    kind: ClassVar[str] = ""
    sizes: ClassVar[tuple[str, ...]] = ()
    chains: ClassVar[tuple[str, ...]] = ()
    bundles: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        cls.kind = cls.__module__.rpartition(".")[2].replace("_", "-")

    def nodes(self, *sources: str) -> tuple[Node, ...]:
        """Give the nodes, the last of which is the block's output."""
        raise NotImplementedError(self.kind)

    def part_sizes(self, sizes: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
        """Give the sizes from which each part draws its parameters."""
        return {}

    def chained(self, field: str, source: str, number: int | None = None) -> list[Node]:
        """Give the nodes of the chain in a field, or of one chain of a bundle; the first reads from the source."""
        layers = getattr(self, field) if number is None else getattr(self, field)[number]
        return list(chain_nodes(layers, source, prefix(field, number)))

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[BlockSpecimen]:
        """Yield examples that cover the configurations worth testing."""
        raise NotImplementedError(cls.kind)


def prefix(field: str, number: int | None = None) -> str:
    """Give what the names of a block's own layers begin with: nothing for the field `layer`.

    >>> prefix("layer"), prefix("shortcut"), prefix("branch", 0)
    ('', 'shortcut-', 'branch1-')
    """
    return "" if field == "layer" else f"{field}{'' if number is None else number + 1}-"


def chain_nodes(layers: Iterable[Layer | Block], source: str, prefix: str = "") -> Iterator[Node]:
    """Give layers as nodes, each of which reads from the one before, the first from `source`."""
    count: Counter[str] = Counter()
    for layer in layers:
        count[layer.kind] += 1
        node = Node(f"{prefix}{layer.kind}{count[layer.kind]}", layer, (source,))
        yield node
        source = node.name


def expand(nodes: Iterable[Node]) -> tuple[LayerNode, ...]:
    """Replace every block by its nodes, named `block/part`; what read from the block reads from its last node."""
    flat: list[LayerNode] = []
    renamed: dict[str, str] = {}
    for node in nodes:
        sources = tuple(_rename(source, renamed) for source in node.sources)
        if isinstance(node.layer, Layer):
            flat.append(LayerNode(node.name, node.layer, sources, node.shares))
        else:
            marks = {f"<{number}>": source for number, source in enumerate(sources)}  # no part is named so
            flat.extend(expand(_inner(node, node.layer.nodes(*marks), marks)))
            renamed[node.name] = flat[-1].name
    return tuple(flat)


def _inner(block: Node, nodes: tuple[Node, ...], sources: Mapping[str, str]) -> list[Node]:
    """Name the nodes of a block after it; parameters shared by a block are shared part by part."""
    full = {**sources, **{node.name: f"{block.name}/{node.name}" for node in nodes}}
    return [
        Node(full[node.name], node.layer, tuple(_rename(s, full) for s in node.sources), _owner(block, node, full))
        for node in nodes
    ]


def _owner(block: Node, node: Node, full: Mapping[str, str]) -> str:
    if block.shares:
        return f"{block.shares}/{node.shares or node.name}"
    return full.get(node.shares, node.shares)


def _rename(source: str, names: Mapping[str, str]) -> str:
    name, colon, output = source.partition(":")
    return names.get(name, name) + colon + output
