"""Which layer of a handed-in network stands for which nodes."""

from itertools import groupby

from solvers.engine.graph import LayerNode
from solvers.walkthrough.problem import Place


def places(nodes: tuple[LayerNode, ...], kinds: dict[str, str]) -> tuple[Place, ...]:
    """Group nodes by the layer they come from; `kinds` has the kind of every handed-in layer by its name."""
    return tuple(
        _place(number, name, kinds.get(name, ""), f"layer {number} ({{}})", tuple(group), name)
        for number, (name, group) in enumerate(groupby(nodes, key=lambda node: node.name.partition("/")[0]), 1)
    )


def _place(number: int, name: str, kind: str, label: str, nodes: tuple[LayerNode, ...], path: str) -> Place:
    if len(nodes) == 1 and nodes[0].name == path:
        kind = kind or nodes[0].layer.kind
        return Place(number, name, kind, label.format(kind), (path,))
    kind = kind or name.rstrip("0123456789")
    label = label.format(kind)
    depth = path.count("/") + 1
    groups = groupby(nodes, key=lambda node: node.name.split("/")[depth])
    inner = tuple(
        _place(count, part, "", f"{label}, {part}", tuple(group), f"{path}/{part}")
        for count, (part, group) in enumerate(groups, 1)
    )
    return Place(number, name, kind, label, tuple(node.name for node in nodes), inner)
