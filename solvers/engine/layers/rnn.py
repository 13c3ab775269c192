"""Plain recurrent layer."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from solvers.engine.layer import Array, Draw, Params, Space, Specimen
from solvers.engine.recurrent import Back, Recurrent, Sent
from solvers.engine.stable import sigmoid

ACTIVATIONS: dict[str, tuple[Callable[..., Array], Callable[[Array], Array]]] = {
    "tanh": (np.tanh, lambda H: 1 - H * H),
    "relu": (lambda A, out: np.maximum(A, 0, out=out), lambda H: (H > 0).astype(H.dtype)),
    "sigmoid": (sigmoid, lambda H: H * (1 - H)),
    "identity": (np.positive, np.ones_like),
}


@dataclass(frozen=True)
class Rnn(Recurrent):
    """h_t = f(x_t W_x + h_{t-1} W_h + b), with tanh, relu, sigmoid or the identity as f."""

    parameters = ("Wx", "Wh", "b", "h0")
    optional = ("b", "h0")
    activation: str = "tanh"

    def __post_init__(self) -> None:
        if self.activation not in ACTIVATIONS:
            known = ", ".join(ACTIVATIONS)
            raise ValueError(f"the activation of an RNN must be one of {known}, got {self.activation!r}")

    def unroll(
        self, A: Array, Wh: Array, starts: Sequence[Array], params: Params, space: Space
    ) -> tuple[Array, Sequence[Array], Back]:
        """Backward: dA_t = (dh_t + dA_{t+1} W_hᵀ) ⊙ f'."""
        (f, slope), A, (Wh,) = ACTIVATIONS[self.activation], A[:, 0], Wh
        T, N, M = A.shape
        H = space("H", (T + 1, N, M), A.dtype)
        H[0] = starts[0]
        for t in range(T):
            A[t] += H[t] @ Wh
            f(A[t], out=H[t + 1])

        def back(dH: Array, dlast: Sequence[Array]) -> Sent:
            dA, dh = slope(H[1:]), dlast[0]
            for t in reversed(range(T)):
                dA[t] *= dH[t] + dh
                dh = dA[t] @ Wh.T
            return Sent(dA[:, None], dA[:, None], [H[:T]], [dh])

        return H, [H[T]], back

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """Every activation, one sequence, no bias, a learnt start, a given start, reversed."""
        weights = {"Wx": draw(3, 2), "Wh": draw(2, 2)}
        for activation in ACTIVATIONS:
            yield Specimen(cls(activation=activation), {**weights, "b": draw(2)}, (draw(2, 4, 3),))
        yield Specimen(cls(), weights, (draw(4, 3),))
        yield Specimen(cls(), {**weights, "b": draw(2), "h0": draw(2)}, (draw(2, 3, 3),))
        yield Specimen(cls(reverse=True), weights, (draw(2, 3, 3), draw(2, 2)))
        yield Specimen(cls(), weights, (draw(3, 3), draw(2)))
