"""One entry of a matrix expression in index notation, by which every gradient can be checked."""

from itertools import count

from solvers.symbolic.formulas.printing import name
from solvers.symbolic.matrix.expression import (
    Applied,
    Expression,
    Gradient,
    Identity,
    Mapped,
    Named,
    Ones,
    Scaled,
    Size,
    Sum,
    Symbol,
    Zeros,
)
from solvers.symbolic.matrix.printing import bracketed, mapped, raised, scaled, signed, size

_LETTERS = "klmpqrst"
_SUM, _TOTAL, _PRODUCT, _ALONE = range(4)


def entry(node: Expression, row: str, column: str, *, tight: bool = False) -> str:
    r"""Typeset entry (row, column) of an expression; `tight` puts a sum in brackets.

    >>> from solvers.symbolic.matrix.expression import matrices
    >>> X, W, b = matrices(X="N D", W="D M", b="1 M")
    >>> print(entry(X @ W + b, "i", "j"))
    \sum_{k=1}^{D} X_{ik} W_{kj} + b_{j}
    """
    return _Entry().within(node, row, column, _PRODUCT if tight else _SUM)


def over(letter: str, length: Size) -> str:
    """Typeset the sum sign of one index."""
    return rf"\sum_{{{letter}=1}}^{{{size(length)}}}"


def indexed(node: Expression, row: str, column: str) -> str:
    """Typeset a whole expression with indices; a side of length 1 needs none."""
    indices = tuple(index for index, length in zip((row, column), node.shape, strict=False) if length != 1)
    if isinstance(node, Symbol | Named) and not isinstance(node, Gradient):
        return name(node.name, indices)
    shown = bracketed(node)
    return f"{shown}_{{{''.join(indices)}}}" if indices else shown


class _Entry:
    """One walk through an expression; every sum inside gets a letter of its own."""

    def __init__(self) -> None:
        self.letters = (_LETTERS[n] if n < len(_LETTERS) else f"k_{n}" for n in count())

    def within(self, node: Expression, row: str, column: str, need: int) -> str:
        """An entry, in brackets where it binds less than needed."""
        shown, level = self.show(node, row, column)
        return rf"\left({shown}\right)" if level < need else shown

    def show(self, node: Expression, row: str, column: str) -> tuple[str, int]:
        """An entry and how tightly it binds."""
        if isinstance(node, Gradient):
            return rf"\frac{{\partial L}}{{\partial {indexed(node.of, row, column)}}}", _ALONE
        if isinstance(node, Scaled):
            return scaled(node.factor, node.part, self.within(node.part, row, column, _TOTAL)), _SUM
        if isinstance(node, Sum):
            return self.sum(node, row, column), _SUM
        if isinstance(node, Mapped):
            need = _ALONE if node.function == "power" else _SUM
            return mapped(node, self.within(node.part, row, column, need), scalar=True), _PRODUCT
        if isinstance(node, Applied):
            return self.applied(node, row, column)
        return self.whole(node, row, column), _PRODUCT if raised(node) else _ALONE

    def sum(self, node: Sum, row: str, column: str) -> str:
        """Terms with their signs."""
        return signed(self.within(term, row, column, _SUM) for term in node.terms)

    def whole(self, node: Expression, row: str, column: str) -> str:
        """Symbols, constants, and operations that mix entries and so stay whole."""
        if isinstance(node, Identity):
            return rf"\delta_{{{row}{column}}}"
        if isinstance(node, Ones | Zeros):
            return "1" if isinstance(node, Ones) else "0"
        return indexed(node, row, column)

    def applied(self, node: Applied, row: str, column: str) -> tuple[str, int]:
        """A sum over an index, or a change of indices."""
        first, *rest = node.parts
        if node.operation == "transpose":
            return self.show(first, column, row)
        if node.operation == "stretch":
            return self.show(first, row, column)
        if node.operation == "hadamard":
            return " ".join(self.within(part, row, column, _PRODUCT) for part in node.parts), _PRODUCT
        if node.operation == "product":
            k = next(self.letters)
            left, right = self.within(first, row, k, _PRODUCT), self.within(rest[0], k, column, _TOTAL)
            return f"{over(k, first.shape[1])} {left} {right}", _TOTAL
        return self.sums(node.operation, first, row, column), _TOTAL

    def sums(self, operation: str, part: Expression, row: str, column: str) -> str:
        """A sum over rows, columns, both, or the diagonal."""
        k = next(self.letters)
        if operation == "column_sums":
            return f"{over(k, part.shape[0])} {self.within(part, k, column, _TOTAL)}"
        if operation == "row_sums":
            return f"{over(k, part.shape[1])} {self.within(part, row, k, _TOTAL)}"
        if operation == "trace":
            return f"{over(k, part.shape[0])} {self.within(part, k, k, _TOTAL)}"
        l = next(self.letters)
        return f"{over(k, part.shape[0])} {over(l, part.shape[1])} {self.within(part, k, l, _TOTAL)}"
