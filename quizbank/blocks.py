"""Blocks of lines, put next to each other, in grids, and between brackets."""

import re
from collections.abc import Sequence
from typing import NamedTuple

OPENING = {"[": "⎡⎢⎣", "(": "⎛⎜⎝", "{": "⎧⎨⎩", "|": "│││"}
CLOSING = {"]": "⎤⎥⎦", ")": "⎞⎟⎠", "}": "⎫⎬⎭", "|": "│││"}


class Block(NamedTuple):
    """Lines of one width, and which of them stands on the line of writing."""

    lines: tuple[str, ...]
    base: int = 0

    @property
    def width(self) -> int:
        """The number of columns."""
        return max(map(columns, self.lines), default=0)


def columns(text: str) -> int:
    """Count the columns a text takes: combining accents take none."""
    return len(re.sub("[\u0300-\u036f\u20d7]", "", text))


def beside(*blocks: Block) -> Block:
    """Put blocks next to each other, their lines of writing on one level."""
    above = max((one.base for one in blocks), default=0)
    below = max((len(one.lines) - one.base for one in blocks), default=1)
    rows = [""] * (above + below)
    for one in blocks:
        first = above - one.base
        for number in range(len(rows)):
            inside = first <= number < first + len(one.lines)
            line = one.lines[number - first] if inside else ""
            rows[number] += line + " " * (one.width - columns(line))
    return Block(tuple(rows), above)


def trimmed(one: Block) -> Block:
    """Take away the columns of spaces on the left."""
    spare = min((len(line) - len(line.lstrip()) for line in one.lines if line.strip()), default=0)
    return Block(tuple(line[spare:] for line in one.lines), one.base)


def tall(shapes: dict[str, str], sign: str, inner: Block) -> Block:
    """Draw a bracket as high as what it holds."""
    height = len(inner.lines)
    if height == 1:
        return Block((sign,), inner.base)
    top, middle, bottom = tuple(shapes[sign])
    rows = [top, *[middle] * (height - 2), bottom]
    return Block(tuple(rows), inner.base)


def grid(rows: Sequence[Sequence[Block]]) -> Block:
    """Put blocks into rows and columns, each at the right of its column; the line of writing is the middle one."""
    count = max(map(len, rows), default=0)
    widths = [max(row[place].width for row in rows if place < len(row)) for place in range(count)]
    lines: list[str] = []
    for row in rows:
        gap = Block((" " * (3 if any(len(cell.lines) > 1 for cell in row) else 1),))
        cells = [piece for place, cell in enumerate(row) for piece in (gap, _padded(cell, widths[place]))][1:]
        lines += beside(*cells).lines
    return Block(tuple(lines), (len(lines) - 1) // 2)


def _padded(cell: Block, width: int) -> Block:
    return Block(tuple(" " * (width - columns(line)) + line for line in cell.lines), cell.base)
