"""Concatenating skip connection: the input joined to what a chain of layers makes of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from solvers.engine.graph import Block, BlockSpecimen, Node
from solvers.engine.layer import Draw, Layer
from solvers.engine.layers.affine import Affine
from solvers.engine.layers.concat import Concat
from solvers.engine.layers.conv2d import Conv2d
from solvers.engine.layers.maxpool2d import Maxpool2d
from solvers.engine.layers.upsample import Upsample


@dataclass(frozen=True)
class SkipConcat(Block):
    """Y = X and F(X) joined along `axis`, where F is the chain `layer`: DenseNets, and the levels of a U-Net."""

    chains = ("layer",)

    layer: tuple[Layer | Block, ...] = ()
    axis: int = 1

    def nodes(self, *sources: str) -> tuple[Node, ...]:
        """The chain, then input and output joined."""
        (source,) = sources
        inner = self.chained("layer", source)
        return (*inner, Node("join", Concat(self.axis), (source, inner[-1].name if inner else source)))

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[BlockSpecimen]:
        """Rows, and two levels of a U-Net."""
        yield BlockSpecimen(cls((Affine(),)), {"affine1": {"W": draw(3, 2), "b": draw(2)}}, (draw(4, 3),))
        deep = cls((Maxpool2d(), Conv2d(padding=1), Upsample()))
        level = cls((Maxpool2d(), Conv2d(padding=1), deep, Upsample()))
        weights = {"conv2d1": {"W": draw(2, 1, 3, 3)}, "skip-concat1/conv2d1": {"W": draw(2, 2, 3, 3)}}
        yield BlockSpecimen(level, weights, (draw(2, 1, 4, 4),))
