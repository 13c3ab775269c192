"""Logarithm of the softmax."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from solvers.engine import stable
from solvers.engine.layer import FRESH, Array, Backward, Draw, Gradients, Layer, Params, Space, Specimen


def log_softmax(X: Array, axis: int = -1) -> Array:
    """Give x less the logarithm of the sum of e^x along an axis.

    >>> np.exp(log_softmax(np.array([[0.0, np.log(3.0)]]))).round(9)
    array([[0.25, 0.75]])
    """
    return stable.log_softmax(X, axis)


@dataclass(frozen=True)
class LogSoftmax(Layer):
    """Y = ln softmax(X) along an axis."""

    axis: int = -1

    def forward(self, params: Params, *inputs: Array, space: Space = FRESH) -> tuple[tuple[Array, ...], Backward]:
        """Backward: dX = dY - e^Y ⊙ Σ dY, the sum along the axis."""
        (X,) = inputs
        Y = stable.log_softmax(X, self.axis, out=space.like("Y", X))

        def backward(dY: Array) -> Gradients:
            dX = np.exp(Y, out=space.like("dX", X))
            dX *= np.add.reduce(dY, axis=self.axis, keepdims=True)
            return (np.subtract(dY, dX, out=dX),), {}

        return (Y,), backward

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """Along the last axis, and along another."""
        yield Specimen(cls(), {}, (draw(2, 4),))
        yield Specimen(cls(axis=0), {}, (draw(3, 2),))
