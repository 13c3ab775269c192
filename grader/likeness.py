"""How an array resembles the right one: equal, reshaped, transposed, of the other sign, off by a factor."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from grader.answer import Slip

Array = np.ndarray[Any, np.dtype[Any]]
_FACTORS = {2.0: "2", 0.5: "1/2", 4.0: "4", 0.25: "1/4"}


class Case(NamedTuple):
    """A student's array beside the right one, and the sizes of the dimensions they were computed with."""

    mine: Array
    right: Array
    sizes: Mapping[str, int]


def equal(mine: Array, right: Array, tolerance: float) -> bool:
    """Tell whether shapes agree, and values to the tolerance relative to the largest; nan equals nan.

    >>> equal(np.array([1.0]), np.array([1.0 + 1e-12]), 1e-9), equal(np.ones((1, 2)), np.ones(2), 1e-9)
    (True, False)
    """
    return mine.shape == right.shape and close(mine, right, tolerance)


def close(mine: Array, right: Array, tolerance: float) -> bool:
    """Tell whether values agree, shapes broadcast together."""
    finite = np.abs(right[np.isfinite(right)])
    scale = float(finite.max(initial=0.0)) or 1.0
    return bool(np.allclose(mine, right, rtol=0, atol=tolerance * scale, equal_nan=True))


def describe_difference(case: Case, tolerance: float) -> tuple[str, str]:
    """Give a code and a sentence on the first thing that differs."""
    mine, right = case.mine, case.right
    if mine.shape != right.shape:
        return "wrong-shape", f"The result is {shape_words(mine.shape)}; it should be {shape_words(right.shape)}."
    if np.isnan(mine).any() and not np.isnan(right).any():
        return (
            "not-a-number",
            "The result has entries that are no numbers (nan): a division by zero, or the log of a negative?",
        )
    scale = float(np.abs(right).max(initial=0.0)) or 1.0
    apart = ~np.isclose(mine, right, rtol=0, atol=tolerance * scale, equal_nan=True)
    place = tuple(int(axis[0]) for axis in np.nonzero(np.atleast_1d(apart)))
    got, wanted = np.atleast_1d(mine)[place], np.atleast_1d(right)[place]
    where = f" at [{', '.join(map(str, place))}]" if mine.shape else ""
    return "wrong-value", f"On test numbers{where}, yours is {got:.4g} and {wanted:.4g} was expected."


def shape_words(shape: tuple[int, ...]) -> str:
    """Write a shape: `8×192`, `a vector of 3`, `a single number`."""
    if not shape:
        return "a single number"
    return f"a vector of {shape[0]}" if len(shape) == 1 else "×".join(map(str, shape))


def usual_slips(cases: Sequence[Case], tolerance: float, reshaped: float) -> tuple[Slip, ...]:
    """Name what the student's arrays are in every case: reshaped (earns `reshaped`), transposed, and so on."""
    looks: dict[str, tuple[Callable[[Case], bool], str]] = {
        "reshaped": (
            lambda case: (
                case.mine.size == case.right.size
                and equal(case.mine.reshape(case.right.shape), case.right, tolerance)
            ),
            "The values are right, but not the shape.",
        ),
        "sign": (lambda case: equal(-case.mine, case.right, tolerance), "The sign is the other way round."),
        "transposed": (
            lambda case: case.mine.ndim > 1 and equal(case.mine.T, case.right, tolerance),
            "This is the transpose of the right result.",
        ),
    }
    seen = [name for name, (look, _) in looks.items() if all(map(look, cases))]
    slips = tuple(Slip(name, None, looks[name][1], reshaped * (name == "reshaped")) for name in seen)
    return slips or _factor_slip(cases, tolerance)


def _factor_slip(cases: Sequence[Case], tolerance: float) -> tuple[Slip, ...]:
    factors = [factor for case in cases if (factor := _factor(case, tolerance)) is not None]
    if len(factors) < len(cases):
        return ()
    if np.allclose(factors, factors[0]):
        text = _FACTORS.get(round(factors[0], 6), "")
        return (Slip("factor", None, f"The result is {text} times the right one."),) if text else ()
    for name in sorted({name for case in cases for name in case.sizes}):
        lengths = np.array([case.sizes[name] for case in cases])
        if np.allclose(factors, lengths):
            return (
                Slip("factor", None, f"The result is {name} times too large: the factor 1/{name} is missing."),
            )
        if np.allclose(factors, 1 / lengths):
            return (Slip("factor", None, f"The result is {name} times too small."),)
    return ()


def _factor(case: Case, tolerance: float) -> float | None:
    """Give the number that the right result is multiplied by in the student's; None if there is none."""
    size = float(np.vdot(case.right, case.right)) if case.mine.shape == case.right.shape else 0.0
    if not np.isfinite(size) or size == 0:
        return None
    factor = float(np.vdot(case.right, case.mine)) / size
    return factor if factor and equal(case.mine, factor * case.right, tolerance) else None
