"""Read a shape or a list of whole numbers: `(8, 192)`, `8x192`, `8 × 192`, `[8,192]`, `8 by 192`."""

import re

from grader.answer import Unreadable
from grader.reading import limits
from grader.reading.characters import tidy
from grader.reading.grammar import parse_tokens
from grader.reading.names import Vocabulary
from grader.reading.numbers import answer_part, typed
from grader.reading.tokens import scan
from grader.reading.tree import Call, Node, Product, Rows, Sequence

_WRAPPERS = re.compile(r"^\s*(?:(?:torch|tf|np)\s*\.\s*)?(?:Size|shape|Shape|TensorShape|size)\s*(?==|\()\s*=?")
_NAMED = re.compile(r"(?:[^\W\d_]+_?\{?\d{1,3}\}?[ ]?[=:][ ]?|[^\W\d_]+(?:[ ]?[=:])?[ ]?)(?=[-+]?\d)")
_ALL_NAMED = re.compile(rf"[(\[ ]*(?:{_NAMED.pattern}[-+]?\d+[,;\s]*){{2,}}[)\] ]*\Z")
_AND = re.compile(r"(?<=\d)[ ]*,?[ ]+(?:and|&)[ ]+(?=(?:[^\W\d_]+[ ]?=?[ ]?)?[-+]?\d)")
_LARGEST = 10**18
_CELLS = Vocabulary(cells=True)


def read_shape(text: str) -> tuple[int, ...]:
    """Read the lengths of the axes, of which none is negative; `()` is a scalar's shape. Raises `Unreadable`.

    >>> read_shape("(8, 192)"), read_shape("8x192"), read_shape("torch.Size([5])"), read_shape("()")
    ((8, 192), (8, 192), (5,), ())
    """
    limits.check_length(text)
    tokens = answer_part(scan(_WRAPPERS.sub(_blanked, tidy(text))))
    if [t.text for t in tokens] in (["(", ")", ""], ["[", "]", ""]):
        return ()
    return tuple(_length(item) for item in _axes(parse_tokens(tokens, _CELLS).tree))


def read_integers(text: str) -> tuple[int, ...]:
    """Read whole numbers in order: `1, 2, 3`, `[1 2 3]`, `(1; 2; 3)`. Raises `Unreadable`.

    A name may stand before each number, and an "and" before the last.

    >>> read_integers("3, -1, 2^10"), read_integers("channel 2, row 5"), read_integers("c = 2 and h = 5")
    ((3, -1, 1024), (2, 5), (2, 5))
    >>> read_integers("1, 2 and 3"), read_integers("1, 2, and -3"), read_integers("r1 = 3, $r_2=7$, r_{3} = 9")
    ((1, 2, 3), (1, 2, -3), (3, 7, 9))
    """
    limits.check_length(text)
    plain = _AND.sub(lambda found: ",".ljust(len(found.group())), tidy(text).replace("$", " "))
    tokens = answer_part(scan(_NAMED.sub(_blanked, plain) if _ALL_NAMED.match(plain) else plain))
    return tuple(_whole(item) for item in _items(parse_tokens(tokens, _CELLS).tree))


def _blanked(found: "re.Match[str]") -> str:
    return " " * len(found.group())


def _axes(node: Node) -> tuple[Node, ...]:
    """Give the axes of a product written with crosses, or the items of a list."""
    if isinstance(node, Product) and all(operator in ("*", "×", "·") for operator in node.operators):
        return node.factors
    items = _items(node)
    return _axes(items[0]) if len(items) == 1 and items[0] is not node else items


def _items(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Call) and node.function == "array":
        return _items(node.arguments[0])
    if isinstance(node, Rows):
        return tuple(entry for row in node.rows for entry in row)
    return node.items if isinstance(node, Sequence) else (node,)


def _length(node: Node) -> int:
    length = _whole(node)
    if length < 0:
        raise Unreadable("The length of an axis cannot be negative.", code="not-a-shape")
    return length


def _whole(node: Node) -> int:
    exact = typed(node).exact
    if exact is None or exact.denominator != 1:
        raise Unreadable("Whole numbers were expected here.", code="not-whole")
    if abs(exact) > _LARGEST:
        raise Unreadable("A number here is too large.", code="too-large")
    return int(exact)
