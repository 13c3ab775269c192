"""Hinge losses: classes that come too close to the true one, or scores on the wrong side."""

from collections.abc import Iterator

import numpy as np

from solvers.walkthrough.loss_view import LossView, divided
from solvers.walkthrough.showing import show
from solvers.worked import Step

KINDS = ("hinge",)


def forward(view: LossView) -> Iterator[Step]:
    """How far each margin is missed."""
    margin = f"{view.loss.margin:g}"
    if view.T.ndim == view.P.ndim:
        short = np.maximum(view.loss.margin - view.T * view.P, 0)
        yield Step(
            f"Every score should be at least {margin} on the side of its target; what is missing counts.",
            rf"m = \max(0, {margin} - T \odot {view.p})",
            "",
            show(short),
        )
    else:
        true = np.take_along_axis(view.P, np.expand_dims(view.T, -1), -1)
        short = np.maximum(view.P - true + view.loss.margin, 0)
        np.put_along_axis(short, np.expand_dims(view.T, -1), 0, -1)
        yield Step(
            f"Every wrong class should score at least {margin} below the true one; what is missing counts. The true class "
            "itself does not.",
            rf"m_j = \max(0, {view.p}_j - {view.p}_y + {margin}),\; j \ne y".replace("}_j", "}{}_j").replace(
                "}_y", "}{}_y"
            ),
            "",
            show(short),
        )
    share = view.share(view.T.size) * (view.P.shape[-1] if view.loss.over_classes else 1)
    by = " and divided by the number of samples" if view.share(view.T.size) > 1 else ""
    classes = " and the number of classes" if view.loss.over_classes else ""
    yield view.value_step(f"All that is missing is added up{by}{classes}.", divided(r"\sum m", share))


def backward(view: LossView) -> Iterator[Step]:
    """Every missed margin pulls on its score with slope 1."""
    if view.T.ndim == view.P.ndim:
        reason = "Where the margin is missed the slope is −T, elsewhere 0."
    else:
        reason = (
            "A wrong class whose margin is missed has slope 1, one that is far enough 0; the true class has minus the number of "
            "those that are too close."
        )
    share = view.share(view.T.size) * (view.P.shape[-1] if view.loss.over_classes else 1)
    yield view.gradient_step(
        f"The backward pass begins at the loss. {reason}",
        divided(r"\sum \frac{\partial m}{\partial Z}".replace("Z", view.p), share),
    )
