"""Put numbers into a formula without working it out: sums are written out, defined quantities become numbers."""

from collections.abc import Mapping
from dataclasses import replace
from functools import reduce

from solvers.arrays import DIGITS
from solvers.symbolic.formulas.formula import Formula, Values
from solvers.symbolic.formulas.tree import Call, Name, Number, Tree, number, rebuild

TERMS = 8  # longer sums are shown as their value


def fill(formula: Formula, bound: Mapping[str, int], values: Values) -> Tree:
    """The formula with every name that has a number replaced by it, shown to six significant digits.

    >>> from solvers.symbolic.formulas.printing import plain
    >>> from solvers.symbolic.formulas.reading import read
    >>> plain(fill(Formula(read("sum(k, K, x[k]^2)"), lengths={"K": "x"}), {}, {"x": [1, 2.5]}))
    '1 ^ 2 + 2.5 ^ 2'
    """

    def value(tree: Tree) -> Tree:
        return _short(replace(formula, tree=tree).entry(bound, values))

    def inner(tree: Tree) -> Tree:
        return fill(replace(formula, tree=tree), bound, values)

    tree = formula.tree
    if isinstance(tree, Number):
        return tree
    if isinstance(tree, Name):
        known = tree.text in values or tree.text in bound or tree.text in formula.setting.definitions
        return value(tree) if known or tree.text in formula.lengths else tree
    if tree.function == "sum":
        return _written_out(formula, tree, bound, values)
    if tree.function in ("d", "E", "Var", "delta"):
        return value(tree)
    return rebuild(tree, inner)


def _written_out(formula: Formula, total: Call, bound: Mapping[str, int], values: Values) -> Tree:
    index, upper, body = total.arguments
    count = int(replace(formula, tree=upper).entry(bound, values))
    if count > TERMS or not isinstance(index, Name):
        return _short(formula.entry(bound, values))
    terms = [fill(replace(formula, tree=body), {**bound, index.text: n}, values) for n in range(1, count + 1)]
    return reduce(lambda left, right: Call("+", (left, right)), terms)


def _short(value: float) -> Number:
    return number(float(f"{value:.{DIGITS}g}"))
