"""Losses by hand. Every function says its reduction; logarithms are natural.

Each `…_steps` function returns the working, the function beside it only the value.
"""

import numpy as np
from numpy.typing import ArrayLike

from solvers.arrays import Array, matrix, real, show, signed, total, vector
from solvers.functions import sigmoid
from solvers.worked import Step, Worked, worked

NORMS = {"squared": (r"r_i^2", np.square), "absolute": (r"|r_i|", np.abs)}


def residual_loss(outputs: ArrayLike, targets: ArrayLike, kind: str = "squared", mean: bool = True) -> float:
    """Squared or absolute error: the mean over all residuals, or their sum.

    >>> residual_loss([1, 2], [3, 2]), residual_loss([1, 2], [3, 2], "absolute"), residual_loss([1], [3], mean=False)
    (2.0, 1.0, 4.0)
    """
    each = _norm(kind)[1](_residuals(outputs, targets))
    return float(each.mean() if mean else each.sum())


def residual_loss_steps(
    outputs: ArrayLike, targets: ArrayLike, kind: str = "squared", mean: bool = True
) -> Worked:
    """Work out the squared or absolute error of outputs against targets."""
    value, r = residual_loss(outputs, targets, kind, mean), _residuals(outputs, targets)
    formula, norm = _norm(kind)
    each = norm(r)
    steps = [
        Step("The residuals: output minus target.", r"r = \hat y - y", f"{show(real(outputs))} - {show(real(targets))}",
             show(r), "residuals"),
        Step("Signs must not cancel, so each counts by its " + ("square" if kind == "squared" else "size") + ".",
             formula, "", show(each), "each"),
        Step("Add them up.", rf"\sum_i {formula}", total(each.ravel()), show(each.sum()), "" if mean else "L"),
    ]  # fmt: skip
    if mean:
        steps.append(Step("Divide by the number of residuals, all entries counted.", rf"\frac{{1}}{{N}} \sum_i {formula}",
                          rf"\frac{{{show(each.sum())}}}{{{r.size}}}", show(value), "L"))  # fmt: skip
    return worked(value, steps)


def squared_gradient(outputs: ArrayLike, targets: ArrayLike, mean: bool = True) -> Array:
    """Gradient of the squared error at the outputs: 2r, divided by the number of residuals for the mean.

    >>> squared_gradient([1, 2], [3, 2]).tolist()
    [-2.0, 0.0]
    """
    r = _residuals(outputs, targets)
    return 2 * r / (r.size if mean else 1)


def squared_gradient_steps(outputs: ArrayLike, targets: ArrayLike, mean: bool = True) -> Worked:
    """Work out the gradient of the squared error at the outputs."""
    value, r = squared_gradient(outputs, targets, mean), _residuals(outputs, targets)
    front = rf"\frac{{2}}{{{r.size}}}" if mean else "2"
    return worked(value, (
        Step("The residuals: output minus target.", r"r = \hat y - y", "", show(r), "residuals"),
        Step("Each output appears in one square only: the power gives a factor 2"
             + (", the mean divides by the number of residuals." if mean else "."),
             r"\frac{\partial L}{\partial \hat y} = " + (r"\frac{2}{N} r" if mean else "2 r"),
             rf"{front} \cdot {show(r)}", show(value), "gradient"),
    ))  # fmt: skip


def binary_cross_entropy(probabilities: ArrayLike, labels: ArrayLike) -> float:
    """Mean of −y ln p − (1 − y) ln(1 − p); probabilities in (0, 1), labels in [0, 1].

    >>> round(binary_cross_entropy([0.8, 0.4], [1, 0]), 4)
    0.367
    """
    return float(_binary_terms(probabilities, labels).mean())


def binary_cross_entropy_steps(probabilities: ArrayLike, labels: ArrayLike) -> Worked:
    """Work out the mean binary cross-entropy."""
    value, each = binary_cross_entropy(probabilities, labels), _binary_terms(probabilities, labels)
    steps = [
        _binary_step(p, y, loss)
        for p, y, loss in zip(real(probabilities).ravel(), real(labels).ravel(), each, strict=True)
    ]
    return worked(value, (
        *steps,
        Step("The mean over the samples.", r"L = \frac{1}{N} \sum_n L_n", rf"\frac{{{total(each)}}}{{{each.size}}}",
             show(value), "L"),
    ))  # fmt: skip


def cross_entropy(P: ArrayLike, targets: ArrayLike) -> float:
    """Mean of −ln of the true class's probability; targets are class numbers or one-hot rows.

    >>> round(cross_entropy([[0.5, 0.5], [0.2, 0.8]], [0, 1]), 4)
    0.4581
    """
    return float(-np.log(_true(P, targets)).mean())


def cross_entropy_steps(P: ArrayLike, targets: ArrayLike) -> Worked:
    """Work out the mean cross-entropy from probabilities."""
    value, true = cross_entropy(P, targets), _true(P, targets)
    each = -np.log(true)
    return worked(value, (
        Step("The one-hot target picks the probability of the true class in every row; the others do not count.",
             r"p_{n, t_n}", "", show(true), "picked"),
        Step("Its negative logarithm: 0 for certainty, large for surprise.", r"L_n = -\ln p_{n, t_n}",
             r",\; ".join(rf"-\ln {show(p)}" for p in true), show(each), "each"),
        Step("The mean over the rows (not over rows times classes).", r"L = \frac{1}{R} \sum_n L_n",
             rf"\frac{{{total(each)}}}{{{each.size}}}", show(value), "L"),
    ))  # fmt: skip


def binary_logit_gradient(logits: ArrayLike, labels: ArrayLike, mean: bool = False) -> Array:
    """Gradient of sigmoid with binary cross-entropy at the logits: σ(z) − y, divided by their number for the mean.

    >>> binary_logit_gradient([0.0], [1]).tolist()
    [-0.5]
    """
    z, y = real(logits, "the logits"), real(labels, "the labels")
    return np.asarray((sigmoid(z) - y) / (z.size if mean else 1))


def binary_logit_gradient_steps(logit: float, label: float) -> Worked:
    """Work out the gradient of sigmoid with binary cross-entropy at one logit."""
    p, value = float(sigmoid(logit)), float(binary_logit_gradient(logit, label))
    return worked(value, (
        Step("The sigmoid gives the probability of class 1.", r"\hat y = \sigma(z)", rf"\sigma({show(logit)})", show(p),
             "p"),
        Step("The sigmoid's slope $\\hat y (1 - \\hat y)$ cancels against the loss's derivative "
             "$(\\hat y - y) / (\\hat y (1 - \\hat y))$: prediction minus label remains, so no slope is multiplied again.",
             r"\frac{\partial L}{\partial z} = \hat y - y", f"{show(p)} - {show(label)}", show(value), "dz"),
    ))  # fmt: skip


def smoothed_targets(targets: ArrayLike, classes: int, smoothing: float, others_only: bool = False) -> Array:
    """Label smoothing: the share is spread over all classes (ε/K), or over the others only (ε/(K − 1)).

    >>> smoothed_targets([1], 4, 0.4).tolist(), smoothed_targets([0], 3, 0.2, others_only=True).tolist()
    ([[0.1, 0.7, 0.1, 0.1]], [[0.8, 0.1, 0.1]])
    """
    hot = np.eye(classes)[vector(targets, "the targets").astype(int)]
    if others_only:
        return np.asarray(hot * (1 - smoothing) + (1 - hot) * smoothing / (classes - 1))
    return np.asarray(hot * (1 - smoothing) + smoothing / classes)


def multiclass_hinge(scores: ArrayLike, target: int, margin: float = 1.0, per_class: bool = False) -> float:
    """Σ max(0, sⱼ − s_y + margin) over the wrong classes; divided by the number of classes as PyTorch does.

    >>> multiclass_hinge([3.2, 5.1, -1.7], 0)
    2.8999999999999995
    """
    each = _violations(scores, target, margin)
    return float(each.sum() / (each.size if per_class else 1))


def multiclass_hinge_steps(scores: ArrayLike, target: int, margin: float = 1.0, per_class: bool = False) -> Worked:
    """Work out the multi-class hinge loss of one sample."""
    value, each, s = (
        multiclass_hinge(scores, target, margin, per_class),
        _violations(scores, target, margin),
        vector(scores),
    )
    steps = [
        Step(f"Class {j} should score at least the margin below the true class.", r"\max(0, s_j - s_y + \Delta)",
             rf"\max(0, {show(s[j])} - {signed(s[target])} + {show(margin)})", show(each[j]))
        for j in range(s.size) if j != target
    ]  # fmt: skip
    if per_class:
        end = Step("Add up and divide by the number of classes.", "", rf"\frac{{{show(each.sum())}}}{{{s.size}}}")
    else:
        end = Step("Add up.", "", total(each[np.arange(s.size) != target]))
    return worked(value, (*steps, Step(end.reason, end.formula, end.numbers, show(value), "L")))


def _norm(kind: str) -> tuple[str, np.ufunc]:
    if kind not in NORMS:
        raise ValueError(f"the kind must be one of {', '.join(NORMS)}; got {kind!r}")
    return NORMS[kind]


def _residuals(outputs: ArrayLike, targets: ArrayLike) -> Array:
    outputs, targets = real(outputs, "the outputs"), real(targets, "the targets")
    if outputs.shape != targets.shape:
        raise ValueError(f"outputs and targets must have one shape, got {outputs.shape} and {targets.shape}")
    return np.asarray(outputs - targets)


def _binary_terms(probabilities: ArrayLike, labels: ArrayLike) -> Array:
    p, y = real(probabilities, "the probabilities").ravel(), real(labels, "the labels").ravel()
    if p.shape != y.shape or ((p <= 0) | (p >= 1)).any() or ((y < 0) | (y > 1)).any():
        raise ValueError(
            f"expected as many probabilities in (0, 1) as labels in [0, 1], got {p.tolist()}, {y.tolist()}"
        )
    return np.asarray(-y * np.log(p) - (1 - y) * np.log1p(-p))


def _binary_step(p: float, y: float, loss: float) -> Step:
    if y in (0, 1):
        words = ("Label 1: the loss is that of the probability itself.", r"-\ln p", rf"-\ln {show(p)}") if y else (
            "Label 0: the loss is that of the other probability.", r"-\ln(1 - p)", rf"-\ln(1 - {show(p)})")  # fmt: skip
        return Step(*words, show(loss))
    return Step("A soft label weights both.", r"-y \ln p - (1 - y) \ln(1 - p)",
                rf"-{show(y)} \ln {show(p)} - {show(1 - y)} \ln {show(1 - p)}", show(loss))  # fmt: skip


def _true(P: ArrayLike, targets: ArrayLike) -> Array:
    P, targets = matrix(P, "the probabilities"), real(targets, "the targets")
    classes = targets.argmax(axis=1) if targets.ndim == 2 else targets.astype(int).ravel()
    if len(classes) != len(P) or (classes < 0).any() or (classes >= P.shape[1]).any():
        raise ValueError(
            f"expected one class from 0 to {P.shape[1] - 1} for each of {len(P)} rows, got {classes.tolist()}"
        )
    picked = P[np.arange(len(P)), classes]
    if (picked <= 0).any():
        raise ValueError("a true class has probability 0: clip the probabilities first")
    return np.asarray(picked)


def _violations(scores: ArrayLike, target: int, margin: float) -> Array:
    s = vector(scores, "the scores")
    if not 0 <= target < s.size:
        raise ValueError(f"the target must be a class from 0 to {s.size - 1}, got {target}")
    each = np.maximum(0, s - s[target] + margin)
    each[target] = 0
    return np.asarray(each)
