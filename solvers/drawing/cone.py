"""The cone of a receptive field: what one unit of the last layer sees, layer by layer back to the image.

The widths are the same for every stack, so that the field itself cannot be measured.
"""

from collections.abc import Sequence

from solvers.drawing.canvas import circle, line, picture, text

STEP, SLOPE, TOP = 96, 11, 24


def cone(layers: Sequence[tuple[str, str]], unknown: str = "r = ?") -> str:
    """Draw the image at the left and a unit of the last layer at the right; a layer has a name and a remark."""
    middle = TOP + SLOPE * (len(layers) + 1)
    bars = [_bar(number, len(layers), middle) for number in range(len(layers))]
    labels = [_label(number, *layer, 2 * middle - TOP) for number, layer in enumerate(layers)]
    end = 60 + STEP * len(layers)
    sides = [
        line((60, middle + side * SLOPE * (len(layers) + 0.4)), (end, middle + side * 4), stroke=0.8, dashed=True)
        for side in (-1, 1)
    ]
    names = text(60, TOP - 12, "image") + text(30, middle, unknown) + text(end, TOP - 12, "unit")
    names += text(end, 2 * middle - TOP, "not to scale", size=10)
    return picture(end + 40, 2 * middle - TOP + 44, *bars, *sides, circle(end, middle, 4, shade=1), *labels, names)


def _bar(number: int, count: int, middle: float) -> str:
    """Draw a map seen from its side; the part inside the cone is bold."""
    x, seen = 60 + STEP * number, SLOPE * (count - number) * (count + 0.4) / count
    whole = middle - TOP
    thin = line((x, middle - whole), (x, middle + whole), stroke=0.8)
    return thin + line((x, middle - seen), (x, middle + seen), stroke=3.5)


def _label(number: int, name: str, remark: str, bottom: float) -> str:
    x = 60 + STEP * (number + 0.5)
    return text(x, bottom + 16, name, size=12) + text(x, bottom + 32, remark, size=12)
