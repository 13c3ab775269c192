"""The generator's loss of a generative adversarial network."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from solvers.engine.layer import FRESH, Array, Draw, Space
from solvers.engine.loss import Loss, LossSpecimen, Slopes, probabilities
from solvers.engine.stable import sigmoid, softplus


@dataclass(frozen=True)
class GanGenerator(Loss):
    """Terms -ln D(fake), or ln(1 - D(fake)) if `saturating` (the minimax form); by default the mean.

    The prediction is D(fake): probabilities, or logits with `from_logits`.
    """

    targeted = False
    from_logits: bool = False
    saturating: bool = False

    def prepare(self, target: Any, *predictions: Array) -> Array | None:
        """There is no target."""
        if not self.from_logits:
            probabilities(predictions[0], f"{self.kind} (prediction)")
        return None

    def terms(self, target: Any, *predictions: Array, space: Space = FRESH) -> tuple[Array, Slopes]:
        """Slope: -1/D, or -1/(1 - D) if saturating; for logits sigmoid - 1 and -sigmoid."""
        (fake,) = predictions
        return self._logits(fake) if self.from_logits else self._probabilities(fake)

    def _logits(self, fake: Array) -> tuple[Array, Slopes]:
        if self.saturating:
            return -softplus(fake), lambda: (-sigmoid(fake),)
        return softplus(-fake), lambda: (sigmoid(fake) - 1,)

    def _probabilities(self, fake: Array) -> tuple[Array, Slopes]:
        if self.saturating:
            return np.log1p(-fake), lambda: (-1 / (1 - fake),)
        return -np.log(fake), lambda: (-1 / fake,)

    @classmethod
    def specimens(cls, draw: Draw) -> Iterator[LossSpecimen]:
        """Both forms, from probabilities and from logits."""
        for saturating in (False, True):
            yield LossSpecimen(cls(saturating=saturating), None, (np.array([0.2, 0.3]),))
            yield LossSpecimen(cls(from_logits=True, saturating=saturating), None, (draw(3, 1),))
