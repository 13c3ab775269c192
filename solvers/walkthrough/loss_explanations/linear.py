"""Losses that are linear in the prediction: the sum of all outputs, or a given upstream gradient."""

from collections.abc import Iterator

from solvers.walkthrough.loss_view import LossView, divided
from solvers.walkthrough.showing import show
from solvers.worked import Step

KINDS = ("sum", "upstream")


def forward(view: LossView) -> Iterator[Step]:
    """All outputs added up, or weighted with the gradient that is to arrive."""
    share = view.share(view.P.size)
    if view.loss.kind == "sum":
        yield view.value_step("There is no target: the outputs are added up.", divided(rf"\sum {view.p}", share))
    else:
        yield view.value_step(
            "There is no loss of its own: the upstream gradient is given. It is the gradient of this sum.",
            divided(rf"\sum T \odot {view.p}", share),
        )


def backward(view: LossView) -> Iterator[Step]:
    """Ones, or the given gradient."""
    share = view.share(view.P.size)
    if view.loss.kind == "sum":
        yield view.gradient_step(
            "The backward pass begins at the loss: every output enters the sum with factor 1.",
            divided(r"\mathbf{1}", share),
        )
    else:
        yield view.gradient_step(
            "The backward pass begins with the gradient that is given.", divided("T", share), show(view.T)
        )
