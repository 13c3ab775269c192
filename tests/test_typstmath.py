"""Typst reads every formula as the same signs that the browser gets, so nothing is dropped on the way."""

import json
import unicodedata
from collections import Counter
from typing import Any

import pytest
from bank_formulas import ODD, bank_formulas

from quizbank.mathml import math_tree
from quizbank.typstmath import INVISIBLE, typst_math, typst_string

typst = pytest.importorskip("typst", reason="the extra pdf is not installed")
# Accents are spacing signs in MathML and combining ones in typst; braces and bars are functions there.
ACCENTS = str.maketrans({"ˆ": "\u0302", "^": "\u0302", "˜": "\u0303", "~": "\u0303", "¯": "\u0304", "˙": "\u0307",
                         "→": "\u20d7", "⏟": "", "⏞": "", "\u0332": "", "―": "", "‾": "", "*": "∗", "-": "−"})  # fmt: skip


def signs(text: str) -> Counter[str]:
    shown = (sign for sign in text.translate(ACCENTS) if sign not in INVISIBLE and not sign.isspace())
    return Counter(sign for sign in shown if unicodedata.category(sign) != "Mn" or sign > "\u0301")


def typst_signs(node: Any) -> str:
    """Collect what a piece of typst's own syntax tree shows."""
    if isinstance(node, list):
        return "".join(map(typst_signs, node))
    if not isinstance(node, dict):
        return ""
    own = "".join(node[name] for name in ("text", "accent") if isinstance(node.get(name), str))
    return own + "".join(typst_signs(value) for name, value in node.items() if name not in ("func", "alt"))


def read_by_typst(formulas: tuple[str, ...], display: bool) -> list[str]:
    source = "\n\n".join(f"$ {typst_math(one, display=display)} $" for one in formulas)
    compiler = typst.Compiler(input=source.encode(), font_paths=typst.Fonts(include_system_fonts=False))
    return [typst_signs(equation["body"]) for equation in json.loads(compiler.query("math.equation"))]


@pytest.mark.parametrize("display", [False, True])
def test_no_sign_of_any_formula_is_dropped(display: bool) -> None:
    formulas = (*bank_formulas(), *ODD)
    seen = read_by_typst(formulas, display)

    assert len(seen) == len(formulas) > 250
    for latex, shown in zip(formulas, seen, strict=True):
        expected = signs("".join(math_tree(latex, display=display).itertext()))
        assert signs(shown) == expected, latex


def test_sized_brackets_survive() -> None:
    assert typst_math(r"\bigl( x \bigr)") == r"lr(size: #1.2em, \() x lr(size: #1.2em, \))"


def test_signs_that_typst_would_take_for_its_own_are_escaped() -> None:
    assert typst_math(r"f(x, y; z) / \#") == r"f \( x \, y \; z \) \/ \#"
    assert typst_string('say "hi" \\') == r'"say \"hi\" \\"'


@pytest.mark.parametrize(
    ("latex", "typst_source"),
    [
        (r"\left[ \frac{1}{2} \right)", r"lr(\[ frac(1, 2) \))"),
        (r"\mathrm{ReLU}(z)", r'op("ReLU") \( z \)'),
        (r"\hat y", "hat(y)"),
        (r"X^\top G", "attach(X, t: ⊤) G"),
        (r"\operatorname{diag}(v)", r'op("diag") \( v \)'),
        (r"\max(0, z)", r'op("max") \( 0 \, z \)'),
        (r"\tfrac12", "inline(frac(1, 2))"),
        (r"\frac{e^u}{2}", "display(frac(attach(e, t: u), 2))"),
        (r"|x|^2", r'class("normal", \|) x attach(class("normal", \|), t: 2)'),
    ],
)
def test_formulas_become_the_typst_one_would_write(latex: str, typst_source: str) -> None:
    assert typst_math(latex) == typst_source


def test_what_typst_cannot_set_is_refused() -> None:
    with pytest.raises(ValueError, match="menclose"):
        typst_math(r"\boxed{x}")
