"""A network: layers as the nodes of a directed graph, listed in an order in which they can be computed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from solvers.engine.graph import Block, LayerNode, Node, chain_nodes, expand
from solvers.engine.layer import Array, Layer, Params, Shape, ShapeError

Weights = Mapping[str, Params]
WeightShapes = Mapping[str, Mapping[str, Shape]]

MOST_ENTRIES = 2**28


class GraphError(ValueError):
    """A network that is not wired correctly, or a node without its parameters: says which node."""


class TooLargeError(ValueError):
    """Arrays too large to compute with here: says which and how large."""


@dataclass(frozen=True)
class Network:
    """Nodes in an order of computation, the names of the inputs, and of what comes out.

    Make one with `network` or `chain`, which take blocks apart and check the wiring. Parameters are kept outside,
    as a mapping from node names to the arrays of each node's layer.
    """

    nodes: tuple[LayerNode, ...]
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]

    def owner(self, node: LayerNode) -> str:
        """Give the name of the node whose parameters a node uses."""
        return node.shares or node.name

    def learnt(self, weights: Weights) -> dict[str, dict[str, Array]]:
        """Give the parameters that are learnt, each under the node that owns it."""
        return {
            node.name: {
                name: weights[node.name][name] for name in node.layer.parameters if name in weights[node.name]
            }
            for node in self.nodes
            if node.name in weights and not node.shares
        }

    def shapes(self, weights: WeightShapes, inputs: Mapping[str, Shape]) -> dict[str, Shape]:
        """Give the shape of every value, without computing any.

        Raises `ShapeError` or `GraphError`, naming the node, where something does not fit or is missing, and
        `TooLargeError` before anything of an absurd size is made.
        """
        found: dict[str, Shape] = {}
        for name in self.inputs:
            if name not in inputs:
                raise GraphError(f"the input {name!r} is missing")
            found[name] = inputs[name]
        for node in self.nodes:
            params = _checked_parameters(node, weights.get(self.owner(node), {}))
            found.update(_node_shapes(node, params, found))
        return found


def network(nodes: Iterable[Node], inputs: Sequence[str] = ("X",), outputs: Sequence[str] = ()) -> Network:
    """Join nodes to a network; the output is that of the last node unless others are named.

    Raises `GraphError` for a name used twice or a source that is not computed before.
    """
    flat = expand(nodes)
    if not flat:
        raise GraphError("a network needs at least one layer")
    twice = [name for name, count in Counter([*inputs, *(node.name for node in flat)]).items() if count > 1]
    if twice:
        raise GraphError(f"the name {twice[0]!r} is used twice")
    _check_sources(flat, inputs, outputs)
    return Network(flat, tuple(inputs), tuple(outputs) or (flat[-1].name,))


def chain(*layers: Layer | Block) -> Network:
    """Join layers one after the other; each is named by its kind and number.

    >>> from solvers.engine.layers.affine import Affine
    >>> from solvers.engine.layers.relu import Relu
    >>> [node.name for node in chain(Affine(), Relu(), Affine()).nodes]
    ['affine1', 'relu1', 'affine2']
    """
    return network(chain_nodes(layers, "X"))


def shapes_of(weights: Weights) -> dict[str, dict[str, Shape]]:
    """Give the shapes of all parameters."""
    return {node: {name: array.shape for name, array in params.items()} for node, params in weights.items()}


def _check_sources(nodes: tuple[LayerNode, ...], inputs: Sequence[str], outputs: Sequence[str]) -> None:
    known = set(inputs)
    for node in nodes:
        for source in node.sources:
            if source.partition(":")[0] not in known:
                raise GraphError(f"{node.name} reads from {source!r}, which is not computed before it")
        if node.shares and node.shares not in known:
            raise GraphError(
                f"{node.name} shares the parameters of {node.shares!r}, which does not come before it"
            )
        known.add(node.name)
    for output in outputs:
        if output.partition(":")[0] not in known:
            raise GraphError(f"there is no node {output!r} to be an output")


def _checked_parameters(node: LayerNode, params: Mapping[str, Shape]) -> Mapping[str, Shape]:
    layer = node.layer
    missing = [name for name in layer.parameters if name not in params and name not in layer.optional]
    if missing:
        sizes = f", or {', '.join(layer.sizes)} to draw it" if layer.sizes else ""
        raise GraphError(f"{node.name}: {missing[0]} is missing; give it{sizes}")
    unknown = [name for name in params if name not in (*layer.parameters, *layer.state)]
    if unknown:
        names = ", ".join((*layer.parameters, *layer.state)) or "none"
        raise GraphError(f"{node.name}: {layer.kind} has no parameter {unknown[0]}; its parameters: {names}")
    return params


def _node_shapes(node: LayerNode, params: Mapping[str, Shape], found: Mapping[str, Shape]) -> dict[str, Shape]:
    for source in node.sources:
        if source not in found:
            raise GraphError(f"{node.name} reads from {source!r}, but that layer has fewer outputs")
    try:
        shapes = node.layer.shapes(params, *(found[source] for source in node.sources))
    except ShapeError as error:
        raise ShapeError(f"{node.name}: {error.what}", error.expected, error.actual) from None
    except ValueError as error:
        raise GraphError(f"{node.name}: {error}") from None
    for shape in shapes:
        if prod(shape) > MOST_ENTRIES:
            raise TooLargeError(f"{node.name}: an output of shape {shape} has more than {MOST_ENTRIES} entries")
    return dict(zip(output_names(node.name, len(shapes)), shapes, strict=True))


def output_names(name: str, count: int) -> list[str]:
    """Give the names of a node's outputs: its own, then with numbers.

    >>> output_names("lstm1", 3)
    ['lstm1', 'lstm1:1', 'lstm1:2']
    """
    return [name, *(f"{name}:{number}" for number in range(1, count))]
