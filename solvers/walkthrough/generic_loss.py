"""Any loss in general terms: what it computes, as its own description says, and its gradient."""

import re
from collections.abc import Iterator

from solvers.walkthrough.loss_view import LossView
from solvers.worked import Step


def forward(view: LossView) -> Iterator[Step]:
    """Say in words what the loss measures, and give its value."""
    text = " ".join((type(view.loss).__doc__ or "").split("\n\n")[0].split())
    target = ", T" if view.loss.targeted else ""
    yield view.value_step(
        re.sub(r"`([^`]*)`", r"\1", text).rstrip(".") + ".", rf"\text{{{view.loss.kind}}}({view.p}{target})"
    )


def backward(view: LossView) -> Iterator[Step]:
    """The derivative of the loss with respect to every prediction."""
    yield view.gradient_step(
        "The backward pass begins here: how the loss changes with every prediction, all others held fixed.",
        rf"\frac{{\partial \text{{{view.loss.kind}}}}}{{\partial {view.p}}}",
    )
