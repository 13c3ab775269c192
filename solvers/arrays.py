"""What solvers accept as numbers, and the LaTeX pieces their steps are made of."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from solvers.typeset import array
from solvers.worked import Shape

Array = NDArray[np.float64]
Shapes = tuple[tuple[str, Shape], ...]
DIGITS = 6


def real(values: ArrayLike, name: str = "the array") -> Array:
    """Read numbers as a float64 array; raise ValueError for NaN, infinity or ragged rows.

    >>> real([[1, 2]]).shape
    (1, 2)
    """
    try:
        result = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} must be numbers in rows of equal length, got {values!r}") from error
    if not np.isfinite(result).all():
        raise ValueError(f"{name} must be finite, got {values!r}")
    return result


def matrix(values: ArrayLike, name: str = "the matrix") -> Array:
    """Read a matrix; a single number or a flat list becomes one row.

    >>> matrix([1, 2]).shape
    (1, 2)
    """
    result = np.atleast_2d(real(values, name))
    if result.ndim != 2:
        raise ValueError(f"{name} must be a matrix, got an array of shape {result.shape}")
    return result


def vector(values: ArrayLike, name: str = "the vector") -> Array:
    """Read a vector; a matrix of one row or one column is flattened.

    >>> vector([[1, 2, 3]]).shape
    (3,)
    """
    result = np.atleast_1d(real(values, name))
    if result.size != max(result.shape, default=0):
        raise ValueError(f"{name} must be one row of numbers, got an array of shape {result.shape}")
    return result.ravel()


def show(values: Any) -> str:
    """Typeset a number or an array to six significant digits; rounding noise beside larger entries becomes 0.

    >>> show(1 / 3), show([1.0, 1e-18])
    ('0.333333', '\\\\begin{bmatrix} 1 & 0 \\\\end{bmatrix}')
    """
    values = np.asarray(values)
    if values.dtype.kind != "f":
        return array(values.astype(int) if values.dtype.kind == "b" else values)
    noise = 1e-14 * np.abs(values).max(initial=0.0)
    rounded = [0.0 if abs(v) <= noise else float(f"{v:.{DIGITS}g}") for v in values.ravel().tolist()]
    return array(np.reshape(rounded, values.shape))


def signed(value: Any) -> str:
    """Typeset a number so that it can follow an operator: negative ones in brackets.

    >>> signed(2), signed(-0.5)
    ('2', '(-0.5)')
    """
    return f"({show(value)})" if np.asarray(value).ndim == 0 and value < 0 else show(value)


def total(terms: Iterable[Any]) -> str:
    """Typeset a sum of numbers.

    >>> total([1, -2, 3])
    '1 - 2 + 3'
    """
    return _leading(" ".join(f"- {show(-term)}" if term < 0 else f"+ {show(term)}" for term in terms))


def dots(left: Iterable[Any], right: Iterable[Any]) -> str:
    """Typeset a sum of products, term by term.

    >>> dots([1, -2], [3, 4])
    '1 \\\\cdot 3 + (-2) \\\\cdot 4'
    """
    return " + ".join(rf"{signed(a)} \cdot {signed(b)}" for a, b in zip(left, right, strict=True))


def product(factors: Iterable[Any]) -> str:
    """Typeset a product of numbers.

    >>> product([2, -3, 4])
    '2 \\\\cdot (-3) \\\\cdot 4'
    """
    return r" \cdot ".join(signed(factor) for factor in factors)


def shapes(**arrays: ArrayLike) -> Shapes:
    """Name the shapes of arrays for a step.

    >>> shapes(X=[[1, 2]])
    (('X', (1, 2)),)
    """
    return tuple((name, tuple(np.shape(values))) for name, values in arrays.items())


def _leading(text: str) -> str:
    if text.startswith("+ "):
        return text[2:]
    return "-" + text[2:] if text.startswith("- ") else text or "0"
