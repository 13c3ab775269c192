"""The LaTeX commands that are read, as tokens of plain notation."""

from difflib import get_close_matches

from grader.answer import Unreadable
from grader.reading.characters import GREEK

IGNORED = frozenset([
    ",", ";", ":", "!", "(", ")", "[", "]", " ", "\n", "\t", "quad", "qquad", "displaystyle", "textstyle",
    "scriptstyle", "limits", "nolimits", "left", "right", "middle", "big", "Big", "bigg", "Bigg", "bigl", "bigr",
    "Bigl", "Bigr", "biggl", "biggr", "Biggl", "Biggr", "hfill", "thinspace", "enspace", "mathstrut", "strut",
    "hline", "boxed",
])  # fmt: skip
"""Commands of spacing and size, which say nothing."""

STYLES = frozenset([
    "text", "textrm", "textbf", "textit", "texttt", "textsf", "mathrm", "mathbf", "mathit", "mathsf", "mathtt",
    "mathcal", "mathbb", "boldsymbol", "bm", "operatorname", "operatorname*", "mbox", "hbox", "rm", "bf", "mathop",
    "pmb", "vec", "underline", "symbf", "symbfit",
])  # fmt: skip
"""Commands that change the look of what is in their braces."""

ACCENTS = {
    "hat": "hat", "widehat": "hat", "bar": "bar", "overline": "bar", "tilde": "tilde", "widetilde": "tilde",
    "dot": "dot", "ddot": "ddot",
}  # fmt: skip

_OPERATORS = {
    "cdot": "·", "times": "×", "ast": "*", "star": "*", "div": "/", "odot": "⊙", "circ": "⊙", "le": "<=",
    "leq": "<=", "leqslant": "<=", "ge": ">=", "geq": ">=", "geqslant": ">=", "lt": "<", "gt": ">", "ne": "!=",
    "neq": "!=", "approx": "≈", "simeq": "≈", "equiv": "=", "coloneqq": "=", "in": "in", "cup": "∪", "cap": "∩",
    "setminus": "∖", "to": "->", "rightarrow": "->", "Rightarrow": "=>", "implies": "=>", "iff": "<=>",
    "Leftrightarrow": "<=>", "top": "⊤", "intercal": "⊤", "prime": "'", "mid": "|", "vert": "|", "lvert": "|",
    "rvert": "|", "Vert": "‖", "lVert": "‖", "rVert": "‖", "|": "‖", "%": "%", "nabla": "∇", "dots": "...",
    "ldots": "...", "cdots": "...", "_": "_", "colon": ":",
}  # fmt: skip

_NAMES = [
    "ln", "log", "exp", "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh",
    "tanh", "coth", "max", "min", "det", "softmax", "relu", "ReLU", "sigmoid",
]  # fmt: skip

COMMANDS: dict[str, tuple[str, str]] = {
    **{name: ("op", text) for name, text in _OPERATORS.items()},
    **{name: ("name", name) for name in (*_NAMES, *GREEK.values())},
    **{f"var{name}": ("name", name) for name in ("epsilon", "theta", "phi", "rho", "sigma", "pi")},
    **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac"), ("frac", "frac")),
    **dict.fromkeys(("binom", "dbinom", "tbinom"), ("binom", "binom")),
    "sqrt": ("name", "sqrt"), "sum": ("name", "Sum"), "prod": ("name", "Prod"), "partial": ("op", "∂"),
    "infty": ("name", "inf"), "emptyset": ("name", "emptyset"), "varnothing": ("name", "emptyset"),
    "lfloor": ("open", "⌊"), "rfloor": ("close", "⌋"), "lceil": ("open", "⌈"), "rceil": ("close", "⌉"),
    "langle": ("open", "⟨"), "rangle": ("close", "⟩"), "{": ("open", "\\{"), "}": ("close", "\\}"),
    "lbrace": ("open", "\\{"), "rbrace": ("close", "\\}"), "lbrack": ("open", "["), "rbrack": ("close", "]"),
    "\\": ("row", "\\\\"), "cr": ("row", "\\\\"), "newline": ("row", "\\\\"), "&": ("cell", "&"),
    "lg": ("name", "log10"), "lb": ("name", "log2"), "sgn": ("name", "sign"), "ell": ("name", "ell"),
}  # fmt: skip

_SPELLINGS = sorted({*COMMANDS, *STYLES, *ACCENTS, "left", "right", "begin", "end", "quad"} - {"|", "{", "}"})


def unknown_command(text: str, start: int) -> Unreadable:
    """Make the error for a LaTeX command that is not read, with the nearest one that is."""
    close = get_close_matches(text[1:], _SPELLINGS, 1, 0.6)
    hint = f" Did you mean \\{close[0]}?" if close else ""
    shown = text if len(text) > 1 else "\\"
    return Unreadable(f"The LaTeX command {shown} is not read here.{hint}", start, start + len(text), code="latex")
