"""The tree of what a student wrote: frozen nodes that keep the order and the notation of the text.

A tree is data only. `numeric.py` evaluates it, `echo.py` shows it as LaTeX, and other readers (sets, matrix
expressions, derivations) walk it themselves.
"""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

import msgspec


class Node(msgspec.Struct, frozen=True):
    """A part of a formula."""


class Numeral(Node, frozen=True):
    """A number as it was typed: `text` in plain notation (`0.50`, `1e-3`), `value` exactly."""

    text: str
    value: Fraction


class Name(Node, frozen=True):
    """A variable by its declared name, or a constant (`pi`, `e`, `inf`)."""

    name: str
    constant: bool = False


class Call(Node, frozen=True):
    """A function by its plain name, its arguments, and keywords such as `axis=0`."""

    function: str
    arguments: tuple[Node, ...]
    keywords: tuple[tuple[str, Node], ...] = ()


class Sum(Node, frozen=True):
    """Terms that are added; one that is taken away is a `Negative`."""

    terms: tuple[Node, ...]


class Product(Node, frozen=True):
    """Factors in their order; `operators[i]` joins factor i to factor i + 1, from the left.

    An operator is "" (nothing was written), "*", "·", "×", "/", "frac", "@" or "⊙".
    """

    factors: tuple[Node, ...]
    operators: tuple[str, ...]


class Negative(Node, frozen=True):
    """Minus something."""

    operand: Node


class Power(Node, frozen=True):
    """A base and its exponent."""

    base: Node
    exponent: Node


class Postfix(Node, frozen=True):
    """Something with a mark behind it: "!", "%", "°" or "T" (transposed)."""

    operand: Node
    mark: str


class Index(Node, frozen=True):
    """An entry `x_i`, `W_{i,j+1}` or `x[i]` of something with indices that are formulas."""

    base: Node
    indices: tuple[Node, ...]


class Reduction(Node, frozen=True):
    """A sum or product over an index; `function` is "sum" or "prod", a bound that was not written is None."""

    function: str
    index: str
    low: Node | None
    high: Node | None
    body: Node


class Relation(Node, frozen=True):
    """Sides joined by "=", "≈", "<", "<=", ">", ">=", "!=", "in" or "->"."""

    sides: tuple[Node, ...]
    operators: tuple[str, ...]


class Sequence(Node, frozen=True):
    """Items in brackets, or between commas without any (`opening` and `closing` are then empty)."""

    opening: str
    closing: str
    items: tuple[Node, ...]


class Rows(Node, frozen=True):
    """A matrix by its rows (`1 2; 3 4`, `pmatrix`, or lines of numbers)."""

    rows: tuple[tuple[Node, ...], ...]


def children(node: Node) -> Iterator[Node]:
    """Give the nodes directly below, in order."""
    for field in node.__struct_fields__:
        yield from _nodes(getattr(node, field))


def _nodes(value: object) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _nodes(item)


def walk(node: Node) -> Iterator[Node]:
    """Give a node and all below it, parents first."""
    yield node
    for child in children(node):
        yield from walk(child)


def ungrouped(tree: Node) -> Node:
    """Drop brackets and braces around one thing."""
    return rewritten(
        tree, lambda node: node.items[0] if isinstance(node, Sequence) and len(node.items) == 1 else node
    )


def substituted(tree: Node, meanings: Mapping[str, Node]) -> Node:
    """Put formulas in the place of names."""
    return rewritten(tree, lambda node: meanings.get(node.name, node) if isinstance(node, Name) else node)


def rewritten(tree: Node, rule: Callable[[Node], Node]) -> Node:
    """Apply a rule to every part of a tree, from the leaves up."""

    def mapped(value: Any) -> Any:
        if isinstance(value, Node):
            return rewritten(value, rule)
        return tuple(map(mapped, value)) if isinstance(value, tuple) else value

    return rule(msgspec.structs.replace(tree, **{f: mapped(getattr(tree, f)) for f in tree.__struct_fields__}))
