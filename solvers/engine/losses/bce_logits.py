"""Binary cross-entropy from logits."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from solvers.engine.layer import FRESH, Array, Draw, Space
from solvers.engine.loss import Loss, LossSpecimen, Slopes, probabilities
from solvers.engine.stable import sigmoid, softplus


@dataclass(frozen=True)
class BceLogits(Loss):
    """Terms ln(1 + e^z) - t z for logits z, the binary cross-entropy of sigmoid(z); by default their mean."""

    def prepare(self, target: Any, *predictions: Array) -> Array | None:
        """Targets lie in [0, 1]."""
        ready = super().prepare(target, *predictions)
        return ready if ready is None else probabilities(ready, self.kind)

    def terms(self, target: Any, *predictions: Array, space: Space = FRESH) -> tuple[Array, Slopes]:
        """Slope: sigmoid(z) - t."""
        (Z,) = predictions

        def slopes() -> tuple[Array, ...]:
            return (sigmoid(Z) - target,)

        return softplus(Z) - target * Z, slopes

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[LossSpecimen]:
        """Hard and soft targets."""
        yield LossSpecimen(cls(), np.array([1.0, 0.0, 1.0]), (draw(3),))
        yield LossSpecimen(cls(reduction="sum"), np.array([[0.3, 0.9]]), (draw(1, 2),))
