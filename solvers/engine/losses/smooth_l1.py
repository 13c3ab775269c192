"""Smooth L1 loss: squared near zero, absolute far from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from solvers.engine.layer import FRESH, Array, Draw, Space
from solvers.engine.loss import Loss, LossSpecimen, Slopes


@dataclass(frozen=True)
class SmoothL1(Loss):
    """Terms r²/(2 beta) where |r| < beta, else |r| - beta/2, where r = p - t; by default their mean."""

    beta: float = 1.0

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.beta <= 0:
            raise ValueError(f"{self.kind}: beta must be positive, got {self.beta}")

    def terms(self, target: Any, *predictions: Array, space: Space = FRESH) -> tuple[Array, Slopes]:
        """Slope: r/beta, clipped to [-1, 1]."""
        residual = predictions[0] - target
        size = np.abs(residual)

        def slopes() -> tuple[Array, ...]:
            return (np.clip(residual / self.beta, -1, 1),)

        return np.where(size < self.beta, residual**2 / (2 * self.beta), size - self.beta / 2), slopes

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[LossSpecimen]:
        """Residuals on both sides of the bend."""
        yield LossSpecimen(cls(), draw(3, 4), (draw(3, 4),))
        yield LossSpecimen(cls(beta=0.3, reduction="sum"), draw(3, 4), (draw(3, 4),))
