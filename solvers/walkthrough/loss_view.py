"""A loss in its place, as its explanation sees it."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from solvers.engine.layer import Array
from solvers.walkthrough.showing import show
from solvers.walkthrough.view import partial, shapes_of
from solvers.worked import Step


@dataclass(frozen=True)
class LossView:
    """The loss, the prediction `P` and target `T` (as the loss uses it), the value, and the gradient `gradient`.

    `p` is the prediction in symbols and `name` its plain name; the target is T.
    """

    loss: Any
    P: Array
    T: Array
    value: float
    gradient: Array
    p: str
    name: str

    @property
    def samples(self) -> int:
        """The number of samples, by which a mean over samples divides."""
        return len(self.P) if self.P.ndim > 1 else 1

    def share(self, terms: int) -> int:
        """Give the number by which the sum of the terms is divided."""
        return {"sum": 1, "mean": terms, "samples": self.samples}[self.loss.reduction]

    @property
    def shapes(self) -> dict[str, Array]:
        """The prediction and, if the loss has one, the target, by name."""
        return {self.name: self.P} | ({"T": self.T} if self.loss.targeted else {})

    def value_step(self, reason: str, formula: str, numbers: str = "") -> Step:
        """Make the step that gives the loss."""
        return Step(
            reason,
            f"L = {formula}",
            numbers,
            show(self.value),
            "loss",
            shapes_of({**self.shapes, "L": np.zeros(())}),
        )

    def gradient_step(self, reason: str, formula: str, numbers: str = "") -> Step:
        """Make the step that gives the gradient of the prediction."""
        name = f"d{self.name}"
        return Step(
            reason,
            f"{partial(self.p)} = {formula}",
            numbers,
            show(self.gradient),
            name,
            shapes_of({name: self.gradient}),
        )


def divided(sum_: str, share: int, letter: str = "N") -> str:
    """Write a sum divided by a number, which a share of 1 leaves out.

    >>> divided("\\\\sum r", 1), divided("\\\\sum r", 4)
    ('\\\\sum r', '\\\\frac{1}{N} \\\\sum r')
    """
    return sum_ if share == 1 else rf"\frac{{1}}{{{letter}}} {sum_}"
