"""Products and sums of matrices in the sense of mathematics, with vectors of ones whose length is understood."""

import ast
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from grader.programs.arithmetic import combine
from grader.programs.arrays import broadcast, failed
from grader.programs.meter import Meter


class Unsized(NamedTuple):
    """A multiple of a vector of ones (a column, or transposed a row) or identity whose length its neighbours tell."""

    identity: bool = False
    row: bool = False
    factor: float = 1.0

    def times(self, number: Any) -> "Unsized":
        """Multiply by a number."""
        return self._replace(factor=self.factor * float(number))


def multiplied(sign: str, left: Any, right: Any, numpy: bool, meter: Meter) -> Any:
    """Multiply or divide two values as the sign between them says; raises `Unreadable` where they do not fit.

    `*` is element-wise where the shapes allow it, and always if `numpy`; no sign, `@`, `·` and `×` multiply
    matrices; `⊙` and `/` are element-wise.
    """
    if isinstance(left, Unsized) or isinstance(right, Unsized):
        return _with_unsized(sign, left, right, meter)
    if sign in ("/", "frac"):
        return combine(ast.Div, left, right, meter)
    if np.ndim(left) == 0 or np.ndim(right) == 0 or sign == "⊙" or (sign == "*" and (numpy or _fits(left, right))):
        if sign == "*" and not _fits(left, right) and _chains(left, right):
            raise failed("multiplies entry by entry, and the shapes do not fit: for the matrix product write @.")
        return combine(ast.Mult, left, right, meter)
    return _matrix_product(left, right, meter)


def added(terms: Iterable[tuple[type[ast.operator], Any]], meter: Meter) -> Any:
    """Add and subtract terms that have one shape or broadcast; a lone identity gets theirs."""
    listed, total = list(terms), None
    shape: tuple[int, ...] = ()
    for _, term in listed:
        shape = shape if isinstance(term, Unsized) else broadcast(shape, np.shape(term))
    for sign, term in listed:
        value = _filled(term, shape) if isinstance(term, Unsized) else term
        total = combine(sign, 0.0 if total is None else total, value, meter)
    return total


def transposed(value: Any) -> Any:
    """Transpose a matrix; a vector without orientation becomes a row."""
    if isinstance(value, Unsized):
        return value._replace(row=not value.row)
    return value[None, :] if np.ndim(value) == 1 else np.transpose(value)


def _matrix_product(left: Any, right: Any, meter: Meter) -> Any:
    if np.ndim(left) == 1 and np.ndim(right) == 2 and len(right) == 1 != len(left):
        return combine(ast.Mult, left[:, None], right, meter)  # a column times a row
    if not _chains(left, right) and 1 in (np.size(left), np.size(right)):
        return combine(ast.Mult, left, right, meter)  # a 1×1 matrix is a number
    result = combine(ast.MatMult, left, right, meter)
    return result[0] if np.shape(result) == (1,) else result


def _fits(left: Any, right: Any) -> bool:
    shapes = zip(np.shape(left)[::-1], np.shape(right)[::-1], strict=False)
    return all(one == other or 1 in (one, other) for one, other in shapes)


def _chains(left: Any, right: Any) -> bool:
    facing = np.shape(right)[-2 if np.ndim(right) > 1 else 0] if np.ndim(right) else 0
    return bool(np.ndim(left) and np.shape(left)[-1] == facing)


def _with_unsized(sign: str, left: Any, right: Any, meter: Meter) -> Any:
    if isinstance(right, Unsized) and sign in ("/", "frac"):
        raise failed("divides by ones or an identity.")
    if isinstance(left, Unsized) and isinstance(right, Unsized):
        if not (left.identity or right.identity):
            raise failed("has two vectors of ones of unknown length: write 1_N.")
        return right.times(left.factor) if left.identity else left.times(right.factor)
    special, other = (left, right) if isinstance(left, Unsized) else (right, left)
    if np.ndim(other) == 0:
        return special.times(1 / other if sign in ("/", "frac") else other)
    if special.identity or (special is left and not special.row and np.shape(other)[0] == 1):
        return combine(ast.Mult, special.factor, other, meter)  # for ones times a row, sums broadcast it
    return _with_ones(special, other, special is left, meter)


def _with_ones(ones: Unsized, other: Any, first: bool, meter: Meter) -> Any:
    if ones.row != first:
        raise failed("has a vector of ones of unknown length: write 1_N.")
    length = np.shape(other)[0 if first else -1]
    vector = np.full((1, length) if first else (length, 1), ones.factor)
    return _matrix_product(vector, other, meter) if first else _matrix_product(other, vector, meter)


def _filled(value: Unsized, shape: tuple[int, ...]) -> Any:
    if not value.identity:
        return value.factor
    if len(shape) != 2 or shape[0] != shape[1]:
        raise failed("needs a square matrix beside the identity.")
    return value.factor * np.eye(shape[0])
