"""How a sheet leaves room for an answer: five shapes, and no more.

A widget is all a student's sheet knows of an answer's kind, so it must not give the answer away.
"""

import msgspec


class Blank(msgspec.Struct, frozen=True, tag=True):
    """One line to fill, about `width` characters long, with an optional word after it (a unit)."""

    width: int = 16
    after: str = ""


class Options(msgspec.Struct, frozen=True, tag=True):
    """Statements to tick; their labels are a, b, c …; `several` if more than one may be ticked."""

    statements: tuple[str, ...]
    several: bool = False


class Pairs(msgspec.Struct, frozen=True, tag=True):
    """Items on the left to be given a choice from the right each (matching), or a place each (ordering)."""

    left: tuple[str, ...]
    right: tuple[str, ...]

    @property
    def places(self) -> bool:
        """Say whether the choices are the places 1 to n, so that the items (a, b, c …) are to be put in order."""
        return self.right == tuple(str(place + 1) for place in range(len(self.left)))


class Grid(msgspec.Struct, frozen=True, tag=True):
    """A matrix of cells to fill."""

    rows: int
    columns: int


class Box(msgspec.Struct, frozen=True, tag=True):
    """Several ruled lines for words, a derivation or a program."""

    lines: int = 4
    code: bool = False


Widget = Blank | Options | Pairs | Grid | Box
