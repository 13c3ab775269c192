"""How large a handed-in problem may be: asked before anything is computed or allocated."""

from collections.abc import Iterable, Mapping
from math import prod
from typing import Any

import numpy as np

from solvers.engine.layer import Array
from solvers.walkthrough.trouble import ProblemError

DEEPEST = 16
MOST_ITEMS = 2_000_000
MOST_LAYERS = 200
LONGEST_TEXT = 2000
LARGEST_NUMBER = 1e150
LARGEST_SETTING = 1000
MOST_DRAWN = 2**23
MOST_VALUES = 2**23
SPREADING = (
    "padding",
    "stride",
    "dilation",
    "output_padding",
    "kernel",
    "scale",
    "heads",
    "groups",
    "pieces",
    "output",
)
SQUARED = 12
"""A recurrent layer, attention or a transformer block of size n has at most so many times n² weights."""


def check_tree(tree: Any) -> None:
    """Refuse a tree of plain data that is too deep, too large, or holds anything but plain data."""
    left, level = MOST_ITEMS, [tree]
    for _ in range(DEEPEST):
        left -= len(level)
        if left < 0:
            raise ProblemError(f"the problem has more than {MOST_ITEMS} entries; make it smaller")
        level = [inner for one in level for inner in _inside(one)]
        if not level:
            return
    raise ProblemError(f"the problem is nested more than {DEEPEST} levels deep")


def _inside(item: Any) -> Iterable[Any]:
    if isinstance(item, Mapping):
        for key in item:
            if not isinstance(key, str) or len(key) > LONGEST_TEXT:
                raise ProblemError(f"a key must be a short text, got {str(key)[:40]!r}")
        return item.values()
    if isinstance(item, list | tuple):
        return item
    if isinstance(item, str) and len(item) > LONGEST_TEXT:
        raise ProblemError(f"the text “{item[:30]}…” is too long")
    if isinstance(item, int) and abs(item) > LARGEST_NUMBER:
        raise ProblemError("a whole number of the problem has too many digits")
    if not isinstance(item, str | bool | int | float | None | np.ndarray):
        raise ProblemError(f"expected numbers, texts, lists and tables, got {str(item)[:40]}")
    return ()


def check_settings(table: Mapping[str, Any], where: str) -> None:
    """Refuse settings such as a padding of a million, which would spread small inputs over huge arrays."""
    for key in SPREADING:
        value = table.get(key)
        numbers = value if isinstance(value, list | tuple) else [value]
        if any(isinstance(n, int | float) and abs(n) > LARGEST_SETTING for n in numbers):
            raise ProblemError(f"{where}: {key} must be at most {LARGEST_SETTING}, got {value}")


def drawn_entries(kind: str, sizes: Mapping[str, Any]) -> float:
    """Estimate from above how many weights are drawn for the sizes of a layer's table."""
    counts = {key: [abs(n) for n in _numbers(value)] for key, value in sizes.items()}
    if not any(counts.values()):
        return 0.0
    if kind.startswith("conv"):
        kernel = counts.pop("kernel", [1])
        places = prod(kernel) if len(kernel) > 1 else prod(kernel) ** (1 if kind.endswith("1d") else 2)
        return float(prod(prod(numbers) for numbers in counts.values()) * places)
    if kind in ("affine", "embedding"):
        return float(prod(prod(numbers) for numbers in counts.values()))
    if kind.endswith("norm") or kind == "prelu":
        return float(sum(map(prod, counts.values())))
    return float(SQUARED * max(max(numbers, default=0) for numbers in counts.values()) ** 2)


def check_drawn(entries: float, where: str) -> None:
    """Refuse to draw too many weights."""
    if entries > MOST_DRAWN:
        raise ProblemError(
            f"{where}: up to here the sizes ask for about {entries:.2g} weights; a worked solution takes at most {MOST_DRAWN}"
        )


def check_values(shapes: Mapping[str, tuple[int, ...]], label: Mapping[str, str]) -> None:
    """Refuse a network whose values are too many, naming the largest."""
    sizes = {name: prod(shape) for name, shape in shapes.items()}
    if sum(sizes.values()) > MOST_VALUES:
        largest = max(sizes, key=lambda name: sizes[name])
        raise ProblemError(
            f"{label.get(largest, largest)} has an output of shape {shapes[largest]}; "
            f"all outputs together may have at most {MOST_VALUES} entries"
        )


def finite(array: Array, where: str) -> Array:
    """Give the array itself; raises `ProblemError` naming the first entry that is NaN or infinite."""
    if array.dtype.kind == "f" and not np.isfinite(array).all():
        raise ProblemError(f"{where} contains {first_bad(array)}")
    return array


def first_bad(array: Array) -> str:
    """Say which entry is the first that is not finite.

    >>> first_bad(np.array([[1.0, float("nan")]]))
    'NaN at [0, 1]'
    """
    place = tuple(int(index[0]) for index in np.nonzero(~np.isfinite(np.atleast_1d(array))))
    value = np.atleast_1d(array)[place]
    word = "NaN" if np.isnan(value) else "infinity" if value > 0 else "minus infinity"
    return word + (f" at {list(place)}" if array.ndim else "")


def _numbers(value: Any) -> list[float]:
    return [n for n in (value if isinstance(value, list | tuple) else [value]) if isinstance(n, int | float)]
