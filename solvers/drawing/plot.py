"""Curves and points over axes: losses by epoch, the graph of a function, points on a line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from solvers.drawing.canvas import Point, circle, length_of, line, path, picture, text, written

LEFT, TOP, BOTTOM = 34, 26, 36


@dataclass(frozen=True, slots=True)
class Curve:
    """Points, joined in their order or (`joined` false) only marked; `name` is for the key below the picture."""

    points: Sequence[Point]
    name: str = ""
    dashed: bool = False
    marked: bool = False
    joined: bool = True


@dataclass(frozen=True, slots=True)
class Axes:
    """What is drawn in one panel: its title, curves, the ticks of both axes (their ends are the panel's ends)."""

    title: str
    curves: tuple[Curve, ...]
    across: Sequence[float]
    up: Sequence[float]
    label: str = ""


def plots(panels: Sequence[Axes], width: float = 210, height: float = 150) -> str:
    """Draw panels side by side, with one key of their curves below."""
    drawn = [_panel(one, number * (width + LEFT + 16), width, height) for number, one in enumerate(panels)]
    named = [curve for curve in panels[0].curves if curve.name]
    key = list(_key(named, LEFT, TOP + height + BOTTOM + 10))
    total = len(panels) * (width + LEFT + 16)
    return picture(total, TOP + height + BOTTOM + (24 if named else 0), *drawn, *key)


def number_line(points: Sequence[float], marks: tuple[tuple[str, float], ...], ticks: Sequence[float]) -> str:
    """Draw dots on a line of numbers, and two named marks as dashed bars, each named on its outer side."""

    def at(value: float) -> float:
        return 110 + 420 * (value - ticks[0]) / (ticks[-1] - ticks[0])

    axis = [line((110, 54), (530, 54))]
    axis += [line((at(one), 54), (at(one), 60)) + text(at(one), 72, written(one), size=12) for one in ticks]
    dots = [circle(at(one), 54, 4.5, shade=1) for one in points]
    bars = [line((at(one), 12), (at(one), 66), stroke=2, dashed=True) for _, one in marks]
    (left, first), (right, second) = sorted(marks, key=lambda mark: mark[1])
    names = text(at(first) - 6, 18, left, anchor="end"), text(at(second) + 6, 18, right, anchor="start")
    return picture(640, 84, *axis, *dots, *bars, *names)


def _panel(axes: Axes, left: float, width: float, height: float) -> str:
    def at(point: Point) -> Point:
        (x0, *_, x1), (y0, *_, y1) = axes.across, axes.up
        x, y = (point[0] - x0) / (x1 - x0), (point[1] - y0) / (y1 - y0)
        return left + LEFT + width * x, TOP + height * (1 - y)

    x, y = left + LEFT, TOP + height
    frame = path([(x, TOP), (x, y), (x + width, y)])
    names = text(x + width / 2, TOP - 14, axes.title, bold=True) + text(x + width / 2, y + 30, axes.label, size=12)
    across = (_tick(at((one, axes.up[0])), (0, 5), (0, 14), one, "middle") for one in axes.across)
    up = (_tick(at((axes.across[0], one)), (-5, 0), (-8, 0), one, "end") for one in axes.up)
    curves = (part for curve in axes.curves for part in _curve(curve, [at(point) for point in curve.points]))
    return frame + names + "".join((*across, *up, *curves))


def _tick(at: Point, mark: Point, words: Point, value: float, anchor: str) -> str:
    x, y = at
    short = line(at, (x + mark[0], y + mark[1]))
    return short + text(x + words[0], y + words[1], written(value), size=11, anchor=anchor)


def _curve(curve: Curve, points: list[Point]) -> Iterator[str]:
    if curve.joined:
        yield path(points, stroke=1.8, dashed=curve.dashed)
    if curve.marked or not curve.joined:
        yield from (circle(x, y, 2.5, shade=1) for x, y in points)


def _key(curves: Sequence[Curve], x: float, y: float) -> Iterator[str]:
    for one in curves:
        yield line((x, y), (x + 34, y), stroke=1.8, dashed=one.dashed)
        yield text(x + 42, y, one.name, size=12, anchor="start")
        x += 42 + length_of(one.name, 12) + 30
