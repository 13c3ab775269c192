"""Scaling data: standardising and min-max scaling, with statistics of the training data.

The variance is the population variance (divided by N) unless `sample` asks for N − 1. Each `…_steps` function
returns the working, the function beside it only the value.
"""

import numpy as np
from numpy.typing import ArrayLike

from solvers.arrays import Array, real, show, signed, total, vector
from solvers.worked import Step, Worked, worked


def standardise(values: ArrayLike, training: ArrayLike, sample: bool = False) -> Array:
    """z-scores (x − mean) / std by the mean and standard deviation of the training data, column by column.

    >>> standardise([7], [1, 3, 5]).round(4).tolist(), standardise([7], [1, 3, 5], sample=True).tolist()
    ([2.4495], [2.0])
    """
    train = real(training, "the training data")
    deviation = train.std(axis=0, ddof=int(sample))
    if (deviation == 0).any():
        raise ValueError("a feature of the training data is constant: its standard deviation is 0")
    return np.asarray((real(values, "the values") - train.mean(axis=0)) / deviation)


def standardise_steps(value: float, training: ArrayLike, sample: bool = False) -> Worked:
    """Work out the z-score of a value by the training data's statistics."""
    train, z = vector(training, "the training data"), float(standardise(value, training, sample))
    mean, deviation = train.mean(), train.std(ddof=int(sample))
    squares = " + ".join(f"{signed(round(x - mean, 10))}^2" for x in train)
    count = f"{train.size} - 1" if sample else str(train.size)
    below = "N - 1" if sample else "N"
    return worked(z, (
        Step("Only the training data may be used for the statistics; anything else would leak. Its mean:",
             r"\mu = \frac{1}{N} \sum_i x_i", rf"\frac{{{total(train)}}}{{{train.size}}}", show(mean), "mean"),
        Step("Its standard deviation, with " + ("$N - 1$." if sample else "$N$ (population)."),
             rf"\sigma = \sqrt{{\frac{{1}}{{{below}}} \sum_i (x_i - \mu)^2}}",
             rf"\sqrt{{\frac{{{squares}}}{{{count}}}}}", show(deviation), "std"),
        Step("Distance from the mean, in standard deviations.", r"z = \frac{x - \mu}{\sigma}",
             rf"\frac{{{show(value)} - {signed(mean)}}}{{{show(deviation)}}}", show(z), "z"),
    ))  # fmt: skip


def rescale(values: ArrayLike, low: float, high: float, target: tuple[float, float] = (0.0, 1.0)) -> Array:
    """Min-max scaling: low becomes the target's first number, high its second.

    >>> rescale([0, 5, 10], 0, 10, (-1, 1)).tolist()
    [-1.0, 0.0, 1.0]
    """
    if high <= low:
        raise ValueError(f"the highest value must be above the lowest, got {low} and {high}")
    return np.asarray(target[0] + (target[1] - target[0]) * (real(values, "the values") - low) / (high - low))


def rescale_steps(value: float, low: float, high: float, target: tuple[float, float] = (0.0, 1.0)) -> Worked:
    """Work out min-max scaling of one value."""
    share, result = (value - low) / (high - low), float(rescale(value, low, high, target))
    a, b = target
    beyond = "" if 0 <= share <= 1 else " It lies outside this range, so the result lies outside the target interval, too."
    return worked(result, (
        Step(f"How far along is the value from the lowest to the highest?{beyond}",
             r"s = \frac{x - x_\text{min}}{x_\text{max} - x_\text{min}}",
             rf"\frac{{{show(value)} - {signed(low)}}}{{{show(high)} - {signed(low)}}}", show(share), "share"),
        Step("Go as far along the target interval.", "a + (b - a) s",
             rf"{show(a)} + ({show(b)} - {signed(a)}) \cdot {signed(share)}", show(result), "scaled"),
    ))  # fmt: skip
