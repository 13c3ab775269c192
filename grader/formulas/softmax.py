"""The softmax of indexed scores, written out as the quotient that it is."""

from collections.abc import Mapping
from fractions import Fraction

from grader.reading.tree import Call, Index, Name, Node, Numeral, Product, Reduction, rewritten

_OWN = "softmax index"


def spread(tree: Node, ranges: Mapping[str, str]) -> Node:
    r"""Write `softmax_i(z)` as exp(z_i) over the sum of exp(z_j) with j up to the last value of i.

    >>> from grader.reading.names import Vocabulary
    >>> from grader.reading.grammar import parse
    >>> from grader.reading.echo import latex
    >>> scores = Vocabulary(names=("i", "n"), families=("z",))
    >>> latex(spread(parse("softmax_i(z)", scores).tree, {"i": "n"})).startswith(r"\exp")
    True
    """

    def written_out(node: Node) -> Node:
        if not isinstance(node, Call) or node.function != "softmax" or not node.keywords:
            return node
        index, scores = node.keywords[0][1], node.arguments[0]
        last = ranges.get(index.name) if isinstance(index, Name) else None
        if last is None or not isinstance(scores, Name):
            return node
        total = Reduction("sum", _OWN, Numeral("1", Fraction(1)), Name(last), _exponential(scores, Name(_OWN)))
        return Product((_exponential(scores, index), total), ("/",))

    return rewritten(tree, written_out)


def _exponential(scores: Node, index: Node) -> Node:
    return Call("exp", (Index(scores, (index,)),))
