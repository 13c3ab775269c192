"""The budget of one run, spent before the work is done."""

import math
from collections.abc import Iterable

from grader.answer import Unreadable

STEPS = 60_000  # statements and operations
WORK = 6_000_000  # numbers computed, in all
LARGEST = 500_000  # numbers in one array
BITS = 62  # of a whole number
CALLS = 12  # functions in functions
NESTING = 8  # lists in lists
ITEMS = 20_000  # of one list; each counts like six numbers, for that is the room it takes


class Meter:
    """Counts the steps and numbers of one run; every method raises `Unreadable` once the budget is spent."""

    def __init__(self) -> None:
        self.steps, self.work = STEPS, WORK

    def step(self) -> None:
        """Pay for one operation."""
        self.steps -= 1
        if self.steps < 0:
            raise over(f"The program was stopped after {STEPS} steps: does a loop never end?")

    def array(self, size: int, cost: int = 0) -> None:
        """Pay for an array of so many numbers (and for `cost` more computed on the way)."""
        if size > LARGEST:
            raise over(f"An array of {size} numbers is too large here: at most {LARGEST} are allowed.")
        self.work -= size + cost
        if self.work < 0:
            raise over(f"The program was stopped after computing {WORK} numbers.")

    def items(self, count: int) -> None:
        """Pay for a list of so many items."""
        if count > ITEMS:
            raise over(f"A list of {count} items is too long here: at most {ITEMS} are allowed.")
        self.array(0, 6 * count)

    def whole(self, bits: float) -> None:
        """Refuse a whole number of more bits than allowed."""
        if bits > BITS:
            raise over(f"A whole number of more than {BITS} bits would arise.")


def over(sentence: str) -> Unreadable:
    """Make the error of a spent budget."""
    return Unreadable(sentence, code="limit")


def product(lengths: Iterable[int]) -> int:
    """Multiply lengths; raises `Unreadable` for a negative one.

    >>> product((2, 3, 4))
    24
    """
    sizes = list(lengths)
    if any(size < 0 for size in sizes):
        raise Unreadable("The lengths of an array cannot be negative.", code="run-error")
    return math.prod(sizes)
