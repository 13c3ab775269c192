"""Bounds on untrusted text and on what may be computed from it; each is checked before the work is done."""

from fractions import Fraction

from grader.answer import Unreadable

LENGTH = 2_000  # characters of a number or formula
LONG = 20_000  # characters of a matrix
DEPTH = 40  # brackets in brackets
DIGITS = 60  # of one number
EXPONENT = 400  # of ten, in scientific notation
BITS = 4_096  # of a numerator or denominator
FACTORIAL = 170  # beyond it a float overflows
TERMS = 1_000  # of a sum over an index


class Oversize(Exception):  # noqa: N818 - an exact value gives way to a float
    """An exact value would become too large to keep."""


def check_length(text: str, limit: int = LENGTH) -> None:
    """Refuse a text of more than `limit` characters."""
    if len(text) > limit:
        raise Unreadable(
            f"The answer has {len(text)} characters; at most {limit} are read.", limit, len(text), code="too-long"
        )


def check_size(value: Fraction) -> Fraction:
    """Pass a fraction on, or raise `Oversize` if it has too many digits."""
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > BITS:
        raise Oversize
    return value


def bounded_power(base: Fraction, exponent: int) -> Fraction:
    """Raise a fraction to a whole power, or raise `Oversize` before the result is computed.

    >>> bounded_power(Fraction(2, 3), -2)
    Fraction(9, 4)
    """
    bits = max(base.numerator.bit_length(), base.denominator.bit_length())
    if bits > 1 and abs(exponent) * bits > BITS:
        raise Oversize
    return check_size(base ** (exponent if bits > 1 else exponent % 2 if base else exponent))
