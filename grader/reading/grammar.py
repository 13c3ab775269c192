"""The grammar: tokens become a tree by recursive descent, with every depth and length bounded.

From loosest to tightest: commas and rows, relations, unions, sums, products (written or implied), minus, powers,
marks behind (`!`, `%`, transposed), and what `atoms.py` reads.
"""

from collections.abc import Sequence as Items
from typing import NamedTuple

from grader.answer import Unreadable
from grader.reading import limits
from grader.reading.atoms import atom, braced
from grader.reading.calls import conditional, method
from grader.reading.names import PLAIN, Vocabulary, resolve
from grader.reading.phrases import join
from grader.reading.tokens import Token, scan
from grader.reading.tree import Call, Negative, Node, Postfix, Power, Product, Relation, Rows, Sequence, Sum
from grader.verdict import Note

RELATIONS = frozenset(("=", "≈", "<", "<=", ">", ">=", "!=", "in", "->", "=>", "<=>"))
SET_OPERATIONS = {"∪": "union", "∩": "intersection", "∖": "difference"}
_TIMES = frozenset(("*", "·", "×", "/", "@", "⊙"))
_STARTS = frozenset(
    ["number", "name", "constant", "function", "sum", "free", "open", "frac", "binom", "accent", "begin"]
)
_MARKS = 9


class Parsed(NamedTuple):
    """A tree, and what is worth saying about how it was read."""

    tree: Node
    notes: tuple[Note, ...] = ()


def parse(text: str, vocabulary: Vocabulary = PLAIN, limit: int = limits.LENGTH) -> Parsed:
    """Read a formula, a list of formulas or rows of them; raises `Unreadable` with the place of the trouble."""
    limits.check_length(text, limit)
    return parse_tokens(scan(text), vocabulary)


def parse_tokens(tokens: Items[Token], vocabulary: Vocabulary = PLAIN) -> Parsed:
    """Read tokens that were cut already."""
    parser = Parser(tokens, vocabulary)
    tree = parser.everything()
    return Parsed(tree, tuple(parser.notes.values()))


class Parser:
    """A position among tokens; each method reads one level of the grammar and gives its node."""

    def __init__(self, tokens: Items[Token], vocabulary: Vocabulary) -> None:
        self.tokens = join(tokens, vocabulary)
        self.vocabulary = vocabulary
        self.at = self.depth = self.bars = 0
        self.cells = vocabulary.cells
        self.notes: dict[str, Note] = {}
        self.settle()

    # Tokens

    @property
    def token(self) -> Token:
        """The token to be read next; names in it are known ones."""
        return self.tokens[self.at]

    def advance(self) -> Token:
        """Give the token and step over it."""
        token = self.tokens[self.at]
        self.at += token.kind != "stop"
        self.settle()
        return token

    def settle(self) -> None:
        """Pass over line ends that mean nothing, and find what the next name names."""
        while not self.cells and self.token.kind == "line":
            self.at += 1
        if self.token.kind == "name":
            self.tokens[self.at : self.at + 1] = resolve(self.token, self.vocabulary)

    def jump(self, at: int) -> None:
        """Go on reading at another token."""
        self.at = min(at, len(self.tokens) - 1)
        self.settle()

    def ahead(self, steps: int = 1) -> Token:
        """Look at a later token."""
        return self.tokens[min(self.at + steps, len(self.tokens) - 1)]

    def sees(self, *texts: str) -> bool:
        """Tell if the next token is an operator with one of these texts."""
        return self.token.kind == "op" and self.token.text in texts

    def accept(self, *texts: str) -> str:
        """Step over one of these operators and give its text, or give an empty text."""
        return self.advance().text if self.sees(*texts) else ""

    def fail(self, sentence: str, token: Token | None = None, code: str = "syntax") -> Unreadable:
        """Make an error that points at a token."""
        token = token or self.token
        return Unreadable(sentence, token.start, max(token.end, token.start + 1), code=code)

    def note(self, code: str, text: str) -> None:
        """Remember something to say about the reading, once for each code."""
        self.notes.setdefault(code, Note(code, text))

    # Levels

    def everything(self) -> Node:
        """Read to the end."""
        tree = self.contents("", "")
        if self.token.kind != "stop":
            raise self.unexpected()
        return tree

    def contents(self, opening: str, closing: str) -> Node:
        """Read items between commas, and rows of them, up to what closes."""
        rows, single = self.rows()
        if len(rows) > 1:
            return Rows(tuple(rows))
        items = rows[0] if rows else ()
        if len(items) == 1 and single and opening in ("", "(", "⟨", "⌊", "⌈"):
            return items[0]
        if not items and not opening:
            raise self.fail("Here a number or a formula was expected.")
        return Sequence(opening, closing, items)

    def rows(self) -> tuple[list[tuple[Node, ...]], bool]:
        """Read rows of items; the flag says that there is one item and no comma behind it."""
        rows: list[tuple[Node, ...]] = []
        row: list[Node] = []
        commas = False
        while self.token.kind not in ("stop", "close", "end"):
            if self.token.kind in ("row", "line"):
                self.advance()
                rows += [tuple(row)] if row else []
                row = []
            else:
                row.append(self.relation())
                commas |= self.token.kind in ("comma", "cell")
                self.separator()
        rows += [tuple(row)] if row else []
        return rows, not commas

    def separator(self) -> None:
        """Step over what separates items."""
        if self.token.kind in ("comma", "cell"):
            self.advance()
            while self.token.kind == "line":
                self.advance()
        elif self.token.kind not in ("row", "line", "stop", "close", "end") and not self.cells:
            raise self.unexpected()

    def relation(self) -> Node:
        """Read sides joined by `=`, `<` and the like."""
        sides, operators = [self.union()], []
        while self.sees(*RELATIONS):
            operators.append(self.advance().text)
            sides.append(self.union())
        node = Relation(tuple(sides), tuple(operators)) if operators else sides[0]
        return conditional(self, node) if self.token.kind == "word" and self.token.text == "if" else node

    def union(self) -> Node:
        """Read unions, intersections and differences of sets, from the left."""
        parts, operator = [self.sum()], ""
        while self.sees(*SET_OPERATIONS):
            if operator not in ("", self.token.text):
                raise self.fail("Put brackets to say which of these comes first.")
            operator = self.advance().text
            parts.append(self.sum())
        return Call(SET_OPERATIONS[operator], tuple(parts)) if operator else parts[0]

    def sum(self) -> Node:
        """Read terms with `+` and `-` between them."""
        terms = [self.product()]
        while self.sees("+", "-") and not self._next_cell():
            minus = self.advance().text == "-"
            term = self.product()
            terms.append(Negative(term) if minus else term)
        return Sum(tuple(terms)) if len(terms) > 1 else terms[0]

    def _next_cell(self) -> bool:
        """Tell if a sign begins a new entry, as in `1 -2`."""
        return self.cells and self.token.spaced and not self.ahead().spaced

    def product(self) -> Node:
        """Read factors with `*`, `/` and the like between them, or nothing."""
        first = self.token
        factors, operators = [self.unary()], []
        while True:
            if self.sees(*_TIMES):
                operators.append(self.advance().text)
                factors.append(self.unary())
            elif self.implied():
                self._warn(first, factors, operators)
                operators.append("")
                factors.append(self.power())
            else:
                break
        return Product(tuple(factors), tuple(operators)) if operators else factors[0]

    def implied(self) -> bool:
        """Tell if what follows is a factor with no operator before it."""
        token = self.token
        if token.kind not in _STARTS and not (self.sees("∂", "∇") or (self.sees("|", "‖") and not self.bars)):
            return False
        if self.cells and (token.spaced or token.kind == "number"):
            return False
        if token.kind == "number" and not (token.text == "1" and self.ahead().text in ("_", "[")):
            raise self.fail("Before this number an operator is missing.")
        return True

    def _warn(self, first: Token, factors: list[Node], operators: list[str]) -> None:
        if operators and operators[-1] == "/" and not isinstance(factors[-1], Sequence):
            shown = f"{first.text}/…{self.token.text}"
            self.note(
                "ambiguous-division",
                f"What stands behind the division in “{shown}” was read as a factor of the whole fraction, "
                "from left to right; put brackets around the denominator if you meant it to be below the bar.",
            )

    def unary(self) -> Node:
        """Read signs before a factor."""
        minus = False
        while self.sees("+", "-"):
            minus ^= self.advance().text == "-"
        return Negative(self.power()) if minus else self.power()

    def power(self) -> Node:
        """Read a base and its exponent; towers are read from the top."""
        base = self.marked()
        return self.marks(Power(base, self.exponent())) if self.accept("^") else base

    def exponent(self) -> Node:
        """Read what stands behind `^`: in braces, or signs and one power."""
        self.descend()
        node = braced(self) if self.token.text == "{" else self.unary()
        self.depth -= 1
        return node

    def descend(self) -> None:
        """Count one level deeper; raises `Unreadable` beyond the bound."""
        self.depth += 1
        if self.depth > limits.DEPTH:
            raise self.fail(f"The formula is nested more than {limits.DEPTH} levels deep.", code="too-deep")

    def marked(self) -> Node:
        """Read an atom and the marks behind it."""
        return self.marks(atom(self))

    def marks(self, node: Node) -> Node:
        """Read `!`, `%`, `.T` and `'` behind something."""
        for _ in range(_MARKS):
            if self.sees("!", "%", "°"):
                if isinstance(node, Postfix) and node.mark == self.token.text == "!":
                    raise self.fail("“!!” has two meanings; write (n!)! for the factorial of a factorial.")
                node = Postfix(node, self.advance().text)
            elif self.sees("⊤") or (self.vocabulary.matrices and self.sees("'")):
                self.advance()
                node = Postfix(node, "T")
            elif self.vocabulary.matrices and self.sees("."):
                node = method(self, node)
            else:
                return node
        raise self.fail("There are too many marks in a row here.", code="too-deep")

    def unexpected(self) -> Unreadable:
        """Make the error for a token that cannot stand where it does."""
        token = self.token
        if token.kind == "close":
            return self.fail(f"This “{token.text}” closes a bracket that was never opened.", code="brackets")
        return self.fail(f"“{token.text.strip() or 'This'}” cannot stand here.")
