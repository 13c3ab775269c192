"""Read parts of the number line: `[0, 1)`, `]0, 1[`, `0 <= x < 1`, `x > 2 or x < -2`, `(0, 1) ∪ {3}`, `ℝ`."""

from collections.abc import Sequence as Items
from typing import NamedTuple

from grader.answer import Unreadable
from grader.pieces import LINE, Piece, Pieces, complement, intersection, union
from grader.reading import limits
from grader.reading.echo import latex
from grader.reading.grammar import parse_tokens
from grader.reading.names import Vocabulary
from grader.reading.numbers import Typed, typed
from grader.reading.sets import EMPTY
from grader.reading.statements import cut, is_word
from grader.reading.tokens import Token, scan
from grader.reading.tree import Call, Name, Node, Relation, Rows, Sequence, walk
from grader.verdict import Note

_LINES = ("R", "reals", "RR")
_INF = float("inf")
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_ENDLESS = Note("infinity-open", "Infinity never belongs to an interval: it was read with a round bracket.")


class IntervalRead(NamedTuple):
    """The pieces from left to right, how to show what was written, and what is worth saying."""

    pieces: Pieces
    latex: str
    notes: tuple[Note, ...] = ()


def read_intervals(text: str, variable: str = "x") -> IntervalRead:
    """Read intervals, unions of them or inequalities in a variable; raises `Unreadable`.

    >>> read_intervals("0 <= x < 1").pieces
    (Piece(low=0.0, high=1.0, low_closed=True, high_closed=False),)
    """
    limits.check_length(text)
    words = {"in": ("op", "in"), "u": ("op", "∪"), "U": ("op", "∪")}
    tokens = [_replaced(token, words, variable) for token in scan(text)]
    if len(tokens) > 2 and tokens[0].kind == "name" and tokens[0].text != variable and tokens[1].text == "=":
        del tokens[:2]  # D = [0, 1]
    names = tuple({variable, *_LINES, EMPTY} & {token.text for token in tokens})
    reader = _Reader(variable, Vocabulary(names=names))
    shown, found = [], []
    for choice in cut(_brackets(tokens), lambda token: is_word(token, "or", "oder") or token.kind == "line"):
        trees = [
            parse_tokens(part, reader.vocabulary).tree
            for part in cut(choice, lambda token: is_word(token, "and", "und"))
        ]
        found.append(intersection(*(reader.pieces(tree) for tree in trees)))
        shown.append(r" \text{ and } ".join(map(latex, trees)))
    return IntervalRead(union(*found), r" \text{ or } ".join(shown), tuple(reader.notes))


class _Reader:
    """Turns trees into pieces of the line."""

    def __init__(self, variable: str, vocabulary: Vocabulary) -> None:
        self.variable, self.vocabulary, self.notes = variable, vocabulary, list[Note]()

    def pieces(self, node: Node) -> Pieces:
        """Give what a tree stands for."""
        if isinstance(node, Relation):
            return self.relation(node)
        if isinstance(node, Call) and node.function in ("union", "intersection", "difference"):
            return self.combined(node)
        if isinstance(node, Name) and node.name in (*_LINES, EMPTY):
            return () if node.name == EMPTY else LINE
        if isinstance(node, Rows) and len(node.rows) == 2:
            raise Unreadable("Write a comma between the ends of an interval.", code="not-an-interval")
        if isinstance(node, Sequence) and node.opening == "{":
            return union(*((Piece(end, end, True, True),) for end in map(self.end, node.items)))
        if isinstance(node, Sequence) and len(node.items) == 2 and node.opening:
            return self.interval(node)
        raise Unreadable(
            f"An interval such as [0, 1) or an inequality such as 0 <= {self.variable} < 1 was expected.",
            code="not-an-interval",
        )

    def interval(self, node: Sequence) -> Pieces:
        """Read `[low, high)`."""
        low, high = map(self.end, node.items)
        if low > high:
            raise Unreadable("The lower end of an interval comes first.", code="reversed")
        closed = (node.opening == "[" and low != -_INF, node.closing == "]" and high != _INF)
        if (low == -_INF and node.opening == "[") or (high == _INF and node.closing == "]"):
            self.notes.append(_ENDLESS)
        return union((Piece(low, high, *closed),)) if low < high or all(closed) else ()

    def combined(self, node: Call) -> Pieces:
        """Read `A ∪ B`, `A ∩ B` and `A ∖ B`."""
        first, *others = (self.pieces(argument) for argument in node.arguments)
        if node.function == "union":
            return union(first, *others)
        return intersection(first, *(map(complement, others) if node.function == "difference" else others))

    def relation(self, node: Relation) -> Pieces:
        """Read inequalities, one or a chain, and `x ∈ A`."""
        if node.operators == ("in",) and node.sides[0] == Name(self.variable):
            return self.pieces(node.sides[1])
        sides = zip(node.sides, node.operators, node.sides[1:], strict=False)
        return intersection(*(self.half(left, sign, right) for left, sign, right in sides))

    def half(self, left: Node, sign: str, right: Node) -> Pieces:
        """Read one inequality between the variable and a number."""
        if right == Name(self.variable):
            left, sign, right = right, _TURNED.get(sign, sign), left
        if left != Name(self.variable):
            raise Unreadable(
                f"Every inequality must be between {self.variable} and a number.", code="not-an-interval"
            )
        end = self.end(right)
        point = (Piece(end, end, True, True),)
        rays = {
            "<": (Piece(-_INF, end, False, False),),
            "<=": (Piece(-_INF, end, False, True),),
            ">": (Piece(end, _INF, False, False),),
            ">=": (Piece(end, _INF, True, False),),
            "=": point,
            "!=": complement(point),
        }
        if sign not in rays:
            raise Unreadable(f"The sign “{sign}” cannot stand in an inequality.", code="not-an-interval")
        return union(intersection(rays[sign], LINE))

    def end(self, node: Node) -> Typed:
        """Read an end of an interval, a number."""
        if any(part == Name(self.variable) for part in walk(node)):
            raise Unreadable(f"An end must be a number without {self.variable}.", code="not-an-interval")
        return typed(node)


def _replaced(token: Token, words: dict[str, tuple[str, str]], variable: str) -> Token:
    if token.kind != "name" or token.text not in words or token.text == variable:
        return token
    kind, text = words[token.text]
    return token._replace(kind=kind, text=text)


def _brackets(tokens: Items[Token]) -> list[Token]:
    """Turn the brackets of `]0, 1[` round; where the first bracket closes, this notation is meant."""
    brackets = [token for token in tokens if token.kind in ("open", "close")]
    if not brackets or (brackets[0].text != "]" and brackets[-1].text != "["):
        return list(tokens)
    inside, found = False, []
    for token in tokens:
        if token.text in ("[", "]"):
            inside = not inside
            kind = "open" if inside else "close"
            text = ("[" if token.text == "[" else "(") if inside else ("]" if token.text == "]" else ")")
            token = token._replace(kind=kind, text=text)
        found.append(token)
    return found
