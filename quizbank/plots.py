"""Small plots as SVG, with a text for those who cannot see them; they take their colours from the page."""

from collections.abc import Sequence

from markupsafe import escape

WIDTH, HEIGHT, BOTTOM, LEFT, TOP = 560, 200, 34, 40, 10


def bars(values: Sequence[tuple[str, float]], across: str, up: str, highest: float = 0.0) -> str:
    """Draw a bar for each (label, value); `highest` is the top of the scale, by default the largest value."""
    top = highest or max((value for _, value in values if value == value), default=1.0) or 1.0
    step = (WIDTH - LEFT) / max(len(values), 1)
    drawn = "".join(_bar(label, value, place, step, top) for place, (label, value) in enumerate(values))
    alt = escape(f"{up} by {across.lower()}: " + ", ".join(f"{label} {value:.3g}" for label, value in values))
    axis = f'<path d="M{LEFT} {TOP}V{HEIGHT - BOTTOM}H{WIDTH}" fill="none" stroke="currentColor"/>'
    names = (
        f'<text x="{(WIDTH + LEFT) / 2}" y="{HEIGHT - 4}" text-anchor="middle">{escape(across)}</text>'
        f'<text x="{LEFT - 6}" y="{TOP + 10}" text-anchor="end">{top:.3g}</text>'
        f'<text x="{LEFT - 6}" y="{HEIGHT - BOTTOM}" text-anchor="end">0</text>'
    )
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{alt}" font-size="12" fill="currentColor">'
        f"{drawn}{axis}{names}</svg>"
    )


def _bar(label: str, value: float, place: int, step: float, top: float) -> str:
    height = 0.0 if value != value else max(0.0, value / top) * (HEIGHT - BOTTOM - TOP)
    x, y = LEFT + place * step + step * 0.12, HEIGHT - BOTTOM - height
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{step * 0.76:.1f}" height="{height:.1f}" opacity=".75"/>'
        f'<text x="{x + step * 0.38:.1f}" y="{HEIGHT - BOTTOM + 14}" text-anchor="middle">{escape(label)}</text>'
    )
