"""A formula with the meaning of its names: what a derivation ends in."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from solvers.symbolic.formulas import printing
from solvers.symbolic.formulas.algebra import DIGITS, Setting, translate, work_out
from solvers.symbolic.formulas.tree import Tree

Values = Mapping[str, ArrayLike]


@dataclass(frozen=True)
class Formula:
    """A scalar formula, or one per index.

    `over` names its free indices and the sizes they run to, as `{"i": "K"}`; `lengths` says which array has that
    size, as `{"K": "x"}`; a size may also be given by number.
    """

    tree: Tree
    setting: Setting = field(default_factory=Setting)
    over: Mapping[str, str] = field(default_factory=dict)
    lengths: Mapping[str, str] = field(default_factory=dict)

    def latex(self) -> str:
        """Typeset the formula."""
        return printing.latex(self.tree)

    def plain(self) -> str:
        """Print the formula as a student would type it."""
        return printing.plain(self.tree)

    def evaluate(self, values: Values) -> float | NDArray[np.float64]:
        """The number, or an array over the free indices; arrays give indexed names their values.

        A free index given as a number picks one entry (counted from 1). Raises ValueError for a missing name.

        >>> from solvers.symbolic.formulas.reading import read
        >>> formula = Formula(read("x[i] / sum(k, K, x[k])"), over={"i": "K"}, lengths={"K": "x"})
        >>> formula.evaluate({"x": [1, 3]}).tolist(), formula.evaluate({"x": [1, 3], "i": 2})
        ([0.25, 0.75], 0.75)
        """
        numbers = np.array([self.entry(bound, values) for bound in self.entries(values)])
        shape = [self.sizes(values)[self.over[index]] for index in self.open(values)]
        return numbers.reshape(shape) if shape else float(numbers[0])

    def open(self, values: Values) -> list[str]:
        """The free indices that were given no number."""
        return [index for index in self.over if index not in values]

    def entries(self, values: Values) -> Iterator[dict[str, int]]:
        """The numbers of the free indices, entry by entry."""
        sizes = self.sizes(values)
        chosen = {index: int(np.asarray(values[index])) for index in self.over if index in values}
        ranges = [range(1, sizes[self.over[index]] + 1) for index in self.open(values)]
        for numbers in product(*ranges):
            yield {**chosen, **dict(zip(self.open(values), numbers, strict=True))}

    def sizes(self, values: Values) -> dict[str, int]:
        """The sizes, given by number or as the length of an array."""
        given = {size: int(np.asarray(values[size])) for size in self.lengths if size in values}
        return {
            size: len(np.asarray(values[name])) for size, name in self.lengths.items() if name in values
        } | given

    def entry(self, bound: Mapping[str, int], values: Values) -> float:
        """The number of one entry, whose free indices are `bound`."""
        import sympy

        setting = replace(self.setting, sizes=self.sizes(values))
        expression, symbols = translate(self.tree, setting, bound)
        numbers = {s: pick(*known, values) for s, known in symbols.items() if s in expression.free_symbols}
        missing = sorted(str(symbol) for symbol, number in numbers.items() if number is None)
        if missing:
            raise ValueError(f"{self.plain()} needs numbers for {', '.join(missing)}")
        exact = {symbol: sympy.Float(number, DIGITS) for symbol, number in numbers.items()}
        return _real(work_out(expression, exact), self)


def _real(result: Any, formula: Formula) -> float:
    """A finite float, or ValueError."""
    number = float(result) if result.is_real else math.nan
    if not math.isfinite(number):
        raise ValueError(f"{formula.plain()} has no finite real value here")
    return number


def pick(name: str, indices: tuple[Any, ...], values: Values) -> float | None:
    """The number given for a name, or for an entry of it (counted from 1); None where there is none."""
    if name not in values:
        return None
    return float(np.asarray(values[name])[tuple(int(index) - 1 for index in indices)])
