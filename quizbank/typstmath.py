"""LaTeX to typst's math, by way of MathML, so that both show the same tree and nothing is dropped silently."""

import re
from collections.abc import Callable, Iterable
from functools import cache
from xml.etree.ElementTree import Element

from quizbank.mathml import math_tree

MOVABLE = set("∑∏∐⋃⋂⨁⨂⋁⋀")
OPERATOR_SPACE = "0.1667em"  # which typst puts around a named operator by itself
SMALLER = {"msub", "msup", "msubsup", "munder", "mover", "munderover", "mfrac"}
INVISIBLE = "\u2061\u2062\u2063\u2064"
OPENING, CLOSING = set("([{⟨⌈⌊‖|"), set(")]}⟩⌉⌋‖|")
ACCENTS = {
    "^": "hat", "ˆ": "hat", "\u0302": "hat", "~": "tilde", "˜": "tilde", "\u0303": "tilde",
    "¯": "macron", "―": "overline", "‾": "overline", "\u0304": "macron", "\u0332": "overline", "_": "underline",
    "→": "arrow", "⃗": "arrow", "˙": "dot", "\u0307": "dot", "¨": "dot.double", "\u0308": "dot.double",
    "⏞": "overbrace", "⏟": "underbrace",
}  # fmt: skip


@cache
def typst_math(latex: str, *, display: bool = False) -> str:
    r"""Convert LaTeX (without dollars) to typst's math (without dollars); raises `ValueError` where it cannot.

    >>> typst_math(r"\frac{\partial L}{\partial W} = X^\top \begin{bmatrix} 1 & 2 \end{bmatrix}")
    'frac(∂ L, ∂ W) = attach(X, t: ⊤) lr(\\[ display(mat(delim: #none, 1, 2)) \\])'
    """
    tree = math_tree(latex, display=display)
    if len(tree) == 1 and tree[0].tag == "mtable":
        return _lines(tree[0])
    if not display:
        _enlarge(tree)
    return _row(tree)


def _enlarge(row: Element) -> None:
    """Set the fractions of a line at full size where scripts in them would become too small to be read on paper."""
    for node in row:
        if node.tag in ("mrow", "mstyle", "mpadded"):
            _enlarge(node)
        elif node.tag == "mfrac" and any(part.tag in SMALLER for part in node.iter() if part is not node):
            node.set("displaystyle", node.get("displaystyle", "true"))


def _write(node: Element) -> str:
    writer = WRITERS.get(node.tag)
    if writer is None:
        raise ValueError(f"MathML <{node.tag}> has no counterpart in typst; write the formula without it.")
    return writer(node)


def _row(node: Element) -> str:
    children = list(node)
    inside = _spaced(map(_write, children))
    return f"lr({inside})" if len(children) > 1 and _fenced(children[0], children[-1]) else inside


def _fenced(first: Element, last: Element) -> bool:
    """Say whether a row stands between brackets that grow with it; one of them may be invisible."""
    if first.tag != "mo" or last.tag != "mo" or first.get("stretchy") == "false" or first.get("minsize"):
        return False
    left, right = first.text or "", last.text or ""
    return left in OPENING | {"\u2063"} and right in CLOSING | {"\u2063"} and left + right != "\u2063" * 2


def _spaced(pieces: Iterable[str]) -> str:
    return " ".join(piece for piece in pieces if piece)


def _lines(table: Element) -> str:
    """Set a table that is the whole formula as lines, aligned at their columns."""
    return " \\ ".join(" & ".join(map(_row, row)) for row in table)


def _table(node: Element) -> str:
    rows = "; ".join(", ".join(_row(cell) or "#h(0pt)" for cell in row) for row in node)
    left = any("text-align: left" in cell.get("style", "") for row in node for cell in row)
    return f"display(mat(delim: #none, {'align: #left, ' if left else ''}{rows}))"


def _identifier(node: Element) -> str:
    name = _visible(node)
    if len(name.rstrip("\ufe00\ufe01")) == 1:
        return f"upright({_escaped(name)})" if node.get("mathvariant") == "normal" else _escaped(name)
    return f"op({typst_string(name)})" if name else ""


def _number(node: Element) -> str:
    digits = _visible(node)
    return digits if re.fullmatch(r"\d+(\.\d+)?", digits) else f"upright({typst_string(digits)})"


def _operator(node: Element) -> str:
    shown = _visible(node)
    if len(shown) > 1 and shown[0].isalpha():
        return f"op({typst_string(shown)})"
    sign = _escaped(shown)
    if not sign:
        return ""
    if size := node.get("minsize"):
        return f"lr(size: #{size}, {sign})"
    sides = {"prefix": "opening", "postfix": "closing"}
    if shown in "‖|" and (side := sides.get(node.get("form", ""), "normal" if node.get("lspace") == "0" else "")):
        return f'class("{side}", {sign})'
    return sign


def _visible(node: Element) -> str:
    return "".join(letter for letter in "".join(node.itertext()) if letter not in INVISIBLE)


def _escaped(text: str) -> str:
    """Keep typst from reading ASCII signs as its own syntax."""
    return re.sub(r"([!-/:;?@\[-`{-~])", r"\\\1", text.replace("-", "−"))


def typst_string(text: str) -> str:
    """Write a string of typst's.

    >>> typst_string('a "b"')
    '"a \\\\"b\\\\""'
    """
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _fraction(node: Element) -> str:
    top, bottom = map(_write, node)
    if node.get("linethickness") == "0":
        return f"mat(delim: #none, {top}; {bottom})"
    style = {"true": "display", "false": "inline"}.get(node.get("displaystyle", ""))
    return f"{style}(frac({top}, {bottom}))" if style else f"frac({top}, {bottom})"


def _scripts(node: Element) -> str:
    base, *scripts = map(_write, node)
    places = {"msub": "b", "msup": "t", "msubsup": "bt"}[node.tag]
    attached = ", ".join(f"{place}: {script}" for place, script in zip(places, scripts, strict=True))
    return f"attach({_base(base)}, {attached})"


def _limits(node: Element) -> str:
    base, *marks = map(_write, node)
    mark = (node[-1].text or "").strip() if node[-1].tag == "mo" else ""
    if mark in ACCENTS and _is_accent(node):
        return f"{ACCENTS[mark]}({base})"
    places = {"munder": "b", "mover": "t", "munderover": "bt"}[node.tag]
    attached = ", ".join(f"{place}: {script}" for place, script in zip(places, marks, strict=True))
    sign = (node[0].text or "") if node[0].tag == "mo" else ""
    return f"attach({base if sign in MOVABLE else f'limits({_base(base)})'}, {attached})"


def _is_accent(node: Element) -> bool:
    return "true" in (node.get("accent"), node.get("accentunder"))


def _base(text: str) -> str:
    return text or '""'


def _text(node: Element) -> str:
    words = typst_string("".join(node.itertext()))
    return f"mono({words})" if node.find("code") is not None else words


def _space(node: Element) -> str:
    width = node.get("width", "")
    return f"#h({width})" if re.fullmatch(r"-?[\d.]+em", width) and width != OPERATOR_SPACE else ""


def _inside(name: str) -> Callable[[Element], str]:
    return lambda node: f"{name}({_row(node)})"


WRITERS: dict[str, Callable[[Element], str]] = {
    "mrow": _row,
    "mpadded": _row,
    "mstyle": _row,
    "mi": _identifier,
    "mn": _number,
    "mo": _operator,
    "mtext": _text,
    "mspace": _space,
    "mfrac": _fraction,
    "msub": _scripts,
    "msup": _scripts,
    "msubsup": _scripts,
    "munder": _limits,
    "mover": _limits,
    "munderover": _limits,
    "msqrt": _inside("sqrt"),
    "mroot": lambda node: f"root({_write(node[1])}, {_write(node[0])})",
    "mtable": _table,
    "mphantom": lambda node: f"#hide($ {_row(node)} $)",
}
