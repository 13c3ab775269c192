"""Softmax: logits become probabilities."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from solvers.engine import stable
from solvers.engine.layer import FRESH, Array, Backward, Draw, Gradients, Layer, Params, Space, Specimen


def softmax(X: Array, axis: int = -1) -> Array:
    """Give e^x over the sum of e^x along an axis.

    >>> softmax(np.array([[0.0, np.log(3.0)]]))
    array([[0.25, 0.75]])
    """
    return stable.softmax(X, axis)


def softmax_jacobian(x: Array) -> Array:
    """Give the derivatives ∂y_i/∂x_j = y_i(δ_ij - y_j) of one vector's softmax.

    >>> softmax_jacobian(np.array([0.0, np.log(3.0)]))
    array([[ 0.1875, -0.1875],
           [-0.1875,  0.1875]])
    """
    y = softmax(x)
    Y: Array = np.diag(y) - np.outer(y, y)
    return Y


@dataclass(frozen=True)
class Softmax(Layer):
    """Y = softmax(X / temperature) along an axis."""

    axis: int = -1
    temperature: float = 1.0

    def __post_init__(self) -> None:
        if self.temperature <= 0:
            raise ValueError(f"the temperature of a softmax must be positive, got {self.temperature}")

    def forward(self, params: Params, *inputs: Array, space: Space = FRESH) -> tuple[tuple[Array, ...], Backward]:
        """Backward: dX = Y ⊙ (dY - Σ dY ⊙ Y) / temperature, the sum along the axis."""
        (X,) = inputs
        scaled = X if self.temperature == 1 else X / self.temperature
        Y = stable.softmax(scaled, self.axis, out=space.like("Y", X))

        def backward(dY: Array) -> Gradients:
            dX = stable.softmax_gradient(Y, dY, self.axis, out=space.like("dX", X))
            if self.temperature != 1:
                dX /= self.temperature
            return (dX,), {}

        return (Y,), backward

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """Along the last axis, along another, tempered."""
        yield Specimen(cls(), {}, (draw(2, 4),))
        yield Specimen(cls(axis=1), {}, (draw(2, 3, 2),))
        yield Specimen(cls(temperature=2.5), {}, (draw(2, 4),))
