"""Holes in a question's text: `<<name>>` is filled with the value, typeset.

`<<name:3>>` rounds to three decimals, `<<name:shape>>` writes sizes as a product, `<<name:plain>>` as text,
`<<name:signed>>` puts a plus before a number that is not negative, `<<name:list>>` separates entries by commas.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from solvers import typeset

HOLE = re.compile(r"<<\s*(\w+)(?::(\w+))?\s*>>")

# What a backslash and the letter behind it become in a string without r: \\a of \\alpha, \\t of \\theta, \\f of \\frac.
LOST = re.compile(r"[\x00-\x09\x0b-\x1f]")

FILTERS: dict[str, Callable[[Any], str]] = {
    "shape": typeset.shape,
    "plain": str,
    "list": lambda value: ", ".join(map(typeset.number, value)),
    "signed": lambda value: ("+" if value >= 0 else "") + typeset.number(value),
}


def holes(text: str) -> tuple[str, ...]:
    """Name the holes of a text, in order.

    >>> holes("With $x = <<x>>$ and $y = <<y:2>>$")
    ('x', 'y')
    """
    return tuple(match[1] for match in HOLE.finditer(text))


def lost_escape(text: str) -> str:
    r"""Give the words around a backslash that was lost because a string is not raw, or nothing.

    >>> lost_escape("the slope \\alpha"), lost_escape("the slope \alpha")
    ('', '… slope ⟨?⟩lpha …')
    """
    match = LOST.search(text)
    return f"… {text[max(0, match.start() - 6) : match.start()]}⟨?⟩{text[match.end() : match.end() + 4]} …" if match else ""


def unknown_filters(text: str) -> tuple[str, ...]:
    """Name the filters of a text that do not exist."""
    return tuple(m[2] for m in HOLE.finditer(text) if m[2] and m[2] not in FILTERS and not m[2].isdigit())


def fill(text: str, values: Mapping[str, Any]) -> str:
    """Fill the holes; every name must be among the values.

    >>> fill("$x = <<x>>$, about $<<y:2>>$, of shape $<<s:shape>>$", {"x": 0.5, "y": 2 / 3, "s": (8, 3)})
    '$x = 0.5$, about $0.67$, of shape $8 \\\\times 3$'
    """
    return HOLE.sub(lambda match: _written(values[match[1]], match[2]), text)


def _written(value: Any, style: str | None) -> str:
    if style is None:
        return value if isinstance(value, str) else typeset.array(value)
    return typeset.array(value, int(style)) if style.isdigit() else FILTERS[style](value)
