"""Matrix expressions with named shapes.

>>> X, W, b = matrices(X="N D", W="D M", b="1 M")
>>> Y = X @ W + b
>>> Y.shape, Y.latex(), Y.plain()
(('N', 'M'), 'X W + \\\\mathbf{1}_{N} b', 'X @ W + b')

Shapes are pairs of sizes, letters or numbers; a scalar's shape is (). `@` is the matrix product, `*` and `/` work
entry by entry, a row, a column or a scalar is stretched as in NumPy, and `.T` transposes. Expressions are values:
simplified a little when they are built (`rules`), never changed.
"""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Union

from numpy.typing import ArrayLike

Size = str | int
Shape = tuple[Size, ...]
Operand = Union["Expression", float, Fraction]


@dataclass(frozen=True, eq=False)
class Expression:
    """Anything with a shape; the operators build larger expressions.

    `sized_by` names further symbols whose arrays say how large the sizes are.
    """

    shape: Shape
    sized_by: tuple["Symbol", ...] = field(default=(), kw_only=True)

    def __add__(self, other: Operand) -> "Expression":
        from solvers.symbolic.matrix.rules import add

        return add(self, other)

    def __radd__(self, other: float | Fraction) -> "Expression":
        from solvers.symbolic.matrix.rules import add, constant

        return add(constant(other, self.shape), self)

    def __neg__(self) -> "Expression":
        from solvers.symbolic.matrix.rules import scale

        return scale(Factor(Fraction(-1)), self)

    def __sub__(self, other: Operand) -> "Expression":
        return self + (-other)

    def __rsub__(self, other: float | Fraction) -> "Expression":
        return other + (-self)

    def __mul__(self, other: Operand) -> "Expression":
        from solvers.symbolic.matrix.rules import multiply

        return multiply(self, other)

    def __rmul__(self, other: float | Fraction) -> "Expression":
        return self * other

    def __truediv__(self, other: Operand) -> "Expression":
        from solvers.symbolic.matrix.elementwise import reciprocal

        return self * (reciprocal(other) if isinstance(other, Expression) else 1 / exact(other))

    def __rtruediv__(self, other: float | Fraction) -> "Expression":
        from solvers.symbolic.matrix.elementwise import reciprocal

        return reciprocal(self) * other

    def __pow__(self, exponent: int) -> "Expression":
        from solvers.symbolic.matrix.elementwise import power

        return power(self, exponent)

    def __matmul__(self, other: "Expression") -> "Expression":
        from solvers.symbolic.matrix.rules import product

        return product(self, other)

    @property
    def T(self) -> "Expression":  # noqa: N802 - as in NumPy
        """The transpose."""
        from solvers.symbolic.matrix.rules import transpose

        return transpose(self)

    def latex(self) -> str:
        """Typeset the expression as lecture notes do."""
        from solvers.symbolic.matrix.printing import latex

        return latex(self)

    def plain(self) -> str:
        """Print the expression as a student would type it for NumPy."""
        from solvers.symbolic.matrix.text import plain

        return plain(self)

    def evaluate(self, values: Mapping[str, ArrayLike]) -> Any:
        """A float or an array; `values` holds an array per symbol. Raises ValueError where shapes do not fit."""
        from solvers.symbolic.matrix.evaluation import evaluate

        return evaluate(self, values)


@dataclass(frozen=True)
class Factor:
    """A number divided by sizes: the 2/N in front of a mean's gradient."""

    number: Fraction = Fraction(1)
    over: tuple[str, ...] = ()

    def __mul__(self, other: "Factor") -> "Factor":
        return Factor(self.number * other.number, self.over + other.over)


@dataclass(frozen=True, eq=False)
class Symbol(Expression):
    """A matrix known by its name."""

    name: str = ""


@dataclass(frozen=True, eq=False)
class Gradient(Symbol):
    """The upstream gradient ∂L/∂`of`, a symbol like others."""

    of: Expression = field(default_factory=lambda: Symbol((), "Y"))


@dataclass(frozen=True, eq=False)
class Ones(Expression):
    """All entries 1."""


@dataclass(frozen=True, eq=False)
class Zeros(Expression):
    """All entries 0."""


@dataclass(frozen=True, eq=False)
class Identity(Expression):
    """The identity matrix."""


@dataclass(frozen=True, eq=False)
class Named(Expression):
    """An intermediate result with a name of its own."""

    name: str
    meaning: Expression


@dataclass(frozen=True, eq=False)
class Scaled(Expression):
    """A number times an expression."""

    factor: Factor
    part: Expression


@dataclass(frozen=True, eq=False)
class Sum(Expression):
    """Several expressions of one shape, added."""

    terms: tuple[Expression, ...]


@dataclass(frozen=True, eq=False)
class Applied(Expression):
    """An operation of `operations.INDICES`, linear in every part: product, transpose, hadamard, total …"""

    operation: str
    parts: tuple[Expression, ...]


@dataclass(frozen=True, eq=False)
class Mapped(Expression):
    """A function of `elementwise.FUNCTIONS` applied to every entry; `parameter` is its exponent or slope."""

    function: str
    part: Expression
    parameter: Fraction = Fraction(0)


@dataclass(frozen=True, eq=False)
class Reduced(Expression):
    """A function of `reductions.FUNCTIONS` that mixes entries: softmax, log-sum-exp, a norm, or a loss left open."""

    function: str
    part: Expression


def matrices(**shapes: str) -> tuple[Symbol, ...]:
    """Symbols by name, each with its shape as text: `"N D"`, `"1 M"`, `""` for a scalar.

    >>> matrices(W="D M")[0].shape
    ('D', 'M')
    """
    return tuple(Symbol(read_shape(text), name) for name, text in shapes.items())


def read_shape(text: str) -> Shape:
    """Read two sizes, letters or whole numbers, or none."""
    sizes = tuple(int(size) if size.isdigit() else size for size in text.split())
    if len(sizes) not in (0, 2) or not all(isinstance(size, str) or size > 0 for size in sizes):
        raise ValueError(f"a shape is two sizes such as 'N D', or empty for a scalar; got {text!r}")
    return sizes


def named(name: str, meaning: Expression) -> Named:
    """Give an intermediate result a name, under which it appears in gradients and steps."""
    return Named(meaning.shape, name, meaning)


def parts(expression: Expression) -> tuple[Expression, ...]:
    """The expressions directly inside this one."""
    if isinstance(expression, Named):
        return (expression.meaning,)
    if isinstance(expression, Sum):
        return expression.terms
    if isinstance(expression, Applied):
        return expression.parts
    return (expression.part,) if isinstance(expression, Scaled | Mapped | Reduced) else ()


def forward_order(expression: Expression, known: Container[str] = ()) -> Iterator[Expression]:
    """Every expression inside and this one, each once, parts before wholes; what is `known` by name stays whole."""
    done: set[int] = set()
    stack = [(expression, False)]
    while stack:
        node, ready = stack.pop()
        if id(node) in done:
            continue
        if ready:
            done.add(id(node))
            yield node
        else:
            whole = isinstance(node, Named) and node.name in known
            stack += [(node, True), *((part, False) for part in reversed(() if whole else parts(node)))]


def exact(value: float | Fraction) -> Fraction:
    """A number as it is written: 0.1 is one tenth."""
    return Fraction(repr(value)) if isinstance(value, float) else Fraction(value)


def show_shape(shape: Shape) -> str:
    """A shape in words for messages: `N × D`, or `a scalar`."""
    return " × ".join(map(str, shape)) or "a scalar"
