"""Last step of a sequence: from many outputs of a recurrent layer to one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from solvers.engine.layer import (
    FRESH,
    Array,
    Backward,
    Draw,
    Gradients,
    Layer,
    Params,
    Shape,
    ShapeError,
    Space,
    Specimen,
)


@dataclass(frozen=True)
class LastStep(Layer):
    """Y = the last step of X, which is (…, steps, features)."""

    def shapes(self, params: Mapping[str, Shape], *inputs: Shape) -> tuple[Shape, ...]:
        """The axis of steps goes."""
        (X,) = inputs
        if len(X) < 2 or X[-2] < 1:
            raise ShapeError("X", "(…, steps, features)", X)
        return ((*X[:-2], X[-1]),)

    def forward(self, params: Params, *inputs: Array, space: Space = FRESH) -> tuple[tuple[Array, ...], Backward]:
        """Backward: the last step gets the gradient, the others none."""
        (X,) = inputs

        def backward(dY: Array) -> Gradients:
            dX = space.zeros("dX", X.shape, X.dtype)
            dX[..., -1, :] = dY
            return (dX,), {}

        return (X[..., -1, :],), backward

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """One sequence, and a batch."""
        yield Specimen(cls(), {}, (draw(4, 3),))
        yield Specimen(cls(), {}, (draw(2, 4, 3),))
