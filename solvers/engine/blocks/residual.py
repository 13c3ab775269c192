"""Residual connection: what a chain of layers adds to its input."""

from collections.abc import Iterator
from dataclasses import dataclass

from solvers.engine.graph import Block, BlockSpecimen, Node
from solvers.engine.layer import Draw, Layer
from solvers.engine.layers.add import Add
from solvers.engine.layers.affine import Affine
from solvers.engine.layers.conv2d import Conv2d
from solvers.engine.layers.relu import Relu


@dataclass(frozen=True)
class Residual(Block):
    """Y = F(X) + X, where F is the chain `layer`; with a chain `shortcut`, Y = F(X) + S(X)."""

    chains = ("layer", "shortcut")

    layer: tuple[Layer | Block, ...] = ()
    shortcut: tuple[Layer | Block, ...] = ()

    def nodes(self, *sources: str) -> tuple[Node, ...]:
        """Both ways, then their sum."""
        (source,) = sources
        inner, around = self.chained("layer", source), self.chained("shortcut", source)
        ends = [way[-1].name if way else source for way in (inner, around)]
        return (*inner, *around, Node("sum", Add(), tuple(ends)))

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[BlockSpecimen]:
        """Around a chain, one within another, and with a projection."""
        layers, W = (Affine(), Relu(), Affine()), {"W": draw(3, 3), "b": draw(3)}
        yield BlockSpecimen(cls(layers), {"affine1": W, "affine2": {"W": draw(3, 3)}}, (draw(4, 3),))
        nested = cls((Affine(), cls((Affine(),))))
        yield BlockSpecimen(nested, {"affine1": W, "residual1/affine1": {"W": draw(3, 3)}}, (draw(4, 3),))
        projected = cls((Conv2d(2, 1), Relu()), (Conv2d(2),))
        weights = {"conv2d1": {"W": draw(3, 2, 3, 3)}, "shortcut-conv2d1": {"W": draw(3, 2, 1, 1)}}
        yield BlockSpecimen(projected, weights, (draw(2, 2, 4, 4),))
