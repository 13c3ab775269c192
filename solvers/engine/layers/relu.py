"""Rectified linear unit."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from solvers.engine.layer import FRESH, Array, Backward, Draw, Gradients, Layer, Params, Space, Specimen


def relu(X: Array, out: Array | None = None) -> Array:
    """Give max(0, x) for every entry.

    >>> relu(np.array([-1.5, 0.0, 2.0]))
    array([0., 0., 2.])
    """
    Y: Array = np.maximum(X, 0, out=out)
    return Y


@dataclass(frozen=True)
class Relu(Layer):
    """Y = max(0, X); at exactly 0 the derivative is taken to be 0."""

    in_place = True

    def forward(self, params: Params, *inputs: Array, space: Space = FRESH) -> tuple[tuple[Array, ...], Backward]:
        """Backward: the gradient passes where the input, and so the output, was positive."""
        (X,) = inputs
        Y = relu(X, out=space.like("Y", X))

        def backward(dY: Array) -> Gradients:
            fired = np.greater(Y, 0, out=space("fired", Y.shape, bool))
            return (np.multiply(dY, fired, out=space.like("dX", Y)),), {}

        return (Y,), backward

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """A matrix and a batch of images."""
        yield Specimen(cls(), {}, (draw(3, 4),))
        yield Specimen(cls(), {}, (draw(2, 3, 4, 4),))
