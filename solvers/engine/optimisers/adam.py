"""Adam and its variants: a running mean of the gradient over the root of a running mean of its square."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from solvers.engine.layer import FRESH, Array, Space
from solvers.engine.optimiser import Optimiser, Quantities, State, gradient_rule

DIRECTIONS = {
    "inside": r"\frac{<%s'>}{\sqrt{<%s'> + <eps>}}",
    "outside": r"\frac{<%s'>}{\sqrt{<%s'>} + <eps>}",
    "added": r"\left( \frac{<%s'>}{\sqrt{<%s'>}} + <eps> \right)",
    "efficient": r"\frac{\sqrt{1 - <beta2>^{<t'>}}}{1 - <beta1>^{<t'>}} \cdot \frac{<%s'>}{\sqrt{<%s'>} + <eps>}",
}
MOMENTS = {
    "m": r"<beta1> \cdot <m> + (1 - <beta1>) \cdot <g'>",
    "v": r"<beta2> \cdot <v> + (1 - <beta2>) \cdot <g'> \odot <g'>",
}


@dataclass(frozen=True, kw_only=True)
class Adam(Optimiser):
    """Adam with ε `inside` the root (the course), `outside` it (the paper's algorithm, PyTorch), `added` after
    the division, or beside the uncorrected root of the paper's `efficient` form (Keras), which corrects the
    learning rate instead of the moments. `weight_decay` is an L2 penalty: it passes through both moments.

    >>> adam, theta = Adam(lr=0.1), np.array([1.0])
    >>> adam.step(theta, np.array([4.0]), adam.start(theta))[0].round(6)
    array([0.9])
    """

    kind: ClassVar[str] = "adam"
    carried: ClassVar[tuple[str, ...]] = ("m", "v")
    choices: ClassVar[Mapping[str, tuple[str, ...]]] = {"eps_place": tuple(DIRECTIONS)}
    lr: float = 0.001
    beta1: float = 0.9
    beta2: float = 0.999
    eps: float = 1e-8
    weight_decay: float = 0.0
    eps_place: str = "inside"
    bias_correction: bool = True

    def rules(self) -> dict[str, str]:
        rules = {"g": self.gradient_rule()} | MOMENTS
        m, v = "m", self.carried[-1]
        if v == "v_max":
            rules[v] = r"\max(<v_max>, <v'>)"
        if self._moments_corrected():
            rules |= {"m_hat": _corrected(m, "beta1"), "v_hat": _corrected(v, "beta2")}
            m, v = "m_hat", "v_hat"
        return rules | {"theta": self.update_rule(DIRECTIONS[self.eps_place] % (m, v))}

    def follow(self, theta: Array, gradient: Array, state: State, space: Space = FRESH) -> Quantities:
        g = self.used_gradient(gradient, theta)
        m = self.beta1 * state.moments["m"] + (1 - self.beta1) * g
        v = self.beta2 * state.moments["v"] + (1 - self.beta2) * g * g
        found = {"g": g, "m": m, "v": v}
        if self.carried[-1] == "v_max":
            v = found["v_max"] = np.maximum(state.moments["v_max"], v)
        if self._moments_corrected():
            m = found["m_hat"] = m / (1 - self.beta1 ** (state.t + 1))
            v = found["v_hat"] = v / (1 - self.beta2 ** (state.t + 1))
        return found | {"theta": self.update(theta, self._direction(m, v, state.t + 1))}

    def gradient_rule(self) -> str:
        """Give the rule of the gradient that enters the moments."""
        return gradient_rule(self.weight_decay)

    def used_gradient(self, gradient: Array, theta: Array) -> Array:
        """Compute the gradient that enters the moments."""
        return self.penalised(gradient, theta, self.weight_decay)

    def update_rule(self, direction: str) -> str:
        """Give the rule of the new parameter."""
        return rf"<theta> - <lr> \cdot {direction}"

    def update(self, theta: Array, direction: Array) -> Array:
        """Compute the new parameter."""
        return theta - self.lr * direction

    def _moments_corrected(self) -> bool:
        return self.bias_correction and self.eps_place != "efficient"

    def _direction(self, m: Array, v: Array, t: int) -> Array:
        if self.eps_place == "inside":
            return m / np.sqrt(v + self.eps)
        if self.eps_place == "added":
            return m / np.sqrt(v) + self.eps
        rate = (1 - self.beta2**t) ** 0.5 / (1 - self.beta1**t) if self.eps_place == "efficient" else 1.0
        return rate * m / (np.sqrt(v) + self.eps)


@dataclass(frozen=True, kw_only=True)
class AMSGrad(Adam):
    """Adam that divides by the root of the largest second moment so far."""

    kind: ClassVar[str] = "amsgrad"
    carried: ClassVar[tuple[str, ...]] = ("m", "v", "v_max")


@dataclass(frozen=True, kw_only=True)
class AdamW(Adam):
    """Adam with decoupled weight decay: λθ is added to the direction and never enters the moments.

    >>> adamw, theta = AdamW(lr=0.1, weight_decay=0.3), np.array([2.0])
    >>> adamw.step(theta, np.array([0.5]), adamw.start(theta))[0].round(6)
    array([1.84])
    """

    kind: ClassVar[str] = "adamw"
    weight_decay: float = 0.01

    def gradient_rule(self) -> str:
        return gradient_rule(0.0)

    def used_gradient(self, gradient: Array, theta: Array) -> Array:
        return gradient

    def update_rule(self, direction: str) -> str:
        return rf"<theta> - <lr> \cdot \left( {direction} + <weight_decay> \cdot <theta> \right)"

    def update(self, theta: Array, direction: Array) -> Array:
        return theta - self.lr * (direction + self.weight_decay * theta)


def _corrected(moment: str, beta: str) -> str:
    return rf"\frac{{<{moment}'>}}{{1 - <{beta}>^{{<t'>}}}}"
