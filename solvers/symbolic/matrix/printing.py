"""Typeset matrix expressions as lecture notes do: `X^⊤ · ∂L/∂Y`, entry-wise products by a circled dot."""

import re
from collections.abc import Iterable

from solvers import typeset
from solvers.symbolic.formulas.printing import name
from solvers.symbolic.matrix import elementwise, reductions
from solvers.symbolic.matrix.expression import (
    Applied,
    Expression,
    Factor,
    Gradient,
    Identity,
    Mapped,
    Named,
    Ones,
    Reduced,
    Scaled,
    Shape,
    Size,
    Sum,
    Symbol,
)
from solvers.symbolic.matrix.rules import split, stretch

_SUM, _TOTAL, _HADAMARD, _PRODUCT, _POWER, _FRACTION, _ATOM = range(7)


def latex(expression: Expression) -> str:
    r"""Typeset an expression.

    >>> from solvers.symbolic.matrix.expression import matrices
    >>> X, W, T = matrices(X="N D", W="D M", T="N M")
    >>> print((X.T @ (X @ W - T) * 2).latex())
    2 X^\top \cdot \left(X W - T\right)
    """
    return _show(expression)[0]


def bracketed(expression: Expression) -> str:
    """Typeset an expression so that an index or an exponent may follow."""
    return _bracket(expression, _ATOM)


def raised(node: Expression) -> bool:
    """Whether the LaTeX of an expression carries an exponent already."""
    if isinstance(node, Symbol | Named):
        return node.name == "variance"
    return isinstance(node, Reduced) and node.function == "squared_norm"


def size(size: Size) -> str:
    """Typeset a size: a letter or a number."""
    return name(size) if isinstance(size, str) else str(size)


def shape(sizes: Shape) -> str:
    """Typeset a shape; a scalar's is 1."""
    return r" \times ".join(map(size, sizes)) or "1"


def coefficient(factor: Factor) -> str:
    """Typeset the number in front of an expression; nothing for 1."""
    number, sign = abs(factor.number), "-" if factor.number < 0 else ""
    short = number.denominator <= 12  # 1/2 and 2/3 read better than 0.5 and 0.667
    top = str(number.numerator) if short else typeset.number(float(number))
    below = " ".join(
        [*([str(number.denominator)] if short and number.denominator > 1 else []), *map(size, factor.over)]
    )
    if below:
        return rf"{sign}\frac{{{top}}}{{{below}}}"
    return sign + ("" if top == "1" else top)


def ones(sizes: Shape) -> str:
    """Typeset a matrix of ones, or a column or a row of them."""
    if sizes and sizes[1] == 1:
        return rf"\mathbf{{1}}_{{{size(sizes[0])}}}"
    if sizes and sizes[0] == 1:
        return rf"\mathbf{{1}}_{{{size(sizes[1])}}}^\top"
    return rf"\mathbf{{1}}_{{{shape(sizes)}}}" if sizes else "1"


def factors(expression: Expression) -> tuple[list[Expression], list[Expression]]:
    """What an entry-wise product multiplies, and what it divides by."""
    if isinstance(expression, Applied) and expression.operation == "hadamard":
        (above, below), (more, less) = (factors(part) for part in expression.parts)
        return above + more, below + less
    stretched = isinstance(expression, Applied) and expression.operation == "stretch"
    inner = expression.parts[0] if isinstance(expression, Applied) and stretched else expression
    if isinstance(inner, Mapped) and inner.function == "reciprocal":
        return [], [stretch(inner.part, expression.shape) if inner.shape else inner.part]
    return [expression if inner.shape else inner], []


def scaled(factor: Factor, part: Expression, shown: str) -> str:
    """Typeset a number times something already typeset; a number times ones is that number."""
    number = coefficient(factor)
    if isinstance(part, Ones):
        return f"{number}1" if number in ("", "-") else number
    return f"{number}{shown}" if number in ("", "-") else f"{number} {shown}"


def signed(terms: Iterable[str]) -> str:
    """Join typeset terms by their signs."""
    text = "".join(f" - {term[1:].strip()}" if term.startswith("-") else f" + {term}" for term in terms)
    return "-" + text[3:] if text.startswith(" - ") else text[3:]


def _show(node: Expression) -> tuple[str, int]:
    """The LaTeX of a node and how tightly it binds."""
    if isinstance(node, Gradient):
        below = latex(node.of) if isinstance(node.of, Symbol | Named) else bracketed(node.of)
        return rf"\frac{{\partial L}}{{\partial {below}}}", _FRACTION
    if isinstance(node, Symbol | Named):
        return name(node.name), _POWER if raised(node) else _ATOM
    if isinstance(node, Scaled):
        return _number_times(node), _SUM
    if isinstance(node, Sum):
        return signed(_term(term) for term in node.terms), _SUM
    if isinstance(node, Mapped | Reduced):
        return _function(node)
    if isinstance(node, Applied):
        return _applied(node)
    if isinstance(node, Identity):
        return f"I_{{{size(node.shape[0])}}}", _ATOM
    return (ones(node.shape) if isinstance(node, Ones) else "0"), _ATOM


def _number_times(node: Scaled) -> str:
    number, shown = coefficient(node.factor), _bracket(node.part, _TOTAL)
    return f"{number}{shown}" if number in ("", "-") else f"{number} {shown}"


def _term(term: Expression) -> str:
    """A term of a sum; a matrix of ones is written as its number."""
    factor, part = split(term)
    return scaled(factor, part, _show(term)[0]) if isinstance(part, Ones) else _show(term)[0]


def _function(node: Mapped | Reduced) -> tuple[str, int]:
    if isinstance(node, Reduced):
        shown = reductions.FUNCTIONS[node.function].latex.replace("<0>", _show(node.part)[0])
        return shown, _POWER if raised(node) else _ATOM
    need, level = {"power": (_ATOM, _POWER), "reciprocal": (_SUM, _FRACTION), "exp": (_SUM, _POWER)}.get(
        node.function, (_SUM, _ATOM)
    )
    return mapped(node, _bracket(node.part, need), scalar=not node.shape), level


def mapped(node: Mapped, part: str, *, scalar: bool) -> str:
    """Typeset an entry-wise function of something already typeset."""
    pattern = elementwise.FUNCTIONS[node.function].latex
    if scalar:
        pattern = pattern.replace(r"\odot ", "")
    return re.sub(
        "<(0|p)>", lambda hole: part if hole[1] == "0" else typeset.number(float(node.parameter)), pattern
    )


def _applied(node: Applied) -> tuple[str, int]:
    parts = node.parts
    if node.operation == "product":
        return _side_by_side(parts[0], parts[1])
    if node.operation == "hadamard":
        return _hadamard(node)
    if node.operation == "transpose":
        return rf"{bracketed(parts[0])}^\top", _POWER
    if node.operation == "stretch":
        return _stretch(parts[0], node.shape), _PRODUCT
    if node.operation == "trace":
        return rf"\operatorname{{tr}}\left({_show(parts[0])[0]}\right)", _ATOM
    return _sums(node.operation, parts[0]), _TOTAL if node.operation == "total" else _PRODUCT


def _side_by_side(left: Expression, right: Expression) -> tuple[str, int]:
    """A matrix product: letters stand side by side, anything larger gets a dot."""
    shown = _bracket(left, _PRODUCT), _bracket(right, _POWER)
    return (" " if _letters(left) and _letters(right) else r" \cdot ").join(shown), _PRODUCT


def _letters(side: Expression) -> bool:
    if isinstance(side, Applied):
        return side.operation == "product" and all(_letters(part) for part in side.parts)
    return isinstance(side, Symbol | Named) and not isinstance(side, Gradient)


def _hadamard(node: Applied) -> tuple[str, int]:
    above, below = factors(node)
    scalars = [_bracket(part, _POWER) for part in above if not part.shape]
    entries = [_bracket(part, _POWER) for part in above if part.shape]
    shown = " ".join([*scalars, r" \odot ".join(entries)]).strip()
    if not below:
        return shown, _HADAMARD
    top = _show(above[0])[0] if len(above) == 1 else shown or "1"
    bottom = r" \odot ".join(_bracket(part, _POWER) for part in below) if len(below) > 1 else _show(below[0])[0]
    return rf"\frac{{{top}}}{{{bottom}}}", _FRACTION


def _stretch(part: Expression, sizes: Shape) -> str:
    """A row repeated N times is a column of ones times the row, and so on."""
    shown = _bracket(part, _PRODUCT)
    rows = f"{ones((sizes[0], 1))} " if part.shape and part.shape[0] != sizes[0] else ""
    columns = f" {ones((1, sizes[1]))}" if part.shape and part.shape[1] != sizes[1] else ""
    return f"{rows}{shown}{columns}" if part.shape else f"{shown} {ones(sizes)}"


def _sums(operation: str, part: Expression) -> str:
    """Sums over rows or columns are products with ones; the sum of all entries is written out."""
    if operation == "column_sums":
        return rf"{ones((1, part.shape[0]))} \cdot {_bracket(part, _PRODUCT)}"
    if operation == "row_sums":
        return rf"{_bracket(part, _PRODUCT)} \cdot {ones((part.shape[1], 1))}"
    from solvers.symbolic.matrix.entries import entry

    return rf"\sum_{{i, j}} {entry(part, 'i', 'j', tight=True)}"


def _bracket(node: Expression, need: int) -> str:
    shown, level = _show(node)
    return rf"\left({shown}\right)" if level < need else shown
