"""Encoder block of the transformer: self-attention, then a feed-forward network."""

from collections.abc import Iterator
from dataclasses import dataclass

from solvers.engine.graph import BlockSpecimen, Node
from solvers.engine.layer import Draw
from solvers.engine.layers.attention import Attention
from solvers.engine.transformer import TransformerBlock, specimen_params


@dataclass(frozen=True)
class EncoderBlock(TransformerBlock):
    """Two sub-layers on X (…, tokens, dim): multi-head self-attention, and a network for each token by itself.

    With `causal` no token sees a later one, as in a decoder-only transformer.
    """

    causal: bool = False

    def nodes(self, *sources: str) -> tuple[Node, ...]:
        """Attention with its surroundings, then the feed-forward network with its own."""

        def attention(source: str) -> list[Node]:
            return [Node("attention", Attention(self.heads, self.causal), (source,))]

        first = self.sublayer(1, sources[0], attention)
        return (*first, *self.sublayer(2, first[-1].name, self.feed_forward))

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[BlockSpecimen]:
        """Norm after and before, one and two heads, causal."""
        for block in (cls(), cls(heads=2, norm="pre", activation="gelu", causal=True)):
            yield BlockSpecimen(block, specimen_params(block, draw, 4, 6), (draw(2, 3, 4),))
