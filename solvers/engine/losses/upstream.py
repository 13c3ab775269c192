"""A given upstream gradient in place of a loss."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from solvers.engine.layer import FRESH, Array, Draw, Space
from solvers.engine.loss import Loss, LossSpecimen, Slopes


@dataclass(frozen=True)
class Upstream(Loss):
    """Terms t · p, by default summed: the target, of the prediction's shape, is the gradient that arrives there."""

    reduction: str = "sum"

    def terms(self, target: Any, *predictions: Array, space: Space = FRESH) -> tuple[Array, Slopes]:
        """Slope: the target itself."""
        (P,) = predictions

        def slopes() -> tuple[Array, ...]:
            return (np.array(target, P.dtype),)

        return np.multiply(target, P, out=space.like("terms", P)), slopes

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[LossSpecimen]:
        """A vector and a batch."""
        yield LossSpecimen(cls(), draw(4), (draw(4),))
        yield LossSpecimen(cls(reduction="samples"), draw(3, 2), (draw(3, 2),))
