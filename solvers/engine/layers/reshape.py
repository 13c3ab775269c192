"""Reshaping each sample."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import prod

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
class Reshape(Layer):
    """Y = X with each sample given the shape `shape`, in row-major order; one size may be -1 and is worked out."""

    shape: Shape = (-1,)

    def __post_init__(self) -> None:
        if self.shape.count(-1) > 1 or any(n < 1 and n != -1 for n in self.shape):
            raise ValueError(f"shape must be positive sizes, of which one may be -1, got {self.shape}")

    def shapes(self, params: Mapping[str, Shape], *inputs: Shape) -> tuple[Shape, ...]:
        """The number of entries of a sample must stay."""
        (X,) = inputs
        entries, known = prod(X[1:]), prod(n for n in self.shape if n != -1)
        if entries % known or (-1 not in self.shape and entries != known):
            raise ShapeError("X", f"with {known} entries a sample for {self.shape}", X)
        return ((X[0], *(entries // known if n == -1 else n for n in self.shape)),)

    def forward(self, params: Params, *inputs: Array, space: Space = FRESH) -> tuple[tuple[Array, ...], Backward]:
        """Backward: the gradient takes the old shape again."""
        (X,) = inputs
        (shape,) = self.shapes({}, X.shape)

        def backward(dY: Array) -> Gradients:
            return (dY.reshape(X.shape),), {}

        return (X.reshape(shape),), backward

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """All sizes given, and one worked out."""
        yield Specimen(cls((3, 2, 2)), {}, (draw(2, 12),))
        yield Specimen(cls((4, -1)), {}, (draw(2, 3, 4),))
