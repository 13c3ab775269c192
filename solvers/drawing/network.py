"""Fully connected networks: neurons in columns, every line with its weight."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, pairwise, product
from math import hypot

from solvers.drawing.canvas import Point, circle, indexed, length_of, line, picture, text, written

RADIUS, SPACING, ACROSS, LABEL, ROOM = 21, 52, 190, 15, 12


@dataclass(frozen=True, slots=True)
class Neuron:
    """A neuron: its name, and a short remark below it (an input's value, a bias)."""

    name: str
    remark: str = ""


def neurons(letter: str, remarks: Iterable[object]) -> tuple[Neuron, ...]:
    """Name the neurons of a layer letter₁, letter₂ …, one for each remark; a single one has no index.

    >>> [one.name for one in neurons("x", [1, -2])], neurons("o", ["+0.1"])[0].name
    (['x₁', 'x₂'], 'o')
    """
    words = [written(one) for one in remarks]
    names = [letter] if len(words) == 1 else [indexed(letter, number + 1) for number in range(len(words))]
    return tuple(map(Neuron, names, words))


def network(
    layers: Sequence[Sequence[Neuron]], weights: Sequence[Sequence[Sequence[object]]], note: str = ""
) -> str:
    """Draw the layers from left to right; `weights[l][i][j]` joins neuron i of layer l to neuron j of the next.

    A weight that is the empty word leaves its line bare; `note` is written below.
    """
    spacing = max(SPACING, *(LABEL / _clearance(len(one), len(other))[0] for one, other in pairwise(layers)))
    height = spacing * (max(map(len, layers)) - 1) + 2 * RADIUS + 2 * ROOM
    width = max(ACROSS * (len(layers) - 1) + 2 * RADIUS + 2 * ROOM, length_of(note, 12))
    places = [_column(number, len(layer), spacing, height) for number, layer in enumerate(layers)]
    drawn = [one for pair, matrix in zip(pairwise(places), weights, strict=True) for one in _lines(*pair, matrix)]
    drawn += map(_neuron, chain(*layers), chain(*places))
    below = text(width / 2, height + 8, note, size=12) if note else ""
    return picture(width, height + (20 if note else 0), *drawn, below)


def _column(number: int, count: int, spacing: float, height: float) -> list[Point]:
    x, top = ROOM + RADIUS + ACROSS * number, height / 2 - spacing * (count - 1) / 2
    return [(x, top + spacing * i) for i in range(count)]


def _clearance(before: int, after: int) -> tuple[float, float]:
    """Find where the labels between two columns have room: (distance of the lines in spacings, place from 0 to 1)."""
    found = []
    for place in (step / 60 for step in range(13, 46)):
        heights = [
            (1 - place) * (i - (before - 1) / 2) + place * (j - (after - 1) / 2)
            for i, j in product(range(before), range(after))
        ]
        gap = min((abs(a - b) for a, b in combinations(heights, 2)), default=1.0)
        found.append((min(gap, LABEL / SPACING), -abs(place - 0.4), place))
    return max(found)[0], max(found)[2]


def _lines(starts: list[Point], ends: list[Point], weights: Sequence[Sequence[object]]) -> Iterator[str]:
    _, place = _clearance(len(starts), len(ends))
    for start, row in zip(starts, weights, strict=True):
        for end, weight in zip(ends, row, strict=True):
            yield _line(start, end, written(weight), place)


def _line(start: Point, end: Point, label: str, place: float) -> str:
    """Draw a line between two neurons, interrupted by its label."""
    (x0, y0), (x1, y1) = start, end
    length = hypot(x1 - x0, y1 - y0)
    along = (x1 - x0) / length, (y1 - y0) / length

    def at(way: float) -> Point:
        return x0 + way * along[0], y0 + way * along[1]

    if not label:
        return line(at(RADIUS), at(length - RADIUS), stroke=0.8)
    half = min((length_of(label, 12) / 2 + 3) / abs(along[0]), 8 / abs(along[1]) if along[1] else length)
    middle = place * length
    before = line(at(RADIUS), at(middle - half), stroke=0.8)
    return before + text(*at(middle), label, size=12) + line(at(middle + half), at(length - RADIUS), stroke=0.8)


def _neuron(neuron: Neuron, at: Point) -> str:
    x, y = at
    shift = 6 if neuron.remark else 0
    remark = text(x, y + 8, neuron.remark, size=11) if neuron.remark else ""
    return circle(x, y, RADIUS, stroke=1.2) + text(x, y - shift, neuron.name) + remark
