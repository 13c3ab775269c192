"""No sign of a formula is lost between the LaTeX an author writes and what browsers, PDF readers and terminals show.

The signs are read from the LaTeX by a table of this file; `test_typstmath` goes on from MathML to typst. The other formats
get the LaTeX itself.
"""

import re
import unicodedata
from collections import Counter
from html import unescape

from bank_formulas import ODD, bank_formulas

from quizbank.mathml import mathml
from quizbank.plainmath import plain_math

SHOWN = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "Delta": "Δ", "epsilon": "ϵ", "varepsilon": "ε", "eta": "η",
    "theta": "θ", "lambda": "λ", "mu": "μ", "sigma": "σ", "omega": "ω", "partial": "∂", "infty": "∞",
    "cdot": "⋅", "times": "×", "odot": "⊙", "oplus": "⊕", "pm": "±", "sum": "∑", "prod": "∏", "int": "∫", "sqrt": "",
    "leftarrow": "←", "Rightarrow": "⇒", "to": "→", "iff": "⟺", "in": "∈", "subset": "⊂", "mid": "∣", "le": "≤", "ge": "≥",
    "ne": "≠", "neq": "≠", "approx": "≈", "top": "T", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "|": "∥",
    "lVert": "∥", "rVert": "∥", "ldots": "…", "bmod": "mod", "%": "%", "#": "#", "_": "_", "{": "{", "}": "}", "&": "&",
    "$": "$", "!": "", **{name: name for name in ("ln", "exp", "max", "min", "tanh", "sin", "cos", "lim", "arg")},
}  # fmt: skip
SILENT = frozenset(
    re.findall(
        r"\S+",
        "begin end left right bigl bigr Bigl Bigr big text operatorname mathbb mathbf mathrm mathcal texttt boldsymbol "
        "frac tfrac binom hat tilde bar overline vec dot underbrace overset quad qquad \\ , ; ^",
    )
) | {" "}
ENVIRONMENT = re.compile(r"\\(begin|end)\{(\w+)\}(\{[clr|]+\})?")
COMMAND = re.compile(r"\\([A-Za-z]+|.)\*?", re.DOTALL)
COUNTED = frozenset("".join(SHOWN.values())) - {"∥", "∣", "_", "{", "}", "&"}
ALIKE = str.maketrans({"⊤": "T", "·": "⋅", "⇔": "⟺", "⁡": "", "ˆ": "", "ᵀ": "T"})


def latex_signs(latex: str) -> Counter[str]:
    """Count the letters, digits and known signs that a formula ought to show."""

    def shown(command: re.Match[str]) -> str:
        name = command[1]
        assert name in SHOWN or name in SILENT, f"Say in this file what \\{name} shows."
        return SHOWN.get(name, "") + " "

    return counted(COMMAND.sub(shown, ENVIRONMENT.sub(" ", latex)))


def counted(text: str) -> Counter[str]:
    """Count letters, digits and known signs, whatever their style or height."""
    even = unicodedata.normalize("NFKD", text.translate(ALIKE)).translate(ALIKE)
    return Counter(sign for sign in even if sign.isalnum() or sign in COUNTED)


def test_the_browser_gets_every_sign_of_every_formula() -> None:
    for latex in (*bank_formulas(), *ODD):
        assert counted(unescape(re.sub(r"<[^>]+>", "", mathml(latex)))) == latex_signs(latex), latex


def test_the_terminal_gets_every_letter_and_digit_of_every_formula() -> None:
    for latex in (*bank_formulas(), *ODD):
        shown, expected = counted(plain_math(latex)), latex_signs(latex)
        missing = {sign: n for sign, n in (expected - shown).items() if sign.isalnum()}
        assert not missing, (latex, plain_math(latex))


def test_a_dropped_sign_would_be_noticed() -> None:
    assert latex_signs(r"\frac{\partial L}{\partial x_1^2}") == counted("∂L∂x12") != counted("∂L∂x1")
