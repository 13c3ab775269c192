"""RMSprop: each weight's step is divided by the root of a running mean of its squared gradient."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from solvers.engine.layer import FRESH, Array, Space
from solvers.engine.optimiser import Optimiser, Quantities, State, gradient_rule

ROOTS = {"outside": r"\sqrt{<v'>} + <eps>", "inside": r"\sqrt{<v'> + <eps>}"}


@dataclass(frozen=True, kw_only=True)
class RMSprop(Optimiser):
    """RMSprop with ε `outside` the root (the course, PyTorch) or `inside` it; no bias correction.

    >>> import numpy as np
    >>> rmsprop = RMSprop(lr=0.1, beta=0.75, eps=0.0)
    >>> rmsprop.step(np.array([1.0]), np.array([2.0]), State(0, {"v": np.array([0.0])}))[0]
    array([0.8])
    """

    kind: ClassVar[str] = "rmsprop"
    carried: ClassVar[tuple[str, ...]] = ("v",)
    choices: ClassVar[Mapping[str, tuple[str, ...]]] = {"eps_place": tuple(ROOTS)}
    lr: float = 0.01
    beta: float = 0.99
    eps: float = 1e-8
    weight_decay: float = 0.0
    eps_place: str = "outside"

    def rules(self) -> dict[str, str]:
        v = r"<beta> \cdot <v> + (1 - <beta>) \cdot <g'> \odot <g'>"
        theta = rf"<theta> - <lr> \cdot \frac{{<g'>}}{{{ROOTS[self.eps_place]}}}"
        return {"g": gradient_rule(self.weight_decay), "v": v, "theta": theta}

    def follow(self, theta: Array, gradient: Array, state: State, space: Space = FRESH) -> Quantities:
        g = self.penalised(gradient, theta, self.weight_decay)
        v = self.beta * state.moments["v"] + (1 - self.beta) * g * g
        root = np.sqrt(v) + self.eps if self.eps_place == "outside" else np.sqrt(v + self.eps)
        return {"g": g, "v": v, "theta": theta - self.lr * g / root}
