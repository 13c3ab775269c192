"""A problem that was read: the network with its weights, what goes in, the loss, and the update."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from solvers.engine.layer import Array, Shape
from solvers.engine.loss import Loss
from solvers.engine.network import Network
from solvers.engine.optimiser import Optimiser

ParamName = tuple[str, str]


@dataclass(frozen=True)
class Place:
    """A layer as it was handed in: its number, and the nodes of the network it stands for.

    A block (a residual connection, say) has several nodes, which are also in `inner`, place by place.
    """

    number: int
    name: str
    kind: str
    label: str
    nodes: tuple[str, ...]
    inner: tuple["Place", ...] = ()

    def leaves(self) -> Iterator["Place"]:
        """Give the places that are single nodes, in order."""
        if not self.inner:
            yield self
        for place in self.inner:
            yield from place.leaves()


@dataclass(frozen=True)
class Update:
    """How weights change: the optimiser, the limits gradients are clipped to before, and what is left as it is.

    A limit of None clips nothing; `frozen` are the names of parameters that stay in every layer.
    """

    optimiser: Optimiser
    clip_norm: float | None = None
    clip_value: float | None = None
    frozen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Problem:
    """What is to be worked out; parameters are named by (node, name).

    `given_shapes` are those in which parameters came, where that is not the shape in which they are computed with;
    `frozen` parameters get gradients but no update.
    """

    network: Network
    weights: Mapping[str, Mapping[str, Array]]
    inputs: Mapping[str, Array]
    places: tuple[Place, ...]
    loss: Loss | None = None
    target: Array | None = None
    update: Update | None = None
    given_shapes: Mapping[ParamName, Shape] = field(default_factory=dict)
    frozen: frozenset[ParamName] = frozenset()
    title: str = ""

    def labels(self) -> dict[str, str]:
        """Name every node for a reader: "layer 2 (relu)"."""
        return {leaf.nodes[0]: leaf.label for place in self.places for leaf in place.leaves()}

    def as_given(self, node: str, name: str, array: Array) -> Array:
        """Give a parameter, its gradient or its new value the shape in which the parameter came."""
        return array.reshape(self.given_shapes.get((node, name), array.shape))
