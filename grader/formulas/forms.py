"""The form of a formula, judged apart from its value: factored, expanded, a single fraction, as short as it can be."""

from collections.abc import Callable

from grader.reading.evaluate import literal_ratio
from grader.reading.tree import Index, Name, Negative, Node, Numeral, Power, Product, Sequence, Sum, children, walk
from grader.verdict import Note


def complaint(form: str, given: Node, wanted: Node) -> Note | None:
    """Say what is amiss with the form of a right formula, None if nothing is; `wanted` shows what is possible.

    >>> from grader.reading.grammar import parse
    >>> complaint("expanded", parse("2(3+1)").tree, parse("8").tree).code
    'form'
    """
    fits, sentence = FORMS[form]
    return None if fits(bare(given), bare(wanted)) else Note("form", f"The value is right; {sentence}.")


def foreign(allowed: tuple[str, ...], given: Node) -> Note | None:
    """Say which variables are used that the answer should do without."""
    names = {node.name for node in walk(given) if isinstance(node, Name) and not node.constant}
    others = sorted(names - set(allowed))
    if not others:
        return None
    return Note(
        "other-names", f"The value is right; write it in {', '.join(allowed)} only, without {', '.join(others)}."
    )


def bare(node: Node) -> Node:
    """Drop signs and brackets around the whole."""
    if isinstance(node, Negative):
        return bare(node.operand)
    if isinstance(node, Sequence) and len(node.items) == 1:
        return bare(node.items[0])
    return node


def factors(node: Node) -> int:
    """Count the factors that hold a variable, a whole power as many times as it says."""
    node = bare(node)
    if isinstance(node, Product):
        return sum(map(factors, node.factors))
    if isinstance(node, Power):
        exponent = literal_ratio(node.exponent)
        times = abs(int(exponent)) if exponent is not None and exponent.denominator == 1 else 1
        return times * factors(node.base)
    return int(any(isinstance(part, Name | Index) for part in walk(node)))


def leaves(node: Node) -> int:
    """Count the numbers and names in a formula."""
    if isinstance(node, Numeral | Name):
        return 1
    return sum(map(leaves, children(node)))


def is_factored(given: Node, wanted: Node) -> bool:
    """Tell if a formula is a product of as many factors as the one wanted."""
    return not isinstance(given, Sum) and factors(given) >= factors(wanted)


def is_expanded(given: Node, wanted: Node) -> bool:
    """Tell if no sum is left in a product or a whole power."""
    return not any(_holds_sum(node) for node in walk(given))


def _holds_sum(node: Node) -> bool:
    if isinstance(node, Product):
        signs = ("", *node.operators)
        above = [bare(f) for f, sign in zip(node.factors, signs, strict=True) if sign not in ("/", "frac")]
        return len(above) > 1 and any(isinstance(factor, Sum) for factor in above)
    if not isinstance(node, Power) or not isinstance(bare(node.base), Sum):
        return False
    exponent = literal_ratio(node.exponent)
    return exponent is not None and exponent.denominator == 1 and exponent > 1


def is_single_fraction(given: Node, wanted: Node) -> bool:
    """Tell if the whole is one quotient, with none inside it."""
    return not isinstance(given, Sum) and sum(map(_divisions, walk(given))) <= 1


def _divisions(node: Node) -> int:
    if isinstance(node, Product):
        return sum(sign in ("/", "frac") for sign in node.operators)
    return int(isinstance(node, Power) and isinstance(node.exponent, Negative))


def is_short(given: Node, wanted: Node) -> bool:
    """Tell if a formula is about as short as the one wanted."""
    return leaves(given) <= leaves(wanted) + max(1, leaves(wanted) // 4) and not _trivial(given)


def _trivial(given: Node) -> bool:
    """Tell if something stands in a formula that changes nothing, such as a factor 1."""
    for node in walk(given):
        parts = node.factors if isinstance(node, Product) else node.terms if isinstance(node, Sum) else ()
        idle = 1 if isinstance(node, Product) else 0
        if any(isinstance(bare(part), Numeral) and bare(part).value == idle for part in parts[1:]):  # type: ignore[attr-defined]
            return True
    return False


FORMS: dict[str, tuple[Callable[[Node, Node], bool], str]] = {
    "factored": (is_factored, "it is asked in factors"),
    "expanded": (is_expanded, "it is asked multiplied out"),
    "single fraction": (is_single_fraction, "it is asked as a single fraction"),
    "simplified": (is_short, "it can be written shorter"),
}
