"""Sizes and arrays to try answers on, made from hashes: the same question always tries the same ones."""

from collections.abc import Iterable, Mapping
from hashlib import shake_256
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]
Sizes = Mapping[str, int]


def uniform(key: str, shape: tuple[int, ...], low: float = 0.0, high: float = 1.0) -> Array:
    """Give an array of numbers spread evenly over [low, high), fixed by the key.

    >>> uniform("a", (2,)).tolist() == uniform("a", (3,))[:2].tolist()
    True
    """
    count = int(np.prod(shape, dtype=int))
    raw = np.frombuffer(shake_256(key.encode()).digest(8 * count), dtype="<u8")
    return low + (high - low) * (raw >> np.uint64(11)).reshape(shape) * 2.0**-53


def dimensions(shape: str) -> tuple[str, ...]:
    """Split a declared shape such as `N D` or `8 192` into its dimensions."""
    return tuple(shape.split())


def named_dimensions(shapes: Iterable[str]) -> list[str]:
    """List the dimensions that have names, sorted.

    >>> named_dimensions(["N D", "D 3"])
    ['D', 'N']
    """
    return sorted({name for shape in shapes for name in dimensions(shape) if not name.isdigit()})


def lengths(shape: str, sizes: Sizes) -> tuple[int, ...]:
    """Give the lengths of a declared shape under sizes of its named dimensions.

    >>> lengths("N 3", {"N": 4})
    (4, 3)
    """
    return tuple(int(name) if name.isdigit() else sizes[name] for name in dimensions(shape))


def draw_sizes(key: str, shapes: Iterable[str], declared: Sizes, count: int = 3) -> list[dict[str, int]]:
    """Give several assignments of sizes to the named dimensions, no two dimensions alike in one.

    The first is the declared one, if it names them all; without names all are empty.

    >>> draw_sizes("a", ["N D", "D"], {"N": 8, "D": 192}, 1)
    [{'N': 8, 'D': 192}]
    """
    names = named_dimensions(shapes)
    drawn = [dict(declared)] if declared and set(names) <= set(declared) else []
    while len(drawn) < count:
        order = np.argsort(uniform(f"{key} sizes {len(drawn)}", (len(names) + 2,)))
        drawn.append({name: 2 + len(drawn) + int(place) for name, place in zip(names, order, strict=False)})
    return drawn


def check_shapes(shapes: Mapping[str, str], declared: Sizes) -> None:
    """Raise `ValueError` unless every dimension is a name or a number, and every declared size is of one."""
    known = {name for shape in shapes.values() for name in dimensions(shape)}
    for name in known:
        if not (name.isdigit() or name.isidentifier()):
            raise ValueError(f"The dimension {name!r} is neither a name nor a number: write “N D” or “8 192”.")
    for name, size in declared.items():
        if name not in known or size < 1:
            raise ValueError(
                f"The size {name} = {size} is of no shape or not positive: known are {sorted(known)}."
            )
