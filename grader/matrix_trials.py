"""Matrices of several sizes on which matrix expressions are tried."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from grader.draws import draw_sizes, lengths, uniform
from grader.matrix_algebra import world

Pairs = tuple[tuple[str, Any], ...]


class Trial(NamedTuple):
    """Sizes of the dimensions, and what every name stands for."""

    sizes: Mapping[str, int]
    values: Mapping[str, Any]


class Declared(NamedTuple):
    """Matrices by name: their shapes, sizes of dimensions, ranges of entries, and other spellings."""

    shapes: Pairs
    sizes: Pairs = ()
    ranges: Pairs = ()
    aliases: Pairs = ()


def declared(
    shapes: Mapping[str, str], sizes: Mapping[str, int], ranges: Mapping[str, Any], aliases: Mapping[str, str]
) -> Declared:
    """Freeze declarations, so that trials are made once."""
    return Declared(*(tuple(mapping.items()) for mapping in (shapes, sizes, ranges, aliases)))


@lru_cache(maxsize=128)
def trials(matrices: Declared, given_sizes_only: bool = False) -> tuple[Trial, ...]:
    """Draw matrices of several sizes, or several times of the sizes given; the given ones come first.

    >>> [sorted(trial.sizes.values()) for trial in trials(Declared((("X", "N D"),), (("N", 8), ("D", 9))), True)]
    [[8, 9], [8, 9], [8, 9]]
    """
    shapes, given = dict(matrices.shapes), dict(matrices.sizes)
    sizes = [given] * 3 if given_sizes_only else draw_sizes("matrices", shapes.values(), given)
    return tuple(Trial(drawn, _values(matrices, drawn, number)) for number, drawn in enumerate(sizes))


def _values(matrices: Declared, sizes: Mapping[str, int], number: int) -> dict[str, Any]:
    ranges = dict(matrices.ranges)
    drawn = {
        name: uniform(f"{number} {name} {shape}", lengths(shape, sizes), *ranges.get(name, (-2.0, 2.0)))
        for name, shape in matrices.shapes
    }
    return world(drawn | {spelling: drawn[name] for spelling, name in matrices.aliases}, sizes)
