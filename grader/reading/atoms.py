"""What stands on its own in a formula: numbers, names, brackets, functions, fractions, roots and matrices."""

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from grader.answer import Unreadable
from grader.reading import calls, limits
from grader.reading.names import key, meanings
from grader.reading.tokens import Token
from grader.reading.tree import Call, Index, Name, Node, Numeral, Product, Rows, Sequence, Sum

if TYPE_CHECKING:
    from grader.reading.grammar import Parser

CLOSING = {"(": ")", "[": "]", "{": "}", "\\{": "\\}", "⌊": "⌋", "⌈": "⌉", "⟨": "⟩"}
_ROUNDING = {"⌊": "floor", "⌈": "ceil"}
_ENVIRONMENTS = frozenset(
    ["matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "smallmatrix", "array"]
)


def atom(parser: "Parser") -> Node:
    """Read one thing that stands on its own, one level deeper."""
    parser.descend()
    node = _READERS.get(parser.token.kind, _other)(parser)
    parser.depth -= 1
    return node


def _other(parser: "Parser") -> Node:
    if parser.sees("|", "‖"):
        return bars(parser)
    if parser.token.kind == "stop":
        raise parser.fail("The formula ends where a number or a name was expected.", code="incomplete")
    if parser.token.kind == "close":
        raise parser.fail("Before this bracket a number or a name was expected.", code="incomplete")
    raise parser.fail(f"Before “{parser.token.text.strip()}” a number or a name was expected.")


def number(parser: "Parser") -> Node:
    """Read a number as it is written; `1½` is one and a half, and so is `1 1/2` where that is declared."""
    token = parser.advance()
    node = Numeral(token.text, literal(token))
    if token.text == "1" and parser.sees("_"):
        parser.advance()
        return Call("indicator", (braced(parser),))
    if parser.cells or not token.text.isdigit():
        return node
    if parser.token.kind == "number" and "/" in parser.token.text:
        return Sum((node, number(parser)))
    return Sum((node, _part(parser))) if parser.vocabulary.mixed and _sees_part(parser) else node


def _sees_part(parser: "Parser") -> bool:
    """Tell if a fraction of whole numbers follows."""
    texts = [parser.ahead(steps).text for steps in range(3)]
    return parser.token.kind == "frac" or (texts[1] == "/" and texts[0].isdigit() and texts[2].isdigit())


def _part(parser: "Parser") -> Node:
    """Read the fraction of a mixed number."""
    if parser.token.kind == "frac":
        return fraction(parser)
    above = number(parser)
    parser.advance()
    return Product((above, number(parser)), ("/",))


def literal(token: Token) -> Fraction:
    """Give the exact value of a number's text, of bounded length and exponent."""
    mantissa, _, exponent = token.text.lower().partition("e")
    if len(mantissa) > limits.DIGITS or len(exponent) > 6 or abs(int(exponent or 0)) > limits.EXPONENT:
        raise Unreadable("This number has too many digits to be read.", token.start, token.end, code="too-large")
    return Fraction(token.text)


def name(parser: "Parser") -> Node:
    """Read a variable with its subscripts."""
    if parser.token.text in parser.vocabulary.functions and _applied(parser):
        return calls.function(parser)
    token = parser.advance()
    return subscripted(parser, token) if parser.sees("_") else Name(token.text)


def _applied(parser: "Parser") -> bool:
    """Tell if a name that is a function too is applied: `σ(z)` is, but not `σ(1 - σ)`."""
    if parser.ahead().text == "'":
        return True
    end = _group_end(parser, parser.at + 1)
    inside = parser.tokens[parser.at + 2 : end]
    mentioned = any(t.kind == "name" and key(t.text) == key(parser.token.text) for t in inside)
    return parser.ahead().text == "(" and not mentioned


def constant(parser: "Parser") -> Node:
    """Read pi, e or infinity."""
    return Name(parser.advance().text, constant=True)


def subscripted(parser: "Parser", token: Token) -> Node:
    """Read `x_{…}` as the declared name of that spelling, or as an entry of `x`."""
    end = _group_end(parser, parser.at + 1)
    spelled = "".join(t.text for t in parser.tokens[parser.at + 1 : end])
    kind, found = meanings(parser.vocabulary).get(key(f"{token.text}_{spelled}"), ("", ""))
    if kind == "name" and spelled.strip("{}"):
        parser.jump(end)
        return Name(found)
    parser.advance()
    low = braced(parser)
    if isinstance(low, Product) and not any(low.operators):
        return Index(Name(token.text), low.factors)
    return Index(Name(token.text), low.items if isinstance(low, Sequence) else (low,))


def _group_end(parser: "Parser", at: int) -> int:
    """Give the place behind one token, or behind the brace that closes a group."""
    depth = 0
    for end in range(at, len(parser.tokens)):
        depth += {"open": 1, "close": -1}.get(parser.tokens[end].kind, 0)
        if depth <= 0:
            return end + 1
    return len(parser.tokens)


def braced(parser: "Parser") -> Node:
    """Read what is in LaTeX's braces, or one thing without any."""
    if parser.token.text != "{":
        return atom(parser)
    opening = parser.token
    content = bracket(parser)
    if isinstance(content, Sequence) and not content.items:
        raise parser.fail("These braces are empty.", opening, code="incomplete")
    return content.items[0] if isinstance(content, Sequence) and len(content.items) == 1 else content


def digit(parser: "Parser") -> Node:
    r"""Read an argument of `\frac`, which without braces is one digit: `\frac12`."""
    token = parser.token
    if token.kind == "number" and len(token.text) > 1 and token.text.isdigit():
        head = token._replace(text=token.text[0], end=token.start + 1)
        parser.tokens[parser.at : parser.at + 1] = [head, token._replace(text=token.text[1:], start=head.end)]
    return braced(parser)


def bracket(parser: "Parser") -> Node:
    """Read what is in brackets, to the bracket that closes it."""
    opening = parser.token
    cells, bars_open = parser.cells, parser.bars
    parser.cells, parser.bars = opening.text == "[" and parser.vocabulary.cells, 0
    parser.advance()
    content = parser.contents(opening.text, CLOSING[opening.text])
    closing = parser.token
    if closing.kind != "close":
        raise parser.fail(f"This “{opening.text}” is never closed.", opening, code="brackets")
    parser.cells, parser.bars = cells, bars_open
    parser.advance()
    if opening.text in _ROUNDING and not isinstance(content, Sequence):
        content = Call(_ROUNDING[opening.text], (content,))
    return closed(parser, content, opening, closing)


def closed(parser: "Parser", content: Node, opening: Token, closing: Token) -> Node:
    """Give what was in brackets once its end is known; only an interval may mix them."""
    if CLOSING[opening.text] == closing.text:
        braces = isinstance(content, Sequence) and opening.text == "\\{"
        return Sequence("{", "}", content.items) if braces and isinstance(content, Sequence) else content
    mixed = {opening.text, closing.text} in ({"(", "]"}, {"[", ")"})
    if not mixed or not isinstance(content, Sequence) or len(content.items) != 2:
        raise parser.fail(f"“{opening.text}” is closed by “{closing.text}”.", closing, code="brackets")
    return Sequence(opening.text, closing.text, content.items)


def bars(parser: "Parser") -> Node:
    """Read an absolute value, or a norm between double bars."""
    opening = parser.token
    cells, parser.cells = parser.cells, False
    parser.bars += 1
    parser.advance()
    content = parser.relation()
    parser.bars, parser.cells = parser.bars - 1, cells
    if not parser.accept(opening.text):
        raise parser.fail(f"This “{opening.text}” is never closed.", opening, code="brackets")
    return Call("abs" if opening.text == "|" else "norm", (content,))


def fraction(parser: "Parser") -> Node:
    """Read LaTeX's fraction."""
    parser.advance()
    above = digit(parser)
    return Product((above, digit(parser)), ("frac",))


def binomial(parser: "Parser") -> Node:
    """Read LaTeX's binomial coefficient."""
    parser.advance()
    above = digit(parser)
    return Call("binom", (above, digit(parser)))


def environment(parser: "Parser") -> Node:
    r"""Read LaTeX's `\begin{pmatrix} … & … \\ … \end{pmatrix}`."""
    opening = parser.token
    if opening.text == "cases":
        return calls.cases(parser)
    if opening.text not in _ENVIRONMENTS:
        raise parser.fail(f"The LaTeX environment {opening.text} is not read here.", code="latex")
    cells, parser.cells = parser.cells, False
    parser.advance()
    rows, _ = parser.rows()
    if parser.token.kind != "end" or parser.token.text != opening.text:
        raise parser.fail(f"This \\begin{{{opening.text}}} is never ended.", opening, code="brackets")
    parser.cells = cells
    parser.advance()
    return Rows(tuple(rows))


_READERS: dict[str, Callable[["Parser"], Node]] = {
    "number": number,
    "name": name,
    "free": name,
    "constant": constant,
    "open": bracket,
    "frac": fraction,
    "binom": binomial,
    "begin": environment,
    "function": calls.function,
    "sum": calls.reduction,
}
