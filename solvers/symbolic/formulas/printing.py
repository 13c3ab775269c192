"""Print a formula as it was written: LaTeX for sheets, text as a student would type it."""

import re
from collections.abc import Iterator
from fractions import Fraction

from solvers import typeset
from solvers.symbolic.formulas.tree import Call, Name, Number, Tree
from solvers.symbolic.formulas.vocabulary import FUNCTIONS

_SUM, _NEGATIVE, _TOTAL, _PRODUCT, _FRACTION, _POWER, _ATOM = range(7)
_LEVELS = {
    "+": _SUM, "-": _SUM, "neg": _NEGATIVE, "sum": _TOTAL, "*": _PRODUCT, "/": _FRACTION, "^": _POWER,
    "exp": _POWER, "d": _FRACTION, "branch": _SUM,
}  # fmt: skip
# The least level an argument must have to go without brackets, per operator.
_NEEDS = {
    "+": (_SUM, _TOTAL), "-": (_SUM, _TOTAL), "*": (_PRODUCT, _TOTAL), "^": (_ATOM, _SUM),
    "neg": (_TOTAL,), "sum": (_SUM, _SUM, _TOTAL), "d": (_FRACTION, _SUM),
}  # fmt: skip
_TEXT_LEVELS = {"+": _SUM, "-": _SUM, "neg": _NEGATIVE, "*": _PRODUCT, "/": _PRODUCT, "^": _POWER}
_TEXT_NEEDS = {
    "+": (_SUM, _TOTAL), "-": (_SUM, _TOTAL), "*": (_PRODUCT, _POWER), "/": (_PRODUCT, _POWER),
    "^": (_ATOM, _ATOM), "neg": (_POWER,),
}  # fmt: skip
_GREEK = frozenset((
    "alpha", "beta", "gamma", "delta", "epsilon", "eta", "theta", "lambda", "mu", "nu", "pi", "rho", "sigma", "tau",
    "phi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Sigma", "Phi", "Psi", "Omega",
))  # fmt: skip


def latex(tree: Tree) -> str:
    r"""Typeset a formula, with no more brackets than it needs.

    >>> from solvers.symbolic.formulas.reading import read
    >>> print(latex(read("sigma(x) * (1 - sigma(x))")), latex(read("W_h * -2")))
    \sigma\left(x\right) \left(1 - \sigma\left(x\right)\right) W_{h} \left(-2\right)
    """
    if isinstance(tree, Number):
        return _value(tree.value)
    if isinstance(tree, Name):
        return name(tree.text, tuple(latex(index) for index in tree.indices))
    shown = [
        rf"\left({latex(part)}\right)" if low else latex(part) for part, low in _brackets(tree, _LEVELS, _NEEDS)
    ]
    if tree.function not in FUNCTIONS:
        return rf"{name(tree.function)}\left({', '.join(shown)}\right)"
    if tree.function == "*" and _needs_dot(tree, shown[1]):
        return rf"{shown[0]} \cdot {shown[1]}"
    return re.sub(r"<(\d)>", lambda hole: shown[int(hole[1])], FUNCTIONS[tree.function].latex)


def name(text: str, indices: tuple[str, ...] = ()) -> str:
    r"""Typeset a variable's name: Greek letters, subscripts after an underscore, indices, versions as in c(2).

    >>> print(name("mu_t"), name("n_in"), name("x", ("i",)), name("h", ("t - 1",)), name("net_o1"))
    \mu_{t} n_{\mathrm{in}} x_{i} h_{t - 1} \mathrm{net}_{o1}
    """
    text, _, count = text.partition("(")
    base, _, below = text.partition("_")
    letter = re.fullmatch(r"([A-Za-z])(\d+)", base)
    base, digits = letter.groups() if letter else (base, "")
    below = rf"\mathrm{{{below}}}" if len(below) > 1 and below.isalpha() else below.replace("_", ",")
    separator = "" if all(len(index) == 1 for index in indices) else ", "
    below = ",".join(filter(None, (digits, below, separator.join(indices))))
    shown = _letter(base)
    return shown + (f"_{{{below}}}" if below else "") + (f"^{{({count}}}" if count else "")


def _letter(base: str) -> str:
    if base == "variance":
        return r"\sigma^{2}"
    if base.endswith("hat") and len(base) > 3:
        return rf"\hat{{{_letter(base[:-3])}}}"
    return "\\" + base if base in _GREEK else base if len(base) == 1 else rf"\mathrm{{{base}}}"


def plain(tree: Tree) -> str:
    """Print a formula as text that `reading.read` reads back as the same formula.

    >>> from solvers.symbolic.formulas.reading import read
    >>> plain(read("p[i]*(delta(i,j)-p[j])/(2*K)"))
    'p[i] * (delta(i, j) - p[j]) / (2 * K)'
    """
    if isinstance(tree, Number):
        whole = tree.value.denominator == 1
        return str(tree.value) if whole else repr(float(tree.value))
    if isinstance(tree, Name):
        return tree.text + (f"[{', '.join(map(plain, tree.indices))}]" if tree.indices else "")
    if tree.function not in ("+", "-", "*", "/", "^", "neg"):
        return f"{tree.function}({', '.join(map(plain, tree.arguments))})"
    shown = [
        f"({plain(part)})" if low else plain(part) for part, low in _brackets(tree, _TEXT_LEVELS, _TEXT_NEEDS)
    ]
    return f"-{shown[0]}" if tree.function == "neg" else f" {tree.function} ".join(shown)


def _needs_dot(product: Call, right: str) -> bool:
    """Numbers, fractions and derivatives side by side would be misread."""
    left = product.arguments[0]
    return right[0].isdigit() or right.startswith(r"\frac") or (isinstance(left, Call) and left.function == "d")


def _value(value: Fraction) -> str:
    return typeset.number(int(value) if value.denominator == 1 else float(value))


def _brackets(
    tree: Call, levels: dict[str, int], needs: dict[str, tuple[int, ...]]
) -> Iterator[tuple[Tree, bool]]:
    """Each argument, and whether it needs brackets."""
    wanted = needs.get(tree.function, (_SUM,) * len(tree.arguments))
    for place, (part, need) in enumerate(zip(tree.arguments, wanted, strict=True)):
        level = _level(part, levels)
        leads = place == 0 and level == _NEGATIVE and need == _PRODUCT  # -a b needs none
        yield part, level < need and not leads


def _level(tree: Tree, levels: dict[str, int]) -> int:
    if isinstance(tree, Number):
        return _NEGATIVE if tree.value < 0 else _ATOM
    if isinstance(tree, Name):
        raised = tree.text == "variance" or "(" in tree.text  # they carry an exponent already
        return _POWER if raised and levels is _LEVELS else _ATOM
    level = levels.get(tree.function, _ATOM)
    first = _level(tree.arguments[0], levels) if level == _PRODUCT else _ATOM
    return _NEGATIVE if first == _NEGATIVE else level
