"""Adagrad: each weight's step is divided by the root of the sum of all its squared gradients."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from solvers.engine.layer import FRESH, Array, Space
from solvers.engine.optimiser import Optimiser, Quantities, State, gradient_rule


@dataclass(frozen=True, kw_only=True)
class Adagrad(Optimiser):
    """Adagrad with ε outside the root.

    >>> import numpy as np
    >>> adagrad = Adagrad(lr=0.5, eps=0.0)
    >>> adagrad.step(np.array([1.0]), np.array([4.0]), State(1, {"v": np.array([9.0])}))[0]
    array([0.6])
    """

    kind: ClassVar[str] = "adagrad"
    carried: ClassVar[tuple[str, ...]] = ("v",)
    lr: float = 0.01
    eps: float = 1e-10
    weight_decay: float = 0.0

    def rules(self) -> dict[str, str]:
        theta = r"<theta> - <lr> \cdot \frac{<g'>}{\sqrt{<v'>} + <eps>}"
        return {"g": gradient_rule(self.weight_decay), "v": r"<v> + <g'> \odot <g'>", "theta": theta}

    def follow(self, theta: Array, gradient: Array, state: State, space: Space = FRESH) -> Quantities:
        g = self.penalised(gradient, theta, self.weight_decay)
        v = state.moments["v"] + g * g
        return {"g": g, "v": v, "theta": theta - self.lr * g / (np.sqrt(v) + self.eps)}
