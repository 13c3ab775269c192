"""Pieces of the number line and what can be made of them: unions, intersections, complements."""

from typing import NamedTuple


class Piece(NamedTuple):
    """All numbers from `low` to `high`; each end belongs to it or not."""

    low: float
    high: float
    low_closed: bool
    high_closed: bool


Pieces = tuple[Piece, ...]
LINE: Pieces = (Piece(-float("inf"), float("inf"), False, False),)


def union(*sets: Pieces) -> Pieces:
    """Join sets into pieces that do not touch, from left to right.

    >>> union((Piece(0, 1, True, False),), (Piece(1, 2, True, True),))
    (Piece(low=0, high=2, low_closed=True, high_closed=True),)
    """
    joined: list[Piece] = []
    for piece in sorted((piece for pieces in sets for piece in pieces), key=lambda p: (p.low, not p.low_closed)):
        last = joined[-1] if joined else None
        if (
            last is None
            or last.high < piece.low
            or (last.high == piece.low and not (last.high_closed or piece.low_closed))
        ):
            joined.append(piece)
        else:
            high, closed = max((last.high, last.high_closed), (piece.high, piece.high_closed))
            joined[-1] = Piece(last.low, high, last.low_closed, closed)
    return tuple(joined)


def complement(pieces: Pieces) -> Pieces:
    """Give all numbers that do not belong to a set.

    >>> complement((Piece(0, 1, True, False),))[1]
    Piece(low=1, high=inf, low_closed=True, high_closed=False)
    """
    ends = [(-float("inf"), False)]
    for piece in union(pieces):
        ends += [(piece.low, not piece.low_closed), (piece.high, not piece.high_closed)]
    ends.append((float("inf"), False))
    gaps = [
        Piece(low, high, left, right) for (low, left), (high, right) in zip(ends[::2], ends[1::2], strict=True)
    ]
    return tuple(gap for gap in gaps if gap.low < gap.high or (gap.low_closed and gap.high_closed))


def intersection(*sets: Pieces) -> Pieces:
    """Give the numbers that belong to all sets.

    >>> intersection((Piece(0, 2, True, True),), (Piece(1, 3, False, True),))
    (Piece(low=1, high=2, low_closed=False, high_closed=True),)
    """
    return complement(union(*map(complement, sets)))
