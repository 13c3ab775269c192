"""Evaluate matrix expressions with NumPy; sizes come from the arrays."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from solvers.arrays import real
from solvers.symbolic.matrix import elementwise, reductions
from solvers.symbolic.matrix.expression import (
    Applied,
    Expression,
    Factor,
    Identity,
    Mapped,
    Named,
    Ones,
    Reduced,
    Scaled,
    Size,
    Sum,
    Symbol,
    forward_order,
    show_shape,
)

_OPERATIONS: dict[str, Callable[..., Any]] = {
    "product": lambda a, b: a @ b,
    "transpose": lambda a: a.T,
    "hadamard": lambda a, b: a * b,
    "total": lambda a: a.sum(),
    "column_sums": lambda a: a.sum(axis=0, keepdims=True),
    "row_sums": lambda a: a.sum(axis=1, keepdims=True),
    "trace": lambda a: a.trace(),
}


def evaluate(expression: Expression, values: Mapping[str, ArrayLike]) -> Any:
    """A float or an array; a flat list may stand for a row, and a size may be given as a number by its letter."""
    arrays = {name: real(value, name) for name, value in values.items()}
    run = _Evaluation(arrays, read_sizes(expression, arrays))
    found: dict[int, Any] = {}
    for node in forward_order(expression, arrays):
        found[id(node)] = run.node(node, found)
    result = found[id(expression)]
    return float(result) if not expression.shape else result


def read_sizes(expression: Expression, arrays: dict[str, Any]) -> dict[str, int]:
    """The number behind every letter of a shape, from arrays or given as a number by its letter.

    Raises ValueError where two arrays disagree.
    """
    named = [
        n for n in (*forward_order(expression, arrays), *expression.sized_by) if isinstance(n, Symbol | Named)
    ]
    letters = set(arrays) - {node.name for node in named}
    sizes = {letter: int(arrays[letter]) for letter in letters if arrays[letter].ndim == 0}
    for node in named:
        if node.name in arrays:
            array = arrays[node.name] = _as_row(arrays[node.name], node)
            for size, count in zip(node.shape, array.shape, strict=True):
                if _known(size, sizes, count) != count:
                    raise ValueError(
                        f"{node.name} should be {_expected(node, sizes)}, got {show_shape(array.shape)}"
                    )
    return sizes


def _as_row(array: Any, node: Symbol | Named) -> Any:
    if array.ndim == 1 and len(node.shape) == 2 and node.shape[0] == 1:
        return array[None, :]
    if array.ndim != len(node.shape):
        raise ValueError(f"{node.name} should be {show_shape(node.shape)}, got {show_shape(array.shape)}")
    return array


def _known(size: Size, sizes: dict[str, int], count: int) -> int:
    return size if isinstance(size, int) else sizes.setdefault(size, count)


def _expected(node: Symbol | Named, sizes: Mapping[str, int]) -> str:
    known = [f"{size} = {sizes[size]}" for size in node.shape if isinstance(size, str) and size in sizes]
    return show_shape(node.shape) + (f" with {', '.join(known)}" if known else "")


class _Evaluation:
    """The value of one node after another."""

    def __init__(self, arrays: dict[str, Any], sizes: dict[str, int]) -> None:
        self.arrays, self.sizes = arrays, sizes

    def node(self, node: Expression, found: Mapping[int, Any]) -> Any:
        """The value of a node whose parts have values."""
        if isinstance(node, Symbol | Named) and node.name in self.arrays:
            return self.arrays[node.name]
        if isinstance(node, Named):
            return found[id(node.meaning)]
        if isinstance(node, Scaled):
            return self.factor(node.factor) * found[id(node.part)]
        if isinstance(node, Sum):
            return sum(found[id(term)] for term in node.terms)
        if isinstance(node, Mapped):
            return elementwise.FUNCTIONS[node.function].value(found[id(node.part)], float(node.parameter))
        if isinstance(node, Reduced):
            return reductions.FUNCTIONS[node.function].value(found[id(node.part)])
        if isinstance(node, Applied):
            return self.applied(node, [found[id(part)] for part in node.parts])
        return self.constant(node)

    def applied(self, node: Applied, inputs: list[Any]) -> Any:
        """The value of an operation."""
        if node.operation == "stretch":
            return np.broadcast_to(inputs[0], self.shape(node))
        return _OPERATIONS[node.operation](*inputs)

    def constant(self, node: Expression) -> Any:
        """The value of a constant; a symbol without an array is an error."""
        if isinstance(node, Symbol):
            raise ValueError(f"no array was given for {node.name}")
        if isinstance(node, Identity):
            return np.eye(self.shape(node)[0])
        return np.full(self.shape(node), 1.0 if isinstance(node, Ones) else 0.0)

    def factor(self, factor: Factor) -> float:
        """The value of a number divided by sizes."""
        return float(factor.number) / float(np.prod([self.size(size) for size in factor.over]))

    def shape(self, node: Expression) -> tuple[int, ...]:
        """A shape in numbers."""
        return tuple(self.size(size) for size in node.shape)

    def size(self, size: Size) -> int:
        """A size in numbers."""
        if isinstance(size, str) and size not in self.sizes:
            raise ValueError(f"no array says how large {size} is: give {size} as a number")
        return size if isinstance(size, int) else self.sizes[size]
