"""Long short-term memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from solvers.engine.layer import Array, Draw, Params, Space, Specimen
from solvers.engine.recurrent import Back, Recurrent, Sent, gate_names

BIASES = ("bf", "bi", "bC", "bo")


@dataclass(frozen=True)
class Lstm(Recurrent):
    """Three gates f, i, o = σ(x W_x + h W_h + b) and the candidate C̃ = tanh(x W_Cx + h W_Ch + b_C), each with
    its own weights (`Wfx`, `Wfh`, `bf`, …); then C = f ⊙ C + i ⊙ C̃ and h = o ⊙ tanh(C).

    The outputs are all hidden states, the last hidden state and the last cell state.
    """

    gates = ("o", "f", "i", "C")
    starts = ("h0", "c0")
    parameters = (*gate_names(("f", "i", "C", "o")), *BIASES, "h0", "c0")
    optional = (*BIASES, "h0", "c0")

    def unroll(
        self, A: Array, Wh: Array, starts: Sequence[Array], params: Params, space: Space
    ) -> tuple[Array, Sequence[Array], Back]:
        """Sigmoids are taken as (1 + tanh(a/2))/2, so that one tanh does for all gates of a step."""
        T, _, N, M = A.shape
        H, C, S = (space(name, (T + 1, N, M), A.dtype) for name in "HCS")
        H[0], C[0] = starts
        A[:, :3] *= 0.5
        halved = Wh * np.array([0.5, 0.5, 0.5, 1.0], A.dtype)[:, None, None]
        share = space("share", (4, N, M), A.dtype)
        for G, h, c, s, new_h, new_c in zip(A, H, C, S, H[1:], C[1:], strict=False):
            G += np.matmul(h, halved, out=share)
            np.tanh(G, out=G)
            sigmoids = G[:3]
            sigmoids *= 0.5
            sigmoids += 0.5
            o, f, i, candidate = G
            np.multiply(f, c, out=new_c)
            new_c += np.multiply(i, candidate, out=s)
            np.multiply(o, np.tanh(new_c, out=s), out=new_h)

        def back(dH: Array, dlast: Sequence[Array]) -> Sent:
            dA, dstarts = _through_time(dH, dlast, (A, C[:T], S[:T]), Wh, space)
            return Sent(dA, dA, [H[:T]] * 4, dstarts)

        return H, [H[T], C[T]], back

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """A batch, one sequence without biases, learnt starts, given starts, reversed."""
        weights = {name: draw(3 if name.endswith("x") else 2, 2) for name in gate_names(("f", "i", "C", "o"))}
        biases = {name: draw(2) for name in BIASES}
        yield Specimen(cls(), {**weights, **biases}, (draw(2, 4, 3),))
        yield Specimen(cls(), weights, (draw(4, 3),))
        yield Specimen(cls(), {**weights, **biases, "h0": draw(2), "c0": draw(2)}, (draw(3, 2, 3),))
        yield Specimen(cls(reverse=True), {**weights, **biases}, (draw(2, 3, 3), draw(2, 2), draw(2, 2)))


def _through_time(
    dH: Array, dlast: Sequence[Array], kept: tuple[Array, Array, Array], Wh: Array, space: Space
) -> tuple[Array, tuple[Array, Array]]:
    """Give the gradients of all gates before their activation, and those of the start states.

    What each gate multiplies dh (the first gate) or dC (the others) by does not depend on them, so it is found
    for all steps at once: C_{t-1} σ'(a_f) for the forget gate. Only the gradients themselves go step by step.
    """
    G, C, S = kept
    dA, to_cell = space.like("dA", G), space.like("to cell", S)
    np.multiply(G[:, :3], np.subtract(1, G[:, :3], out=dA[:, :3]), out=dA[:, :3])
    np.subtract(1, np.square(G[:, 3], out=dA[:, 3]), out=dA[:, 3])
    for gate, factor in enumerate((S, C, G[:, 3], G[:, 2])):
        dA[:, gate] *= factor
    np.multiply(np.subtract(1, np.square(S, out=to_cell), out=to_cell), G[:, 0], out=to_cell)
    dh, dc = dlast[0].copy(), dlast[1].copy()
    back, shares, part = np.ascontiguousarray(Wh.swapaxes(1, 2)), np.empty_like(G[0]), np.empty_like(dh)
    for dY, cell, gates, f in zip(dH[::-1], to_cell[::-1], dA[::-1], G[::-1, 1], strict=True):
        dh += dY
        dc += np.multiply(dh, cell, out=part)
        gates[0] *= dh
        gates[1:] *= dc
        dc *= f
        np.add.reduce(np.matmul(gates, back, out=shares), axis=0, out=dh)
    return dA, (dh, dc)
