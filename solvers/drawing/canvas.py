"""The few SVG elements that drawings are made of; their colour is the page's, so they fit light and dark ones.

Lengths are pixels; y grows downwards. Only rect, line, path, circle and text occur, which every renderer draws
alike, and text is plain Unicode.
"""

from collections.abc import Sequence
from html import escape
from math import hypot

Point = tuple[float, float]

FONT = "Helvetica, Arial, sans-serif"
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def picture(width: float, height: float, *elements: str) -> str:
    """Put elements into an SVG picture of this size."""
    size = f'width="{_short(width)}" height="{_short(height)}" viewBox="0 0 {_short(width)} {_short(height)}"'
    drawn = "".join(elements)
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FONT}" fill="currentColor">{drawn}</svg>'


def rect(
    x: float, y: float, width: float, height: float, *, stroke: float = 1, shade: float = 0, dashed: bool = False
) -> str:
    """Draw a box; `shade` from 0 to 1 says how densely it is filled."""
    place = f'x="{_short(x)}" y="{_short(y)}" width="{_short(width)}" height="{_short(height)}"'
    return f"<rect {place} {_pen(stroke, dashed)} {_ink(shade)}/>"


def circle(x: float, y: float, radius: float, *, stroke: float = 1, shade: float = 0) -> str:
    """Draw a circle about a point."""
    place = f'cx="{_short(x)}" cy="{_short(y)}" r="{_short(radius)}"'
    return f"<circle {place} {_pen(stroke, False)} {_ink(shade)}/>"


def line(start: Point, end: Point, *, stroke: float = 1, dashed: bool = False) -> str:
    """Draw a straight line."""
    (x1, y1), (x2, y2) = start, end
    place = f'x1="{_short(x1)}" y1="{_short(y1)}" x2="{_short(x2)}" y2="{_short(y2)}"'
    return f"<line {place} {_pen(stroke, dashed)}/>"


def path(points: Sequence[Point], *, stroke: float = 1, dashed: bool = False) -> str:
    """Draw straight lines from point to point."""
    way = "L".join(f"{_short(x)} {_short(y)}" for x, y in points)
    return f'<path d="M{way}" fill="none" {_pen(stroke, dashed)}/>'


def lattice(x: float, y: float, rows: int, columns: int, cell: float) -> str:
    """Draw the thin lines of a table with this upper left corner."""
    across = (f"M{_short(x)} {_short(y + cell * i)}h{_short(cell * columns)}" for i in range(rows + 1))
    down = (f"M{_short(x + cell * j)} {_short(y)}v{_short(cell * rows)}" for j in range(columns + 1))
    return f'<path d="{"".join((*across, *down))}" fill="none" {_pen(0.5, False)}/>'


def arrow(*points: Point, stroke: float = 1, dashed: bool = False) -> str:
    """Draw lines from point to point with a head at the last one."""
    (x0, y0), (x, y) = points[-2:]
    length = hypot(x - x0, y - y0) or 1.0
    along, across = (x - x0) / length, (y - y0) / length
    wings = [(x - 8 * along + side * across, y - 8 * across - side * along) for side in (3.5, -3.5)]
    head = "L".join(f"{_short(a)} {_short(b)}" for a, b in ((x, y), *wings))
    return path(points, stroke=stroke, dashed=dashed) + f'<path d="M{head}Z"/>'


def text(x: float, y: float, words: str, *, size: float = 13, anchor: str = "middle", bold: bool = False) -> str:
    """Write words whose middle line is at y; `anchor` is start, middle or end."""
    weight = ' font-weight="bold"' if bold else ""
    place = f'x="{_short(x)}" y="{_short(y + 0.35 * size)}" font-size="{_short(size)}" text-anchor="{anchor}"'
    return f"<text {place}{weight}>{escape(words)}</text>"


def written(value: object) -> str:
    """Write a number with up to six digits and a true minus sign; words stay as they are.

    >>> written(-0.30000000000000004), written(2), written("?")
    ('−0.3', '2', '?')
    """
    return value if isinstance(value, str) else f"{float(str(value)):.6g}".replace("-", "−")


def signed(value: object) -> str:
    """Write a number with its sign, also if that is plus.

    >>> signed(0.5), signed(-2), signed(0)
    ('+0.5', '−2', '+0')
    """
    words = written(value)
    return words if words.startswith("−") else f"+{words}"


def indexed(letter: str, index: int) -> str:
    """Write a letter with its index below.

    >>> indexed("x", 12)
    'x₁₂'
    """
    return letter + str(index).translate(SUBSCRIPTS)


def length_of(words: str, size: float = 13) -> float:
    """Estimate how long words are when written."""
    return 0.56 * size * len(words)


def _short(value: float) -> str:
    return f"{round(float(value), 1):g}"


def _pen(stroke: float, dashed: bool) -> str:
    pen = f'stroke="currentColor" stroke-width="{_short(stroke)}"'
    return pen + (' stroke-dasharray="5 3"' if dashed else "")


def _ink(shade: float) -> str:
    return f'fill-opacity="{shade:g}"' if shade else 'fill="none"'
