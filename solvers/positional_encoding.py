"""Sinusoidal positional encoding: entries, tables, and why a shift is a rotation.

Positions and dimensions count from 0; even dimensions hold sines, odd ones cosines of the same angle.
"""

from math import cos, sin

import numpy as np

from solvers.arrays import Array, show
from solvers.worked import Step, Worked, worked


def angle(position: int, dimension: int, width: int, base: float = 10000.0) -> float:
    """Angle behind one entry: pos / base^(2⌊k/2⌋ / width).

    >>> angle(3, 0, 8), angle(3, 3, 4)
    (3.0, 0.03)
    """
    if not 0 <= dimension < width or position < 0:
        raise ValueError(
            f"expected a dimension from 0 to {width - 1} and a position from 0, got {dimension} and {position}"
        )
    return float(position / base ** (2 * (dimension // 2) / width))


def encoding(position: int, dimension: int, width: int, base: float = 10000.0) -> float:
    """One entry of the positional encoding.

    >>> encoding(0, 0, 4), encoding(0, 1, 4)
    (0.0, 1.0)
    """
    turn = cos if dimension % 2 else sin
    return turn(angle(position, dimension, width, base))


def encoding_steps(position: int, dimension: int, width: int, base: float = 10000.0) -> Worked:
    """Work out one entry of the positional encoding."""
    value, at = encoding(position, dimension, width, base), angle(position, dimension, width, base)
    even, name = 2 * (dimension // 2), "cos" if dimension % 2 else "sin"
    return worked(value, (
        Step(f"Dimensions come in pairs of a sine and a cosine with one wavelength; dimension {dimension} is the "
             f"{'second' if dimension % 2 else 'first'} of its pair.", r"2i = 2 \lfloor k / 2 \rfloor",
             rf"2 \lfloor {dimension} / 2 \rfloor", str(even), "pair"),
        Step("The wavelengths grow with the dimension; this is the angle at the position.",
             r"\omega = \frac{\text{pos}}{10000^{2i / d}}".replace("10000", f"{base:g}"),
             rf"\frac{{{position}}}{{{base:g}^{{{even} / {width}}}}}", show(at), "angle"),
        Step(f"{'Odd dimensions take the cosine' if dimension % 2 else 'Even dimensions take the sine'} (in radians).",
             rf"\{name} \omega", rf"\{name} {show(at)}", show(value), "entry"),
    ))  # fmt: skip


def encoding_table(tokens: int, width: int, base: float = 10000.0) -> Array:
    """All entries: one row per position.

    >>> encoding_table(2, 2).round(4).tolist()
    [[0.0, 1.0], [0.8415, 0.5403]]
    """
    return np.array([[encoding(position, k, width, base) for k in range(width)] for position in range(tokens)])


def shift_matrix(offset: int, width: int, base: float = 10000.0) -> Array:
    """Matrix R with encoding(pos + offset) = encoding(pos) · R for every position: a rotation of each pair.

    >>> shift_matrix(1, 2).round(4).tolist()
    [[0.5403, -0.8415], [0.8415, 0.5403]]
    """
    if width % 2:
        raise ValueError(f"the width must be even, got {width}")
    R = np.zeros((width, width))
    for k in range(0, width, 2):
        turn = angle(offset, k, width, base)
        R[k : k + 2, k : k + 2] = [[cos(turn), -sin(turn)], [sin(turn), cos(turn)]]
    return R
