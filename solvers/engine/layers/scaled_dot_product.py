"""Scaled dot-product attention of given queries, keys and values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from solvers.engine.dot_product import allowed_pairs, attend, check_mask
from solvers.engine.layer import (
    FRESH,
    Array,
    Backward,
    Draw,
    Gradients,
    Layer,
    Params,
    Shape,
    Space,
    Specimen,
    expect,
)


def scaled_dot_product(Q: Array, K: Array, V: Array, causal: bool = False) -> tuple[Array, Array]:
    """Give softmax(Q Kᵀ/√d) V and the attention weights; Q is (…, T, d), K (…, S, d), V (…, S, e).

    >>> Q, K, V = np.array([[0.0]]), np.array([[1.0], [2.0]]), np.array([[10.0], [20.0]])
    >>> scaled_dot_product(Q, K, V)
    (array([[15.]]), array([[0.5, 0.5]]))
    """
    Y = np.empty((*Q.shape[:-1], V.shape[-1]), Q.dtype)
    weights, _ = attend(Q, K, V, Y, allowed_pairs(Q.shape[-2], K.shape[-2], causal, None), None, FRESH)
    return Y, weights()


@dataclass(frozen=True)
class ScaledDotProduct(Layer):
    """Y = softmax(Q Kᵀ · scale) V, with 1/√d as scale unless another is given; with `need_weights` the attention
    weights are a second output. A query sees a key where `mask` is 1, and if `causal` no later one."""

    state = optional = ("mask",)
    causal: bool = False
    scale: float | None = None
    need_weights: bool = False

    def shapes(self, params: Mapping[str, Shape], *inputs: Shape) -> tuple[Shape, ...]:
        """Q (…, T, d), K (…, S, d) and V (…, S, e) give Y (…, T, e) and weights (…, T, S)."""
        Q, K, V = inputs
        expect("Q", Q, *Q[:-2], "queries", "d")
        expect("K", K, *Q[:-2], "keys", Q[-1])
        expect("V", V, *Q[:-2], K[-2], "e")
        weights = (*Q[:-1], K[-2])
        check_mask(params.get("mask", ()), weights)
        return ((*Q[:-1], V[-1]), weights) if self.need_weights else ((*Q[:-1], V[-1]),)

    def forward(self, params: Params, *inputs: Array, space: Space = FRESH) -> tuple[tuple[Array, ...], Backward]:
        """Backward: dV = Wᵀ dY, dW = dY Vᵀ, through the softmax to the scores S, then dQ ∝ dS K, dK ∝ dSᵀ Q."""
        Q, K, V = inputs
        Y = space("Y", (*Q.shape[:-1], V.shape[-1]), Q.dtype)
        allowed = allowed_pairs(Q.shape[-2], K.shape[-2], self.causal, params.get("mask"))
        weights, back = attend(Q, K, V, Y, allowed, self.scale, space)

        def backward(dY: Array, dweights: Array | None = None) -> Gradients:
            dinputs = tuple(space.like(f"d{name}", array) for name, array in zip("QKV", inputs, strict=True))
            back(dY, dweights, *dinputs)
            return dinputs, {}

        return ((Y, weights()) if self.need_weights else (Y,)), backward

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """Self- and cross-attention, masked, causal, batched, scaled, with the weights."""
        yield Specimen(cls(), {}, (draw(3, 2), draw(3, 2), draw(3, 2)))
        yield Specimen(cls(need_weights=True), {}, (draw(2, 3, 2), draw(2, 4, 2), draw(2, 4, 5)))
        yield Specimen(cls(scale=100.0), {}, (draw(2, 2), draw(2, 2), draw(2, 2)))
        yield Specimen(cls(causal=True, scale=1.0), {}, (draw(3, 2), draw(3, 2), draw(3, 2)))
        mask = np.array([[1.0, 0.0, 1.0], [0.0, 0.0, 0.0]])
        yield Specimen(cls(need_weights=True), {"mask": mask}, (draw(2, 2), draw(3, 2), draw(3, 1)))
