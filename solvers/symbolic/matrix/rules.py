"""Build matrix expressions: check shapes, stretch rows and columns, and keep the result simple.

Numbers move outwards, factors 1 and identity matrices vanish, a double transpose cancels, equal terms are collected.
"""

from fractions import Fraction

from solvers.symbolic.matrix.expression import (
    Applied,
    Expression,
    Factor,
    Identity,
    Ones,
    Operand,
    Scaled,
    Shape,
    Size,
    Sum,
    Zeros,
    exact,
    show_shape,
)


def scale(factor: Factor, part: Expression) -> Expression:
    """A number times an expression."""
    if isinstance(part, Scaled):
        factor, part = factor * part.factor, part.part
    if isinstance(part, Zeros) or factor.number == 0:
        return Zeros(part.shape)
    if isinstance(part, Sum) and factor == Factor(Fraction(-1)):
        return _collect(part.shape, [scale(factor, term) for term in part.terms])
    return part if factor == Factor() else Scaled(part.shape, factor, part)


def add(left: Expression, right: Operand) -> Expression:
    """The sum of two expressions, the smaller one stretched."""
    other = right if isinstance(right, Expression) else constant(right, left.shape)
    shape = common(left.shape, other.shape, "add")
    both = (stretch(left, shape), stretch(other, shape))
    return _collect(shape, [term for part in both for term in (part.terms if isinstance(part, Sum) else (part,))])


def constant(value: float | Fraction, shape: Shape) -> Expression:
    """One number in every entry."""
    return scale(Factor(exact(value)), Ones(shape))


def _collect(shape: Shape, terms: list[Expression]) -> Expression:
    """Add terms that differ in their factor only."""
    found: dict[tuple[str, tuple[str, ...]], Expression] = {}
    for term in terms:
        factor, part = split(term)
        key = (part.plain(), tuple(sorted(factor.over)))
        known = split(found[key])[0].number if key in found else Fraction(0)
        found[key] = scale(Factor(known + factor.number, factor.over), part)
    kept = tuple(term for term in found.values() if not isinstance(term, Zeros))
    if len(kept) < 2:
        return kept[0] if kept else Zeros(shape)
    return Sum(shape, kept)


def split(expression: Expression) -> tuple[Factor, Expression]:
    """The number in front and the rest."""
    return (expression.factor, expression.part) if isinstance(expression, Scaled) else (Factor(), expression)


def multiply(left: Expression, right: Operand) -> Expression:
    """The product entry by entry, the smaller one stretched."""
    if not isinstance(right, Expression):
        return scale(Factor(exact(right)), left)
    shape = common(left.shape, right.shape, "multiply")
    (a, left), (b, right) = split(left), split(right)
    if isinstance(left, Zeros) or isinstance(right, Zeros):
        return Zeros(shape)
    if isinstance(left, Ones):
        return scale(a * b, stretch(right, shape))
    if isinstance(right, Ones):
        return scale(a * b, stretch(left, shape))
    return scale(a * b, Applied(shape, "hadamard", (stretch(left, shape), stretch(right, shape))))


def product(left: Expression, right: Expression) -> Expression:
    """The matrix product; raises ValueError unless the inner sizes agree."""
    if len(left.shape) != 2 or len(right.shape) != 2 or left.shape[1] != right.shape[0]:
        raise ValueError(
            f"the matrix product needs equal inner sizes, got {show_shape(left.shape)} times {show_shape(right.shape)}"
        )
    shape = (left.shape[0], right.shape[1])
    (a, left), (b, right) = split(left), split(right)
    if isinstance(left, Zeros) or isinstance(right, Zeros):
        return Zeros(shape)
    if isinstance(left, Identity):
        return scale(a * b, right)
    if isinstance(right, Identity):
        return scale(a * b, left)
    return scale(a * b, Applied(shape, "product", (left, right)))


def transpose(part: Expression) -> Expression:
    """The transpose; a scalar is its own."""
    factor, part = split(part)
    shape = part.shape[::-1]
    if isinstance(part, Applied) and part.operation == "transpose":
        return scale(factor, part.parts[0])
    if not shape or isinstance(part, Identity):
        return scale(factor, part)
    if isinstance(part, Ones | Zeros):
        return scale(factor, type(part)(shape))
    return scale(factor, Applied(shape, "transpose", (part,)))


def stretch(part: Expression, shape: Shape) -> Expression:
    """Repeat a row, a column or a scalar until it has this shape, as NumPy does."""
    if part.shape == shape:
        return part
    factor, part = split(part)
    if isinstance(part, Ones | Zeros):
        return scale(factor, type(part)(shape))
    return scale(factor, Applied(shape, "stretch", (part,)))


def reduce_to(operation: str, part: Expression, shape: Shape) -> Expression:
    """A sum over entries: total, column_sums, row_sums or trace."""
    factor, part = split(part)
    return Zeros(shape) if isinstance(part, Zeros) else scale(factor, Applied(shape, operation, (part,)))


def common(left: Shape, right: Shape, verb: str) -> Shape:
    """The shape both can be stretched to; raises ValueError where there is none."""
    if not left or not right:
        return left or right
    sizes = tuple(_larger(a, b) for a, b in zip(left, right, strict=True))
    if None in sizes:
        raise ValueError(f"cannot {verb} {show_shape(left)} and {show_shape(right)}: the sizes differ")
    return tuple(size for size in sizes if size is not None)


def _larger(a: Size, b: Size) -> Size | None:
    if a == b or b == 1:
        return a
    return b if a == 1 else None
