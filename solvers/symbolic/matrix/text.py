"""Print matrix expressions as a student types them for NumPy: `X.T @ (G * S * (1 - S))`.

The names sigmoid, softmax, gelu, Phi, phi and the letters of the sizes are taken to be known.
"""

import re
from fractions import Fraction

from solvers.symbolic.matrix import elementwise, reductions
from solvers.symbolic.matrix.expression import (
    Applied,
    Expression,
    Factor,
    Identity,
    Mapped,
    Named,
    Ones,
    Reduced,
    Scaled,
    Shape,
    Sum,
    Symbol,
)
from solvers.symbolic.matrix.printing import factors
from solvers.symbolic.matrix.rules import scale, split, stretch

_SUM, _NEGATIVE, _PRODUCT, _POWER, _ATOM = range(5)


def plain(expression: Expression) -> str:
    """Print an expression.

    >>> from solvers.symbolic.matrix.expression import matrices
    >>> X, W, b, T = matrices(X="N D", W="D M", b="1 M", T="N M")
    >>> (X.T @ (X @ W + b - T) * 2).plain()
    '2 * X.T @ (X @ W + b - T)'
    """
    return _show(expression)[0]


def _show(node: Expression) -> tuple[str, int]:
    """The text of a node and how tightly it binds."""
    if isinstance(node, Symbol | Named):
        return node.name, _ATOM
    if isinstance(node, Scaled):
        return _scaled(node)
    if isinstance(node, Sum):
        return _sum(node), _SUM
    if isinstance(node, Mapped):
        return _mapped(node)
    if isinstance(node, Reduced):
        return _fill(reductions.FUNCTIONS[node.function].text, node.part), _ATOM
    if isinstance(node, Applied):
        return _applied(node)
    if isinstance(node, Identity):
        return f"np.eye({node.shape[0]})", _ATOM
    value = "ones" if isinstance(node, Ones) else "zeros"
    return (f"np.{value}({_tuple(node.shape)})" if node.shape else str(int(value == "ones"))), _ATOM


def _scaled(node: Scaled) -> tuple[str, int]:
    """`2 * A`, `-A`, `A / N`, `2 / (N * M) * A`."""
    number, below = _coefficient(node.factor)
    part = _bracket(node.part, _PRODUCT)
    if not below:
        return (f"-{part}", _NEGATIVE) if number == "-1" else (f"{number} * {part}", _PRODUCT)
    if number in ("1", "-1"):
        return f"{number[:-1]}{part} / {below}", _PRODUCT if number == "1" else _NEGATIVE
    return f"{number} / {below} * {part}", _PRODUCT


def _coefficient(factor: Factor) -> tuple[str, str]:
    number = factor.number
    exact = number.denominator == 1 or Fraction(repr(float(number))) == number
    below = [*factor.over, *([] if exact else [str(number.denominator)])]
    shown = _number(number) if exact else str(number.numerator)
    return shown, f"({' * '.join(below)})" if len(below) > 1 else "".join(below)


def _sum(node: Sum) -> str:
    text = ""
    for shown, _ in _broadcast(node.terms, node.shape):
        text += f" - {shown[1:]}" if shown.startswith("-") else f" + {shown}"
    return "-" + text[3:] if text.startswith(" - ") else text[3:]


def _broadcast(parts: tuple[Expression, ...], shape: Shape) -> list[tuple[str, int]]:
    """The texts of parts, stretched by NumPy itself; where that would not give the full shape, one is written out."""
    bare = [_bare(part) for part in parts]
    rows, columns = (any(sides) for sides in zip(*(_full_sides(part, shape) for part in parts), strict=True))
    if shape and not (rows and columns):
        place = next((place for place, part in enumerate(parts) if part.shape), 0)
        bare[place] = _show(stretch(parts[place], shape))
    return bare


def _full_sides(part: Expression, shape: Shape) -> tuple[bool, bool]:
    """Whether a part has the full number of rows and of columns without being stretched."""
    inner = _unstretched(part)
    if isinstance(inner, Ones) or not inner.shape:
        return False, False
    return inner.shape[0] == shape[0], inner.shape[1] == shape[1]


def _unstretched(part: Expression) -> Expression:
    part = split(part)[1]
    return part.parts[0] if isinstance(part, Applied) and part.operation == "stretch" else part


def _bare(part: Expression) -> tuple[str, int]:
    """A part without stretching; a matrix of ones is written as its number."""
    factor, inner = split(part)
    if isinstance(inner, Ones):
        return " / ".join(filter(None, _coefficient(factor))), _PRODUCT
    return _show(scale(factor, _unstretched(inner)))


def _mapped(node: Mapped) -> tuple[str, int]:
    pattern = elementwise.FUNCTIONS[node.function].text
    level = {"power": _POWER, "reciprocal": _PRODUCT}.get(node.function, _ATOM)
    return _fill(pattern.replace("<p>", _number(node.parameter)), node.part), level


def _fill(pattern: str, node: Expression) -> str:
    tight = re.search(r"(?<!\()<0>|<0>(?![,)])", pattern)  # something stands beside the input
    return pattern.replace("<0>", _bracket(node, _ATOM) if tight else _show(node)[0])


def _applied(node: Applied) -> tuple[str, int]:
    parts = node.parts
    if node.operation == "product":
        left, right = _bracket(parts[0], _PRODUCT, "hadamard"), _bracket(parts[1], _POWER)
        return f"{left} @ {right}", _PRODUCT
    if node.operation == "hadamard":
        return _hadamard(node), _PRODUCT
    if node.operation == "transpose":
        return f"{_bracket(parts[0], _ATOM)}.T", _ATOM
    if node.operation == "stretch":
        return f"np.broadcast_to({_show(parts[0])[0]}, {_tuple(node.shape)})", _ATOM
    pattern = {
        "total": "np.sum({})",
        "column_sums": "np.sum({}, axis=0, keepdims=True)",
        "row_sums": "np.sum({}, axis=1, keepdims=True)",
        "trace": "np.trace({})",
    }[node.operation]
    return pattern.format(_show(parts[0])[0]), _ATOM


def _hadamard(node: Applied) -> str:
    above, below = factors(node)
    shown = [f"({text})" if level < _POWER else text for text, level in _broadcast((*above, *below), node.shape)]
    return " / ".join([" * ".join(shown[: len(above)]) or "1", *shown[len(above) :]])


def _bracket(node: Expression, need: int, also: str = "") -> str:
    shown, level = _show(node)
    mixed = isinstance(node, Applied) and node.operation == also
    return f"({shown})" if level < need or mixed else shown


def _tuple(shape: Shape) -> str:
    return f"({', '.join(map(str, shape))})"


def _number(value: Fraction) -> str:
    return str(value) if value.denominator == 1 else repr(float(value))
