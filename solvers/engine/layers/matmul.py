"""Matrix product of two inputs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

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


@dataclass(frozen=True)
class Matmul(Layer):
    """Y = A B for A (…, m, k) and B (…, k, n) with the same leading axes."""

    def shapes(self, params: Mapping[str, Shape], *inputs: Shape) -> tuple[Shape, ...]:
        """The inner sizes agree and go."""
        A, B = inputs
        expect("A", A, *A[:-2], "m", "k")
        expect("B", B, *A[:-2], A[-1], "n")
        return ((*A[:-1], B[-1]),)

    def forward(self, params: Params, *inputs: Array, space: Space = FRESH) -> tuple[tuple[Array, ...], Backward]:
        """Backward: dA = dY Bᵀ and dB = Aᵀ dY."""
        A, B = inputs
        Y = np.matmul(A, B, out=space("Y", (*A.shape[:-1], B.shape[-1]), A.dtype))

        def backward(dY: Array) -> Gradients:
            dA = np.matmul(dY, B.swapaxes(-1, -2), out=space.like("dA", A))
            return (dA, np.matmul(A.swapaxes(-1, -2), dY, out=space.like("dB", B))), {}

        return (Y,), backward

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """Two matrices, and a batch of them."""
        yield Specimen(cls(), {}, (draw(2, 3), draw(3, 4)))
        yield Specimen(cls(), {}, (draw(2, 2, 3), draw(2, 3, 1)))
