"""Blocks of layers as boxes and arrows: with a way around, in branches, as a U-Net, through time."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from solvers.drawing.canvas import arrow, circle, length_of, path, picture, rect, text

BOX, GAP, STEP = 30, 30, 110
MAP, MAP_HEIGHT, DEPTH = 34, 26, 58


def skip_block(main: Sequence[str], around: str = "", after: str = "", entry: str = "x", end: str = "y") -> str:
    """Draw boxes in a row, a way around them (with a box on it, if named) that joins at a plus, and a box after."""
    x, drawn = 46.0, [text(30, 76, entry)]
    for name in main:
        drawn += [arrow((x, 76), (x + GAP, 76)), _box(x + GAP, 76, name)]
        x += GAP + _room(name)
    plus = x + GAP + 12
    drawn += [arrow((x, 76), (plus - 12, 76)), circle(plus, 76, 12), text(plus, 76, "+", size=16)]
    drawn += _way_around(56, plus, around)
    x = plus + 12
    if after:
        drawn += [arrow((x, 76), (x + GAP, 76)), _box(x + GAP, 76, after)]
        x += GAP + _room(after)
    return picture(x + GAP + 34, 104, *drawn, arrow((x, 76), (x + GAP, 76)), text(x + GAP + 14, 76, end))


def _way_around(left: float, right: float, name: str) -> Iterator[str]:
    """Draw the skip connection, with a box on it if it does something."""
    if not name:
        yield arrow((left, 76), (left, 24), (right, 24), (right, 64))
        return
    box = (left + right - _room(name)) / 2
    yield arrow((left, 76), (left, 24), (box, 24)) + _box(box, 24, name)
    yield arrow((box + _room(name), 24), (right, 24), (right, 64))


def branches(rows: Sequence[Sequence[str]], entry: str, joint: str) -> str:
    """Draw branches side by side, each a row of boxes, from an entry to the box in which they are joined."""
    start, height = length_of(entry) + 24, 44 * len(rows)
    end = start + max(sum(_room(name) + GAP for name in row) for row in rows) + GAP
    drawn = [text(8, height / 2, entry, anchor="start"), _box(end + GAP, height / 2, joint)]
    for number, row in enumerate(rows):
        x, y = start, 44 * number + 22
        drawn.append(path([(start - 8, height / 2), (x, y)]))
        for name in row:
            drawn += [arrow((x, y), (x + GAP, y)), _box(x + GAP, y, name)]
            x += GAP + _room(name)
        drawn += [
            path([(x, y), (end, y)]),
            arrow((end, y), (end + GAP, height / 2 + 6 * (number - (len(rows) - 1) / 2))),
        ]
    out = end + GAP + _room(joint)
    return picture(out + GAP + 8, height, *drawn, arrow((out, height / 2), (out + GAP, height / 2)))


def narrowing(layers: Sequence[tuple[str, float]]) -> str:
    """Draw layers as bars, as high as their share (0 to 1) of the largest; the height is no scale of their sizes."""
    places = [(60 + 110 * number, 50 * share) for number, (_, share) in enumerate(layers)]
    bars = [rect(x - 5, 60 - half, 10, 2 * half, shade=0.2) for x, half in places]
    sides = [
        path([(x + 5, 60 + side * half), (other - 5, 60 + side * less)], stroke=0.6, dashed=True)
        for (x, half), (other, less) in pairwise(places)
        for side in (-1, 1)
    ]
    names = [text(x, 128, name, size=12) for (x, _), (name, _) in zip(places, layers, strict=True)]
    return picture(places[-1][0] + 60, 142, *bars, *sides, *names)


def unet(levels: int, entry: str, asked: Sequence[int] = ()) -> str:
    """Draw a U-Net down to level `levels`; the `asked` levels are shaded, `entry` is the shape at level 0."""
    key = "down: pooling · up: up-convolution · dashed: skip connection, concatenated"
    width = max(148 * levels + 140, length_of(key, 12))
    drawn = (part for level in range(levels) for part in _level(level, levels, width, level in asked))
    low = 40 + DEPTH * levels
    bottom = _map(width / 2 - MAP / 2, low, levels in asked) + text(
        width / 2, low + 28, f"level {levels}", size=12
    )
    names = text(8, 12, entry, size=12, anchor="start"), text(width / 2, low + 54, key, size=12)
    return picture(width, low + 66, *drawn, bottom, *names)


def _level(level: int, levels: int, width: float, asked: bool) -> Iterator[str]:
    """Draw both sides of one level, what joins them, and the ways to the next level."""
    y, step = 40 + DEPTH * level, (width / 2 - MAP / 2 - 8) / levels
    left, right = 8 + step * level, width - 8 - MAP - step * level
    yield _map(left, y, asked) + _map(right, y, asked) + _map(right - MAP, y, asked)
    yield arrow((left + MAP, y), (right - MAP, y), dashed=True)
    yield text(width / 2, y - 10, f"level {level}", size=12)
    below = y + DEPTH - MAP_HEIGHT / 2
    yield arrow((left + MAP / 2, y + MAP_HEIGHT / 2), (left + MAP / 2 + step, below))
    yield arrow((right + MAP / 2 - step, below), (right + MAP / 2, y + MAP_HEIGHT / 2))


def _map(left: float, y: float, shaded: bool) -> str:
    return rect(left, y - MAP_HEIGHT / 2, MAP, MAP_HEIGHT, shade=0.2 if shaded else 0)


def unrolled(inputs: Sequence[str], states: Sequence[str], end: str, weights: tuple[str, str, str]) -> str:
    """Draw a recurrent cell through time; `states` begin before the first input, `end` is the output.

    The weights are those of the input, of the state and of the output.
    """
    inward, along, outward = weights
    drawn, x = [text(36, 40, states[0])], 30.0
    for name, state in zip(inputs, states[1:], strict=True):
        drawn += [_joined(x, along), circle(x + STEP, 40, 20), text(x + STEP, 40, state)]
        x += STEP
        drawn += [arrow((x, 104), (x, 60)), text(x + 8, 84, inward, size=12, anchor="start"), text(x, 116, name)]
    drawn += [_joined(x, outward), circle(x + STEP, 40, 20), text(x + STEP, 40, end)]
    return picture(x + STEP + 30, 130, *drawn)


def _joined(x: float, name: str) -> str:
    return arrow((x + 20, 40), (x + STEP - 20, 40)) + text(x + STEP / 2, 26, name, size=12)


def _room(name: str) -> float:
    return length_of(name) + 18


def _box(left: float, y: float, name: str) -> str:
    return rect(left, y - BOX / 2, _room(name), BOX) + text(left + _room(name) / 2, y, name)
