"""Formulas as SymPy expressions: indices become numbers, sums are written out, `d` is differentiated.

SymPy is imported when the first formula is translated. Differentiation is always SymPy's.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from solvers.symbolic.formulas.reading import read
from solvers.symbolic.formulas.tree import Call, Name, Number, Tree
from solvers.symbolic.formulas.vocabulary import FUNCTIONS

DIGITS = 40
Bound = Mapping[str, Any]
Symbols = dict[Any, tuple[str, tuple[Any, ...]]]
Chances = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Setting:
    """What the names of a formula mean.

    `where` defines quantities: `{"p[i]": "exp(x[i]) / sum(k, K, exp(x[k]))"}`; functions too, `{"F(x)": "x^2"}`.
    `sizes` are the upper ends of sums, `chances` the values of random variables with their probabilities.
    """

    where: Mapping[str, str] = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)
    chances: Mapping[str, Chances] = field(default_factory=dict)

    @cached_property
    def definitions(self) -> dict[str, list[tuple[tuple[Tree, ...], Tree]]]:
        """The parameters and the body of every definition, by name; those for one index come first."""
        found: dict[str, list[tuple[tuple[Tree, ...], Tree]]] = {}
        for head, body in self.where.items():
            tree = read(head)
            if isinstance(tree, Number):
                raise ValueError(f"a definition begins with a name, got {head!r}")
            name, parameters = (
                (tree.text, tree.indices) if isinstance(tree, Name) else (tree.function, tree.arguments)
            )
            at = 0 if any(isinstance(index, Number) for index in parameters) else len(found.get(name, ()))
            found.setdefault(name, []).insert(at, (parameters, read(body)))
        return found


def to_sympy(tree: Tree, setting: Setting, bound: Bound | None = None) -> Any:
    """Translate a formula; `bound` gives its free indices numbers.

    >>> to_sympy(read("d(sum(k, K, x[k]^2), x[i])"), Setting(sizes={"K": 3}), {"i": 2})
    2*x_2
    """
    return translate(tree, setting, bound or {})[0]


def translate(tree: Tree, setting: Setting, bound: Bound) -> tuple[Any, Symbols]:
    """Translate a formula and say which name and indices every symbol stands for."""
    translation = _Translation(setting)
    return translation.tree(tree, bound), translation.symbols


def work_out(expression: Any, known: dict[Any, Any]) -> Any:
    """The value of a SymPy expression to 40 digits; every part is worked out once and then `known`."""
    if expression not in known:
        value = (
            expression.func(*(work_out(part, known) for part in expression.args))
            if expression.args
            else expression
        )
        known[expression] = value.evalf(DIGITS) if value.is_number else value
    return known[expression]


def from_sympy(expression: Any) -> Tree:
    """Read a SymPy expression without cases back as a formula."""
    return read(str(expression).replace("log(", "ln("))


class _Translation:
    """One walk over a formula; it remembers which symbols stand for what."""

    def __init__(self, setting: Setting, kept: frozenset[str] = frozenset()) -> None:
        import sympy

        self.sp = sympy
        self.setting = setting
        self.kept = kept  # defined names that stay symbols, because something is differentiated by them
        self.symbols: Symbols = {}

    def tree(self, tree: Tree, bound: Bound) -> Any:
        """Translate any tree."""
        if isinstance(tree, Number):
            return self.sp.Rational(tree.value.numerator, tree.value.denominator)
        if isinstance(tree, Name):
            return self.name(tree, bound)
        special = _CONSTRUCTIONS.get(tree.function)
        return special(self, tree.arguments, bound) if special else self.call(tree, bound)

    def name(self, tree: Name, bound: Bound) -> Any:
        """Translate a variable: a bound index, a size, something defined, pi, or a free symbol."""
        if not tree.indices:
            known = {**self.setting.sizes, **bound}
            if tree.text in known:
                value = known[tree.text]
                return value if isinstance(value, self.sp.Basic) else self.sp.Integer(value)
            if tree.text == "pi":
                return self.sp.pi
        indices = tuple(self.tree(index, bound) for index in tree.indices)
        if tree.text not in self.kept:
            defined = self.defined(tree.text, indices)
            if defined is not None:
                return defined
        symbol = self.sp.Symbol("_".join((tree.text, *map(str, indices))), real=True)
        self.symbols[symbol] = (tree.text, indices)
        return symbol

    def defined(self, name: str, arguments: tuple[Any, ...]) -> Any:
        """The body of a definition with its parameters replaced, or None where there is none."""
        for parameters, body in self.setting.definitions.get(name, ()):
            if len(parameters) != len(arguments):
                continue
            pairs = list(zip(parameters, arguments, strict=True))
            fixed = [self.tree(p, {}) == a for p, a in pairs if isinstance(p, Number)]
            if all(fixed):
                return self.tree(body, {p.text: a for p, a in pairs if isinstance(p, Name)})
        return None

    def call(self, tree: Call, bound: Bound) -> Any:
        """Translate a function: known, defined, or left open."""
        arguments = tuple(self.tree(part, bound) for part in tree.arguments)
        meaning = FUNCTIONS[tree.function].meaning if tree.function in FUNCTIONS else None
        if meaning:
            return meaning(self.sp, *arguments)
        defined = self.defined(tree.function, arguments)
        return self.sp.Function(tree.function)(*arguments) if defined is None else defined

    def sum(self, arguments: tuple[Tree, ...], bound: Bound) -> Any:
        """Write a sum out."""
        index, upper, body = arguments
        if not isinstance(index, Name):
            raise ValueError("the first argument of sum is its index")
        last = self.tree(upper, bound)
        if not last.is_Integer:
            raise ValueError(f"the sum over {index.text} needs a size for its upper end {upper}")
        return self.sp.Add(*(self.tree(body, {**bound, index.text: n}) for n in range(1, int(last) + 1)))

    def derivative(self, arguments: tuple[Tree, ...], bound: Bound) -> Any:
        """Differentiate; a defined quantity in the denominator counts as a variable of its own."""
        body, variable = arguments
        if not isinstance(variable, Name):
            raise ValueError("the second argument of d is a variable")
        inside = _Translation(self.setting, self.kept | {variable.text})
        result = self.sp.diff(inside.tree(body, bound), inside.tree(variable, bound))
        self.symbols.update(inside.symbols)
        return result.subs(
            {
                symbol: self.defined(variable.text, indices)
                for symbol, (name, indices) in inside.symbols.items()
                if name == variable.text and name not in self.kept and name in self.setting.definitions
            }
        )

    def delta(self, arguments: tuple[Tree, ...], bound: Bound) -> Any:
        """Kronecker's delta."""
        return self.sp.KroneckerDelta(*(self.tree(index, bound) for index in arguments))

    def branch(self, arguments: tuple[Tree, ...], bound: Bound) -> Any:
        """One formula where the first argument is positive, another elsewhere."""
        test, above, below = (self.tree(part, bound) for part in arguments)
        return self.sp.Piecewise((above, test > 0), (below, True))

    def mean(self, arguments: tuple[Tree, ...], bound: Bound) -> Any:
        """Expectation over independent random variables, each averaged over its values."""
        return self.average(*self.within(arguments[0], bound))

    def variance(self, arguments: tuple[Tree, ...], bound: Bound) -> Any:
        """Mean of the square minus square of the mean."""
        body, symbols = self.within(arguments[0], bound)
        return self.sp.expand(self.average(body**2, symbols) - self.average(body, symbols) ** 2)

    def within(self, tree: Tree, bound: Bound) -> tuple[Any, Symbols]:
        """Translate the inside of an expectation; its random variables stay inside."""
        inside = _Translation(self.setting, self.kept)
        body = inside.tree(tree, bound)
        chances = self.setting.chances
        self.symbols.update({s: known for s, known in inside.symbols.items() if known[0] not in chances})
        return body, {s: known for s, known in inside.symbols.items() if known[0] in chances}

    def average(self, body: Any, symbols: Symbols) -> Any:
        """Average a translated formula over every one of these random variables."""
        for symbol, (name, _) in symbols.items():
            values = [(self.tree(read(p), {}), self.tree(read(v), {})) for p, v in self.setting.chances[name]]
            body = self.sp.expand(self.sp.Add(*(p * body.subs(symbol, value) for p, value in values)))
        return body


_CONSTRUCTIONS: dict[str, Callable[[_Translation, tuple[Tree, ...], Bound], Any]] = {
    "sum": _Translation.sum,
    "d": _Translation.derivative,
    "delta": _Translation.delta,
    "branch": _Translation.branch,
    "E": _Translation.mean,
    "Var": _Translation.variance,
}
