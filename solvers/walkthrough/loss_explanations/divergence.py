"""Kullback-Leibler divergence between target and predicted probabilities."""

from collections.abc import Iterator

from solvers.walkthrough.loss_view import LossView, divided
from solvers.worked import Step

KINDS = ("kl",)


def forward(view: LossView) -> Iterator[Step]:
    """How much more surprise the prediction causes than the target itself."""
    logs = view.p if view.loss.log_input else rf"\ln {view.p}"
    yield view.value_step(
        "The surprise under the prediction minus that under the target, weighted with the target; it is 0 only if both agree.",
        divided(rf"\sum T \odot \left( \ln T - {logs} \right)", view.share(view.P.size)),
    )


def backward(view: LossView) -> Iterator[Step]:
    """The target alone does not change, so only its product with the prediction's logarithm has a slope."""
    rule = "(-T)" if view.loss.log_input else rf"\left( -\frac{{T}}{{{view.p}}} \right)"
    yield view.gradient_step(
        "The backward pass begins at the loss: only the logarithm of the prediction changes with it.",
        divided(rule, view.share(view.P.size)),
    )
