"""Parallel branches whose outputs are joined: an inception block."""

from collections.abc import Iterator
from dataclasses import dataclass

from solvers.engine.graph import Block, BlockSpecimen, Node
from solvers.engine.layer import Draw, Layer
from solvers.engine.layers.concat import Concat
from solvers.engine.layers.conv2d import Conv2d
from solvers.engine.layers.maxpool2d import Maxpool2d
from solvers.engine.layers.relu import Relu


@dataclass(frozen=True)
class Branches(Block):
    """Y = the outputs of several chains, each of which reads X, joined along `axis`; an empty chain passes X on."""

    bundles = ("branch",)

    branch: tuple[tuple[Layer | Block, ...], ...] = ()
    axis: int = 1

    def nodes(self, *sources: str) -> tuple[Node, ...]:
        """The branches, then the join."""
        (source,) = sources
        chains = [self.chained("branch", source, number) for number in range(len(self.branch))]
        ends = tuple(chain[-1].name if chain else source for chain in chains)
        return (*(node for chain in chains for node in chain), Node("join", Concat(self.axis), ends))

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[BlockSpecimen]:
        """A small inception block: 1×1, 1×1 then 3×3, pooling then 1×1."""
        block = cls(((Conv2d(),), (Conv2d(), Relu(), Conv2d(padding=1)), (Maxpool2d(3, 1, 1), Conv2d())))
        kernels = {
            "branch1-conv2d1": (2, 3, 1, 1),
            "branch2-conv2d1": (2, 3, 1, 1),
            "branch2-conv2d2": (1, 2, 3, 3),
        }
        weights = {name: {"W": draw(*kernel)} for name, kernel in kernels.items()}
        yield BlockSpecimen(block, {**weights, "branch3-conv2d1": {"W": draw(1, 3, 1, 1)}}, (draw(2, 3, 3, 3),))
