"""Decide if two formulas are equal where their variables live: by sampling, ever more exactly, never by simplifying.

Doubles at many points find where two formulas differ; 50 digits (or exact fractions) at a few points say whether
they truly do, or truly agree. What cannot be decided so is "undecided", and a person looks at it.
"""

import math
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import Any, Literal, NamedTuple

import numpy as np

from grader.answer import Unreadable
from grader.formulas.extremes import bends, named, numerals, rational, reach
from grader.formulas.samples import Point, around, points, sample, share
from grader.reading.evaluate import Defined, Inexact
from grader.reading.exact import exact_value
from grader.reading.floats import float_value
from grader.reading.precise import Undefined, precise_value
from grader.reading.tree import Node, Reduction, walk

Decision = Literal["equal", "different", "undecided"]

_FAR = 1e-3  # relative distance that no rounding in doubles explains …
_NEAR = 1e-9  # … and one that it does
_SURE = 3  # points at which many digits must agree
_FEWEST = 4  # points at which both formulas must have a value
_DOUBTS = 6  # points looked at where doubles disagree
_LEVELS = (50, 120, 400)  # digits
_REACH = 6  # powers of ten; a larger constant of the student's own may hide a difference


class World(NamedTuple):
    """What names stand for: domains of variables, domains of indexed families, and functions of the question's own."""

    domains: tuple[tuple[str, str], ...] = ()
    families: tuple[tuple[str, str], ...] = ()
    functions: tuple[tuple[str, Defined], ...] = ()


class Comparison(NamedTuple):
    """A decision; where the formulas differ, a point and both values there (None: no value).

    An undecided one is `wider` if the formulas agree, but the one given has values where the one wanted has none.
    """

    decision: Decision
    point: Point | None = None
    given: float | None = None
    wanted: float | None = None
    wider: bool = False


class Sampled(NamedTuple):
    """A formula's values in doubles at many points; NaN where it has none."""

    points: tuple[Point, ...]
    values: Any


def compare(given: Node, wanted: Node, world: World) -> Comparison:
    """Decide if a formula equals the one wanted wherever that has a value."""
    truth = sampled(wanted, world)
    if not named(given) and _varies(truth.values):
        return Comparison("different")
    case = _Case(given, wanted, world, truth.points, values_at(given, truth.points, world), truth.values)
    return _decide(_with_bends(case) if bends(given) or bends(wanted) else case)


def _varies(values: Any) -> bool:
    finite = values[np.isfinite(values)]
    if len(finite) < _FEWEST:
        return False
    return bool(np.ptp(np.clip(finite, -1e100, 1e100)) > max(_NEAR, _FAR * np.max(np.abs(finite))))


def _with_bends(case: "_Case") -> "_Case":
    """Add points at both sides of every number at which a formula in pieces may bend."""
    names = [name for name, domain in case.world.domains if domain in ("real", "nonzero")]
    if not names:
        return case
    extra = tuple(
        dict(case.points[0]) | bend for bend in around(numerals(case.given, case.wanted), names, repr(case.wanted))
    )
    return case._replace(
        points=case.points + extra,
        found=np.concatenate([case.found, values_at(case.given, extra, case.world)]),
        expected=np.concatenate([case.expected, values_at(case.wanted, extra, case.world)]),
    )


@lru_cache(512)
def sampled(tree: Node, world: World) -> Sampled:
    """Compute a formula at the points that its own text and the names in it select."""
    chosen = points(world.domains, repr(tree))
    return Sampled(chosen, values_at(tree, chosen, world))


def values_at(tree: Node, chosen: tuple[Point, ...], world: World) -> Any:
    """Compute a formula in doubles at points; NaN where it has no value or overflows."""
    if not chosen:
        return np.zeros(0)
    if world.families or any(isinstance(node, Reduction) for node in walk(tree)):
        return np.array([_single(tree, point, world) for point in chosen])
    columns = {name: np.array([float(point[name]) for point in chosen]) for name in chosen[0]}
    try:
        values = float_value(tree, columns | dict(world.functions))
    except (Inexact, Unreadable):
        return np.full(len(chosen), np.nan)
    return np.broadcast_to(np.asarray(values, dtype=float), (len(chosen),))


def _single(tree: Node, point: Point, world: World) -> float:
    values: dict[str, Any] = {name: np.float64(float(value)) for name, value in point.items()}
    values |= {name: _as_float(family(name, domain)) for name, domain in world.families} | dict(world.functions)
    try:
        return float(float_value(tree, values))
    except (Inexact, Unreadable):
        return math.nan


def _as_float(numbers: Callable[..., Fraction]) -> Callable[..., Any]:
    return lambda *indices: np.float64(float(numbers(*indices)))


def family(name: str, domain: str) -> Callable[..., Fraction]:
    """Give the numbers `x_1`, `x_2` … as a function of their indices."""
    return lambda *indices: sample(domain, 1 + sum(indices) % 3, share(name, *indices))


class _Case(NamedTuple):
    """Two formulas and their values in doubles at the same points."""

    given: Node
    wanted: Node
    world: World
    points: tuple[Point, ...]
    found: Any
    expected: Any

    def differ(self, index: int) -> Comparison:
        """Say that they differ at a point."""
        found, expected = float(self.found[index]), float(self.expected[index])
        return Comparison("different", self.points[index], found if math.isfinite(found) else None, expected)


def _decide(case: _Case) -> Comparison:
    with np.errstate(all="ignore"):
        distance = np.abs(case.found - case.expected)
        size = np.maximum(np.abs(case.found), np.abs(case.expected))
        apart = np.where(size > 0, distance / size, 0.0)
    both = np.isfinite(case.found) & np.isfinite(case.expected)
    far = np.flatnonzero(both & (apart > _FAR) & (distance > _NEAR))
    if both.sum() >= _FEWEST and 2 * len(far) > both.sum() and not reach(case.given):
        return case.differ(int(far[0]))
    doubtful = np.flatnonzero((both & (apart > _NEAR)) | (np.isfinite(case.expected) & ~both))
    near = np.flatnonzero(both & (apart <= _NEAR))
    rest = np.flatnonzero(~np.isfinite(case.expected))
    return _confirm(case, [*doubtful[:_DOUBTS], *near[:_SURE]], [*near[_SURE:], *rest], len(near))


def _confirm(case: _Case, first: list[Any], later: list[Any], near: int) -> Comparison:
    """Look at points with many digits: all of the first, and of the later ones as many as are needed."""
    agreed = 0
    for index in map(int, first):
        finding = truly(case, index)
        if finding == "different":
            return case.differ(index)
        agreed += finding == "equal"
    for index in map(int, later):
        if agreed >= _SURE:
            break
        finding = truly(case, index)
        if finding == "different" and math.isfinite(case.expected[index]):
            return case.differ(index)
        agreed += finding == "equal"
    if not (agreed >= _SURE or (agreed and near + agreed >= len(case.points))) or not _trusted(case):
        return Comparison("undecided")
    return Comparison("undecided", wider=True) if _wider(case) else Comparison("equal")


def _wider(case: _Case) -> bool:
    """Tell if the formula given has a value at a point where the one wanted truly has none."""
    doubtful = np.flatnonzero(np.isfinite(case.found) & ~np.isfinite(case.expected))
    return any(_undefined(case.wanted, case.points[int(at)], case.world) for at in doubtful[:_SURE])


def _undefined(tree: Node, point: Point, world: World) -> bool:
    try:
        precisely(tree, tuple(point.items()), world, _LEVELS[0])
    except (Undefined, Unreadable):
        return True
    except Inexact:
        return False
    return False


def truly(case: _Case, index: int) -> Decision:
    """Compare at one point: exactly if both formulas are rational, to 50 digits if not, to more where it is close."""
    point = case.points[index]
    if rational(case.given) and rational(case.wanted) and not case.world.families:
        pair = [_exactly(tree, point) for tree in (case.given, case.wanted)]
        if None not in pair:
            return "equal" if pair[0] == pair[1] else "different"
    return _digits_agree(case, point)


def _exactly(tree: Node, point: Point) -> Fraction | None:
    try:
        return exact_value(tree, point)
    except Unreadable:
        return None


def _digits_agree(case: _Case, point: Point) -> Decision:
    """Compare numbers of more and more digits: a true distance stays, that of equal formulas vanishes."""
    before: Any = None
    for digits in _LEVELS:
        pair = _pair(case, point, digits)
        if isinstance(pair, str):
            return pair
        distance, size = abs(pair[0] - pair[1]), max(map(abs, pair))
        if size * 10 ** (digits - 15) > 1 and distance * 10 ** (digits - 10) <= size:
            return "equal"
        if before is not None and distance * 2 > before > 0:
            return "different"
        before = distance
    return "equal"


def _pair(case: _Case, point: Point, digits: int) -> tuple[Any, Any] | Decision:
    """Give both values, or what follows from one that cannot be had."""
    frozen = tuple(point.items())
    try:
        wanted = precisely(case.wanted, frozen, case.world, digits)
    except (Undefined, Inexact, Unreadable):
        return "undecided"
    try:
        return precisely(case.given, frozen, case.world, digits), wanted
    except Undefined:
        return "different"
    except Unreadable as trouble:
        return "different" if trouble.code == "undefined" else "undecided"
    except Inexact:
        return "undecided"


def _trusted(case: _Case) -> bool:
    """Tell if no constant of the student's own is so large or small that it may hide a difference."""
    if rational(case.given) and rational(case.wanted):
        return True
    return reach(case.given) <= max(_REACH, reach(case.wanted) + 1)


@lru_cache(4096)
def precisely(tree: Node, point: tuple[tuple[str, Fraction], ...], world: World, digits: int) -> Any:
    """Compute a formula at a point to so many digits."""
    values: dict[str, Any] = dict(point)
    values |= {name: family(name, domain) for name, domain in world.families} | dict(world.functions)
    return precise_value(tree, values, digits)
