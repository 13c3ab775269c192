"""Losses made of residuals: squared, half squared, mean squared and absolute error."""

from collections.abc import Iterator

import numpy as np

from solvers import arrays
from solvers.walkthrough.loss_view import LossView, divided
from solvers.walkthrough.showing import fits, product, show
from solvers.worked import Step

KINDS = ("mse", "squared-error", "half-squared-error", "mae")
FEW = 12


def forward(view: LossView) -> Iterator[Step]:
    """Residuals, then their squares (or sizes) added up or averaged."""
    R, share = view.P - view.T, view.share(view.P.size)
    yield Step(
        "The residuals: prediction minus target.",
        rf"r = {view.p} - T",
        f"{show(view.P)} - {show(view.T)}" if fits(view.P) else "",
        show(R),
    )
    front = r"\frac{1}{2} " if view.loss.kind == "half-squared-error" else ""
    absolute = view.loss.kind == "mae"
    term = r"|r_i|" if absolute else "r_i^2"
    if R.size <= FEW:
        terms = " + ".join(rf"|{arrays.show(r)}|" if absolute else f"{arrays.signed(r)}^2" for r in R.ravel())
        terms = terms if R.size == 1 or (share == 1 and not front) else f"({terms})"
        half = front and front + r"\cdot "
        numbers = half + (terms if share == 1 else rf"\frac{{1}}{{{share}}} {terms}")
    else:
        numbers = ""
    yield view.value_step(_reason(view, share), front + divided(rf"\sum_i {term}", share), numbers)


def backward(view: LossView) -> Iterator[Step]:
    """The power's factor 2 (which ½ cancels) and the division stay in front of the residuals."""
    R, share = view.P - view.T, view.share(view.P.size)
    if view.loss.kind == "mae":
        rule, factor = divided(r"\text{sign}(r)", share), 1.0
        reason = (
            "The slope of |r| is 1 to the right of 0 and −1 to the left: only the sign of the residual counts."
        )
        inner = np.sign(R)
    else:
        factor = 1.0 if view.loss.kind == "half-squared-error" else 2.0
        two = "" if factor == 1 else "2" if share == 1 else r"\frac{2}{N}"
        rule = "r" if not two and share == 1 else (two or r"\frac{1}{N}") + " r"
        reason = (
            "Each prediction appears in one square only: the power gives a factor 2"
            + (", which the ½ in front cancels" if factor == 1 else "")
            + (f", and the mean leaves a factor 1/{share}." if share > 1 else ".")
        )
        inner = R
    front = arrays.show(factor) if share == 1 else rf"\frac{{{arrays.show(factor)}}}{{{share}}}"
    numbers = show(inner) if front == "1" else product(inner) and rf"{front} \cdot {product(inner)}"
    yield view.gradient_step(
        f"The backward pass begins at the loss. {reason}", rule, numbers if front != "1" else ""
    )


def _reason(view: LossView, share: int) -> str:
    what = "Their sizes" if view.loss.kind == "mae" else "Their squares"
    half = " and halved" if view.loss.kind == "half-squared-error" else ""
    if share == 1:
        return f"{what} are added up{half}."
    by = "the number of samples" if view.loss.reduction == "samples" else "their number (samples times outputs)"
    return f"{what} are added up{half} and divided by {by}, N = {share}."
