"""Dropout: random entries are set to zero in training."""

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
    ShapeError,
    Space,
    Specimen,
)


@dataclass(frozen=True)
class Dropout(Layer):
    """Dropout with the probability to drop `p_drop` or to keep `p_keep` (give one of them).

    `inverted` (the default) divides by p_keep in training and does nothing at test time; classic dropout
    multiplies by p_keep at test time instead. The mask (1 keeps, 0 drops; it may be broadcast, as for whole
    channels) is given as `mask`, or drawn from `seed`, the same at every pass, with `channels` one number for each
    channel of axis 1.
    """

    state = optional = ("mask",)
    p_drop: float | None = None
    p_keep: float | None = None
    inverted: bool = True
    training: bool = True
    channels: bool = False
    seed: int = 0

    def __post_init__(self) -> None:
        if (self.p_drop is None) == (self.p_keep is None):
            raise ValueError(
                "dropout needs the probability to drop, p_drop, or the one to keep, p_keep (not both)"
            )
        if not 0 < self.kept <= 1:
            raise ValueError(f"dropout must keep a unit with a probability in (0, 1], got {self.kept}")

    @property
    def kept(self) -> float:
        """The probability to keep a unit."""
        return self.p_keep if self.p_keep is not None else 1 - (self.p_drop or 0.0)

    def shapes(self, params: Mapping[str, Shape], *inputs: Shape) -> tuple[Shape, ...]:
        """As the input; the mask has its shape or is broadcast to it."""
        (X,), mask = inputs, params.get("mask", ())
        if len(mask) > len(X) or any(m not in (1, x) for m, x in zip(mask[::-1], X[::-1], strict=False)):
            raise ShapeError("mask", str(X), mask)
        return (X,)

    def factor(self, params: Params, X: Array) -> Array:
        """Give what each entry is multiplied by: 0, 1, 1/p_keep or p_keep."""
        if not self.training:
            return np.asarray(1.0 if self.inverted else self.kept, X.dtype)
        mask = params["mask"] if "mask" in params else self.draw_mask(X.shape)
        return (mask / self.kept if self.inverted else mask).astype(X.dtype, copy=False)

    def draw_mask(self, shape: Shape) -> Array:
        """Draw a mask from the seed; every unit is kept or dropped by itself."""
        drawn = (*shape[:2], *(1,) * len(shape[2:])) if self.channels else shape
        return (np.random.default_rng(self.seed).random(drawn) < self.kept).astype(float)

    def forward(self, params: Params, *inputs: Array, space: Space = FRESH) -> tuple[tuple[Array, ...], Backward]:
        """Backward: dX = dY times the same factor."""
        (X,) = inputs
        factor = self.factor(params, X)
        Y = np.multiply(X, factor, out=space.like("Y", X))

        def backward(dY: Array) -> Gradients:
            return (np.multiply(dY, factor, out=space.like("dX", X)),), {}

        return (Y,), backward

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[Specimen]:
        """Inverted and classic, in training and at test time, with a mask given, drawn, and by channels."""
        mask = (draw(3, 4) > 0).astype(float)
        for inverted in (True, False):
            yield Specimen(cls(p_drop=0.2, inverted=inverted), {"mask": mask}, (draw(3, 4),))
            yield Specimen(cls(p_keep=0.8, inverted=inverted, training=False), {}, (draw(3, 4),))
        yield Specimen(cls(p_drop=0.5, seed=3), {}, (draw(3, 4),))
        yield Specimen(cls(p_drop=0.5, channels=True, seed=1), {}, (draw(2, 3, 2, 2),))
