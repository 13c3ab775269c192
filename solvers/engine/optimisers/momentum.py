"""Gradient descent with momentum."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from solvers.engine.layer import FRESH, Array, Space
from solvers.engine.optimiser import Optimiser, Quantities, State, gradient_rule

FORMS = {
    "velocity": (r"<beta> \cdot <m> - <lr> \cdot <g'>", "<theta> + <m'>"),
    "rate-outside": (r"<beta> \cdot <m> + <g'>", r"<theta> - <lr> \cdot <m'>"),
    "average": (r"<beta> \cdot <m> + (1 - <beta>) \cdot <g'>", r"<theta> - <lr> \cdot <m'>"),
}


@dataclass(frozen=True, kw_only=True)
class Momentum(Optimiser):
    """Momentum in three forms: the course's `velocity` (the learning rate inside the running term),
    `rate-outside` (PyTorch; the same path while the rate is constant) and `average` (weights β and 1 - β).

    >>> import numpy as np
    >>> momentum = Momentum(lr=0.1, beta=0.9)
    >>> theta, state = momentum.step(np.array([5.0]), np.array([10.0]), State(0, {"m": np.array([0.0])}))
    >>> theta, state.moments["m"]
    (array([4.]), array([-1.]))
    """

    kind: ClassVar[str] = "momentum"
    carried: ClassVar[tuple[str, ...]] = ("m",)
    choices: ClassVar[Mapping[str, tuple[str, ...]]] = {"form": tuple(FORMS)}
    beta: float = 0.9
    weight_decay: float = 0.0
    form: str = "velocity"

    def rules(self) -> dict[str, str]:
        m, theta = FORMS[self.form]
        return {"g": gradient_rule(self.weight_decay), "m": m, "theta": theta}

    def follow(self, theta: Array, gradient: Array, state: State, space: Space = FRESH) -> Quantities:
        g = self.penalised(gradient, theta, self.weight_decay)
        weight = {"velocity": -self.lr, "rate-outside": 1.0, "average": 1 - self.beta}[self.form]
        m = self.beta * state.moments["m"] + weight * g
        return {"g": g, "m": m, "theta": theta + m if self.form == "velocity" else theta - self.lr * m}
