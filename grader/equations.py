"""Compare equations by their solutions: the same, more, fewer, or others; found by sampling and halving."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

import numpy as np

from grader.answer import Unreadable
from grader.formulas.equality import World
from grader.formulas.samples import points
from grader.reading.evaluate import Inexact
from grader.reading.floats import float_value
from grader.reading.tree import Node

Sides = tuple[tuple[Node, Node], ...]
"""Alternatives, each as the two sides of an equation."""

Finding = Literal["equivalent", "implied", "loses", "fails", "undecided"]
Array = np.ndarray[Any, np.dtype[np.float64]]

_SAME = 1e-5
_HALVINGS = 60
_PLACES = 3
_MOST = 40
_WINDOW = 8.0  # where curves that cross zero very often are compared


class Change(NamedTuple):
    """What a step does to the solutions, and one that it adds or loses."""

    finding: Finding
    solution: float | None = None


def compare_equations(before: Sides, after: Sides, unknown: str, world: World) -> Change:
    """Say how the solutions in `unknown` change from one line to the next, at several values of the other variables.

    A step is `implied` if it only adds solutions, and `loses` if it only loses some.
    """
    grid = _grid(dict(world.domains).get(unknown, "real"))
    changes = []
    others = tuple(pair for pair in world.domains if pair[0] != unknown)
    for point in points(others, unknown)[: _PLACES if others else 1]:
        fixed = {name: np.float64(float(value)) for name, value in point.items()} | dict(world.functions)
        changes.append(_change(_Curve(before, unknown, fixed), _Curve(after, unknown, fixed), grid))
    for finding in ("fails", "loses", "implied", "undecided"):
        if found := [change for change in changes if change.finding == finding]:
            return found[0]
    return Change("equivalent")


class _Curve(NamedTuple):
    """Left side minus right side as a function of the unknown; alternatives are multiplied."""

    sides: Sides
    unknown: str
    fixed: Mapping[str, Any]

    def at(self, values: Array) -> Array:
        """Compute the curve; NaN where it has no value."""
        total = np.ones_like(values)
        for left, right in self.sides:
            total = total * (self._side(left, values) - self._side(right, values))
        return np.asarray(total, dtype=float)

    def _side(self, node: Node, values: Array) -> Array:
        try:
            found = float_value(node, {**self.fixed, self.unknown: values})
        except (Inexact, Unreadable):
            return np.full_like(values, np.nan)
        return np.broadcast_to(np.asarray(found, dtype=float), values.shape)


def _change(before: _Curve, after: _Curve, grid: Array) -> Change:
    with np.errstate(all="ignore"):
        old, new = before.at(grid), after.at(grid)
        if _proportional(old, new):
            return Change("equivalent")
        if _vanishes(new):
            return Change("implied")
        if _vanishes(old):
            return Change("fails")
        had, has = zeros(before, grid), zeros(after, grid)
        if had is None or has is None:
            near = grid[np.abs(grid) <= _WINDOW]
            had, has = zeros(before, near), zeros(after, near)
    if had is None or has is None:
        return Change("undecided")
    lost = [root for root in had if not _near(root, has)]
    added = [root for root in has if not _near(root, had)]
    if not had and not has:
        return Change("undecided")
    if lost and added:
        return Change("fails", added[0])
    return Change("loses", lost[0]) if lost else Change("implied", added[0]) if added else Change("equivalent")


def zeros(curve: _Curve, grid: Array) -> list[float] | None:
    """Find where a curve crosses or touches zero among the places of a grid; None if it does so too often."""
    values = curve.at(grid)
    size = np.abs(values)
    crossing = np.flatnonzero(values[:-1] * values[1:] < 0)
    low = (size[1:-1] < size[:-2]) & (size[1:-1] < size[2:]) & (values[:-2] * values[2:] > 0) & (values[1:-1] != 0)
    lowest = np.flatnonzero(low) + 1
    if len(crossing) + len(lowest) > _MOST:
        return None
    crossed = _halved(curve, grid[crossing], grid[crossing + 1]) if len(crossing) else grid[:0]
    touched = _touching(curve, grid, size, lowest) if len(lowest) else grid[:0]
    return _distinct(np.concatenate([grid[values == 0], crossed, touched]))


def _halved(curve: _Curve, low: Array, high: Array) -> Array:
    """Halve brackets until they close; a pole, where the curve grows instead, is dropped."""
    start = np.minimum(np.abs(curve.at(low)), np.abs(curve.at(high)))
    sign = np.sign(curve.at(low))
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        left = np.sign(curve.at(middle)) == sign
        low, high = np.where(left, middle, low), np.where(left, high, middle)
    middle = (low + high) / 2
    kept: Array = middle[np.abs(curve.at(middle)) <= 1e-6 * start + 1e-12]
    return kept


def _touching(curve: _Curve, grid: Array, size: Array, lowest: Any) -> Array:
    """Find where a curve comes down to zero without crossing it, by thirds about each smallest place."""
    low, high = grid[lowest - 1], grid[lowest + 1]
    for _ in range(_HALVINGS + 20):
        left, right = low + (high - low) / 3, high - (high - low) / 3
        closer = np.abs(curve.at(left)) < np.abs(curve.at(right))
        low, high = np.where(closer, low, left), np.where(closer, right, high)
    middle = (low + high) / 2
    found: Array = middle[np.abs(curve.at(middle)) <= 1e-12 * np.minimum(1, size[lowest - 1] + size[lowest + 1])]
    return found


def _grid(domain: str) -> Array:
    """Give many places of a domain, dense about 0 and about whole numbers' reach."""
    powers = np.geomspace(1e-4, 1e4, 1201)
    rights = np.union1d(powers, np.linspace(0, 30, 1801)[1:] + 1e-7)
    if domain in ("positive", "natural", "size", "nonnegative"):
        return rights if domain != "nonnegative" else np.concatenate([[0.0], rights])
    if domain == "negative":
        return -rights[::-1]
    if domain == "probability":
        return np.linspace(0, 1, 2003)[1:-1]
    return np.concatenate([-rights[::-1], [0.0], rights])


def _proportional(old: Array, new: Array) -> bool:
    """Tell if one curve is a constant multiple of the other, wherever both have a value."""
    both = np.isfinite(old) & np.isfinite(new)
    if (
        not np.array_equal(np.isfinite(old), np.isfinite(new))
        or both.sum() < 10
        or _vanishes(old)
        or _vanishes(new)
    ):
        return False
    least = int(np.argmax(np.where(both, np.abs(old), -1)))
    factor = new[least] / old[least]
    if not factor or not np.isfinite(factor):
        return False
    room = 1e-9 * (np.abs(new[both]) + np.abs(factor * old[both])) + 1e-12 * abs(factor)
    return bool(np.all(np.abs(new[both] - factor * old[both]) <= room))


def _vanishes(values: Array) -> bool:
    finite = values[np.isfinite(values)]
    return bool(finite.size and np.all(np.abs(finite) < 1e-12))


def _near(root: float, others: list[float]) -> bool:
    return any(abs(root - other) <= _SAME * (1 + abs(root)) for other in others)


def _distinct(roots: Array) -> list[float]:
    kept: list[float] = []
    for root in sorted(map(float, roots)):
        if not _near(root, kept):
            kept.append(root)
    return kept
