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
from solvers.symbolic.matrix.rules import scale, split

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
    for term, shown in zip(node.terms, _broadcast(node.terms, node.shape), strict=True):
        text += f" - {shown[1:]}" if shown.startswith("-") and not isinstance(term, Sum) else f" + {shown}"
    return "-" + text[3:] if text.startswith(" - ") else text[3:]


def _broadcast(parts: tuple[Expression, ...], shape: Shape) -> list[str]:
    """The texts of parts that NumPy stretches by itself; only if none has the full shape, the first is written out."""
    bare = [_bare(part) for part in parts]
    full = any(set(natural) == {True} for _, natural in (_natural(part, shape) for part in parts))
    rows = any(natural[:1] == (True,) for _, natural in (_natural(part, shape) for part in parts))
    columns = any(natural[1:] == (True,) for _, natural in (_natural(part, shape) for part in parts))
    if not shape or full or (rows and columns):
        return bare
    return [_show(parts[0])[0], *bare[1:]]


def _natural(part: Expression, shape: Shape) -> tuple[Expression, tuple[bool, ...]]:
    """What is left of a part without stretching, and along which sides it already has the full size."""
    inner = _unstretched(part)
    if isinstance(inner, Ones) or not inner.shape:
        return inner, (False,) * len(shape)
    return inner, tuple(a == b for a, b in zip(inner.shape, shape, strict=True))


def _unstretched(part: Expression) -> Expression:
    part = split(part)[1]
    return part.parts[0] if isinstance(part, Applied) and part.operation == "stretch" else part


def _bare(part: Expression) -> str:
    """A part of a sum without stretching: NumPy does that."""
    factor, inner = split(part)
    if isinstance(inner, Ones):
        return " / ".join(filter(None, _coefficient(factor)))
    return _show(scale(factor, _unstretched(inner)))[0]


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
    whole = above + below
    shown = dict(zip(map(id, whole), _broadcast(tuple(whole), node.shape), strict=True))
    text = " * ".join(_in_product(part, shown[id(part)]) for part in above) or "1"
    return text + "".join(f" / {_in_product(part, shown[id(part)])}" for part in below)


def _in_product(part: Expression, shown: str) -> str:
    level = _show(_unstretched(part))[1]
    return f"({shown})" if level < _POWER and not shown.startswith("np.broadcast_to") else shown


def _bracket(node: Expression, need: int, also: str = "") -> str:
    shown, level = _show(node)
    mixed = isinstance(node, Applied) and node.operation == also
    return f"({shown})" if level < need or mixed else shown


def _tuple(shape: Shape) -> str:
    return f"({', '.join(map(str, shape))})"


def _number(value: Fraction) -> str:
    return str(value) if value.denominator == 1 else repr(float(value))
