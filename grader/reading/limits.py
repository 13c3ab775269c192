"""Bounds on untrusted text and on what may be computed from it; each is checked before the work is done."""

from grader.answer import Unreadable

LENGTH = 2_000  # characters of a number or formula
LONG = 20_000  # characters of a matrix
DEPTH = 40  # brackets in brackets
DIGITS = 60  # of one number
EXPONENT = 400  # of ten, in scientific notation
BITS = 4_096  # of a numerator or denominator
FACTORIAL = 170  # beyond it a float overflows
TERMS = 1_000  # of a sum over an index …
STEPS = 5_000  # … and parts of formulas computed for all of them


def check_length(text: str, limit: int = LENGTH) -> None:
    """Refuse a text of more than `limit` characters."""
    if len(text) > limit:
        raise Unreadable(f"The answer has {len(text)} characters; at most {limit} are read.", code="too-long")
