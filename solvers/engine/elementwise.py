"""The part that all element-wise layers share: the upstream gradient times the derivative, entry by entry."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from solvers.engine.layer import FRESH, Array, Backward, Draw, Gradients, Layer, Params, Space, Specimen


@dataclass(frozen=True)
class Elementwise(Layer):
    """A layer Y = f(X) that acts on each entry by itself.

    - `value` computes f(X), put into `out` where it is given.
    - `slope` computes f'(X) from X, or from Y where that is cheaper; it may put it into `out`.
    """

    def value(self, X: Array, out: Array | None = None) -> Array:
        """Give f(X)."""
        raise NotImplementedError(self.kind)

    def slope(self, X: Array, Y: Array, out: Array | None = None) -> Array:
        """Give f'(X), where Y is f(X)."""
        raise NotImplementedError(self.kind)

    def forward(self, params: Params, *inputs: Array, space: Space = FRESH) -> tuple[tuple[Array, ...], Backward]:
        """Backward: dX = dY ⊙ f'(X)."""
        (X,) = inputs
        Y = self.value(X, out=space.like("Y", X))

        def backward(dY: Array) -> Gradients:
            slope = self.slope(X, Y, out=space.like("slope", X))
            return (np.multiply(dY, slope, out=space.like("dX", X)),), {}

        return (Y,), backward

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """A matrix and a batch of images."""
        yield Specimen(cls(), {}, (2 * draw(3, 4),))
        yield Specimen(cls(), {}, (draw(2, 3, 4, 4),))
