"""One spelling for formulas that differ only in the order of terms and factors, in brackets and in notation."""

from typing import Any

from grader.reading.tree import Call, Index, Name, Negative, Node, Numeral, Power, Product, Sequence, Sum, children

_OVER = ("/", "frac")


def same_form(one: Node, other: Node, ordered: bool = False) -> bool:
    """Tell if two formulas are the same but for order and notation; `ordered` keeps factors in their order.

    >>> from grader.reading.grammar import parse
    >>> from grader.reading.names import Vocabulary
    >>> one, other = (parse(text, Vocabulary(names=("a", "b"))).tree for text in ("a(1 - b)/2", r"\\frac{(1-b) a}{2}"))
    >>> same_form(one, other)
    True
    """
    return bool(_form(one, ordered) == _form(other, ordered))


def _form(node: Node, ordered: bool) -> Any:
    if isinstance(node, Sequence) and len(node.items) == 1:
        return _form(node.items[0], ordered)
    if isinstance(node, Negative | Product):
        sign, factors = _factors(node, ordered)
        return ("product", sign, tuple(factors if ordered else sorted(factors, key=repr)))
    if isinstance(node, Sum):
        return ("sum", tuple(sorted((_form(term, ordered) for term in _terms(node)), key=repr)))
    if isinstance(node, Numeral):
        return ("number", node.value)
    if isinstance(node, Name):
        return ("name", node.name)
    if isinstance(node, Power) and node.base == Name("e", constant=True):
        return ("exp", (_form(node.exponent, ordered),))
    word = node.function if isinstance(node, Call) else type(node).__name__
    details = [str(getattr(node, field)) for field in ("mark", "index", "operators") if hasattr(node, field)]
    kind = "entry" if isinstance(node, Index) else word
    return (kind, *details, tuple(_form(child, ordered) for child in children(node)))


def _terms(node: Node) -> list[Node]:
    """Give the terms of a sum, those of sums in it included."""
    inner = node.items[0] if isinstance(node, Sequence) and len(node.items) == 1 else node
    return [term for part in inner.terms for term in _terms(part)] if isinstance(inner, Sum) else [node]


def _factors(node: Node, ordered: bool) -> tuple[int, list[Any]]:
    """Give the sign of a product and its factors; those below a bar are marked."""
    if isinstance(node, Sequence) and len(node.items) == 1:
        return _factors(node.items[0], ordered)
    if isinstance(node, Negative):
        sign, factors = _factors(node.operand, ordered)
        return -sign, factors
    if not isinstance(node, Product):
        return 1, [] if isinstance(node, Numeral) and node.value == 1 else [_form(node, ordered)]
    total, found = 1, list[Any]()
    for operator, factor in zip(("", *node.operators), node.factors, strict=True):
        sign, factors = _factors(factor, ordered)
        total *= sign
        found += [_marked(form, operator) for form in factors]
    return total, found


def _marked(form: Any, operator: str) -> Any:
    if operator in _OVER:
        return form[1] if form[0] == "below" else ("below", form)
    return ("entrywise", form) if operator == "⊙" else form
