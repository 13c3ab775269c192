"""Parametric ReLU: a leaky ReLU whose slope is learnt."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

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
    Weight,
    expect,
)


def prelu(X: Array, alpha: Array) -> Array:
    """Give x where x is positive and αx elsewhere; α is (1,), or one number per channel (axis 1).

    >>> prelu(np.array([[-4.0, -4.0, 2.0]]), np.array([0.5, 0.25, 0.1]))
    array([[-2., -1.,  2.]])
    """
    return np.where(X > 0, X, _per_channel(alpha, X.ndim) * X)


@dataclass(frozen=True)
class Prelu(Layer):
    """Y = X where positive, αX elsewhere; the parameter alpha is (1,), or (channels,) along axis 1."""

    parameters = ("alpha",)
    sizes = ("channels",)

    def shapes(self, params: Mapping[str, Shape], *inputs: Shape) -> tuple[Shape, ...]:
        """As the input; alpha has one number, or one per channel."""
        (X,), alpha = inputs, params["alpha"]
        if alpha != (1,):
            expect("alpha", alpha, X[min(1, len(X) - 1)])
        return (X,)

    def draw(self, sizes: Mapping[str, Any], weight: Weight) -> dict[str, Array]:
        """The usual start, 1/4."""
        return {"alpha": np.full(sizes["channels"], 0.25)}

    def forward(self, params: Params, *inputs: Array, space: Space = FRESH) -> tuple[tuple[Array, ...], Backward]:
        """Backward: dX = dY or αdY; dα = the sum of dY ⊙ X over the places where X is not positive."""
        (X,), alpha = inputs, params["alpha"]
        Y = prelu(X, alpha)

        def backward(dY: Array) -> Gradients:
            fired = X > 0
            dX = np.where(fired, dY, _per_channel(alpha, X.ndim) * dY)
            leaked = np.where(fired, X.dtype.type(0), dY * X)
            axes = _other_axes(X.ndim) if alpha.size > 1 else None
            dalpha = space.like("dalpha", alpha)
            dalpha[...] = np.add.reduce(leaked, axis=axes)
            return (dX,), {"alpha": dalpha}

        return (Y,), backward

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """One slope, one per feature, one per channel of images, one per entry of a vector."""
        yield Specimen(cls(), {"alpha": draw(1)}, (draw(3, 4),))
        yield Specimen(cls(), {"alpha": draw(4)}, (draw(3, 4),))
        yield Specimen(cls(), {"alpha": draw(2)}, (draw(3, 2, 2, 2),))
        yield Specimen(cls(), {"alpha": draw(3)}, (draw(3),))


def _per_channel(alpha: Array, ndim: int) -> Array:
    return alpha.reshape(-1, *(1,) * max(ndim - 2, 0))


def _other_axes(ndim: int) -> tuple[int, ...]:
    return tuple(axis for axis in range(ndim) if axis != min(1, ndim - 1))
