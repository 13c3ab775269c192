"""Read a formula in declared variables, without the left side of an equation."""

from typing import NamedTuple

from grader.answer import Unreadable
from grader.reading import limits
from grader.reading.commas import join_commas
from grader.reading.echo import latex
from grader.reading.grammar import parse_tokens
from grader.reading.names import Vocabulary
from grader.reading.numbers import answer_part
from grader.reading.tokens import scan
from grader.reading.tree import (
    Call,
    Index,
    Name,
    Node,
    Product,
    Rows,
    Sequence,
    children,
    rewritten,
    ungrouped,
    walk,
)
from grader.verdict import Note


class FormulaRead(NamedTuple):
    """A formula's tree, how to show it, and what is worth saying."""

    tree: Node
    latex: str
    notes: tuple[Note, ...] = ()


def read_formula(text: str, vocabulary: Vocabulary) -> FormulaRead:
    """Read one formula, the right side of `dL/dx = 2x`; raises `Unreadable` for lists and matrices too.

    >>> read_formula("y = 2x", Vocabulary(names=("x",))).latex
    '2 x'
    """
    limits.check_length(text)
    tokens, notes = join_commas(answer_part(scan(text)))
    parsed = parse_tokens(tokens, vocabulary)
    tree = ungrouped(parsed.tree)
    if any(isinstance(node, Rows | Sequence) for node in walk(tree)):
        raise Unreadable("One formula was expected here, not a list or a matrix.", code="not-a-formula")
    _check_indices(tree, frozenset(vocabulary.families) - frozenset(vocabulary.names))
    return FormulaRead(tree, latex(tree), (*notes, *parsed.notes))


def _check_indices(node: Node, families: frozenset[str]) -> None:
    """See that what carries an index has one; only softmax is taken of all entries."""
    if isinstance(node, Name) and node.name in families:
        raise Unreadable(f"“{node.name}” carries an index; write {node.name}_i.", code="subscript")
    whole = isinstance(node, Call) and node.function == "softmax"
    parts = node.indices if isinstance(node, Index) else () if whole else children(node)
    for part in parts:
        _check_indices(part, families)


def below_the_bar(node: Node) -> Node:
    r"""Give the other reading of `1/2x`, in which all that stands behind the division is its denominator.

    >>> from grader.reading.grammar import parse
    >>> latex(below_the_bar(parse("1/2pi").tree))
    '1 / \\left(2 \\pi\\right)'
    """
    return rewritten(node, _lowered)


def _lowered(node: Node) -> Node:
    if not isinstance(node, Product) or "/" not in node.operators:
        return node
    factors, operators = [node.factors[0]], list[str]()
    for operator, factor in zip(node.operators, node.factors[1:], strict=True):
        if operator == "" and operators and operators[-1] == "/":
            factors[-1] = _joined(factors[-1], factor)
        else:
            factors.append(factor)
            operators.append(operator)
    return Product(tuple(factors), tuple(operators))


def _joined(left: Node, right: Node) -> Node:
    if isinstance(left, Product) and not any(left.operators):
        return Product((*left.factors, right), (*left.operators, ""))
    return Product((left, right), ("",))
