"""Read scalar formulas and small programs of assignments; bounded, and nothing is ever executed."""

import re
from fractions import Fraction

from solvers.symbolic.formulas.tree import Call, Name, Number, Tree, walk
from solvers.symbolic.formulas.vocabulary import FUNCTIONS

MAX_LENGTH = 4000
MAX_DEPTH = 60
MAX_DIGITS = 30

_TOKEN = re.compile(r"\s*(?:(\d+\.?\d*(?:e[+-]?\d{1,2})?|\.\d+)|([A-Za-z]\w*)|(\*\*|[-+*/^()\[\],]))", re.ASCII)
_BINARY = {"+": (1, "+"), "-": (1, "-"), "*": (2, "*"), "/": (2, "/"), "^": (4, "^"), "**": (4, "^")}
_UNARY = 3


def read(text: str) -> Tree:
    """Read one formula; raises ValueError with the place of the trouble.

    Products need their sign, indices stand in brackets, a power may be written `^` or `**`.

    >>> read("x[i] ^ 2")
    Call(function='^', arguments=(Name(text='x', indices=(Name(text='i', indices=()),)),
    Number(value=Fraction(2, 1))))
    """
    reader = _Reader(text)
    tree = reader.expression(0)
    reader.expect("")
    return tree


def read_program(text: str) -> tuple[tuple[str, Tree], ...]:
    """Read assignments parted by `;` or new lines as (name, formula) pairs; the last may go without a name.

    >>> [name for name, formula in read_program("q = x + y; q += 1; q * z")]
    ['q', 'q', '']
    """
    if len(text) > MAX_LENGTH:
        raise ValueError(f"a program may have {MAX_LENGTH} characters, this one has {len(text)}")
    lines = [line.strip() for line in re.split(r"[;\n]", text) if line.strip()]
    pairs = tuple(_assignment(line) for line in lines)
    if not pairs or not all(name for name, _ in pairs[:-1]):
        raise ValueError("every statement but the last needs a name: name = formula")
    return pairs


def _assignment(line: str) -> tuple[str, Tree]:
    match = re.fullmatch(r"([A-Za-z]\w*)\s*([-+*/]?)=(.*)", line, re.ASCII | re.DOTALL)
    if not match:
        return "", read(line)
    name, operator, text = match.groups()
    tree = read(text)
    return name, Call(operator, (Name(name), tree)) if operator else tree


class _Reader:
    """Precedence climbing over the tokens of one formula."""

    def __init__(self, text: str) -> None:
        if len(text) > MAX_LENGTH:
            raise ValueError(f"a formula may have {MAX_LENGTH} characters, this one has {len(text)}")
        self.text, self.place, self.depth = text, 0, 0
        self.token, self.kind = "", ""
        self.advance()

    def advance(self) -> str:
        """Step to the next token and return the one left behind."""
        left = self.token
        match = _TOKEN.match(self.text, self.place)
        if match:
            self.place, self.token = match.end(), match[match.lastindex or 0]
            self.kind = ("", "number", "name", "sign")[match.lastindex or 0]
        elif self.text[self.place :].strip():
            raise self.trouble(f"does not understand {self.text[self.place :].strip()[0]!r}")
        else:
            self.token = self.kind = ""
        return left

    def trouble(self, what: str) -> ValueError:
        """An error that says where reading stopped."""
        return ValueError(f"the formula reader {what} at character {self.place} of {self.text!r}")

    def expect(self, token: str) -> None:
        """Pass over this token or complain."""
        if self.token != token:
            raise self.trouble(f"expected {token or 'the end'!r}, got {self.token or 'the end'!r}")
        if token:
            self.advance()

    def expression(self, floor: int) -> Tree:
        """Read operators that bind tighter than `floor`."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.trouble(f"allows {MAX_DEPTH} levels of brackets")
        left = self.operand()
        while self.kind == "sign" and self.token in _BINARY and _BINARY[self.token][0] > floor:
            strength, function = _BINARY[self.advance()]
            right = self.expression(strength - (function == "^"))
            left = Call(function, (left, right))
        self.depth -= 1
        return left

    def operand(self) -> Tree:
        """Read a number, a name, a call, something in brackets, or a sign before one of these."""
        if self.token in ("-", "+"):
            sign = self.advance()
            inner = self.expression(_UNARY)
            return Call("neg", (inner,)) if sign == "-" else inner
        if self.token == "(":
            return self.listing("(", ")", 1)[0]
        if self.kind == "number":
            return self.number()
        if self.kind == "name":
            return self.name()
        raise self.trouble(f"expected a number, a name or '(', got {self.token or 'the end'!r}")

    def number(self) -> Number:
        """Read a number exactly."""
        if len(self.token) > MAX_DIGITS:
            raise self.trouble(f"allows {MAX_DIGITS} digits a number")
        return Number(Fraction(self.advance().rstrip(".")))

    def name(self) -> Tree:
        """Read a variable, an indexed variable or a call."""
        text = self.advance()
        if self.token == "[":
            return Name(text, self.listing("[", "]"))
        if self.token != "(":
            return Name(text)
        return Call(text, self.listing("(", ")", FUNCTIONS[text].arity if text in FUNCTIONS else None))

    def listing(self, opening: str, closing: str, count: int | None = None) -> tuple[Tree, ...]:
        """Read formulas between brackets, parted by commas."""
        self.expect(opening)
        found = [self.expression(0)]
        while self.token == ",":
            self.advance()
            found.append(self.expression(0))
        if count is not None and len(found) != count:
            raise self.trouble(f"expected {count} argument{'s' * (count != 1)}, got {len(found)}")
        self.expect(closing)
        return tuple(found)


def names_in(tree: Tree) -> tuple[str, ...]:
    """The variables of a formula, each once, in the order met.

    >>> names_in(read("a*b + exp(a)"))
    ('a', 'b')
    """
    return tuple(dict.fromkeys(node.text for node in walk(tree) if isinstance(node, Name)))
