"""What the transformer's blocks share: sub-layers with a residual connection and layer norm, and the feed-forward one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from solvers.engine.graph import Block, Node
from solvers.engine.layer import Array, Draw, Layer, Params
from solvers.engine.layers.add import Add
from solvers.engine.layers.affine import Affine
from solvers.engine.layers.gelu import Gelu
from solvers.engine.layers.layernorm import Layernorm
from solvers.engine.layers.relu import Relu

ACTIVATIONS: dict[str, Layer] = {"relu": Relu(), "gelu": Gelu(), "gelu-tanh": Gelu("tanh")}


@dataclass(frozen=True)
class TransformerBlock(Block):
    """Sub-layers f with their surroundings: LayerNorm(x + f(x)) if `norm` is "post", x + f(LayerNorm(x)) if "pre"."""

    sizes = ("dim", "hidden")
    heads: int = 1
    norm: str = "post"
    activation: str = "relu"
    eps: float = 1e-5

    def __post_init__(self) -> None:
        if self.norm not in ("post", "pre"):
            raise ValueError(f"the norm of a transformer block is 'post' or 'pre', got {self.norm!r}")
        if self.activation not in ACTIVATIONS:
            raise ValueError(f"activation must be one of {', '.join(ACTIVATIONS)}, got {self.activation!r}")

    def sublayer(self, number: int, source: str, build: Callable[[str], list[Node]]) -> list[Node]:
        """Give the nodes of one sub-layer; `build` gives its own from the name it reads from."""
        norm = Layernorm(eps=self.eps)
        if self.norm == "pre":
            before = Node(f"norm{number}", norm, (source,))
            inner = [before, *build(before.name)]
            return [*inner, Node(f"sum{number}", Add(), (source, inner[-1].name))]
        inner = build(source)
        total = Node(f"sum{number}", Add(), (source, inner[-1].name))
        return [*inner, total, Node(f"norm{number}", norm, (total.name,))]

    def feed_forward(self, source: str) -> list[Node]:
        """Give the nodes of the network that each token passes by itself."""
        return [
            Node("affine1", Affine(), (source,)),
            Node("activation", ACTIVATIONS[self.activation], ("affine1",)),
            Node("affine2", Affine(), ("activation",)),
        ]

    def part_sizes(self, sizes: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
        """Everything is `dim` wide but the middle of the feed-forward network."""
        dim, hidden = sizes["dim"], sizes["hidden"]
        found = {node.name: {"dim": dim} for node in self.nodes("X", "memory") if node.layer.sizes}
        return found | {"affine1": {"in": dim, "out": hidden}, "affine2": {"in": hidden, "out": dim}}


def specimen_params(block: TransformerBlock, draw: Draw, dim: int, hidden: int) -> dict[str, Params]:
    """Draw parameters for every part of a block."""

    def weight(shape: tuple[int, ...], fan_in: int, fan_out: int) -> Array:
        return draw(*shape)

    parts = {node.name: node.layer for node in block.nodes("X", "memory") if isinstance(node.layer, Layer)}
    sizes = block.part_sizes({"dim": dim, "hidden": hidden})
    return {name: parts[name].draw(sizes[name], weight) for name in sizes}
