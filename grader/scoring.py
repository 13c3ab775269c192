"""How a platform may score an answer by itself: seven shapes, and no more.

Only what is made for such a platform carries these; they hold the answer.
"""

import msgspec


class Interval(msgspec.Struct, frozen=True, tag=True):
    """Every number from `low` to `high` is right; `value` is the one to show."""

    value: float
    low: float
    high: float


class Cells(msgspec.Struct, frozen=True, tag=True):
    """An interval for each cell of a grid, row by row; each right cell earns an equal share."""

    rows: tuple[tuple[Interval, ...], ...]


class Weights(msgspec.Struct, frozen=True, tag=True):
    """One credit in [-1, 1] for each option ticked, in the order of the options."""

    credits: tuple[float, ...]


class Pairing(msgspec.Struct, frozen=True, tag=True):
    """The index of the right partner for each item on the left."""

    partners: tuple[int, ...]


class Order(msgspec.Struct, frozen=True, tag=True):
    """The right order, as indices of the items as shown."""

    indices: tuple[int, ...]


class Patterns(msgspec.Struct, frozen=True, tag=True):
    """Texts that are right as they stand, blanks aside."""

    texts: tuple[str, ...]


class Manual(msgspec.Struct, frozen=True, tag=True):
    """A person must score it; `model` is what a right answer looks like."""

    model: str


Scoring = Interval | Cells | Weights | Pairing | Order | Patterns | Manual
