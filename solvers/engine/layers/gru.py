"""Gated recurrent unit."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from solvers.engine.layer import Array, Draw, Params, Shape, ShapeError, Space, Specimen
from solvers.engine.recurrent import Back, Recurrent, Sent, gate_names
from solvers.engine.stable import sigmoid

BIASES = ("br", "bz", "bn")


@dataclass(frozen=True)
class Gru(Recurrent):
    """Gates r, z = σ(x W_x + h W_h + b), the candidate n, and a mixture of the old state and the candidate.

    - `reset = "before"` (Cho et al. 2014): n = tanh(x W_nx + b_n + (r ⊙ h) W_nh); "after" (PyTorch):
      n = tanh(x W_nx + b_n + r ⊙ (h W_nh + b_nh)), where the second bias may be missing.
    - `z_keeps = "old"` (Cho, PyTorch): h = z ⊙ h + (1 - z) ⊙ n; "new": z and 1 - z are swapped.
    """

    gates = ("r", "z", "n")
    parameters = (*gate_names(("r", "z", "n")), *BIASES, "bnh", "h0")
    optional = (*BIASES, "bnh", "h0")
    reset: str = "before"
    z_keeps: str = "old"

    def __post_init__(self) -> None:
        if self.reset not in ("before", "after"):
            raise ValueError(f"a GRU resets 'before' or 'after' the product, got {self.reset!r}")
        if self.z_keeps not in ("old", "new"):
            raise ValueError(
                f"the update gate z of a GRU keeps the 'old' or the 'new' state, got {self.z_keeps!r}"
            )

    def shapes(self, params: Mapping[str, Shape], *inputs: Shape) -> tuple[Shape, ...]:
        """All hidden states, then the last one; the second bias only goes with a reset after the product."""
        if "bnh" in params and self.reset == "before":
            raise ShapeError("bnh, which only a GRU with reset = 'after' has", "none", params["bnh"])
        return super().shapes(params, *inputs)

    def unroll(
        self, A: Array, Wh: Array, starts: Sequence[Array], params: Params, space: Space
    ) -> tuple[Array, Sequence[Array], Back]:
        """Keeps `keep`, the weight of the old state, and `Q`, what the reset gate multiplies in "after"."""
        T, _, N, M = A.shape
        after, bias = self.reset == "after", params.get("bnh", np.zeros((), A.dtype))
        H, keep, Q = (space(name, (T + 1, N, M), A.dtype) for name in ("H", "keep", "Q"))
        H[0] = starts[0]
        for G, h, k, q, new in zip(A, H, keep, Q, H[1:], strict=False):
            r, z, n = G
            sigmoid(np.add(G[:2], h @ Wh[:2], out=G[:2]), out=G[:2])
            np.copyto(q, h @ Wh[2] + bias if after else r * h)
            np.tanh(n + (r * q if after else q @ Wh[2]), out=n)
            np.copyto(k, z if self.z_keeps == "old" else 1 - z)
            np.add(k * h, (1 - k) * n, out=new)

        def back(dH: Array, dlast: Sequence[Array]) -> Sent:
            dA, dQ, dh = self._through_time(dH, dlast[0], (A, H[:T], keep[:T], Q[:T]), Wh)
            return Sent(dA, dQ, [H[:T], H[:T], H[:T] if after else Q[:T]], [dh])

        return H, [H[T]], back

    def _through_time(
        self, dH: Array, dh: Array, kept: tuple[Array, ...], Wh: Array
    ) -> tuple[Array, Array, Array]:
        """Give the gradients of the gates, of their products with the state, and of the start state."""
        G, H, keep, Q = kept
        r, z, n = G[:, 0], G[:, 1], G[:, 2]
        after, sign = self.reset == "after", 1 if self.z_keeps == "old" else -1
        dA, to_n, to_r = np.empty_like(G), (1 - keep) * (1 - n * n), r * (1 - r)
        dQ = np.empty_like(G) if after else dA
        np.multiply(sign * (H - n), z * (1 - z), out=dA[:, 1])
        for t in reversed(range(len(G))):
            dh = dh + dH[t]
            dA[t, 1] *= dh
            dn = np.multiply(dh, to_n[t], out=dA[t, 2])
            if after:
                np.multiply(dn, r[t], out=dQ[t, 2])
                to_reset, through_n = dn * Q[t], dQ[t, 2] @ Wh[2].T
            else:
                dproduct = dn @ Wh[2].T
                to_reset, through_n = dproduct * H[t], dproduct * r[t]
            np.multiply(to_reset, to_r[t], out=dA[t, 0])
            dh = dh * keep[t] + through_n + dA[t, 0] @ Wh[0].T + dA[t, 1] @ Wh[1].T
        if after:
            dQ[:, :2] = dA[:, :2]
        return dA, dQ, dh

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """Every convention; one sequence without biases; learnt and given starts; reversed."""
        weights = {name: draw(3 if name.endswith("x") else 2, 2) for name in gate_names(("r", "z", "n"))}
        biases = {name: draw(2) for name in BIASES}
        for reset in ("before", "after"):
            for z_keeps in ("old", "new"):
                yield Specimen(cls(reset=reset, z_keeps=z_keeps), {**weights, **biases}, (draw(2, 4, 3),))
        yield Specimen(cls(reset="after"), {**weights, **biases, "bnh": draw(2)}, (draw(2, 3, 3), draw(2, 2)))
        yield Specimen(cls(), {**weights, "h0": draw(2)}, (draw(4, 3),))
        yield Specimen(cls(reverse=True), {**weights, **biases}, (draw(2, 3, 3),))
