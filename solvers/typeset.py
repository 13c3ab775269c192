"""Numbers and arrays as LaTeX."""

from typing import Any

import numpy as np


def number(value: Any, decimals: int | None = None) -> str:
    """Typeset one number: as short as its value allows, or rounded to so many decimals.

    >>> number(0.1 + 0.2), number(3.0), number(-2.5), number(2 / 3, 2), number(1e-9)
    ('0.3', '3', '-2.5', '0.67', '1 \\\\cdot 10^{-9}')
    """
    if isinstance(value, bool | np.bool_):
        return r"\text{true}" if value else r"\text{false}"
    if isinstance(value, int | np.integer):
        return str(int(value))
    value = float(value)
    if not np.isfinite(value):
        return r"\text{NaN}" if np.isnan(value) else ("-" if value < 0 else "") + r"\infty"
    return _fixed(value, decimals) if decimals is not None else _shortest(value)


def array(values: Any, decimals: int | None = None) -> str:
    """Typeset a scalar, a vector (as a row) or a matrix; higher ranks become rows of blocks.

    >>> array([[1, 2], [3, 4.5]])
    '\\\\begin{bmatrix} 1 & 2 \\\\\\\\ 3 & 4.5 \\\\end{bmatrix}'
    """
    values = np.asarray(values)
    if values.ndim == 0:
        return number(values.item(), decimals)
    if values.ndim > 2:
        return r"\left( " + r",\; ".join(array(block, decimals) for block in values) + r" \right)"
    rows = np.atleast_2d(values)
    lines = (" & ".join(number(entry, decimals) for entry in row) for row in rows)
    return r"\begin{bmatrix} " + r" \\ ".join(lines) + r" \end{bmatrix}"


def shape(sizes: Any) -> str:
    """Typeset a shape as a product of its sizes.

    >>> shape((8, 192)), shape((16,))
    ('8 \\\\times 192', '(16,)')
    """
    sizes = tuple(int(size) for size in sizes)
    return rf"({sizes[0]},)" if len(sizes) == 1 else r" \times ".join(map(str, sizes)) or "()"


def typeset(value: Any) -> str:
    """Typeset whatever a parameter or an answer may be: text, number, array, or a list of these."""
    if isinstance(value, str):
        return rf"\text{{{value}}}"
    return array(value)


def _fixed(value: float, decimals: int) -> str:
    text = f"{value:.{decimals}f}"
    return text.lstrip("-") if float(text) == 0 else text


def _shortest(value: float) -> str:
    if value == 0:
        return "0"
    text = f"{value:.10g}"
    if "e" not in text:
        return text
    mantissa, exponent = text.split("e")
    return rf"{mantissa} \cdot 10^{{{int(exponent)}}}"
