"""Gradient descent, on all samples (GD) or on a batch of them (SGD): the step is the same."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from solvers.engine.layer import FRESH, Array, Space
from solvers.engine.optimiser import Optimiser, Quantities, State, gradient_rule


@dataclass(frozen=True, kw_only=True)
class SGD(Optimiser):
    """One step against the gradient.

    >>> sgd = SGD(lr=0.5)
    >>> sgd.step(np.array([3.0]), np.array([2.0]), State())[0]
    array([2.])
    """

    kind: ClassVar[str] = "sgd"
    weight_decay: float = 0.0

    def only_rate(self) -> float | None:
        return None if self.weight_decay else self.lr

    def rules(self) -> dict[str, str]:
        return {"g": gradient_rule(self.weight_decay), "theta": r"<theta> - <lr> \cdot <g'>"}

    def follow(self, theta: Array, gradient: Array, state: State, space: Space = FRESH) -> Quantities:
        g = self.penalised(gradient, theta, self.weight_decay)
        move = np.multiply(g, self.lr, out=space.like("move", g))
        return {"g": g, "theta": np.subtract(theta, move, out=space.like("theta", theta))}


@dataclass(frozen=True, kw_only=True)
class GD(SGD):
    """Gradient descent on all samples."""

    kind: ClassVar[str] = "gd"
