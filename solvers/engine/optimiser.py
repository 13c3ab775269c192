"""The contract of an optimiser: a frozen configuration whose printed recursion and whose step go line by line."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, NamedTuple

import numpy as np

from solvers.engine.layer import FRESH, Array, Space
from solvers.typeset import array

Quantities = dict[str, Array]

RANGES = {"lr": (0, np.inf), "eps": (0, np.inf), "weight_decay": (0, np.inf), "beta": (0, 1), "beta1": (0, 1)}
RANGES["beta2"] = RANGES["beta"]
SYMBOLS = {"lr": r"\alpha", "eps": r"\epsilon", "weight_decay": r"\lambda", "beta": r"\beta"}
SYMBOLS |= {"beta1": r"\beta_1", "beta2": r"\beta_2"}
SYMBOLS |= {"gradient": r"\nabla L(\theta_t)", "gradient_ahead": r"\nabla L(\tilde{\theta}_{t+1})"}
LETTERS = {"theta": r"\theta", "ahead": r"\tilde{\theta}", "m_hat": r"\hat{m}", "v_hat": r"\hat{v}"}
LETTERS |= {"v_max": r"v^{\max}"}


class State(NamedTuple):
    """What an optimiser remembers of one parameter: the steps made so far and its running quantities by name."""

    t: int = 0
    moments: Mapping[str, Array] = {}


class Line(NamedTuple):
    """One line of a worked step: the quantity found, its rule in symbols, with the numbers put in, its value."""

    name: str
    formula: str
    numbers: str
    value: Array


@dataclass(frozen=True, kw_only=True)
class Optimiser:
    """The contract of an optimiser; a subclass in `solvers/engine/optimisers/` is found by its `kind`.

    - Fields are the settings, named `lr`, `beta`, `beta1`, `beta2`, `eps`, `weight_decay`; a setting that says
      which convention is meant has a closed list of values in `choices`.
    - `carried` names the quantities kept from step to step; they start at zero.
    - `rules` gives the recursion: each quantity in the order it is found, and its LaTeX rule, in which `<m>` is
      the value before the step, `<m'>` the one found in this step, and `<beta>` a setting.
    - `follow` computes those quantities, in the same order; the last one is the new parameter `theta`. It may put
      results where `space` says; a caller that keeps one space per parameter lets them replace the old values.
    - `gradient_at` is where the loss must be differentiated; it is not the parameter itself for a look-ahead.
    """

    kind: ClassVar[str] = ""
    carried: ClassVar[tuple[str, ...]] = ()
    choices: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    lr: float = 0.1

    def __post_init__(self) -> None:
        for name in (setting.name for setting in fields(self)):
            _check(name, getattr(self, name), self.choices.get(name))

    def start(self, theta: Array) -> State:
        """Give the state before the first step."""
        return State(0, {name: np.zeros_like(theta) for name in self.carried})

    def gradient_at(self, theta: Array, state: State) -> Array:
        """Give the point at which the gradient of the next step is taken."""
        return theta

    def only_rate(self) -> float | None:
        """Give the learning rate, if a step subtracts that multiple of the gradient and does nothing else."""
        return None

    def rules(self) -> dict[str, str]:
        """Give the rule of each quantity, in order."""
        raise NotImplementedError

    def follow(self, theta: Array, gradient: Array, state: State, space: Space = FRESH) -> Quantities:
        """Compute every quantity of one step by name, in order."""
        raise NotImplementedError

    def step(self, theta: Array, gradient: Array, state: State, space: Space = FRESH) -> tuple[Array, State]:
        """Give the parameter and the state after one step."""
        found = self.follow(theta, gradient, state, space)
        return found["theta"], State(state.t + 1, {name: found[name] for name in self.carried})

    def recursion(self) -> tuple[str, ...]:
        """Give the recursion in symbols, one LaTeX equation a line."""
        return tuple(_symbol(f"{name}'") + " = " + _symbols(rule) for name, rule in self.rules().items())

    def lines(self, theta: Array, gradient: Array, state: State) -> tuple[Line, ...]:
        """Work one step out: each line of the recursion with the numbers put in and its value."""
        found = self.follow(theta, gradient, state)
        before = {**state.moments, "theta": theta, "gradient": gradient, "gradient_ahead": gradient}
        after = {**found, "t": np.asarray(state.t + 1)}

        def show(hole: str) -> str:
            source = after if hole.endswith("'") else before
            name = hole.rstrip("'")
            return _number(source[name] if name in source else getattr(self, name))

        rules = zip(self.recursion(), self.rules().items(), strict=True)
        return tuple(Line(name, printed, _fill(rule, show), found[name]) for printed, (name, rule) in rules)

    def penalised(self, gradient: Array, theta: Array, weight_decay: float) -> Array:
        """Add the gradient of the L2 penalty, λθ, to the gradient of the loss."""
        return gradient + weight_decay * theta if weight_decay else gradient


def gradient_rule(weight_decay: float) -> str:
    """Give the rule of the gradient that the recursion uses: the loss's, and λθ where there is an L2 penalty."""
    return r"<gradient> + <weight_decay> \cdot <theta>" if weight_decay else "<gradient>"


def _check(name: str, value: Any, allowed: tuple[str, ...] | None) -> None:
    if allowed is not None and value not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(map(repr, allowed))}; got {value!r}")
    low, high = RANGES.get(name, (-np.inf, np.inf))
    if name in RANGES and not (low <= value < high):
        raise ValueError(f"{name} must be at least {low} and below {high}; got {value!r}")


def _fill(rule: str, show: Callable[[str], str]) -> str:
    return re.sub(r"<([a-z_0-9]+'?)>", lambda hole: show(hole[1]), rule)


def _symbols(rule: str) -> str:
    return _fill(rule, _symbol).replace(r" \cdot ", " ")


def _symbol(hole: str) -> str:
    name = hole.rstrip("'")
    if name in SYMBOLS:
        return SYMBOLS[name]
    index = "t" if name == "g" or not hole.endswith("'") else "t+1"
    if name == "t":
        return index
    return f"{LETTERS.get(name, name)}_{{{index}}}"


def _number(value: Any) -> str:
    shown = array(value)
    return f"({shown})" if shown.startswith("-") else shown
