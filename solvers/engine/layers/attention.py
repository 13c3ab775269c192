"""Multi-head attention: of a sequence to itself, or of one sequence to another."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

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
    ShapeError,
    Space,
    Specimen,
    Weight,
    expect,
)

BIASES = ("bq", "bk", "bv", "bo")


@dataclass(frozen=True)
class Attention(Layer):
    """Y = concat(heads) W_o + b_o, where each head attends with its share of Q = X W_q + b_q, K = M W_k + b_k and
    V = M W_v + b_v, by the weights softmax(Q Kᵀ/√d) with d features a head.

    - Self-attention has one input X (…, tokens, dim); cross-attention X and the memory M, or X, keys and values.
    - Heads take neighbouring columns of the projections. Without `Wo` the heads are only joined.
    - A query sees a key where `mask`, broadcast to (…, heads, queries, keys), is 1, and if `causal` no later one.
    - With `need_weights` the attention weights (…, heads, queries, keys) are a second output.
    """

    parameters = ("Wq", "Wk", "Wv", "Wo", *BIASES)
    state = ("mask",)
    optional = ("Wo", *BIASES, "mask")
    sizes = ("dim",)
    heads: int = 1
    causal: bool = False
    need_weights: bool = False

    def __post_init__(self) -> None:
        if self.heads < 1:
            raise ValueError(f"attention needs at least one head, got {self.heads}")

    def shapes(self, params: Mapping[str, Shape], *inputs: Shape) -> tuple[Shape, ...]:
        """Tokens keep their number; their features become those of Wo, or of Wv without it."""
        X, keys, values = _three(inputs)
        expect("X", X, *X[:-2], "tokens", "dim")
        expect("keys", keys, *X[:-2], "tokens", "dim")
        expect("values", values, *keys[:-1], "dim")
        for name, source in zip(("Wq", "Wk", "Wv"), (X, keys, values), strict=True):
            expect(name, params[name], source[-1], params["Wq"][1] if name == "Wk" else f"d{name[1]}")
            expect_bias(params, name)
            if params[name][1] % self.heads:
                raise ShapeError(name, f"(dim, a multiple of {self.heads} heads)", params[name])
        features = params["Wv"][1]
        if "Wo" in params:
            expect("Wo", params["Wo"], features, "out")
            expect_bias(params, "Wo")
            features = params["Wo"][1]
        weights = (*X[:-2], self.heads, X[-2], keys[-2])
        check_mask(params.get("mask", ()), weights)
        return ((*X[:-1], features), weights) if self.need_weights else ((*X[:-1], features),)

    def draw(self, sizes: Mapping[str, Any], weight: Weight) -> dict[str, Array]:
        """Four square weights from the initialiser, biases zero."""
        dim = sizes["dim"]
        weights = {name: weight((dim, dim), dim, dim) for name in ("Wq", "Wk", "Wv", "Wo")}
        return weights | {name: np.zeros(dim) for name in BIASES}

    def forward(self, params: Params, *inputs: Array, space: Space = FRESH) -> tuple[tuple[Array, ...], Backward]:
        """Backward: through the output's product, the heads, then the three projections."""
        projections = [_project(X, params, letter, space) for X, letter in zip(_three(inputs), "qkv", strict=True)]
        Q, K, V = (self._heads(projection) for projection in projections)
        joined = space("joined", (*projections[0].shape[:-1], projections[2].shape[-1]), Q.dtype)
        allowed = allowed_pairs(Q.shape[-2], K.shape[-2], self.causal, params.get("mask"))
        weights, back = attend(Q, K, V, self._heads(joined), allowed, None, space)
        Y = _project(joined, params, "o", space) if "Wo" in params else joined

        def backward(dY: Array, dweights: Array | None = None) -> Gradients:
            grads: dict[str, Array] = {}
            djoined = dY
            if "Wo" in params:
                _weight_gradients(joined, dY, params, "o", grads, space)
                djoined = np.matmul(dY, params["Wo"].T, out=space.like("djoined", joined))
            dprojections = [space.like(f"d{letter}", P) for letter, P in zip("qkv", projections, strict=True)]
            back(self._heads(djoined), dweights, *map(self._heads, dprojections))
            for X, dP, letter in zip(_three(inputs), dprojections, "qkv", strict=True):
                _weight_gradients(X, dP, params, letter, grads, space)
            dinputs = (None,) * len(inputs) if space.skip_inputs else _joined(dprojections, params, len(inputs))
            return dinputs, {name: grads[name] for name in self.parameters if name in grads}

        return ((Y, weights()) if self.need_weights else (Y,)), backward

    def _heads(self, tokens: Array) -> Array:
        """View (…, tokens, features) as (…, heads, tokens, features of a head)."""
        parts = tokens.reshape(*tokens.shape[:-1], self.heads, -1)
        return parts.swapaxes(-2, -3)

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """One head without Wo; several with everything; causal, masked; to a memory; to keys and values."""
        square = {name: draw(4, 4) for name in ("Wq", "Wk", "Wv", "Wo")}
        full = {**square, **{name: draw(4) for name in BIASES}}
        yield Specimen(cls(), {"Wq": draw(3, 2), "Wk": draw(3, 2), "Wv": draw(3, 5)}, (draw(3, 3),))
        yield Specimen(cls(heads=2, need_weights=True), full, (draw(2, 3, 4),))
        yield Specimen(cls(heads=4, causal=True), square, (draw(2, 3, 4),))
        mask = np.array([1.0, 0.0, 1.0])
        yield Specimen(cls(heads=2), {**full, "mask": mask}, (draw(2, 2, 4), draw(2, 3, 4)))
        yield Specimen(cls(heads=2), full, (draw(2, 4), draw(3, 4), draw(3, 4)))


def expect_bias(params: Mapping[str, Shape], weight: str) -> None:
    """Check the bias that belongs to a weight, where there is one."""
    bias = f"b{weight[1]}"
    if bias in params:
        expect(bias, params[bias], params[weight][1])


def _three(inputs: tuple[Any, ...]) -> tuple[Any, Any, Any]:
    """Give what queries, keys and values are made from."""
    return inputs[0], inputs[min(1, len(inputs) - 1)], inputs[-1]


def _project(X: Array, params: Params, letter: str, space: Space) -> Array:
    W, b = params[f"W{letter}"], params.get(f"b{letter}")
    P = np.matmul(X, W, out=space(letter, (*X.shape[:-1], W.shape[1]), X.dtype))
    return P if b is None else np.add(P, b, out=P)


def _weight_gradients(
    X: Array, dP: Array, params: Params, letter: str, grads: dict[str, Array], space: Space
) -> None:
    rows, upstream = X.reshape(-1, X.shape[-1]), dP.reshape(-1, dP.shape[-1])
    weight, bias = f"W{letter}", f"b{letter}"
    grads[weight] = np.matmul(rows.T, upstream, out=space.like(f"d{weight}", params[weight]))
    if bias in params:
        grads[bias] = np.add.reduce(upstream, axis=0, out=space.like(f"d{bias}", params[bias]))


def _joined(dprojections: list[Array], params: Params, count: int) -> tuple[Array, ...]:
    """Carry the gradients of queries, keys and values back to the inputs; those of one input add up."""
    dX, dkeys, dvalues = (dP @ params[name].T for dP, name in zip(dprojections, ("Wq", "Wk", "Wv"), strict=True))
    if count == 3:
        return dX, dkeys, dvalues
    dkeys += dvalues
    return (dX + dkeys,) if count == 1 else (dX, dkeys)
