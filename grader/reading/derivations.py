r"""Read a derivation line by line: `a = b = c`, `= d`, `a \\ &= b`, `x^2 = 4 => x = 2 or x = -2`."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from grader.answer import Unreadable
from grader.reading import limits
from grader.reading.echo import latex
from grader.reading.statements import cut, is_word
from grader.reading.tokens import Token, scan
from grader.reading.tree import Node

LENGTH = 6_000
MOST = 40
MOST_EQUATIONS = 15
_REMARK = re.compile(r"(?:#|//)[^\n]*")
_ARROWS = ("=>", "<=>", "->")

Parse = Callable[[list[Token]], Node]


class Expression(NamedTuple):
    """One of the expressions that a chain says are equal: the number of its line, its tree, and if it is new there."""

    line: int
    tree: Node


class Equation(NamedTuple):
    """One line of equations that are alternatives (`x = 2 or x = -2`), each as its two sides."""

    line: int
    alternatives: tuple[tuple[Node, Node], ...]


def read_chain(text: str, parse: Parse) -> tuple[Expression, ...]:
    """Read the expressions of a chain of equalities in order; raises `Unreadable`.

    What cannot be read at the head of a line, such as `d/dz f`, is taken as the name of what is derived.
    """
    found: list[Expression] = []
    for number, tokens in enumerate(_lines(text), 1):
        parts = cut(tokens, lambda token: token.kind == "op" and token.text in ("=", "≈"))
        for at, part in enumerate(parts):
            try:
                found.append(Expression(number, parse(part)))
            except Unreadable:
                if at or len(parts) == 1:
                    raise
    if not found:
        raise Unreadable("No line of a derivation was found.", code="empty")
    return tuple(found)


def read_equations(text: str, parse: Parse) -> tuple[Equation, ...]:
    """Read one equation a line, or several with `or` between them; raises `Unreadable`."""
    found = []
    for number, tokens in enumerate(_lines(text), 1):
        alternatives = tuple(
            _sides(part, parse) for part in cut(tokens, lambda token: is_word(token, "or", "oder"))
        )
        found.append(Equation(number, alternatives))
    if not 0 < len(found) <= MOST_EQUATIONS:
        raise Unreadable(
            f"From one to {MOST_EQUATIONS} lines of equations are read.", code="too-long" if found else "empty"
        )
    return tuple(found)


def chain_latex(chain: tuple[Expression, ...]) -> str:
    """Show a chain, one expression a row."""
    return _rows([latex(chain[0].tree), *(f"= {latex(expression.tree)}" for expression in chain[1:])])


def equations_latex(equations: tuple[Equation, ...]) -> str:
    """Show equations, one line a row."""
    pairs = [[f"{latex(left)} = {latex(right)}" for left, right in line.alternatives] for line in equations]
    return _rows([r" \text{ or } ".join(line) for line in pairs])


def _rows(lines: list[str]) -> str:
    rows = r" \\ ".join(lines)
    return rf"\begin{{array}}{{l}}{rows}\end{{array}}" if len(lines) > 1 else rows


def _sides(tokens: list[Token], parse: Parse) -> tuple[Node, Node]:
    sides = cut(tokens, lambda token: token.kind == "op" and token.text == "=")
    if len(sides) != 2:
        raise Unreadable(
            "Every line must be one equation, such as 2x = 4.", tokens[0].start, tokens[-1].end, "no-equation"
        )
    return parse(sides[0]), parse(sides[1])


def _lines(text: str) -> Iterator[list[Token]]:
    """Give the tokens of each line, without remarks, alignment marks and the sign that joins it to the last."""
    limits.check_length(text, LENGTH)
    tokens = scan(_REMARK.sub(lambda remark: " " * len(remark[0]), text))
    plain = [token for token in tokens if token.kind not in ("begin", "end", "cell")]
    lines = cut(plain, lambda token: token.kind in ("line", "row") or token.text in _ARROWS)
    if len(lines) > MOST:
        raise Unreadable(f"At most {MOST} lines are read.", code="too-long")
    for line in lines:
        yield line[1:] if line[0].text in ("=", "≈") and len(line) > 2 else line
