r"""Read a matrix expression: `X^\top G`, `X.T @ dout`, `np.sum(G, axis=0)`, `X^T \frac{\partial L}{\partial Y}`."""

import re
from collections.abc import Sequence as Items
from typing import NamedTuple

from grader.answer import Unreadable
from grader.reading import limits
from grader.reading.echo import latex
from grader.reading.grammar import Parsed, parse_tokens
from grader.reading.names import Vocabulary
from grader.reading.numbers import answer_part
from grader.reading.tokens import Token, scan
from grader.reading.tree import Node, Reduction, Rows, walk
from grader.verdict import Note

ONES, IDENTITY = "1", "I"
r"""The names of the vector of ones (`\mathbf{1}`, `1_N`) and of the identity (`I`, `I_N`) in the tree."""

_WORDS = ("True", "False")
_BOLD = re.compile(r"\\(?:mathbf|mathbb|boldsymbol|bm|mathds|vec|mathsf|pmb)\s*\{?\s*\Z")
_NUMPY = re.compile(r"@|\b(?:np|numpy)\s*\.|\.T\b|\.(?:dot|sum|mean)\(|\baxis\b")


class MatrixFormula(NamedTuple):
    """A matrix expression's tree, how to show it, remarks, and whether NumPy's meaning of `*` is meant."""

    tree: Node
    latex: str
    notes: tuple[Note, ...] = ()
    numpy: bool = False


def read_matrix_formula(text: str, matrices: Items[str], dimensions: Items[str] = ()) -> MatrixFormula:
    """Read an expression in declared matrices, the right side of `dW = X^T G`; raises `Unreadable`.

    >>> read_matrix_formula("dW = X.T @ dY", ("X", "dY")).numpy
    True
    """
    limits.check_length(text)
    parsed = parse_matrix_tokens(with_ones(text, answer_part(scan(text))), matrix_vocabulary(matrices, dimensions))
    return MatrixFormula(parsed.tree, latex(parsed.tree), parsed.notes, bool(_NUMPY.search(text)))


def matrix_vocabulary(matrices: Items[str], dimensions: Items[str] = ()) -> Vocabulary:
    """Give the names that may be used beside the matrices: dimensions, ones and identities."""
    special = [f"{word}_{dimension}" for word in (ONES, IDENTITY) for dimension in dimensions]
    names = dict.fromkeys([*matrices, *dimensions, ONES, IDENTITY, *special, *_WORDS])
    return Vocabulary(names=tuple(names), matrices=True)


def parse_matrix_tokens(tokens: Items[Token], vocabulary: Vocabulary) -> Parsed:
    """Parse one expression in whole matrices; raises `Unreadable`."""
    parsed = parse_tokens(tokens, vocabulary)
    for node in walk(parsed.tree):
        if isinstance(node, Reduction):
            raise Unreadable("Write the sum as a matrix product, or as sum(…, axis=0).", code="sum")
        if isinstance(node, Rows):
            raise Unreadable("Write matrices by their names, not by their entries.", code="entries")
    return parsed


def with_ones(text: str, tokens: Items[Token]) -> list[Token]:
    r"""Turn a bold 1, and the 1 of `1_N`, into the name of the vector of ones; `\mathbb{1}[X > 0]` is a mask."""
    return [_ones(text, token, after) for token, after in zip(tokens, [*tokens[1:], *tokens[-1:]], strict=True)]


def _ones(text: str, token: Token, after: Token) -> Token:
    bold = _BOLD.search(text[max(0, token.start - 20) : token.start])
    ones = token.kind == "number" and token.text == ONES and (bold or after.text == "_") and after.kind != "open"
    return token._replace(kind="name") if ones else token
