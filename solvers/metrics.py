"""Accuracy and its relatives by hand. Classes are numbers from 0; shares lie in [0, 1].

Each `…_steps` function returns the working, the function beside it only the values.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from solvers.arrays import matrix, real, show, vector
from solvers.worked import Step, Worked, worked


def ranks(scores: ArrayLike, targets: ArrayLike) -> NDArray[np.int_]:
    """How many classes score higher than the true one, for each row of scores.

    >>> ranks([[0.1, 0.7, 0.2], [0.5, 0.3, 0.2]], [2, 0]).tolist()
    [1, 0]
    """
    S, t = matrix(scores, "the scores"), vector(targets, "the targets").astype(int)
    if len(S) != len(t) or (t < 0).any() or (t >= S.shape[1]).any():
        raise ValueError(
            f"expected one class from 0 to {S.shape[1] - 1} for each of {len(S)} rows, got {t.tolist()}"
        )
    return np.asarray((S[np.arange(len(S)), t][:, None] < S).sum(axis=1))


def top_k(scores: ArrayLike, targets: ArrayLike, k: int) -> dict[str, float]:
    """Top-1 accuracy, top-k accuracy and top-k error.

    >>> top_k([[0.1, 0.7, 0.2], [0.5, 0.3, 0.2]], [2, 0], k=2)
    {'top1': 0.5, 'topk': 1.0, 'error': 0.0}
    """
    above = ranks(scores, targets)
    hit = float((above < k).mean())
    return {"top1": float((above < 1).mean()), "topk": hit, "error": 1 - hit}


def top_k_steps(scores: ArrayLike, targets: ArrayLike, k: int) -> Worked:
    """Work out top-1 and top-k accuracy sample by sample."""
    found, above, S, t = (
        top_k(scores, targets, k),
        ranks(scores, targets),
        matrix(scores),
        vector(targets).astype(int),
    )
    steps = [
        Step(f"Sample {i + 1}: the true class {t[i]} scores {show(S[i, t[i]])}; classes that score higher: {n}"
             f"{', so it is first' if n == 0 else f', so it is among the first {k}' if n < k else ''}.", "", f"{n} + 1",
             str(n + 1), f"place{i + 1}")
        for i, n in enumerate(above.tolist())
    ]  # fmt: skip
    count, first, within = len(above), int((above < 1).sum()), int((above < k).sum())
    return worked(found, (
        *steps,
        Step("Top-1 counts the samples whose true class is first.", "", rf"\frac{{{first}}}{{{count}}}", show(found["top1"]),
             "top1"),
        Step(f"Top-{k} counts those whose true class is among the first {k}.", "", rf"\frac{{{within}}}{{{count}}}",
             show(found["topk"]), "topk"),
        Step("The error is the rest.", "", f"1 - {show(found['topk'])}", show(found["error"]), "error"),
    ))  # fmt: skip


def binary_counts(predictions: ArrayLike, labels: ArrayLike) -> dict[str, int]:
    """True and false positives and negatives of predictions 0 or 1.

    >>> binary_counts([1, 1, 0, 0, 1], [1, 0, 0, 1, 1])
    {'tp': 2, 'fp': 1, 'fn': 1, 'tn': 1}
    """
    p, y = real(predictions, "the predictions") == 1, real(labels, "the labels") == 1
    return {
        "tp": int((p & y).sum()),
        "fp": int((p & ~y).sum()),
        "fn": int((~p & y).sum()),
        "tn": int((~p & ~y).sum()),
    }


def binary_metrics(predictions: ArrayLike, labels: ArrayLike) -> dict[str, float]:
    """Accuracy, precision, recall and F1; a quotient by 0 counts as 0.

    >>> {name: round(value, 3) for name, value in binary_metrics([1, 1, 0, 0, 1], [1, 0, 0, 1, 1]).items()}
    {'accuracy': 0.6, 'precision': 0.667, 'recall': 0.667, 'f1': 0.667}
    """
    tp, fp, fn, tn = binary_counts(predictions, labels).values()
    precision, recall = _ratio(tp, tp + fp), _ratio(tp, tp + fn)
    f1 = _ratio(2 * precision * recall, precision + recall)
    return {"accuracy": _ratio(tp + tn, tp + fp + fn + tn), "precision": precision, "recall": recall, "f1": f1}


def binary_metrics_steps(predictions: ArrayLike, labels: ArrayLike) -> Worked:
    """Work out accuracy, precision, recall and F1."""
    found, (tp, fp, fn, tn) = binary_metrics(predictions, labels), binary_counts(predictions, labels).values()
    precision, recall = show(found["precision"]), show(found["recall"])
    return worked(found, (
        Step("Count the four cases: hits, false alarms, misses, and correct rejections.", "TP, FP, FN, TN", "",
             f"{tp}, {fp}, {fn}, {tn}", "counts"),
        Step("Accuracy: all that is right.", r"\frac{TP + TN}{N}", rf"\frac{{{tp} + {tn}}}{{{tp + fp + fn + tn}}}",
             show(found["accuracy"]), "accuracy"),
        Step("Precision: how many of the alarms are right.", r"\frac{TP}{TP + FP}", rf"\frac{{{tp}}}{{{tp + fp}}}",
             precision, "precision"),
        Step("Recall: how many of the positives are found.", r"\frac{TP}{TP + FN}", rf"\frac{{{tp}}}{{{tp + fn}}}",
             recall, "recall"),
        Step("F1 is their harmonic mean.", r"\frac{2 P R}{P + R}",
             rf"\frac{{2 \cdot {precision} \cdot {recall}}}{{{precision} + {recall}}}", show(found["f1"]), "f1"),
    ))  # fmt: skip


def fit_diagnosis(training: float, validation: float, high: float = 1.0, gap: float = 0.3) -> str:
    """Name what the final losses show: "underfitting", "overfitting", "leaking validation" or "good fit".

    A training loss above `high` is high; a difference above `gap` is large.

    >>> fit_diagnosis(0.1, 1.2), fit_diagnosis(1.8, 1.85), fit_diagnosis(1.8, 1.2), fit_diagnosis(0.1, 0.15)
    ('overfitting', 'underfitting', 'leaking validation', 'good fit')
    """
    if validation - training > gap:
        return "overfitting"
    if training - validation > gap:
        return "leaking validation"
    return "underfitting" if training > high else "good fit"


def fit_diagnosis_steps(training: float, validation: float, high: float = 1.0, gap: float = 0.3) -> Worked:
    """Work out what the final losses show."""
    result, difference = fit_diagnosis(training, validation, high, gap), validation - training
    meaning = {
        "overfitting": "The validation loss is far above the training loss: the network has learnt the training data by heart.",
        "underfitting": "Both are high and close together: the network has not even learnt the training data.",
        "leaking validation": "The validation loss is far below the training loss: the validation data is easier or has leaked.",
        "good fit": "Both are low and close together.",
    }
    return worked(result, (
        Step("The gap between the two losses.", r"L_\text{val} - L_\text{train}", f"{show(validation)} - {show(training)}",
             show(round(difference, 12)), "gap"),
        Step(meaning[result], "", "", rf"\text{{{result}}}", "diagnosis"),
    ))  # fmt: skip


def _ratio(above: float, below: float) -> float:
    return above / below if below else 0.0
