"""What a scalar formula is made of: numbers, names (with indices) and calls."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Number:
    """An exact number."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Name:
    """A variable, perhaps with indices: `x`, `W_h`, `x[i]`, `X[k, u]`."""

    text: str
    indices: tuple["Tree", ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """A function or an operator (`+ - * / ^ neg`) with its arguments."""

    function: str
    arguments: tuple["Tree", ...]


Tree = Number | Name | Call


def number(value: float) -> Number:
    """Wrap a number as it is written, so that 0.1 means one tenth.

    >>> number(0.1).value
    Fraction(1, 10)
    """
    return Number(Fraction(repr(float(value))) if isinstance(value, float) else Fraction(value))


def parts(tree: Tree) -> tuple[Tree, ...]:
    """The trees directly below this one."""
    if isinstance(tree, Call):
        return tree.arguments
    return tree.indices if isinstance(tree, Name) else ()


def walk(tree: Tree) -> Iterator[Tree]:
    """This tree and all below it, from the top."""
    yield tree
    for part in parts(tree):
        yield from walk(part)


def rebuild(tree: Tree, change: Callable[[Tree], Tree]) -> Tree:
    """The same tree with every direct part changed."""
    if isinstance(tree, Call):
        return Call(tree.function, tuple(change(part) for part in tree.arguments))
    if isinstance(tree, Name):
        return Name(tree.text, tuple(change(part) for part in tree.indices))
    return tree


def substitute(tree: Tree, names: Mapping[str, Tree]) -> Tree:
    """The same tree with some plain names replaced.

    >>> substitute(Name("x"), {"x": number(2)})
    Number(value=Fraction(2, 1))
    """
    if isinstance(tree, Name) and not tree.indices:
        return names.get(tree.text, tree)
    return rebuild(tree, lambda part: substitute(part, names))
