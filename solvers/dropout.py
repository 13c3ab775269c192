"""Dropout by hand. Probabilities say their meaning: `keep` is that of staying, `drop` that of being dropped.

Each `…_steps` function returns the working, the function beside it only the value.
"""

from math import comb

import numpy as np
from numpy.typing import ArrayLike

from solvers.arrays import Array, real, show
from solvers.worked import Step, Worked, worked


def train_output(x: ArrayLike, mask: ArrayLike, keep: float, inverted: bool = True) -> Array:
    """Output in training: x · mask, divided by the probability to keep where `inverted`.

    >>> train_output([1, 2, 3], [1, 0, 1], keep=0.5).tolist()
    [2.0, 0.0, 6.0]
    """
    return np.asarray(real(x, "x") * real(mask, "the mask") / (_share(keep) if inverted else 1))


def train_output_steps(x: ArrayLike, mask: ArrayLike, keep: float, inverted: bool = True) -> Worked:
    """Work out dropout in training."""
    value, x, m = train_output(x, mask, keep, inverted), real(x, "x"), real(mask, "the mask")
    steps = [Step("The mask removes the dropped entries.", r"x \odot m", rf"{show(x)} \odot {show(m)}", show(x * m),
                  "masked" if inverted else "y")]  # fmt: skip
    if inverted:
        steps.append(Step("The survivors are enlarged so that the expected sum stays what it was; at inference nothing "
                          "is left to do.", r"\frac{x \odot m}{p_\text{keep}}", rf"\frac{{{show(x * m)}}}{{{show(keep)}}}",
                          show(value), "y"))  # fmt: skip
    return worked(value, steps)


def inference_output(x: ArrayLike, keep: float, inverted: bool = True) -> Array:
    """Output at inference: x itself when training was inverted, else x times the probability to keep.

    >>> inference_output([10, 20], keep=0.5, inverted=False).tolist()
    [5.0, 10.0]
    """
    return np.asarray(real(x, "x") * (1 if inverted else _share(keep)))


def inference_output_steps(x: ArrayLike, keep: float, inverted: bool = True) -> Worked:
    """Work out dropout at inference."""
    value, x = inference_output(x, keep, inverted), real(x, "x")
    if inverted:
        return worked(value, (Step("Inverted dropout did all scaling in training: at inference the input passes as it "
                                   "is.", "y = x", "", show(value), "y"),))  # fmt: skip
    return worked(value, (
        Step("Nothing is dropped now, so the next layer would see more than it was trained on. Scale to what it saw "
             "on average: the probability to keep.", r"y = p_\text{keep}\, x", rf"{show(keep)} \cdot {show(x)}", show(value),
             "y"),
    ))  # fmt: skip


def drop_counts(units: int, drop: float, dropped: int) -> dict[str, float]:
    """Expected number of dropped units, and the probability that exactly so many are.

    >>> drop_counts(4, 0.5, 2)
    {'expected': 2.0, 'exactly': 0.375}
    """
    exactly = comb(units, dropped) * _share(drop) ** dropped * (1 - drop) ** (units - dropped)
    return {"expected": units * drop, "exactly": exactly}


def drop_counts_steps(units: int, drop: float, dropped: int) -> Worked:
    """Work out how many units dropout drops."""
    found, p = drop_counts(units, drop, dropped), show(drop)
    return worked(found, (
        Step("Every unit is dropped independently: on average the share $p$.", "n p", rf"{units} \cdot {p}",
             show(found["expected"]), "expected"),
        Step("Exactly $k$ is one outcome among many: choose which ones, each dropped, the others kept.",
             r"\binom{n}{k} p^k (1 - p)^{n - k}",
             rf"{comb(units, dropped)} \cdot {p}^{{{dropped}}} \cdot {show(1 - drop)}^{{{units - dropped}}}",
             show(found["exactly"]), "exactly"),
    ))  # fmt: skip


def _share(probability: float) -> float:
    if not 0 < probability <= 1:
        raise ValueError(f"the probability must lie in (0, 1], got {probability}")
    return probability
