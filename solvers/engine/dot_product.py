"""Scaled dot-product attention, which the attention layers share."""

from collections.abc import Callable
from math import sqrt

import numpy as np

from solvers.engine.layer import Array, Shape, ShapeError, Space

Back = Callable[[Array, Array | None, Array, Array, Array], None]

CALM = 40.0


def attend(
    Q: Array, K: Array, V: Array, Y: Array, allowed: Array | None, scale: float | None, space: Space
) -> tuple[Callable[[], Array], Back]:
    """Put softmax(Q Kᵀ · scale) V into Y; give a function for the attention weights, and the way back.

    - Q is (…, T, d), K (…, S, d), V (…, S, e), Y (…, T, e); the scale is 1/√d if None is given.
    - Where `allowed` (…, T, S) is false, a query may not see a key; one that may see none attends to nothing.
    - `back(dY, dweights, dQ, dK, dV)` fills the last three; `dweights` may be None.

    The division by the softmax's sum is left to the end, where it meets T × e numbers instead of T × S.
    """
    factor = 1 / sqrt(Q.shape[-1]) if scale is None else scale
    scaled = np.multiply(Q, factor, out=space("scaled", Q.shape, Q.dtype))
    E = np.matmul(scaled, K.swapaxes(-1, -2), out=space("E", (*Q.shape[:-1], K.shape[-2]), Q.dtype))
    _exponentiate(E, None if allowed is None else ~allowed)
    total = np.matmul(E, np.ones((E.shape[-1], 1), E.dtype))
    total[total == 0] = 1
    np.divide(np.matmul(E, V, out=Y), total, out=Y)

    def back(dY: Array, dweights: Array | None, dQ: Array, dK: Array, dV: Array) -> None:
        """The softmax's way back needs Σ dW ⊙ W for each query; it equals Σ dY ⊙ Y, which has fewer terms."""
        G = np.divide(dY, total, out=space("G", dY.shape, dY.dtype))
        along = np.einsum("...i,...i->...", G, Y)[..., None]
        np.matmul(E.swapaxes(-1, -2), G, out=dV)
        dS = np.matmul(G, V.swapaxes(-1, -2), out=space.like("dS", E))
        if dweights is not None:
            share = dweights / total
            dS += share
            along = along + np.add.reduce(share * E / total, axis=-1, keepdims=True)
        dS -= along
        dS *= E
        np.matmul(dS.swapaxes(-1, -2), scaled, out=dK)
        np.multiply(np.matmul(dS, K, out=dQ), factor, out=dQ)

    return lambda: E / total, back


def _exponentiate(S: Array, blocked: Array | None) -> None:
    """Put e^s in the place of each score, 0 where it is blocked.

    The largest score of each query is subtracted first, unless all are small enough to do without.
    """
    if not (S.min() > -CALM and S.max() < CALM):
        if blocked is not None:
            np.copyto(S, np.finfo(S.dtype).min / 2, where=blocked)
        S -= np.maximum.reduce(S, axis=-1, keepdims=True)
    np.exp(S, out=S)
    if blocked is not None:
        np.copyto(S, 0, where=blocked)


def allowed_pairs(T: int, S: int, causal: bool, mask: Array | None) -> Array | None:
    """Give which query may see which key: where the mask is not 0 and, if causal, no key comes later.

    >>> allowed_pairs(2, 2, causal=True, mask=np.array([0.0, 1.0]))
    array([[False, False],
           [False,  True]])
    """
    if mask is None:
        return np.tri(T, S, dtype=bool) if causal else None
    seen: Array = mask != 0
    return seen & np.tri(T, S, dtype=bool) if causal else seen


def check_mask(mask: Shape, scores: Shape) -> None:
    """Raise `ShapeError` unless a mask can be broadcast to the scores (…, queries, keys)."""
    fits = all(size in (1, wanted) for size, wanted in zip(mask[::-1], scores[::-1], strict=False))
    if len(mask) > len(scores) or not fits:
        raise ShapeError("mask", f"{scores} (or sizes 1 in it)", mask)
