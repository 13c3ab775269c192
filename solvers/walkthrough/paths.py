"""Every weight by the chain rule over paths: from the weight, entry by entry, through all layers to the loss.

The local derivative of one entry of a layer's output by one entry of its input is what the layer itself sends back
for an upstream gradient that is 1 at this output and 0 elsewhere; so any layer can lie on a path.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np

from solvers import arrays
from solvers.engine.layer import Array
from solvers.engine.trace import Record
from solvers.walkthrough.problem import ParamName
from solvers.walkthrough.solution import Solution
from solvers.walkthrough.symbols import Symbols, is_activation, latex
from solvers.walkthrough.view import partial
from solvers.worked import Step

MOST_ENTRIES = 48
MOST_WEIGHTS = 40
MOST_PATHS = 8
Entry = tuple[str, tuple[int, ...]]
"""One entry of a value: the node (or input) and the index."""


@dataclass(frozen=True)
class Path:
    """One way from a weight to the loss: the entries it passes, from the weight's layer on, and the factors.

    The factors are in the order of the chain rule: the loss's derivative by the last entry first, the derivative of
    the first entry by the weight last.
    """

    entries: tuple[Entry, ...]
    factors: tuple[float, ...]

    @property
    def product(self) -> float:
        """The path's share of the gradient."""
        return float(prod(self.factors))


@dataclass(frozen=True)
class Ways:
    """All local derivatives of a solution, entry by entry."""

    solution: Solution

    @cached_property
    def records(self) -> Mapping[str, Record]:
        """What happened, by node."""
        return {record.name: record for record in self.solution.trace.records}

    @property
    def one_sample(self) -> bool:
        """Whether every value is a single row, whose number need not be written."""
        return all(value.ndim > 1 and len(value) == 1 for value in self.solution.trace.values.values())

    @cached_property
    def loss_slopes(self) -> Array:
        """The derivative of the loss by every entry of the output."""
        problem = self.solution.problem
        assert problem.loss is not None
        P = self.solution.trace.values[problem.network.outputs[0]]
        return np.asarray(problem.loss.forward(self.solution.trace.target, P)[1]()[0])

    @cached_property
    def sent_back(self) -> dict[Entry, tuple[tuple[Array | None, ...], Mapping[str, Array]]]:
        """What every layer sends back for each entry of its output alone."""
        found: dict[Entry, tuple[tuple[Array | None, ...], Mapping[str, Array]]] = {}
        for name, record in self.records.items():
            _, back = record.layer.forward(record.params, *record.inputs)
            for index in np.ndindex(record.outputs[0].shape):
                one = np.zeros_like(record.outputs[0])
                one[index] = 1.0
                found[name, index] = back(one, *(np.zeros_like(other) for other in record.outputs[1:]))
        return found

    def readers(self, entry: Entry) -> Iterator[tuple[Entry, float]]:
        """Give the entries that depend on an entry, each with the derivative, also where that happens to be 0."""
        node, index = entry
        for name, record in self.records.items():
            for place, source in enumerate(record.sources):
                if source == node:
                    yield from self._reached(name, record, place, index)

    def _reached(
        self, name: str, record: Record, place: int, index: tuple[int, ...]
    ) -> Iterator[tuple[Entry, float]]:
        for out in np.ndindex(record.outputs[0].shape):
            gradient = self.sent_back[name, out][0][place]
            if gradient is not None and (gradient[index] != 0 or _touches(record, place, index, out)):
                yield (name, out), float(gradient[index])

    def paths(self, param: ParamName, index: tuple[int, ...]) -> Iterator[Path]:
        """Give all paths from one entry of a parameter to the loss."""
        node, name = param
        for out in np.ndindex(self.records[node].outputs[0].shape):
            local = float(self.sent_back[node, out][1][name][index])
            if local or _weight_touches(self.records[node], name, index, out):
                for entries, factors in self._onwards((node, out)):
                    yield Path(((node, out), *entries), (*factors, local))

    def _onwards(self, entry: Entry) -> Iterator[tuple[tuple[Entry, ...], tuple[float, ...]]]:
        """Give the ways from an entry to the loss."""
        if entry[0] == self.solution.problem.network.outputs[0]:
            yield (), (float(self.loss_slopes[entry[1]]),)
        for after, local in self.readers(entry):
            for entries, factors in self._onwards(after):
                yield (after, *entries), (*factors, local)


def can_be_walked(solution: Solution) -> bool:
    """Say whether a network is small enough for all its paths, and a chain of single outputs."""
    values = solution.trace.values
    small = all(value.size <= MOST_ENTRIES for name, value in values.items())
    return small and solution.problem.loss is not None and not any(":" in name for name in values)


def path_steps(solution: Solution, names: Symbols, param: ParamName, ways: Ways) -> Iterator[Step]:
    """Work out the gradient of every entry of a parameter over its paths."""
    array = solution.problem.weights[param[0]][param[1]]
    total = solution.gradient(*param)
    for number, index in enumerate(np.ndindex(array.shape)):
        if number == MOST_WEIGHTS:
            yield Step(f"The other {array.size - MOST_WEIGHTS} entries in the same way.")
            return
        paths = []
        for path in ways.paths(param, index):
            paths.append(path)
            if len(paths) > MOST_PATHS:
                break
        if paths and total is not None:
            yield _weight_step(names, param, index, paths, float(total[index]), ways.one_sample)


def _weight_step(
    names: Symbols, param: ParamName, index: tuple[int, ...], paths: list[Path], value: float, single: bool
) -> Step:
    symbol = entry_symbol(names.params[param], index)
    many = len(paths) > MOST_PATHS
    shown = paths[:MOST_PATHS]
    formula = " + ".join(_symbols(names, path, symbol, single) for path in shown[:2])
    formula += r" + \ldots" if len(paths) > 2 else ""
    numbers = " + ".join(arrays.product(path.factors) for path in shown) + (r" + \ldots" if many else "")
    return Step(
        "",
        f"{partial(symbol)} = {formula}",
        numbers,
        arrays.show(value),
        f"d{names.params[param]}{list(index)}",
    )


def _symbols(names: Symbols, path: Path, weight: str, single: bool) -> str:
    """Write a path as a product of derivatives, the loss's first."""
    symbols = [entry_symbol(names.values[node], index[single:]) for node, index in path.entries][::-1]
    factors = [partial(below, above) for below, above in zip(symbols, ["L", *symbols[:-1]], strict=True)]
    return r" \, ".join([*factors, partial(weight, symbols[-1])])


def entry_symbol(name: str, index: tuple[int, ...]) -> str:
    """Write one entry with a small letter: the layer's number, then the place, counted from 1.

    >>> entry_symbol("W1", (0, 2)), entry_symbol("H", (1,)), entry_symbol("Wfx", (0, 0))
    ('w_{1 \\\\, 1 \\\\, 3}', 'h_{2}', 'W_{fx}[1, 1]')
    """
    places = [str(i + 1) for i in index]
    letter = re.fullmatch(r"([A-Za-z])(\d*)", name)
    if not letter:
        return f"{latex(name)}[{', '.join(places)}]" if places else latex(name)
    numbers = [*([letter[2]] if letter[2] else []), *places]
    index_latex = r" \, ".join(numbers)
    return f"{letter[1].lower()}_{{{index_latex}}}" if numbers else letter[1].lower()


def _touches(record: Record, place: int, index: tuple[int, ...], out: tuple[int, ...]) -> bool:
    """Say whether a derivative that is 0 here belongs to a path nevertheless: a ReLU that is off, a weight that is 0."""
    if is_activation(record.layer.kind):
        return index == out
    return record.layer.kind == "affine" and index[:-1] == out[:-1]


def _weight_touches(record: Record, name: str, index: tuple[int, ...], out: tuple[int, ...]) -> bool:
    """Say whether a weight acts on an output, even if its input is 0."""
    return record.layer.kind == "affine" and index[-1] == out[-1]
