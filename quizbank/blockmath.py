"""LaTeX as a block of Unicode lines for terminals: matrices keep their rows, the rest is one line."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import groupby
from xml.etree.ElementTree import Element

from quizbank.blocks import CLOSING, OPENING, Block, beside, columns, grid, tall, trimmed
from quizbank.mathml import math_tree
from quizbank.plainmath import APPLIED, plain_node, plain_operator

SIGNS = ("(", "[", "+", "−", "⋅", "⊙", "=")


@cache
def block(latex: str) -> Block:
    r"""Lay out LaTeX (without dollars).

    >>> print("\n".join(block(r"Z = \begin{bmatrix} 1 & 2 \\ 3 & 14 \end{bmatrix}").lines))
    Z = ⎡1  2⎤
        ⎣3 14⎦
    """
    return beside(*pieces(math_tree(latex)))


@cache
def wrapped(latex: str, width: int) -> tuple[Block, ...]:
    """Lay out LaTeX in blocks one below the other, none of them wider than the width where that can be done."""
    whole = trimmed(block(latex))
    if whole.width <= width:
        return (whole,)
    rows: list[Block] = []
    for atom in _joined(_atoms(math_tree(latex), width - 3)):  # a sign may stand before it
        broken = bool(rows) and rows[-1].lines[rows[-1].base].endswith("…")
        if rows and not broken and rows[-1].width + atom.width <= width:
            rows[-1] = beside(rows[-1], atom)
        else:
            rows.append(trimmed(atom))
    return tuple(rows)


def equation(parts: Iterable[str], width: int) -> list[str]:
    r"""Set a formula, its numbers and its result below each other at their equality signs, in one line if that fits.

    >>> equation(["y = 2 x", "2 \\cdot 3", "6"], 40)
    ['y = 2x = 2 ⋅ 3 = 6']
    """
    sides = [part for part in parts if part]
    if not sides:
        return []
    left, equals, right = sides[0].partition(" = ")
    sides = [right, *sides[1:]] if equals else sides[1:]
    head = block(left)
    whole = beside(head, *(piece for side in sides for piece in (Block((" = ",)), trimmed(block(side)))))
    if (len(whole.lines) == 1 and whole.width <= width) or not sides:
        return list(whole.lines)
    lines: list[str] = []
    for number, side in enumerate(sides):
        margin = head if not number else Block((" " * head.width,))
        for place, row in enumerate(wrapped(side, width - head.width - 3)):
            start = beside(margin, Block((" = ",))) if not place else Block((" " * (head.width + 3),))
            lines += beside(start, row).lines
    return [line.rstrip() for line in lines]


def pieces(node: Element) -> Iterator[Block]:
    """Lay out a row piece by piece: what holds no matrix is written together, in one line."""
    children = list(node)
    if not _has_table(node) or not children:
        yield Block((_squeezed(plain_node(node)),))
        return
    if node.tag in LAYOUTS:
        yield LAYOUTS[node.tag](node)
        return
    if _fenced(children):
        yield _brackets(children)
        return
    for table, run in groupby(enumerate(children), key=lambda pair: _has_table(pair[1])):
        if table:
            for place, child in run:
                if place and _has_table(children[place - 1]):
                    yield Block((" ",))
                yield from pieces(child)
        else:
            yield _text(list(run), children)


def _text(run: list[tuple[int, Element]], row: list[Element]) -> Block:
    """Write neighbours without matrices in one line, as `plainmath` does, with spaces towards a matrix."""
    group = Element("mrow")
    group.extend([child for _, child in run])
    first, last = run[0], run[-1]
    text = _squeezed(plain_node(group))
    if first[1].tag == "mo":
        sign = plain_node(first[1]).strip()
        text = plain_operator(sign, first[0], row) + text.strip().removeprefix(sign).lstrip()
    if last[1].tag == "mo":
        spaced = plain_operator(plain_node(last[1]), last[0], row)
        text = text.rstrip() + (" " if spaced.endswith(" ") else "")
    elif last[0] + 1 < len(row) and text[-1:].isalnum() and len(run[-1:]) == 1:
        text += " "
    return Block((_squeezed(text),))


def _atoms(node: Element, width: int) -> Iterator[Block]:
    """Give the pieces between which a formula may be broken."""
    children = list(node)
    if not _has_table(node):
        yield from _terms(_squeezed(plain_node(node)), width)
    elif node.tag == "mtable":
        for cell in (cell for row in node for cell in row):
            yield from _atoms(cell, width)
            yield Block((" ",))
    elif _fenced(children) and children[1].tag == "mtable" and not _has_table_inside(children[1]):
        whole = _brackets(children)
        yield from (whole,) if whole.width <= width else _chunks(children[1], width)
    elif _fenced(children):
        group = Element("mrow")
        group.extend(children[1:-1])
        yield Block((children[0].text or "",))
        yield from _atoms(group, width)
        yield Block((children[-1].text or "",))
    elif node.tag in LAYOUTS:
        yield LAYOUTS[node.tag](node)
    else:
        for table, run in groupby(enumerate(children), key=lambda pair: _has_table(pair[1])):
            members = list(run)
            if not table:
                yield _text(members, children)
            for place, child in members if table else ():
                if place and _has_table(children[place - 1]):
                    yield Block((" ",))
                yield from _atoms(child, width)


def _terms(line: str, width: int) -> Iterator[Block]:
    """Break a line before plus and minus and after commas, and only a long term before the signs of a product."""
    for term in re.split(r"(?= [+−] )|(?<=, )", line):
        pieces = [term] if columns(term) <= width else re.split(r"(?= [⋅⊙] )", term)
        yield from (Block((piece,)) for piece in pieces if piece)


def _joined(atoms: Iterable[Block]) -> Iterator[Block]:
    """Keep signs with what follows them, and commas and closing brackets with what stands before."""
    waiting, ready = Block(("",)), None
    for atom in atoms:
        text = atom.lines[0].strip() if len(atom.lines) == 1 else "matrix"
        if ready is not None and not waiting.width and text[:1] in (",", ")", "]", ""):
            ready = beside(ready, atom)
            continue
        waiting = beside(waiting, atom)
        if text and text not in SIGNS:
            if ready is not None:
                yield ready
            ready, waiting = waiting, Block(("",))
    yield from (one for one in (ready, waiting) if one is not None and one.width)


def _chunks(table: Element, width: int) -> Iterator[Block]:
    """Break a matrix into groups of columns, the first with the opening bracket, the last with the closing one."""
    cells = [[_cell(cell) for cell in row] for row in table]
    widest = max(cell.width for row in cells for cell in row) + 1
    count = max((width - 3) // widest, 1)
    for start in range(0, len(cells[0]), count):
        inner = grid([row[start : start + count] for row in cells])
        left = tall(OPENING, "[", inner) if not start else Block(("",))
        right = Block((" …",)) if start + count < len(cells[0]) else tall(CLOSING, "]", inner)
        yield beside(left, inner, right)


def _has_table_inside(table: Element) -> bool:
    return any(_has_table(cell) for row in table for cell in row)


def _has_table(node: Element) -> bool:
    return next(node.iter("mtable"), None) is not None


def _fenced(children: list[Element]) -> bool:
    return (
        len(children) > 2
        and all(one.tag == "mo" for one in (children[0], children[-1]))
        and (children[0].text or "") in OPENING
        and (children[-1].text or "") in CLOSING
    ) or (len(children) == 2 and children[0].tag == "mo" and (children[0].text or "") == "{")


def _brackets(children: list[Element]) -> Block:
    closed = len(children) > 2
    group = Element("mrow")
    group.extend(children[1:-1] if closed else children[1:])
    inner = beside(*pieces(group))
    left = tall(OPENING, children[0].text or "", inner)
    return beside(left, inner, tall(CLOSING, children[-1].text or "", inner)) if closed else beside(left, inner)


def _table(node: Element) -> Block:
    """Lay out the rows of a matrix, columns to the right."""
    return grid([[_cell(cell) for cell in row] for row in node])


def _cell(node: Element) -> Block:
    if _has_table(node):
        return beside(*pieces(node))
    return Block((_squeezed(plain_node(node)).strip(),))


def _fraction(node: Element) -> Block:
    top, bottom = (beside(*pieces(child)) for child in node)
    width = max(top.width, bottom.width)
    rows = [
        *(line.center(width) for line in top.lines),
        "─" * width,
        *(line.center(width) for line in bottom.lines),
    ]
    return Block(tuple(rows), len(top.lines))


def _raised(node: Element) -> Block:
    base = beside(*pieces(node[0]))
    script = _squeezed(_script(node))
    rows = [line + (script if number == 0 else " " * columns(script)) for number, line in enumerate(base.lines)]
    return Block(tuple(rows), base.base)


def _script(node: Element) -> str:
    """Write the exponent of a matrix alone, raised."""
    alone = Element("msup")
    letter = Element("mi")
    letter.text = "x"
    alone.extend([letter, node[1]])
    return plain_node(alone).removeprefix("x")


def _root(node: Element) -> Block:
    inner = beside(*(piece for child in node for piece in pieces(child)))
    return beside(Block(("√",)), tall(OPENING, "(", inner), inner, tall(CLOSING, ")", inner))


def _squeezed(text: str) -> str:
    return re.sub(r" +", " ", APPLIED.sub("", text).replace("\u2061", " "))


LAYOUTS: dict[str, Callable[[Element], Block]] = {
    "mtable": _table,
    "mfrac": _fraction,
    "msup": _raised,
    "msqrt": _root,
}
