"""Matrices as grids of cells, with windows marked on them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from solvers.drawing.canvas import lattice, length_of, picture, rect, text, written

CELL, TITLE, GAP = 30, 22, 34


@dataclass(frozen=True, slots=True)
class Window:
    """A rectangle of cells, by its first row and column (from 0) and its size, bold or dashed."""

    row: int
    column: int
    height: int
    width: int
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells with numbers or words ("" for an empty one, None for none) under a title; `shaded` are the (row, column) to tint.

    `cell` is the side of a cell in pixels.
    """

    title: str
    values: Sequence[Sequence[object]]
    windows: tuple[Window, ...] = ()
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    shaded: frozenset[tuple[int, int]] = frozenset()
    cell: float = CELL

    @property
    def margin(self) -> float:
        """The room for the names of the rows, in pixels."""
        return max((length_of(name, 12) + 8 for name in self.rows), default=0.0)

    @property
    def width(self) -> float:
        """The width with its names and title, in pixels."""
        return max(self.margin + self.cell * len(self.values[0]), length_of(self.title))

    @property
    def height(self) -> float:
        """The height with its names and title, in pixels."""
        return TITLE * (1 + bool(self.columns)) + self.cell * len(self.values)


def grids(*rows: Sequence[Grid]) -> str:
    """Draw grids side by side, one row of them below the other."""
    tops = accumulate((max(one.height for one in row) + 16 for row in rows), initial=4.0)
    places = [
        (top, row, accumulate((one.width + GAP for one in row), initial=4.0))
        for top, row in zip(tops, rows, strict=False)
    ]
    drawn = [cells(one, x, top) for top, row, lefts in places for one, x in zip(row, lefts, strict=False)]
    width = max(sum(one.width + GAP for one in row) for row in rows) - GAP + 8
    height = sum(max(one.height for one in row) + 16 for row in rows) - 8
    return picture(width, height, *drawn)


def cells(grid: Grid, x: float, y: float) -> str:
    """Draw one grid with its upper left corner here."""
    left, top = x + grid.margin, y + grid.height - grid.cell * len(grid.values)
    middle = left + grid.cell * len(grid.values[0]) / 2
    title = text(max(middle, x + length_of(grid.title) / 2), y + TITLE / 2, grid.title)
    return title + "".join((*_entries(grid, left, top), *_names(grid, left, top), *_marks(grid, left, top)))


def _entries(grid: Grid, left: float, top: float) -> Iterator[str]:
    whole = all(value is not None for row in grid.values for value in row)
    if whole:
        yield lattice(left, top, len(grid.values), len(grid.values[0]), grid.cell)
    for i, row in enumerate(grid.values):
        for j, value in enumerate(row):
            if value is not None:
                yield _entry(grid, left + grid.cell * j, top + grid.cell * i, written(value), not whole, (i, j))


def _entry(grid: Grid, x: float, y: float, words: str, framed: bool, place: tuple[int, int]) -> str:
    """Draw what stands in a cell; a cell that is not part of a whole table gets a frame of its own."""
    shade = 0.15 if place in grid.shaded else 0
    box = rect(x, y, grid.cell, grid.cell, stroke=0.5 * framed, shade=shade) if framed or shade else ""
    size = 13 if len(words) < 4 else 11 if len(words) < 6 else 9
    return box + (text(x + grid.cell / 2, y + grid.cell / 2, words, size=size) if words else "")


def _names(grid: Grid, left: float, top: float) -> Iterator[str]:
    for i, name in enumerate(grid.rows):
        yield text(left - 6, top + grid.cell * (i + 0.5), name, size=12, anchor="end")
    for j, name in enumerate(grid.columns):
        yield text(left + grid.cell * (j + 0.5), top - TITLE / 2, name, size=12)


def _marks(grid: Grid, left: float, top: float) -> Iterator[str]:
    for one in grid.windows:
        inset = 3.0 if one.dashed else 0.0
        x, y = left + grid.cell * one.column + inset, top + grid.cell * one.row + inset
        size = grid.cell * one.width - 2 * inset, grid.cell * one.height - 2 * inset
        yield rect(x, y, *size, stroke=2 if one.dashed else 2.5, dashed=one.dashed)
