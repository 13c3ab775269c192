"""Nesterov's momentum: the gradient is taken one momentum step ahead."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from solvers.engine.layer import FRESH, Array, Space
from solvers.engine.optimiser import Optimiser, Quantities, State, gradient_rule

VELOCITY = r"<beta> \cdot <m> - <lr> \cdot <g'>"


@dataclass(frozen=True, kw_only=True)
class Nesterov(Optimiser):
    """Nesterov's momentum in two forms: the course's `look-ahead`, whose gradient is taken at θ + βm, and
    `rewritten` (PyTorch), whose parameter is that point itself, so that its numbers differ on the same path.

    >>> import numpy as np
    >>> nesterov, theta = Nesterov(lr=0.1, beta=0.9), np.array([4.0])
    >>> state = State(1, {"m": np.array([-1.0])})
    >>> ahead = nesterov.gradient_at(theta, state)
    >>> [float(x.round(3)[0]) for x in (ahead, nesterov.step(theta, 2 * ahead, state)[0])]
    [3.1, 2.48]
    """

    kind: ClassVar[str] = "nesterov"
    carried: ClassVar[tuple[str, ...]] = ("m",)
    choices: ClassVar[Mapping[str, tuple[str, ...]]] = {"form": ("look-ahead", "rewritten")}
    beta: float = 0.9
    weight_decay: float = 0.0
    form: str = "look-ahead"

    def gradient_at(self, theta: Array, state: State) -> Array:
        return theta + self.beta * state.moments["m"] if self.form == "look-ahead" else theta

    def rules(self) -> dict[str, str]:
        if self.form == "rewritten":
            g, theta = gradient_rule(self.weight_decay), r"<theta> + <beta> \cdot <m'> - <lr> \cdot <g'>"
            return {"g": g, "m": VELOCITY, "theta": theta}
        g = (
            gradient_rule(self.weight_decay)
            .replace("<gradient>", "<gradient_ahead>")
            .replace("<theta>", "<ahead'>")
        )
        return {"ahead": r"<theta> + <beta> \cdot <m>", "g": g, "m": VELOCITY, "theta": "<theta> + <m'>"}

    def follow(self, theta: Array, gradient: Array, state: State, space: Space = FRESH) -> Quantities:
        at = self.gradient_at(theta, state)
        g = self.penalised(gradient, at, self.weight_decay)
        m = self.beta * state.moments["m"] - self.lr * g
        if self.form == "rewritten":
            return {"g": g, "m": m, "theta": theta + self.beta * m - self.lr * g}
        return {"ahead": at, "g": g, "m": m, "theta": theta + m}
