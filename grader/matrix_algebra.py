"""Compute matrix expressions, with the shape of every intermediate checked and its trouble explained."""

import ast
import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np

from grader.answer import Unreadable
from grader.matrix_products import Unsized, added, multiplied, transposed
from grader.programs.arithmetic import combine
from grader.programs.arrays import broadcast, failed
from grader.programs.functions import call_library
from grader.programs.meter import Meter, product
from grader.reading.echo import latex
from grader.reading.evaluate import compared
from grader.reading.floats import FLOATS
from grader.reading.matrix_formulas import IDENTITY, ONES, MatrixFormula
from grader.reading.tree import (
    Call,
    Index,
    Name,
    Negative,
    Node,
    Numeral,
    Postfix,
    Power,
    Product,
    Relation,
    Sequence,
    Sum,
)  # fmt: skip

_LIBRARY = {"norm": "linalg.norm"} | {
    name: name for name in ("sum", "mean", "outer", "diag", "trace", "zeros", "ones", "eye", "multiply")
}
_LONGEST = 10_000
UNREADABLE = frozenset({"not-a-matrix", "power", "indices"})
"""Codes of trouble that lies in the notation, whatever the sizes."""


def world(matrices: Mapping[str, Any], sizes: Mapping[str, int]) -> dict[str, Any]:
    """Give what every name stands for: matrices, sizes of dimensions, vectors of ones and identities."""
    ones = {f"{ONES}_{name}": np.ones((size, 1)) for name, size in sizes.items()}
    identities = {f"{IDENTITY}_{name}": np.eye(size) for name, size in sizes.items()}
    plain = {ONES: Unsized(), IDENTITY: Unsized(identity=True), "True": True, "False": False}
    lengths = {name: float(size) for name, size in sizes.items()}
    return {**plain, **ones, **identities, **lengths, **matrices}


def compute(formula: MatrixFormula, values: Mapping[str, Any], lengths: Mapping[int, str] | None = None) -> Any:
    """Give the value of a matrix expression; raises `Unreadable` with the code `shape-error` where shapes clash.

    `lengths` gives the names by which messages call the lengths of axes.
    """
    with np.errstate(all="ignore"):
        value = _Computation(values, formula.numpy, lengths or {}).value(formula.tree)
    if isinstance(value, Unsized):
        raise Unreadable(
            "The shape of the result is not clear: write 1_N for a vector of N ones.", code="shape-error"
        )
    return np.asarray(value, dtype=float)


class _Computation:
    """One walk through one tree, within one budget."""

    def __init__(self, values: Mapping[str, Any], numpy: bool, lengths: Mapping[int, str]) -> None:
        self.values, self.numpy, self.lengths, self.meter = values, numpy, lengths, Meter()

    def value(self, node: Node) -> Any:
        """Compute a node; trouble is told with the node as it was read."""
        handler = _HANDLERS.get(type(node))
        if handler is None:
            raise Unreadable(f"${latex(node)}$ is no matrix expression.", code="not-a-matrix")
        return self.telling(node, lambda: handler(self, node))

    def telling(self, node: Node, action: Callable[[], Any]) -> Any:
        """Do something; trouble that names no place yet is told with the node."""
        try:
            return action()
        except Unreadable as trouble:
            if trouble.code != "run-error":
                raise
            worded = re.sub(r"\d+", lambda found: self.lengths.get(int(found[0]), found[0]), trouble.sentence)
            raise Unreadable(f"${latex(node)}$ {worded}", code="shape-error") from None

    def name(self, node: Name) -> Any:
        """What a name stands for."""
        return FLOATS.constants[node.name] if node.constant else self.values[node.name]

    def numeral(self, node: Numeral) -> float:
        """A number."""
        return float(FLOATS.number(node.value))

    def sum(self, node: Sum) -> Any:
        """Terms of one shape, or that broadcast."""
        terms = [(ast.Sub, term.operand) if isinstance(term, Negative) else (ast.Add, term) for term in node.terms]
        return added([(sign, self.value(term)) for sign, term in terms], self.meter)

    def product(self, node: Product) -> Any:
        """Factors from the left; ⊙ binds least, so that `M ⊙ A B` is M ⊙ (A B)."""
        ends = [at for at, sign in enumerate(node.operators) if sign == "⊙"]
        starts = [0, *(end + 1 for end in ends)]
        total: Any = None
        for start, end in zip(starts, [*ends, len(node.operators)], strict=True):
            part = self.run(node.factors[start : end + 1], node.operators[start:end])
            total = part if total is None else multiplied("⊙", total, part, self.numpy, self.meter)
        return total

    def run(self, factors: tuple[Node, ...], operators: tuple[str, ...]) -> Any:
        """Multiply factors from left to right; trouble is told with the factors up to there."""
        total = self.value(factors[0])
        for at, sign in enumerate(operators, 1):
            upto = Product(factors[: at + 1], operators[:at])
            step = partial(multiplied, sign, total, self.value(factors[at]), self.numpy, self.meter)
            total = self.telling(upto, step)
        return total

    def negative(self, node: Negative) -> Any:
        """Minus something."""
        return multiplied("⊙", -1.0, self.value(node.operand), self.numpy, self.meter)

    def power(self, node: Power) -> Any:
        """Every entry to a power."""
        base, exponent = self.value(node.base), self.value(node.exponent)
        if isinstance(base, Unsized) or np.ndim(exponent):
            raise Unreadable(f"${latex(node)}$ is not a power of entries.", code="power")
        if np.ndim(base) == 2 and exponent < 0:
            raise Unreadable(
                f"${latex(node)}$ looks like an inverse, which is not used here: write 1 / ….", code="power"
            )
        return combine(ast.Pow, np.asarray(base, dtype=float), exponent, self.meter)

    def postfix(self, node: Postfix) -> Any:
        """A transposed matrix or vector."""
        if node.mark != "T":
            raise Unreadable(f"“{node.mark}” is not used with matrices.", code="not-a-matrix")
        ones = isinstance(node.operand, Numeral) and node.operand.text == ONES
        return transposed(Unsized() if ones else self.value(node.operand))

    def call(self, node: Call) -> Any:
        """A function of whole arrays, or of each entry."""
        values = [self.argument(argument) for argument in node.arguments]
        keywords = {key: _setting(self.value(value)) for key, value in node.keywords}
        if any(isinstance(value, Unsized) for value in (*values, *keywords.values())):
            raise failed("needs the length of its ones or identity: write 1_N or I_N.")
        if node.function in _SPECIAL:
            return _SPECIAL[node.function](self, *values, **keywords)
        if node.function in ("max", "min") and (len(values) == 1 or keywords):
            return call_library(node.function, self.meter, [values[0], *map(_setting, values[1:])], keywords)
        if node.function in _LIBRARY:
            first, others = values[0], [value if np.ndim(value) else _setting(value) for value in values[1:]]
            first = first if np.ndim(first) else _setting(first)
            return call_library(_LIBRARY[node.function], self.meter, [first, *others], keywords)
        return self.elementwise(node, values)

    def elementwise(self, node: Call, values: list[Any]) -> Any:
        """A function applied to every entry."""
        shape: tuple[int, ...] = ()
        for value in values:
            shape = broadcast(shape, np.shape(value))
        self.meter.array(product(shape))
        if node.function not in FLOATS.functions:
            raise Unreadable(f"${latex(node)}$ is not known for matrices.", code="not-a-matrix")
        return FLOATS.functions[node.function](*values)

    def dot(self, left: Any, right: Any) -> Any:
        """`np.dot(A, B)` and `A.dot(B)`."""
        return multiplied("@", left, right, self.numpy, self.meter)

    def softmax(self, value: Any, axis: Any = -1) -> Any:
        """Softmax along an axis, the last if none is named."""
        shifted = value - call_library("max", self.meter, [value], {"axis": _setting(axis), "keepdims": True})
        return np.exp(shifted) / np.sum(np.exp(shifted), axis=_setting(axis), keepdims=True)

    def relation(self, node: Relation) -> Any:
        """A mask such as `X > 0`: ones where it holds, zeros elsewhere."""
        sides = [self.value(side) for side in node.sides]
        if len(sides) > 2 or any(isinstance(side, Unsized) for side in sides):
            raise Unreadable(f"${latex(node)}$ is no mask: write one comparison.", code="not-a-matrix")
        self.meter.array(product(broadcast(np.shape(sides[0]), np.shape(sides[1]))))
        return np.where(compared(node.operators[0], sides[0], sides[1]), 1.0, 0.0)

    def index(self, node: Index) -> Any:
        """The indicator `1[X > 0]`; entries of matrices are not for here."""
        if node.base == Name(ONES) and len(node.indices) == 1 and isinstance(node.indices[0], Relation):
            return self.value(node.indices[0])
        raise Unreadable(f"Write ${latex(node)}$ without indices, in whole matrices.", code="indices")

    def sequence(self, node: Sequence) -> Any:
        """Brackets around a mask, as in `1[X > 0]`."""
        if len(node.items) == 1 and isinstance(node.items[0], Relation):
            return self.value(node.items[0])
        raise Unreadable(
            f"${latex(node)}$ is no matrix expression: write whole matrices by their names.", code="not-a-matrix"
        )

    def argument(self, node: Node) -> Any:
        """What a function is taken of; it may be a shape such as (N, 1)."""
        if not isinstance(node, Sequence) or len(node.items) < 2:
            return self.value(node)
        lengths = [_setting(self.value(item)) for item in node.items]
        if not all(isinstance(length, int) and 0 < length <= _LONGEST for length in lengths):
            raise failed("has no shape, such as (N, 1), in it.")
        return tuple(lengths)


def _setting(value: Any) -> Any:
    """Turn a number into a whole one where it is, for axes and lengths."""
    single = not isinstance(value, bool | tuple | Unsized) and np.ndim(value) == 0
    return int(value) if single and np.isfinite(value) and float(value) == int(value) else value


_SPECIAL: dict[str, Callable[..., Any]] = {
    "dot": _Computation.dot,
    "softmax": _Computation.softmax,
    "transpose": lambda computation, value: transposed(value),
    "array": lambda computation, value: value,
}
_HANDLERS: dict[type[Node], Callable[[_Computation, Any], Any]] = {
    Name: _Computation.name,
    Numeral: _Computation.numeral,
    Sum: _Computation.sum,
    Product: _Computation.product,
    Negative: _Computation.negative,
    Power: _Computation.power,
    Postfix: _Computation.postfix,
    Call: _Computation.call,
    Relation: _Computation.relation,
    Index: _Computation.index,
    Sequence: _Computation.sequence,
}
