"""Decoder block of the transformer: masked self-attention, attention to the encoder's output, a feed-forward network."""

from collections.abc import Iterator
from dataclasses import dataclass

from solvers.engine.graph import BlockSpecimen, Node
from solvers.engine.layer import Draw
from solvers.engine.layers.attention import Attention
from solvers.engine.transformer import TransformerBlock, specimen_params


@dataclass(frozen=True)
class DecoderBlock(TransformerBlock):
    """Three sub-layers on X (…, tokens, dim) and the memory (…, source tokens, dim), the encoder's output.

    In the first no token sees a later one; in the second the queries come from X, keys and values from the memory.
    """

    def nodes(self, *sources: str) -> tuple[Node, ...]:
        """Self-attention, cross-attention and the feed-forward network, each with its surroundings."""
        X, memory = sources

        def attention(source: str) -> list[Node]:
            return [Node("attention", Attention(self.heads, causal=True), (source,))]

        def cross(source: str) -> list[Node]:
            return [Node("cross", Attention(self.heads), (source, memory))]

        first = self.sublayer(1, X, attention)
        second = self.sublayer(2, first[-1].name, cross)
        return (*first, *second, *self.sublayer(3, second[-1].name, self.feed_forward))

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[BlockSpecimen]:
        """Norm after and before, one and two heads."""
        for block in (cls(), cls(heads=2, norm="pre", activation="gelu-tanh")):
            yield BlockSpecimen(block, specimen_params(block, draw, 4, 6), (draw(2, 3, 4), draw(2, 5, 4)))
