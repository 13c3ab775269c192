"""Which intermediate results get a name in the working, so that every rule fits on one line.

Stations are what the user named, what is read more than once, every matrix product (with the sum it belongs to),
and everything that goes into a product.
"""

from dataclasses import replace

from solvers.symbolic.matrix.expression import (
    Applied,
    Expression,
    Mapped,
    Named,
    Reduced,
    Scaled,
    Sum,
    Symbol,
    forward_order,
    parts,
)
from solvers.symbolic.matrix.rules import split


class Stations:
    """The names given to intermediate results of one loss, and expressions rewritten with them."""

    def __init__(self, loss: Expression, target: str) -> None:
        self.order = tuple(forward_order(loss))
        self.touched = _touched(self.order, target)
        self.names = self._named(loss)
        self.named = {id(node.meaning): node for node in self.order if isinstance(node, Named)}
        self.shown: dict[int, Expression] = {}
        for node in self.order:
            self.shown[id(node)] = self._letter(node) or self.inside(node)

    def inside(self, node: Expression) -> Expression:
        """The expression with stations below it replaced by their names."""
        return rebuild(node, tuple(self.shown[id(part)] for part in parts(node)))

    def _letter(self, node: Expression) -> Expression | None:
        return Symbol(node.shape, self.names[id(node)]) if id(node) in self.names else None

    def _named(self, loss: Expression) -> dict[int, str]:
        letter = _free_letter(self.order)
        found: dict[int, str] = {}
        chosen = self._chosen(loss)
        for node in self.order:
            if isinstance(node, Named):
                found[id(node)] = node.name
            elif id(node) in chosen:
                found[id(node)] = f"{letter}{sum(name.startswith(letter) for name in found.values()) + 1}"
        return found

    def _chosen(self, loss: Expression) -> set[int]:
        """Nodes without a name that deserve one."""
        within: dict[int, list[Expression]] = {}
        for node in self.order:
            for part in parts(node):
                within.setdefault(id(part), []).append(node)
        return {
            id(node)
            for node in self.order
            if id(node) in self.touched
            and node is not loss
            and not isinstance(node, Symbol | Named)
            and not (len(within[id(node)]) == 1 and isinstance(within[id(node)][0], Named))
            and _deserves_name(node, within[id(node)])
        }


def rebuild(node: Expression, new: tuple[Expression, ...]) -> Expression:
    """The same operation on other parts; what stood for itself stays."""
    if isinstance(node, Sum):
        return replace(node, terms=new)
    if isinstance(node, Applied):
        return replace(node, parts=new)
    if isinstance(node, Named):
        return new[0]
    return replace(node, part=new[0]) if isinstance(node, Scaled | Mapped | Reduced) else node


def _touched(order: tuple[Expression, ...], target: str) -> set[int]:
    """The nodes that depend on the target."""
    found: set[int] = set()
    for node in order:
        itself = isinstance(node, Symbol | Named) and node.name == target
        if itself or any(id(part) in found for part in parts(node)):
            found.add(id(node))
    return found


def _deserves_name(node: Expression, readers: list[Expression]) -> bool:
    return len(readers) > 1 or _ends_product(node, readers) or _enters_product(node, readers)


def _ends_product(node: Expression, readers: list[Expression]) -> bool:
    """A product that is not merely a term of a sum, or a sum that has a product as a term."""
    if isinstance(node, Sum):
        return any(is_product(split(term)[1]) for term in node.terms)
    return is_product(split(node)[1]) and not any(isinstance(reader, Sum | Scaled) for reader in readers)


def is_product(node: Expression) -> bool:
    """Whether an expression is a matrix product."""
    return isinstance(node, Applied) and node.operation == "product"


def _enters_product(node: Expression, readers: list[Expression]) -> bool:
    bare = isinstance(node, Applied) and node.operation == "transpose"
    return not bare and any(is_product(reader) for reader in readers)


def _free_letter(order: tuple[Expression, ...]) -> str:
    taken = {node.name[0] for node in order if isinstance(node, Symbol | Named)}
    return next((letter for letter in "ZHUVQ" if letter not in taken), "Z_")
