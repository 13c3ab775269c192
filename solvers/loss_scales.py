"""How large a loss is: what it is divided by, what an outlier weighs, what clipping bounds.

Each `…_steps` function returns the working, the function beside it only the value. Logarithms are natural.
"""

from math import log, prod

from numpy.typing import ArrayLike

from solvers.arrays import matrix, show, total
from solvers.worked import Shape, Step, Worked, worked

RESIDUALS = {
    "entries": ("every entry has a residual", "all sizes"),
    "places": (
        "every place has one residual, because its classes share one cross-entropy",
        "all sizes but the channels",
    ),
    "samples": ("every sample has one residual, its own cross-entropy", "the batch only"),
}


def residual_count(shape: Shape, kind: str) -> int:
    """Residuals of a tensor (batch, channels, …): its "entries" (images compared), "places" (a class for each pixel)
    or "samples" (a class for each image).

    >>> [residual_count((2, 3, 4, 4), kind) for kind in ("entries", "places", "samples")]
    [96, 32, 2]
    """
    if kind not in RESIDUALS:
        raise ValueError(f"the kind must be one of {', '.join(RESIDUALS)}; got {kind!r}")
    return {"entries": prod(shape), "places": shape[0] * prod(shape[2:]), "samples": shape[0]}[kind]


def residual_count_steps(shape: Shape, kind: str) -> Worked:
    """Work out by what number a mean loss is divided."""
    result, (why, sizes) = residual_count(shape, kind), RESIDUALS[kind]
    factors = {"entries": shape, "places": (shape[0], *shape[2:]), "samples": shape[:1]}[kind]
    return worked(result, (
        Step(f"A mean divides by the number of residuals: {why}. So count {sizes}.", "N",
             r" \cdot ".join(map(str, factors)), str(result), "residuals"),
    ))  # fmt: skip


def squared_scales(outputs: ArrayLike, targets: ArrayLike) -> dict[str, float]:
    """Squared error per sample (sum over features, mean over rows), per entry (mean over all), and their ratio.

    >>> squared_scales([[1, 2], [3, 4]], [[0, 0], [0, 0]])
    {'per_sample': 15.0, 'per_entry': 7.5, 'ratio': 2.0}
    """
    squares = (matrix(outputs, "the outputs") - matrix(targets, "the targets")) ** 2
    per_sample, per_entry = float(squares.sum(axis=1).mean()), float(squares.mean())
    return {"per_sample": per_sample, "per_entry": per_entry, "ratio": float(squares.shape[1])}


def squared_scales_steps(outputs: ArrayLike, targets: ArrayLike) -> Worked:
    """Work out two means of one squared error."""
    found, squares = squared_scales(outputs, targets), (matrix(outputs) - matrix(targets)) ** 2
    rows, columns = squares.shape
    return worked(found, (
        Step("The squared residuals.", r"r^2", "", show(squares), "squares"),
        Step("Added up within each sample, then the mean over the samples.", r"\frac{1}{N} \sum_n \sum_d r_{nd}^2",
             rf"\frac{{{total(squares.sum(axis=1))}}}{{{rows}}}", show(found["per_sample"]), "per_sample"),
        Step("The mean over all entries divides by the features as well.", r"\frac{1}{N D} \sum_n \sum_d r_{nd}^2",
             rf"\frac{{{show(squares.sum())}}}{{{rows} \cdot {columns}}}", show(found["per_entry"]), "per_entry"),
        Step("So they differ by the number of features, and so do their gradients.", "D", "", show(found["ratio"]),
             "ratio"),
    ))  # fmt: skip


def clipped_bound(digits: int) -> float:
    """Largest cross-entropy of one sample when probabilities are clipped to at least 10^(−digits).

    >>> round(clipped_bound(7), 3)
    16.118
    """
    return digits * log(10)


def clipped_bound_steps(digits: int) -> Worked:
    """Work out the largest loss that clipping leaves possible."""
    value = clipped_bound(digits)
    return worked(value, (
        Step("The worst case puts the smallest allowed probability on the true class.", r"p = 10^{-k}", "",
             rf"10^{{-{digits}}}"),
        Step("Its negative natural logarithm.", r"-\ln 10^{-k} = k \ln 10", rf"{digits} \cdot {show(log(10))}",
             show(value), "L"),
    ))  # fmt: skip


def outlier_shares(residual: float, outlier: float, count: int) -> dict[str, float]:
    """Share of one outlier in the squared and in the absolute error, beside `count` residuals of one size.

    >>> outlier_shares(1, 10, 100)
    {'squared': 0.5, 'absolute': 0.09090909090909091}
    """
    squares = outlier**2 + count * residual**2
    return {"squared": outlier**2 / squares, "absolute": abs(outlier) / (abs(outlier) + count * abs(residual))}


def outlier_shares_steps(residual: float, outlier: float, count: int) -> Worked:
    """Work out how much of the loss one outlier causes."""
    found = outlier_shares(residual, outlier, count)
    o, r = show(abs(outlier)), show(abs(residual))
    return worked(found, (
        Step("Squares let a large residual dominate.", r"\frac{o^2}{o^2 + n r^2}",
             rf"\frac{{{o}^2}}{{{o}^2 + {count} \cdot {r}^2}}", show(found["squared"]), "squared"),
        Step("Absolute values count it in proportion.", r"\frac{|o|}{|o| + n |r|}",
             rf"\frac{{{o}}}{{{o} + {count} \cdot {r}}}", show(found["absolute"]), "absolute"),
    ))  # fmt: skip
