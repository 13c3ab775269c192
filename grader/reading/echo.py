"""Show a tree as LaTeX: what was read, as it was read."""

from collections.abc import Callable
from typing import Any

from grader.reading.characters import GREEK
from grader.reading.functions import TABLE
from grader.reading.tree import (
    Call,
    Index,
    Name,
    Negative,
    Node,
    Numeral,
    Postfix,
    Power,
    Product,
    Reduction,
    Relation,
    Rows,
    Sequence,
    Sum,
)

_GREEK = frozenset(GREEK.values())
_CONSTANTS = {"inf": r"\infty", "pi": r"\pi", "e": "e"}
_HATS = {"hat": r"\hat", "bar": r"\bar", "tilde": r"\tilde", "dot": r"\dot", "ddot": r"\ddot"}
_TIMES = {"": " ", "*": r" \cdot ", "·": r" \cdot ", "×": r" \times ", "/": " / ", "@": r" \, ", "⊙": r" \odot "}
_RELATIONS = {
    "≈": r"\approx", "<=": r"\le", ">=": r"\ge", "!=": r"\ne", "in": r"\in", "->": r"\to", "=>": r"\Rightarrow",
    "<=>": r"\Leftrightarrow",
}  # fmt: skip
_SETS = {"union": r"\cup", "intersection": r"\cap", "difference": r"\setminus"}
_AROUND = {"abs": (r"\left|", r"\right|"), "norm": (r"\left\|", r"\right\|"), "floor": (r"\lfloor ", r"\rfloor "),
           "ceil": (r"\lceil ", r"\rceil ")}  # fmt: skip
_BRACKETS = {"{": r"\{", "}": r"\}", "⟨": r"\langle ", "⟩": r"\rangle "}


def latex(node: Node) -> str:
    r"""Show a tree as LaTeX.

    >>> from grader.reading.grammar import parse
    >>> latex(parse("-np.log(0.25)/sqrt(2)").tree)
    '-\\log(0.25) / \\sqrt{2}'
    """
    return _RULES[type(node)](node)


def _numeral(node: Numeral) -> str:
    mantissa, e, exponent = node.text.partition("e") if "e" in node.text else node.text.partition("E")
    if "/" in node.text:
        above, below = node.text.split("/")
        return rf"\frac{{{above}}}{{{below}}}"
    return rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if e else mantissa


def name_latex(name: str) -> str:
    r"""Show a declared name: `W_out`, `sigma`, `y_hat_i`, `dL/dW`.

    >>> name_latex("y_hat_i"), name_latex("dL/dW_1")
    ('\\hat{y}_{i}', '\\frac{\\partial L}{\\partial W_{1}}')
    """
    if "/" in name:
        above, below = name.split("/", 1)
        return rf"\frac{{\partial {name_latex(above[1:])}}}{{\partial {name_latex(below[1:])}}}"
    if "^" in name:
        base, _, layer = name.partition("^")
        return f"{name_latex(base)}^{{{layer}}}"
    stem, *lows = name.split("_")
    shown = _word(stem)
    if lows and lows[0] in _HATS:
        shown = f"{_HATS[lows.pop(0)]}{{{shown}}}"
    return shown + (f"_{{{', '.join(map(_word, lows))}}}" if lows else "")


def _word(word: str) -> str:
    letters = word.rstrip("0123456789'")
    digits = word[len(letters) :]
    primes = "'" * digits.count("'")
    digits = digits.strip("'")
    plain = letters if len(letters) <= 1 else rf"\mathrm{{{letters}}}"
    shown = f"\\{letters}" if letters in _GREEK else plain
    return (f"{shown}_{{{digits}}}" if digits and letters else shown + digits) + primes


def _name(node: Name) -> str:
    return _CONSTANTS.get(node.name, node.name) if node.constant else name_latex(node.name)


def _bracketed(node: Node, *loose: type[Node]) -> str:
    return rf"\left({latex(node)}\right)" if isinstance(node, loose) else latex(node)


def _sum(node: Sum) -> str:
    shown = _bracketed(node.terms[0], Relation)
    for term in node.terms[1:]:
        if isinstance(term, Negative):
            shown += f" - {_bracketed(term.operand, Sum, Relation, Negative)}"
        else:
            shown += f" + {_bracketed(term, Relation, Negative)}"
    return shown


def _product(node: Product) -> str:
    if node.operators == ("frac",):
        above, below = map(latex, node.factors)
        return rf"\frac{{{above}}}{{{below}}}"
    shown = _bracketed(node.factors[0], Sum, Relation)
    for operator, factor in zip(node.operators, node.factors[1:], strict=True):
        quotient = isinstance(factor, Product) and factor.operators == ("frac",)
        loose = () if quotient else (Sum, Relation, Negative, Reduction, Product)
        shown += (_TIMES[operator] or " ") + _bracketed(factor, *loose)
    return shown


def _power(node: Power) -> str:
    base, exponent = latex(node.base), latex(node.exponent)
    if isinstance(node.base, Numeral):
        plain = node.base.text.replace(".", "").isdigit()
    else:
        plain = isinstance(node.base, Name | Sequence | Rows) or _fenced(node.base)
    if not plain:
        base = rf"\left({base}\right)"
    return f"{{{base}}}^{{{exponent}}}" if "^" in base and plain else f"{base}^{{{exponent}}}"


def _fenced(node: Node) -> bool:
    return isinstance(node, Call) and node.function in _AROUND


def _call(node: Call) -> str:
    if node.function in _SETS:
        return f" {_SETS[node.function]} ".join(_bracketed(part, Sum) for part in node.arguments)
    shown = list(map(latex, node.arguments))
    if node.function in _AROUND:
        left, right = _AROUND[node.function]
        return f"{left}{', '.join(shown)}{right}"
    if node.function in _WRITTEN and not (node.function == "log" and len(shown) == 1):
        return _WRITTEN[node.function](*shown)
    name = function_latex(node.function)
    for keyword, value in node.keywords:
        if keyword == "index":
            name += f"_{{{latex(value)}}}"
        else:
            shown.append(rf"\mathrm{{{keyword}}} = {latex(value)}")
    simple = not node.keywords and all(isinstance(part, Numeral | Name) for part in node.arguments)
    return f"{name}({', '.join(shown)})" if simple else rf"{name}\left({', '.join(shown)}\right)"


_WRITTEN: dict[str, Callable[..., str]] = {
    "array": lambda inside: inside,
    "where": lambda condition, value, other: (
        rf"\begin{{cases}} {value} & {condition} \\ {other} & \text{{otherwise}} \end{{cases}}"
    ),
    "indicator": lambda condition: rf"\mathbb{{1}}\left[{condition}\right]",
    "binom": lambda above, below: rf"\binom{{{above}}}{{{below}}}",
    "sqrt": lambda inside, degree="": rf"\sqrt{f'[{degree}]' if degree else ''}{{{inside}}}",
    "cbrt": lambda inside: rf"\sqrt[3]{{{inside}}}",
    "log": lambda inside, base: rf"\log_{{{base}}}\left({inside}\right)",
}
"""Functions that are not shown as a name before brackets."""


def function_latex(name: str) -> str:
    """Show a function's name."""
    plain = name.rstrip("'")
    known = TABLE[plain].latex if plain in TABLE else name_latex(plain)
    return (known or rf"\operatorname{{{plain}}}") + "'" * (len(name) - len(plain))


def _postfix(node: Postfix) -> str:
    inner = latex(node.operand)
    if not isinstance(node.operand, Numeral | Name | Sequence | Rows | Index):
        inner = rf"\left({inner}\right)"
    return inner + {"!": "!", "%": r"\%", "T": r"^{\top}", "°": r"^{\circ}"}[node.mark]


def _index(node: Index) -> str:
    base, low = latex(node.base), ", ".join(map(latex, node.indices))
    return f"{{{base}}}_{{{low}}}" if "_" in base else f"{base}_{{{low}}}"


def _reduction(node: Reduction) -> str:
    sign = r"\sum" if node.function == "sum" else r"\prod"
    low = f"{name_latex(node.index)} = {latex(node.low)}" if node.low else name_latex(node.index)
    high = f"^{{{latex(node.high)}}}" if node.high else ""
    return f"{sign}_{{{low}}}{high} {_bracketed(node.body, Sum, Relation)}"


def _relation(node: Relation) -> str:
    shown = latex(node.sides[0])
    for operator, side in zip(node.operators, node.sides[1:], strict=True):
        shown += f" {_RELATIONS.get(operator, operator)} {latex(side)}"
    return shown


def _sequence(node: Sequence) -> str:
    opening, closing = (_BRACKETS.get(b.strip("\\"), b.strip("\\")) for b in (node.opening, node.closing))
    return f"{opening}{', '.join(map(latex, node.items))}{closing}"


def _rows(node: Rows) -> str:
    return matrix_latex([[latex(entry) for entry in row] for row in node.rows])


def matrix_latex(rows: list[list[str]]) -> str:
    """Show entries as a matrix."""
    inside = r" \\ ".join(" & ".join(row) for row in rows)
    return rf"\begin{{bmatrix}} {inside} \end{{bmatrix}}"


_RULES: dict[type[Node], Callable[[Any], str]] = {
    Numeral: _numeral,
    Name: _name,
    Call: _call,
    Sum: _sum,
    Product: _product,
    Negative: lambda node: f"-{_bracketed(node.operand, Sum, Relation, Negative)}",
    Power: _power,
    Postfix: _postfix,
    Index: _index,
    Reduction: _reduction,
    Relation: _relation,
    Sequence: _sequence,
    Rows: _rows,
}
