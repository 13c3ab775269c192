"""Division by the Euclidean length."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from solvers.engine.layer import FRESH, Array, Backward, Draw, Gradients, Layer, Params, Space, Specimen


def l2_normalise(X: Array, eps: float = 1e-12) -> Array:
    """Give each vector of the last axis divided by its length, which counts as eps where it is smaller.

    >>> l2_normalise(np.array([[3.0, 4.0]]))
    array([[0.6, 0.8]])
    """
    return X / _lengths(X, eps)


@dataclass(frozen=True)
class L2Normalise(Layer):
    """Y = X/|X| for each vector of the last axis."""

    eps: float = 1e-12

    def forward(self, params: Params, *inputs: Array, space: Space = FRESH) -> tuple[tuple[Array, ...], Backward]:
        """Backward: dX = (dY - Y · Σ dY ⊙ Y)/|X|, the part of dY across the vector."""
        (X,) = inputs
        Y = l2_normalise(X, self.eps)

        def backward(dY: Array) -> Gradients:
            lengths = _lengths(X, self.eps)
            along = np.where(lengths > self.eps, (dY * Y).sum(-1, keepdims=True), X.dtype.type(0))
            return ((dY - Y * along) / lengths,), {}

        return (Y,), backward

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """Rows, and vectors shorter than eps."""
        yield Specimen(cls(), {}, (draw(3, 4),))
        yield Specimen(cls(eps=100.0), {}, (draw(3, 4),))


def _lengths(X: Array, eps: float) -> Array:
    lengths: Array = np.maximum(np.sqrt(np.square(X).sum(-1, keepdims=True)), X.dtype.type(eps))
    return lengths
