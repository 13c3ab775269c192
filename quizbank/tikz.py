"""Our figures for TeX: SVG made of a few simple elements becomes a TikZ picture, element by element.

What `solvers/drawing/canvas.py` does not write is refused, so that nothing is lost unseen.
"""

import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element, fromstring

from quizbank.latexmarkup import MATH_SIGNS, SPECIAL, latex_text

SVG = "{http://www.w3.org/2000/svg}"
POINTS = 0.75  # of 1/72 inch in a pixel
PEN = {"stroke", "stroke-width", "stroke-dasharray", "fill", "fill-opacity"}
ANCHORS = {"start": "base west", "middle": "base", "end": "base east"}
OWN = {"−": r"\textminus{}", "×": r"\texttimes{}", "·": r"\textperiodcentered{}"}
LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉ₐₑₕₖₘₙₒₚₛₜₓ", "0123456789aehkmnopstx", strict=True))


def tikz(svg: str, alt: str) -> str:
    r"""Draw an SVG picture in TikZ, with its description; raises `ValueError` for what it does not know.

    >>> print(tikz('<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" viewBox="0 0 40 20">'
    ...     '<line x1="0" y1="10" x2="40" y2="10" stroke="currentColor" stroke-width="2"/></svg>', "A line."))
    \begin{tikzpicture}[x=0.75bp, y=-0.75bp, every node/.style={inner sep=0, font=\sffamily}, alt={A line.}]
    \useasboundingbox (0,0) rectangle (40,20);
    \path[draw, line width=1.5bp] (0,10) -- (40,10);
    \end{tikzpicture}
    """
    root = fromstring(svg)
    if root.tag != f"{SVG}svg":
        raise ValueError(f"a figure is an <svg>, not a <{root.tag.removeprefix(SVG)}>")
    width, height = root.attrib["width"], root.attrib["height"]
    if root.attrib["viewBox"] != f"0 0 {width} {height}":
        raise ValueError(f"viewBox “{root.attrib['viewBox']}” scales a figure of {width} by {height}")
    _known(root, {"width", "height", "viewBox", "font-family", "fill"})
    scale, node = f"x={POINTS:g}bp, y=-{POINTS:g}bp", r"every node/.style={inner sep=0, font=\sffamily}"
    lines = (
        f"\\begin{{tikzpicture}}[{scale}, {node}, alt={{{latex_text(alt)}}}]",
        f"\\useasboundingbox (0,0) rectangle ({width},{height});",
        *map(_drawn, root),
        r"\end{tikzpicture}",
    )
    return "\n".join(lines)


def label(words: str) -> str:
    r"""Write the words of a figure; signs are taken from its font where that has them.

    >>> label("x₁₂ = −0.5")
    'x\\textsubscript{12} = \\textminus{}0.5'
    """
    strange = {sign for sign in words if not sign.isascii()} - {*LOWERED, *OWN, *MATH_SIGNS, *SPECIAL}
    if strange:
        raise ValueError(f"“{words}” in a figure holds signs that TeX has no name for: {' '.join(sorted(strange))}")
    parts = re.split(f"([{''.join(LOWERED)}]+)", words)
    return "".join(_lowered(part) if part[:1] in LOWERED else "".join(map(_sign, part)) for part in parts if part)


def _sign(sign: str) -> str:
    return OWN.get(sign) or latex_text(sign)


def _lowered(signs: str) -> str:
    return rf"\textsubscript{{{''.join(LOWERED[sign] for sign in signs)}}}"


def _drawn(element: Element) -> str:
    name = element.tag.removeprefix(SVG)
    if name not in SHAPES or len(element):
        raise ValueError(f"a figure holds {', '.join(SHAPES)}, none inside another; not <{name}>")
    return SHAPES[name](element)


def _rect(element: Element) -> str:
    x, y, width, height = _numbers(element, "x", "y", "width", "height")
    return f"\\path[{_pen(element)}] ({x:g},{y:g}) rectangle +({width:g},{height:g});"


def _circle(element: Element) -> str:
    x, y, radius = _numbers(element, "cx", "cy", "r")
    return f"\\path[{_pen(element)}] ({x:g},{y:g}) circle[radius={radius * POINTS:g}bp];"


def _line(element: Element) -> str:
    x1, y1, x2, y2 = _numbers(element, "x1", "y1", "x2", "y2")
    return f"\\path[{_outline(element)}] ({x1:g},{y1:g}) -- ({x2:g},{y2:g});"


def _path(element: Element) -> str:
    _known(element, PEN | {"d"})
    return f"\\path[{_pen(element)}] {' '.join(_way(element.attrib['d']))};"


def _text(element: Element) -> str:
    x, y, size = _numbers(element, "x", "y", "font-size", pen={"text-anchor", "font-weight"})
    anchor = ANCHORS[element.get("text-anchor", "start")]
    weight = {"bold": r"\bfseries", "normal": r"\selectfont"}[element.get("font-weight", "normal")]
    font = rf"\fontsize{{{size * POINTS:g}bp}}{{{size:g}bp}}{weight}"
    return f"\\node[anchor={anchor}, node font={font}] at ({x:g},{y:g}) {{{label(element.text or '')}}};"


SHAPES: dict[str, Callable[[Element], str]] = {
    "rect": _rect, "circle": _circle, "line": _line, "path": _path, "text": _text,
}  # fmt: skip


def _way(commands: str) -> Iterator[str]:
    """Follow the commands of a path: absolute points, horizontal and vertical lines, and the way back."""
    x = y = 0.0
    for command, written in re.findall(r"([^\d\s.,-])([\d\s.,-]*)", commands):
        numbers = [float(one) for one in re.findall(r"-?[\d.]+", written)]
        match command, numbers:
            case "M" | "L", [x, y]:
                yield f"{'-- ' if command == 'L' else ''}({x:g},{y:g})"
            case "H" | "h", [way]:
                x = way + x * (command == "h")
                yield f"-- ({x:g},{y:g})"
            case "V" | "v", [way]:
                y = way + y * (command == "v")
                yield f"-- ({x:g},{y:g})"
            case "Z", []:
                yield "-- cycle"
            case _:
                raise ValueError(f"the path “{commands}” of a figure has a command that is not known: {command}")


def _pen(element: Element) -> str:
    """Say how an element is drawn and filled; what is said of neither is filled, as SVG has it."""
    options = [_outline(element)] if _outline(element) else []
    if _ink(element, "fill", "currentColor"):
        opacity = float(element.get("fill-opacity", "1"))
        options.append("fill" if opacity == 1 else f"fill, fill opacity={opacity:g}")
    return ", ".join(options)


def _outline(element: Element) -> str:
    width, dashes = float(element.get("stroke-width", "1")), element.get("stroke-dasharray", "")
    if not width or not _ink(element, "stroke", "none"):
        return ""
    on, off = (float(one) * POINTS for one in dashes.split()) if dashes else (0, 0)
    return f"draw, line width={width * POINTS:g}bp" + (f", dash pattern=on {on:g}bp off {off:g}bp" if on else "")


def _ink(element: Element, name: str, usual: str) -> bool:
    """Say whether there is any: a figure has one colour, that of the page."""
    colour = element.get(name, usual)
    if colour not in ("currentColor", "black", "none"):
        raise ValueError(f"a figure has one colour, that of the page; {name} “{colour}” would be lost")
    return colour != "none"


def _numbers(element: Element, *names: str, pen: set[str] = PEN) -> list[float]:
    _known(element, pen | {*names})
    return [float(element.attrib[name]) for name in names]


def _known(element: Element, names: set[str]) -> None:
    """Refuse an element with other attributes: what they would change would be lost."""
    strange = element.attrib.keys() - names
    if strange:
        raise ValueError(f"<{element.tag.removeprefix(SVG)}> of a figure has {', '.join(sorted(strange))}")
