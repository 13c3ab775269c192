"""Functions with their arguments, and sums over an index."""

from fractions import Fraction
from typing import TYPE_CHECKING

import msgspec

from grader.reading import atoms
from grader.reading.functions import DERIVED, TABLE
from grader.reading.tokens import Token
from grader.reading.tree import Call, Name, Node, Numeral, Power, Product, Reduction, Sequence

if TYPE_CHECKING:
    from grader.reading.grammar import Parser

Keywords = tuple[tuple[str, Node], ...]
_SHORT = {"sigma": "sigmoid"}
_OPENINGS = ("(", "{", "\\{", "[")


def function(parser: "Parser") -> Node:
    """Read a function, what is set low or high behind its name, and its arguments."""
    token = parser.advance()
    token = token._replace(text=_SHORT.get(token.text, token.text))
    if parser.sees("'") and (token.text in DERIVED or f"{token.text}'" in parser.vocabulary.functions):
        parser.advance()
        token = token._replace(text=f"{token.text}'")
    low = _low(parser) if parser.sees("_") else None
    exponent = _exponent(parser, token) if parser.sees("^") else None
    if token.text == "indicator" and low is not None:
        return Call("indicator", (low,))
    arguments, keywords = _arguments(parser, token)
    if token.text == "softmax" and parser.sees("_"):
        low = _low(parser)
    if low is not None:
        arguments, keywords = _lowered(token, low, arguments, keywords)
    if token.text == "log10" and len(arguments) == 2:
        token = token._replace(text="log")  # lg(x, b) is the logarithm to base b
    call = Call(token.text, arguments, keywords)
    _check_count(parser, token, call)
    return call if exponent is None else Power(call, exponent)


def method(parser: "Parser", node: Node) -> Node:
    """Read `.sum(axis=0)` and the like behind an array."""
    parser.advance()
    token = parser.token
    if token.kind != "function" or parser.ahead().text != "(":
        raise parser.fail("Behind a point only .T or the method of an array may stand.", token, code="attribute")
    parser.advance()
    arguments, keywords = _bracketed(parser)
    return Call(token.text, (node, *arguments), keywords)


def _low(parser: "Parser") -> Node:
    parser.advance()
    return atoms.braced(parser)


def _lowered(
    token: Token, low: Node, arguments: tuple[Node, ...], keywords: Keywords
) -> tuple[tuple[Node, ...], Keywords]:
    if token.text == "log":
        return (*arguments, low), keywords
    return arguments, (("index", low), *keywords)


def _exponent(parser: "Parser", token: Token) -> Node:
    parser.advance()
    exponent = parser.exponent()
    if not isinstance(exponent, Numeral):
        sentence = f"Write a power behind the bracket, {token.text}(…)^n, and an inverse function by its name."
        raise parser.fail(sentence, token, code="function-power")
    return exponent


def _arguments(parser: "Parser", token: Token) -> tuple[tuple[Node, ...], Keywords]:
    if token.text == "sqrt":
        return _root(parser), ()
    if parser.token.kind == "open" and parser.token.text in _OPENINGS:
        return _bracketed(parser)
    if parser.token.kind in ("stop", "close", "comma", "row"):
        sentence = f"{token.text} is a function; write what it is taken of in brackets, {token.text}(…)."
        raise parser.fail(sentence, token, code="no-argument")
    return (_operand(parser, token),), ()


def _root(parser: "Parser") -> tuple[Node, ...]:
    r"""Read `\sqrt[3]{x}`, `sqrt(x)` or `√2`, which reaches over one thing only."""
    index: tuple[Node, ...] = ()
    if parser.token.text == "[":
        inner = atoms.bracket(parser)
        if parser.token.text != "{":
            return (inner,)
        index = inner.items if isinstance(inner, Sequence) else (inner,)
    return (atoms.braced(parser), *index)


def _bracketed(parser: "Parser") -> tuple[tuple[Node, ...], Keywords]:
    """Read arguments between brackets, the named ones apart."""
    opening = parser.token
    cells, bars = parser.cells, parser.bars
    parser.cells, parser.bars = False, 0
    parser.advance()
    arguments: list[Node] = []
    keywords: list[tuple[str, Node]] = []
    while parser.token.kind not in ("close", "stop"):
        if parser.token.kind == "keyword":
            keywords.append(_keyword(parser))
        else:
            arguments.append(parser.relation())
        parser.separator()
    if parser.token.text != atoms.CLOSING[opening.text]:
        raise parser.fail(f"This “{opening.text}” is never closed.", opening, code="brackets")
    parser.cells, parser.bars = cells, bars
    parser.advance()
    return tuple(arguments), tuple(keywords)


def _keyword(parser: "Parser") -> tuple[str, Node]:
    token = parser.advance()
    if not parser.accept("="):
        raise parser.fail(f"Behind {token.text} a “=” was expected.", token)
    return token.text, parser.sum()


def _operand(parser: "Parser", token: Token) -> Node:
    """Read an argument without brackets: `ln 2x` is ln(2x), `ln 2 + 1` is ln(2) + 1, `sin x cos x` a product."""
    first = parser.unary()
    factors = [first]
    while parser.implied() and parser.token.kind not in ("function", "open", "sum"):
        factors.append(parser.power())
    if parser.token.kind == "open" and not parser.cells:
        parser.note(
            "ambiguous-argument",
            f"The argument of {token.text} was read to end before the bracket; put brackets around it to be sure.",
        )
    return first if len(factors) == 1 else Product(tuple(factors), ("",) * (len(factors) - 1))


def _check_count(parser: "Parser", token: Token, call: Call) -> None:
    known = TABLE.get(token.text)
    if known is None or known.least <= len(call.arguments) <= known.most:
        return
    wanted = {1: "one argument", 2: "two arguments", 3: "three arguments"}[
        known.most if known.most < 4 else known.least
    ]
    hint = " For a decimal comma write a point, as in 0.5." if len(call.arguments) > known.most else ""
    sentence = f"{token.text} takes {wanted}, but {len(call.arguments)} came.{hint}"
    raise parser.fail(sentence, token, code="arguments")


def reduction(parser: "Parser") -> Node:
    r"""Read `\sum_{i=1}^{n} x_i`; the sum reaches over products, not over a following `+`."""
    token = parser.token
    outer = parser.vocabulary
    index, low = _index(parser, token)
    parser.vocabulary = msgspec.structs.replace(outer, names=(*outer.names, index))
    parser.settle()
    high = parser.exponent() if parser.accept("^") else None
    if low is None and index in dict(outer.ranges):
        low, high = Numeral("1", Fraction(1)), high or Name(dict(outer.ranges)[index])
    body = parser.product()
    parser.vocabulary = outer
    return Reduction(token.text, index, low, high, body)


def _index(parser: "Parser", token: Token) -> tuple[str, Node | None]:
    """Read the index below a sum, and where it starts."""
    parts = parser.tokens[parser.at + 1 : parser.at + 4]
    braced = len(parts) > 1 and parts[1].text == "{"
    name = parts[-1] if braced else parts[1] if len(parts) > 1 else token
    if not parts or parts[0].text != "_" or name.kind not in ("name", "constant"):
        raise parser.fail("Below the sum its index was expected, as in \\sum_{i=1}^{n}.", token, code="sum-index")
    if not braced:
        parser.at += 3
        return name.text, None
    parser.jump(parser.at + 4)
    low = parser.sum() if parser.accept("=") else None
    if parser.token.text != "}":
        raise parser.fail("Below the sum this brace is never closed.", parts[1], code="brackets")
    parser.advance()
    return name.text, low


def conditional(parser: "Parser", value: Node) -> Node:
    """Read what follows `a` in Python's `a if c else b`."""
    parser.descend()
    parser.advance()
    condition = parser.relation()
    if parser.token.text not in ("else", "otherwise", "sonst"):
        raise parser.fail("Behind the condition an “else” was expected.", code="cases")
    parser.advance()
    other = parser.relation()
    parser.depth -= 1
    return Call("where", (condition, value, other))


def cases(parser: "Parser") -> Node:
    r"""Read `\begin{cases} a & c \\ b & \text{otherwise} \end{cases}`; the last line holds where no other does."""
    opening = parser.token
    parser.advance()
    lines: list[tuple[Node, Node | None]] = []
    while parser.token.kind not in ("end", "stop"):
        lines.append(_case(parser))
        while parser.token.kind in ("row", "line"):
            parser.advance()
    if parser.token.text != "cases" or not lines:
        raise parser.fail("These cases are never ended.", opening, code="brackets")
    parser.advance()
    node = lines[-1][0]
    for value, condition in reversed(lines[:-1]):
        if condition is None:
            raise parser.fail("Every case but the last needs a condition.", opening, code="cases")
        node = Call("where", (condition, value, node))
    return node


def _case(parser: "Parser") -> tuple[Node, Node | None]:
    value = parser.sum()
    while parser.token.kind in ("cell", "comma", "word"):
        parser.advance()
    last = parser.token.kind in ("row", "end", "line", "stop")
    return value, None if last else parser.relation()
