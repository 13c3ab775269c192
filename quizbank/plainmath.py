"""LaTeX to one line of Unicode for terminals, by way of MathML, so that nothing is dropped silently."""

import re
from collections.abc import Callable
from functools import cache
from xml.etree.ElementTree import Element

from quizbank.markup import MATH
from quizbank.mathml import math_tree

SUPERSCRIPTS = str.maketrans("0123456789+-−=()nT⊤′″‴", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿᵀᵀ′″‴")
SUBSCRIPTS = str.maketrans("0123456789+-−=()aeijkmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑᵢⱼₖₘₙₒₚᵣₛₜᵤᵥₓ")
ACCENTS = {
    "^": "\u0302",
    "ˆ": "\u0302",
    "~": "\u0303",
    "˜": "\u0303",
    "¯": "\u0304",
    "―": "\u0304",
    "‾": "\u0304",
    "→": "\u20d7",
}
HALVES = {"1/2": "½", "1/3": "⅓", "1/4": "¼"}
APPLIED = re.compile(r"\u2061\s*(?=[(\[{|])")
SIGNED = re.compile(r"(^|[(\[;,=<>→] ?)([−±]) (?=[\w(])")
SPACED = set("=≈≠<>≤≥→⇒←↦∈≡∼∝+−±·⋅×⊙∘*")


def plain_text(text: str) -> str:
    """Write a text's formulas as Unicode; the rest stays as it is.

    >>> plain_text("Let $x_1^2 = \\\\frac{1}{2}$.")
    'Let x₁² = 1/2.'
    """
    return MATH.sub(lambda match: plain_math((match[1] or match[2]).strip()), text)


@cache
def plain_math(latex: str) -> str:
    r"""Write LaTeX (without dollars) as one line of Unicode.

    >>> plain_math(r"\frac{\partial L}{\partial W} = X^\top \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}")
    '∂L/∂W = Xᵀ [1 2; 3 4]'
    >>> plain_math(r"\sigma(x) = \frac{1}{1 + e^{-x}}")
    'σ(x) = 1/(1 + e^(−x))'
    >>> plain_math("f''(x)"), plain_math(r"\frac{|w|}{\alpha\lambda}")
    ('f″(x)', '|w|/(αλ)')
    """
    line = APPLIED.sub("", plain_node(math_tree(latex))).replace("\u2061", " ")
    line = re.sub(r"\s+", " ", line).replace(", )", ",)").replace("( ", "(").strip()
    return SIGNED.sub(r"\1\2", line)


def plain_node(node: Element) -> str:
    """Write a piece of MathML as one line of Unicode."""
    writer = WRITERS.get(node.tag)
    return writer(node) if writer else _row(node)


def _row(node: Element) -> str:
    pieces: list[str] = []
    children = list(node)
    for place, child in enumerate(children):
        text = plain_node(child)
        if child.tag == "mtable" and place and pieces[-1].strip() in "[(":
            pieces[-1] = ""
            text = f"[{text}]"
        elif place and children[place - 1].tag == "mtable" and text.strip() in "])":
            text = ""
        if child.tag == "mfrac" and _continues(children[place + 1 :]):
            text = HALVES.get(text, f"({text})")
        pieces.append(plain_operator(text, place, children) if child.tag == "mo" else text)
    return "".join(_joined(pieces))


def _continues(rest: list[Element]) -> bool:
    """Say whether something is multiplied to what stands before it."""
    return bool(rest) and (rest[0].tag != "mo" or (rest[0].text or "") in "([{|")


def _joined(pieces: list[str]) -> list[str]:
    """Put a space between two words or a word and a bracketed matrix that would run together."""
    joined: list[str] = []
    for piece in pieces:
        before = joined[-1] if joined else ""
        if before and piece and (_wordy(before) and (_wordy(piece) or piece[0] == "[")):
            joined.append(" ")
        joined.append(piece)
    return joined


def _wordy(piece: str) -> bool:
    letters = piece.strip("()[]")
    return (len(letters) > 1 and letters[-1].isalpha() and letters[0].isalpha()) or piece[-1:] in "ᵀ]"


def plain_operator(text: str, place: int, row: list[Element]) -> str:
    """Write an operator with the spaces it needs at its place in a row."""
    signed = text in "+−-±" and (
        place == 0 or (row[place - 1].tag == "mo" and (row[place - 1].text or "") not in ")]|⌋⌉")
    )
    if text in (",", ";"):
        return f"{text} "
    return f" {text} " if text in SPACED and not signed else text


def _fraction(node: Element) -> str:
    top, bottom = (plain_node(child) for child in node)
    if node.get("linethickness") == "0":
        return f"{top} choose {bottom}"
    below = _grouped(bottom)
    return f"{_grouped(top)}/{f'({below})' if below == bottom and _is_product(node[1]) else below}"


def _is_product(node: Element) -> bool:
    """Say whether factors stand side by side, so that only the first would seem to be below a slash."""
    factors = [part for part in node if part.tag not in ("mo", "mspace")]
    return node.tag == "mrow" and len(factors) > 1 and node[0].text not in ("∂", "d", "(")


def _grouped(text: str) -> str:
    simple = re.fullmatch(r"[^\s+−/·×=]+|\([^()]*\)", text) and not ("(" in text[1:] and not text.endswith(")"))
    return text if simple else f"({text})"


def _script(node: Element, table: dict[int, int], mark: str) -> str:
    base, script = (plain_node(child) for child in node)
    return _base(base) + _raised(script, table, mark)


def _both(node: Element) -> str:
    base, below, above = (plain_node(child) for child in node)
    return _base(base) + _raised(below, SUBSCRIPTS, "_") + _raised(above, SUPERSCRIPTS, "^")


def _base(text: str) -> str:
    text = text.strip()
    return f"({text})" if re.search(r"[\s/]", text) and not text.endswith((")", "]")) else text


def _raised(text: str, table: dict[int, int], mark: str) -> str:
    tight = text.replace(" ", "")
    if tight and all(ord(letter) in table for letter in tight):
        return tight.translate(table)
    return f"{mark}{text}" if len(text) == 1 else f"{mark}({text})"


def _accent(node: Element) -> str:
    base, over = (plain_node(child) for child in node)
    mark = ACCENTS.get(over.strip())
    return base + mark if mark and len(base) == 1 else _base(base) + _raised(over, SUPERSCRIPTS, "^")


def _table(node: Element) -> str:
    return "; ".join(" ".join(plain_node(cell) for cell in row) for row in node)


def _root(node: Element) -> str:
    inner = [plain_node(child) for child in node]
    if node.tag == "mroot":
        return f"{inner[1].translate(SUPERSCRIPTS)}√{_grouped(inner[0])}"
    return f"√{_grouped(''.join(inner))}"


def _token(node: Element) -> str:
    return re.sub("[\u2062-\u2064]", "", "".join(node.itertext()))


def _space(node: Element) -> str:
    return " "


WRITERS: dict[str, Callable[[Element], str]] = {
    "mi": _token,
    "mn": _token,
    "mo": _token,
    "mtext": _token,
    "ms": _token,
    "mspace": _space,
    "mfrac": _fraction,
    "msup": lambda node: _script(node, SUPERSCRIPTS, "^"),
    "msub": lambda node: _script(node, SUBSCRIPTS, "_"),
    "msubsup": _both,
    "munderover": _both,
    "munder": lambda node: _script(node, SUBSCRIPTS, "_"),
    "mover": _accent,
    "msqrt": _root,
    "mroot": _root,
    "mtable": _table,
    "annotation": lambda node: "",
}
