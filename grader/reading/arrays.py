"""Read a list, a matrix or a deeper array of numbers, in NumPy, MATLAB or LaTeX notation or as lines of numbers."""

import math
import re
from typing import Any, NamedTuple

from grader.answer import Unreadable
from grader.reading import limits
from grader.reading.echo import latex, matrix_latex
from grader.reading.grammar import parse_tokens
from grader.reading.names import Vocabulary
from grader.reading.numbers import Typed, answer_part, typed
from grader.reading.tokens import scan
from grader.reading.tree import Call, Name, Negative, Node, Postfix, Product, Rows, Sequence
from grader.verdict import Note

Nested = Any
"""A tree of numbers: an entry, or a tuple of such trees of equal shape."""

LEFT_OUT = "?"
_HOLE = re.compile(r"(?:^|[\s,;&\[({|])\?(?:$|[\s,;&\])}|\\])")
_CELLS = Vocabulary(matrices=True, cells=True)
_CELLS_LEFT_OUT = Vocabulary(names=(LEFT_OUT,), matrices=True, cells=True)


class ArrayRead(NamedTuple):
    """Nested tuples of numbers, how to show them, and what is worth saying."""

    value: Nested
    latex: str
    notes: tuple[Note, ...] = ()


def read_array(text: str) -> ArrayRead:
    """Read `[[1, 2], [3, 4]]`, `1 2; 3 4`, `np.array(…)`, `pmatrix` …; a single number is an array without axes.

    A question mark leaves an entry out; its value is not a number. Raises `Unreadable`, also where rows differ
    in length.

    >>> read_array("1 2; 3 1/2").value, read_array("[1, ?]").value
    (((1.0, 2.0), (3.0, 0.5)), (1.0, nan))
    """
    limits.check_length(text, limits.LONG)
    holes = _HOLE.search(text) is not None
    tokens = [one._replace(kind="name") if one.kind == "hole" else one for one in scan(text, holes)]
    parsed = parse_tokens(answer_part(tokens), _CELLS_LEFT_OUT if holes else _CELLS)
    entries = nested(parsed.tree)
    shape_of(entries)
    return ArrayRead(each(_value, entries), array_latex(each(_shown, entries)), parsed.notes)


def _value(entry: Node) -> Typed:
    return Typed(math.nan) if _is_left_out(entry) else typed(entry)


def _shown(entry: Node) -> str:
    return "?" if _is_left_out(entry) else latex(entry)


def _is_left_out(entry: Node) -> bool:
    return isinstance(entry, Name) and entry.name == LEFT_OUT


def nested(node: Node) -> Nested:
    """Turn lists and rows into nested tuples whose entries are formulas."""
    if isinstance(node, Rows):
        rows = [tuple(map(nested, row)) for row in node.rows]
        return tuple(row[0] for row in rows) if all(_is_list(row) for row in rows) else tuple(rows)
    if isinstance(node, Sequence):
        items = tuple(map(nested, node.items))
        return items[0] if len(items) == 1 and isinstance(node.items[0], Rows) else items
    if isinstance(node, Call) and node.function == "array":
        return nested(node.arguments[0])
    if isinstance(node, Postfix) and node.mark == "T":
        return transposed(nested(node.operand))
    if isinstance(node, Negative):
        return each(Negative, nested(node.operand))
    return _scaled(node) if isinstance(node, Product) else node


def _is_list(row: tuple[Nested, ...]) -> bool:
    return len(row) == 1 and isinstance(row[0], tuple)


def _scaled(node: Product) -> Nested:
    """Read a number times a matrix, or a matrix over a number, entry by entry."""
    parts = [nested(factor) for factor in node.factors]
    lists = [at for at, part in enumerate(parts) if isinstance(part, tuple)]
    if not lists:
        return node
    (at,) = lists if len(lists) == 1 else (-1,)
    if at < 0 or (at > 0 and node.operators[at - 1] in ("/", "frac")):
        raise Unreadable("Products of matrices are not computed here; write the entries.", code="not-a-matrix")
    return each(
        lambda entry: Product((*node.factors[:at], entry, *node.factors[at + 1 :]), node.operators), parts[at]
    )


def each(function: Any, array: Nested) -> Nested:
    """Apply a function to every entry."""
    return tuple(each(function, item) for item in array) if isinstance(array, tuple) else function(array)


def transposed(array: Nested) -> Nested:
    """Exchange rows and columns; a flat list becomes a column.

    >>> transposed((1, 2)), transposed(((1, 2), (3, 4)))
    (((1,), (2,)), ((1, 3), (2, 4)))
    """
    if len(shape_of(array)) == 1:
        return tuple((entry,) for entry in array)
    return tuple(zip(*array, strict=True)) if len(shape_of(array)) == 2 else array


def shape_of(array: Nested) -> tuple[int, ...]:
    """Give the length of every axis; raises `Unreadable` for rows of different lengths.

    >>> shape_of(((1, 2, 3), (4, 5, 6)))
    (2, 3)
    """
    if not isinstance(array, tuple):
        return ()
    if not array:
        raise Unreadable("This list is empty.", code="empty")
    shapes = [shape_of(item) for item in array]
    for number, shape in enumerate(shapes):
        if shape != shapes[0]:
            raise Unreadable(
                f"Row {number + 1} has {_count(shape)}, but row 1 has {_count(shapes[0])}.", code="ragged"
            )
    return (len(array), *shapes[0])


def _count(shape: tuple[int, ...]) -> str:
    return f"{shape[0]} entr{'y' if shape[0] == 1 else 'ies'}" if shape else "no brackets"


def array_latex(array: Nested) -> str:
    """Show nested LaTeX entries: a matrix as one, a flat list as a row, deeper arrays in brackets."""
    shape = shape_of(array)
    if not shape:
        return str(array)
    if len(shape) == 2:
        return matrix_latex([list(row) for row in array])
    if len(shape) == 1:
        return matrix_latex([list(array)])
    return rf"\left[{', '.join(map(array_latex, array))}\right]"
