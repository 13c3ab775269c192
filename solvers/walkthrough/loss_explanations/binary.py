"""Binary cross-entropy, from probabilities or from logits."""

from collections.abc import Iterator

from solvers import arrays
from solvers.engine.stable import sigmoid
from solvers.walkthrough.loss_view import LossView, divided
from solvers.walkthrough.showing import fits, show
from solvers.worked import Step

KINDS = ("bce", "bce-logits")
FEW = 4


def forward(view: LossView) -> Iterator[Step]:
    """The probability of class 1, then the logarithms of what was right."""
    P, p = view.P, view.p
    if view.loss.kind == "bce-logits":
        P, p = sigmoid(view.P), "P"
        yield Step("The sigmoid makes a probability of every logit.", rf"P = \sigma({view.p})", "", show(P), "P")
    share = view.share(view.P.size)
    front = divided(r"\sum ", share)
    term = rf"\left( T \odot \ln {p} + (1 - T) \odot \ln (1 - {p}) \right)"
    yield view.value_step(
        "Where the target is 1 the logarithm of the probability counts, where it is 0 that of its complement"
        + (f"; the mean divides by {share}." if share > 1 else "."),
        f"-{front}{term}",
        _terms(view, P, share),
    )


def backward(view: LossView) -> Iterator[Step]:
    """The logarithms' derivatives; with the sigmoid, its slope cancels."""
    share = view.share(view.P.size)
    front = "" if share == 1 else rf"\frac{{1}}{{{share}}} "
    if view.loss.kind == "bce-logits":
        P = sigmoid(view.P)
        yield view.gradient_step(
            "The backward pass begins at the loss. The sigmoid's slope p(1 − p) cancels against the derivative of the "
            "logarithms: probability minus target remains, and no slope is multiplied again.",
            divided("(P - T)", share),
            f"{front}\\left( {show(P)} - {show(view.T)} \\right)" if fits(P) else "",
        )
    else:
        yield view.gradient_step(
            "The backward pass begins at the loss: −1/p where the target is 1, 1/(1 − p) where it is 0, in one formula. "
            "The sigmoid's slope, which comes next, will cancel the denominator.",
            divided(rf"\frac{{{view.p} - T}}{{{view.p} \odot (1 - {view.p})}}", share),
        )


def _terms(view: LossView, P: object, share: int) -> str:
    """Put numbers in, term by term, where all targets are 0 or 1."""
    import numpy as np

    P, T = np.ravel(np.asarray(P)), view.T.ravel()
    if P.size > FEW or not np.isin(T, (0, 1)).all():
        return ""
    terms = " + ".join(
        rf"\ln {arrays.show(p)}" if t else rf"\ln (1 - {arrays.show(p)})" for p, t in zip(P, T, strict=True)
    )
    return (
        rf"-{terms}"
        if P.size == 1
        else rf"-\frac{{1}}{{{share}}} \left( {terms} \right)"
        if share > 1
        else rf"-\left( {terms} \right)"
    )
