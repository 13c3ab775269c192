"""Cross-entropy from logits or probabilities, and the negative log-likelihood."""

from collections.abc import Iterator

import numpy as np

from solvers import arrays
from solvers.engine.stable import softmax
from solvers.walkthrough.loss_view import LossView, divided
from solvers.walkthrough.showing import fits, product, show
from solvers.worked import Step

KINDS = ("cross-entropy", "cross-entropy-probabilities", "nll")
FEW = 8


def forward(view: LossView) -> Iterator[Step]:
    """Probabilities, then minus the logarithm of the true class's, averaged."""
    logs = "P"
    if view.loss.kind == "cross-entropy":
        P = softmax(view.P, view.loss.axis)
        yield Step(
            "Softmax makes probabilities of the logits: positive, and every row sums to 1.",
            rf"P = \text{{softmax}}({view.p}) = \frac{{e^{{{view.p}}}}}{{\sum e^{{{view.p}}}}}",
            "",
            show(P),
            "P",
        )
    elif view.loss.kind == "nll":
        P = np.exp(view.P)
        logs = view.p
    else:
        P, logs = view.P, view.p
    if getattr(view.loss, "label_smoothing", 0):
        yield Step(
            f"Label smoothing spreads a share of {view.loss.label_smoothing:g} of the target over the classes.",
            "T",
            "",
            show(view.T),
        )
    share = view.share(int(view.T.size / view.T.shape[_axis(view)]))
    sums = rf"\sum T \odot {logs}" if view.loss.kind == "nll" else rf"\sum T \odot \ln {logs}"
    reason = (
        "The one-hot target picks the logarithm of the true class's probability"
        if _one_hot(view.T)
        else ("Every class's log-probability counts with its share of the target")
    )
    yield view.value_step(
        f"{reason}; its negative is 0 for certainty and large for surprise"
        + (f"; then the mean over the {share} samples (not over samples times classes)." if share > 1 else "."),
        f"-{divided(sums, share)}",
        _terms(view, P, share),
    )


def backward(view: LossView) -> Iterator[Step]:
    """Softmax and logarithm cancel to probability minus target."""
    share = view.share(int(view.T.size / view.T.shape[_axis(view)]))
    front = "" if share == 1 else rf"\frac{{1}}{{{share}}} "
    mean = "" if share == 1 else f" The mean over samples divides by {share}."
    if view.loss.kind == "cross-entropy":
        P = softmax(view.P, view.loss.axis)
        yield view.gradient_step(
            "The backward pass begins at the loss. The logarithm and the softmax together have the simplest gradient there is: "
            "probability minus target. The softmax's own slope is already in it and must not be multiplied again."
            + mean,
            divided("(P - T)", share),
            f"{front}\\left( {show(P)} - {show(view.T)} \\right)" if fits(P) else "",
        )
    elif view.loss.kind == "nll":
        yield view.gradient_step(
            "The backward pass begins at the loss, which is linear in the log-probabilities." + mean,
            divided("(-T)", share),
            f"{front}{product(-view.T)}" if front else "",
        )
    else:
        yield view.gradient_step(
            "The backward pass begins at the loss: the derivative of −ln p is −1/p, for the true class only."
            + mean,
            divided(rf"\left( -\frac{{T}}{{{view.p}}} \right)", share),
        )


def _axis(view: LossView) -> int:
    return int(getattr(view.loss, "axis", -1))


def _one_hot(T: np.ndarray) -> bool:
    return bool(np.isin(T, (0, 1)).all())


def _terms(view: LossView, P: np.ndarray, share: int) -> str:
    """Put numbers in: minus the logarithms of the true classes' probabilities."""
    if not _one_hot(view.T):
        return ""
    picked = P[view.T == 1]
    if not 0 < picked.size <= FEW:
        return ""
    terms = " ".join(rf"- \ln {arrays.show(p)}" for p in picked)
    return terms if share == 1 else rf"\frac{{1}}{{{share}}} \left( {terms} \right)"
