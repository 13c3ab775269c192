"""Numbers in a walkthrough: in full where they fit on a page, else by shape and norm."""

from typing import Any

import numpy as np

from solvers import arrays
from solvers.engine.layer import Array
from solvers.typeset import shape as shape_latex

MOST_ENTRIES = 64
WIDEST = 10
ACROSS = 8
"""So many columns of numbers stand next to each other when matrices are put side by side."""


def fits(values: Any) -> bool:
    """Say whether an array is small enough to be shown in full."""
    values = np.asarray(values)
    return bool(values.size <= MOST_ENTRIES and (values.ndim == 0 or values.shape[-1] <= WIDEST))


def show(values: Any) -> str:
    """Typeset an array to six significant digits; a large one by its shape and its Euclidean norm.

    >>> show([[0.5, 1]]), show(np.ones((2, 200)))
    ('\\\\begin{bmatrix} 0.5 & 1 \\\\end{bmatrix}',
     '\\\\langle 2 \\\\times 200,\\\\; \\\\lVert \\\\cdot \\\\rVert = 20 \\\\rangle')
    """
    values = np.asarray(values)
    if fits(values):
        return arrays.show(values) if values.ndim < 3 else _blocks(values)
    norm = arrays.show(float(np.linalg.norm(values.astype(float))))
    return rf"\langle {shape_latex(values.shape)},\; \lVert \cdot \rVert = {norm} \rangle"


def _blocks(values: Array) -> str:
    """Typeset an array of more than two axes as its matrices, one after the other in rows that fit on a page."""
    matrices = [arrays.show(matrix) for matrix in values.reshape(-1, *values.shape[-2:])]
    if len(matrices) == 1:
        return matrices[0]
    most = max(ACROSS // values.shape[-1], 1)
    beside = max(count for count in range(1, most + 1) if values.shape[-3] % count == 0)
    rows = [" & ".join(matrices[start : start + beside]) for start in range(0, len(matrices), beside)]
    inner = r" \\ ".join(rows)
    return rf"\left( \begin{{matrix}} {inner} \end{{matrix}} \right)"


def grouped(values: Any) -> str:
    """Typeset something so that it can be a factor: a negative number in brackets."""
    values = np.asarray(values)
    return arrays.signed(values.item()) if values.ndim == 0 else show(values)


def product(*factors: Any, sign: str = r"\odot") -> str:
    """Join factors; nothing if they do not all fit into a formula: small, and matrices at most."""
    if not all(fits(factor) and np.ndim(factor) < 3 for factor in factors):
        return ""
    return f" {sign} ".join(map(grouped, factors)).replace("  ", " ")


def first(array: Array) -> str:
    """Give the index of an array's first entry.

    >>> first(np.zeros((2, 3)))
    '[0, 0]'
    """
    return str([0] * array.ndim)


def rows(array: Array) -> Array:
    """View an array as a matrix whose rows are single samples (or tokens).

    >>> rows(np.zeros((2, 3, 4))).shape, rows(np.zeros(4)).shape
    ((6, 4), (1, 4))
    """
    return array.reshape(-1, array.shape[-1])
