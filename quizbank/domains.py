"""Where a question's numbers come from: the only randomness of the project.

A domain says which values a parameter may take. It draws from a `Stream`, which is made from names
(question, seed, parameter, attempt) by a hash, so the same names give the same numbers on every machine
and every Python version, and a new parameter never disturbs the others.
"""

import inspect
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from hashlib import blake2b
from math import prod
from typing import Any

Values = Mapping[str, Any]
Size = int | str
FEW = 12  # a longer range is meant as a whole, not value by value


class Stream:
    """An endless row of uniform integers, fixed by the names it is made from.

    >>> Stream("ch2.q4.k", 7, "C", 0).below(10) == Stream("ch2.q4.k", 7, "C", 0).below(10)
    True
    """

    def __init__(self, *names: object) -> None:
        self._words = _words("\x1f".join(map(str, names)).encode())

    def below(self, bound: int) -> int:
        """Draw a uniform integer from 0 up to, not including, `bound` (at most 2**64)."""
        limit = (1 << 64) - (1 << 64) % bound
        return next(word for word in self._words if word < limit) % bound

    def choose(self, values: Sequence[Any]) -> Any:
        """Draw one of the values."""
        return values[self.below(len(values))]

    def shuffle(self, values: Sequence[Any]) -> tuple[Any, ...]:
        """Give the values in a random order."""
        rest = list(values)
        return tuple(rest.pop(self.below(len(rest))) for _ in range(len(rest)))


def _words(seed: bytes) -> Iterator[int]:
    for counter in itertools.count():
        digest = blake2b(seed + b"\x1e%d" % counter).digest()
        yield from (int.from_bytes(digest[start : start + 8], "big") for start in range(0, 64, 8))


@dataclass(frozen=True, slots=True)
class Domain:
    """How to draw one parameter: `draw(stream, values)`, where `values` are the parameters in `needs`.

    `choices` are the values it draws from, where it draws one of a few.
    """

    draw: Callable[[Stream, Values], Any]
    needs: tuple[str, ...] = ()
    choices: tuple[Any, ...] = ()


def one_of(*values: Any) -> Domain:
    """One of the values given."""
    return Domain(lambda stream, _: stream.choose(values), choices=values)


def some_of(count: Size, *values: Any) -> Domain:
    """So many of the values, in a random order; all of them is a shuffle."""

    def draw(stream: Stream, given: Values) -> Any:
        return stream.shuffle(values)[: _size(count, given)]

    return Domain(draw, _names((count,)))


def integers(
    low: int, high: int, shape: Sequence[Size] = (), *, nonzero: bool = False, distinct: bool = False
) -> Domain:
    """Integers from `low` to `high`, both included; `shape` may name earlier parameters."""
    return _grid(low, high, 1, shape, nonzero, distinct)


def tenths(
    low: int, high: int, shape: Sequence[Size] = (), *, nonzero: bool = False, distinct: bool = False
) -> Domain:
    """Multiples of 0.1 from `low`/10 to `high`/10, both included.

    >>> tenths(3, 3).draw(Stream("x"), {})
    0.3
    """
    return _grid(low, high, Fraction(1, 10), shape, nonzero, distinct)


def multiples(
    step: float,
    low: int,
    high: int,
    shape: Sequence[Size] = (),
    *,
    nonzero: bool = False,
    distinct: bool = False,
) -> Domain:
    """Multiples of `step` from `low` to `high` steps, both included.

    >>> multiples(0.25, 3, 3).draw(Stream("x"), {})
    0.75
    """
    exact = Fraction(str(step))
    return _grid(low, high, int(exact) if exact.denominator == 1 else exact, shape, nonzero, distinct)


def mask(shape: Sequence[Size], ones: int | None = None) -> Domain:
    """Zeros and ones, with at least one of each, or with exactly so many ones."""

    def draw(stream: Stream, given: Values) -> Any:
        sizes = _sizes(shape, given)
        total = prod(sizes)
        count = 1 + stream.below(total - 1) if ones is None else ones
        return _nested(stream.shuffle([1] * count + [0] * (total - count)), sizes)

    return Domain(draw, _names(shape))


def derived(function: Callable[..., Any]) -> Domain:
    """A value that follows from earlier parameters, named by the function's arguments."""
    needs = arguments_of(function)
    return Domain(lambda _, given: function(*(given[name] for name in needs)), needs)


def depending(function: Callable[..., Domain]) -> Domain:
    """A domain that depends on earlier parameters, named by the function's arguments."""
    needs = arguments_of(function)
    return Domain(lambda stream, given: function(*(given[name] for name in needs)).draw(stream, given), needs)


def statements(pool: Sequence[tuple[bool, str, str]], count: int) -> Domain:
    """So many (true?, statement, explanation) triples of a pool, in random order, both truths among them."""
    right = [entry for entry in pool if entry[0]]
    wrong = [entry for entry in pool if not entry[0]]

    def draw(stream: Stream, _: Values) -> Any:
        fewest, most = max(1, count - len(wrong)), min(len(right), count - 1)
        chosen = fewest + stream.below(most - fewest + 1)
        return stream.shuffle(stream.shuffle(right)[:chosen] + stream.shuffle(wrong)[: count - chosen])

    return Domain(draw)


@cache
def arguments_of(function: Callable[..., Any], *, optional: bool = False) -> tuple[str, ...]:
    """Name the arguments of a function: those without a default, or all of them."""
    parameters = inspect.signature(function).parameters.values()
    return tuple(p.name for p in parameters if optional or p.default is p.empty)


def _grid(
    low: int, high: int, step: Fraction | int, shape: Sequence[Size], nonzero: bool, distinct: bool
) -> Domain:
    values = [_plain(number * step) for number in range(low, high + 1) if number != 0 or not nonzero]

    def draw(stream: Stream, given: Values) -> Any:
        sizes = _sizes(shape, given)
        if distinct:
            return _nested(stream.shuffle(values)[: prod(sizes)], sizes)
        return _nested([stream.choose(values) for _ in range(prod(sizes))], sizes)

    return Domain(draw, _names(shape), choices=tuple(values) if not shape and len(values) <= FEW else ())


def _plain(value: Fraction | int) -> int | float:
    return value if isinstance(value, int) else float(value)


def _nested(flat: Sequence[Any], sizes: tuple[int, ...]) -> Any:
    """Fold a flat row into nested tuples of the shape; no sizes give the single entry."""
    if not sizes:
        return flat[0]
    step = len(flat) // sizes[0] if sizes[0] else 0
    return tuple(_nested(flat[i * step : (i + 1) * step], sizes[1:]) for i in range(sizes[0]))


def _names(sizes: Sequence[Size]) -> tuple[str, ...]:
    return tuple(size for size in sizes if isinstance(size, str))


def _sizes(shape: Sequence[Size], given: Values) -> tuple[int, ...]:
    return tuple(_size(size, given) for size in shape)


def _size(size: Size, given: Values) -> int:
    return int(given[size]) if isinstance(size, str) else size
