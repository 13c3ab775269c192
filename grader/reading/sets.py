"""Read a set of numbers or formulas: `{1, 2}`, `1 and 2`, `x = 1 or x = 2`, `{1} ∪ {2}`, `∅`."""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from grader.answer import Unreadable
from grader.reading import limits
from grader.reading.commas import join_commas
from grader.reading.echo import latex
from grader.reading.grammar import parse_tokens
from grader.reading.names import PLAIN, Vocabulary
from grader.reading.statements import is_word, without_left_sides
from grader.reading.tokens import Token, scan
from grader.reading.tree import Call, Name, Node, Relation, Rows, Sequence
from grader.verdict import Note

EMPTY = "emptyset"
_MOST = 100
_NOTHING = ("none", "no solution", "no solutions", "nothing", "empty", "the empty set", "empty set")
_BRACKETS = {"(": ")", "[": "]", "{": "}"}


class SetRead(NamedTuple):
    """The elements as trees in the order written, how to show them, and what is worth saying."""

    items: tuple[Node, ...]
    latex: str
    notes: tuple[Note, ...] = ()


def read_set(text: str, vocabulary: Vocabulary = PLAIN) -> SetRead:
    r"""Read the elements of a set; raises `Unreadable`.

    >>> read_set("x = 1 or x = 2").latex, read_set("none").latex
    ('\\left\\{1,\\; 2\\right\\}', '\\emptyset')
    """
    limits.check_length(text)
    if " ".join(text.lower().split()).strip(".") in _NOTHING:
        return SetRead((), r"\emptyset")
    tokens = without_left_sides(list(_separated(scan(text))))
    joined = join_commas(tokens) if any(token.kind == "row" for token in tokens) else None
    empty = (EMPTY,) if any(token.text == EMPTY for token in tokens) else ()
    known = msgspec.structs.replace(vocabulary, names=(*vocabulary.names, *empty))
    parsed = parse_tokens(joined.tokens if joined else tokens, known)
    items = tuple(_elements(parsed.tree))
    if len(items) > _MOST:
        raise Unreadable(f"At most {_MOST} elements are read.", code="too-long")
    return SetRead(items, set_latex(items), (*(joined.notes if joined else ()), *parsed.notes))


def set_latex(items: tuple[Node, ...]) -> str:
    """Show a set."""
    inside = r",\; ".join(map(latex, items))
    return rf"\left\{{{inside}\right\}}" if items else r"\emptyset"


def _separated(tokens: list[Token]) -> Iterator[Token]:
    """Turn `or`, `and` and line ends into commas, unless a comma stands there already."""
    before = ""
    for token in tokens:
        word = is_word(token, "or", "and", "und", "oder") or token.kind == "line"
        if word and before in ("", "comma", "row"):
            continue
        before = "comma" if word else token.kind
        yield token._replace(kind="comma", text=",") if word else token


def _elements(node: Node) -> Iterator[Node]:
    if isinstance(node, Call) and node.function == "union":
        for part in node.arguments:
            yield from _elements(part)
    elif isinstance(node, Rows):
        for row in node.rows:
            yield from row
    elif isinstance(node, Sequence):
        if node.opening and _BRACKETS.get(node.opening) != node.closing:
            raise Unreadable("A set was expected, such as {1, 2}, not an interval.", code="not-a-set")
        yield from map(_element, node.items)
    elif node != Name(EMPTY):
        yield _element(node)


def _element(node: Node) -> Node:
    if isinstance(node, Sequence | Rows | Relation) or (isinstance(node, Call) and node.function == "union"):
        raise Unreadable("The elements of the set were expected to be numbers or formulas.", code="not-a-set")
    return node
