"""The text of questions as LaTeX; its formulas stay as they are written."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from quizbank.markup import Rules, to_marks

SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", '"': r"\textquotedbl{}", "`": r"\textasciigrave{}", "–": "--", "—": "---", "…": r"\dots{}",
}  # fmt: skip
MATH_SIGNS = {
    "×": r"\times", "·": r"\cdot", "→": r"\to", "←": r"\leftarrow", "⇒": r"\Rightarrow", "≤": r"\le", "≥": r"\ge",
    "≠": r"\ne", "≈": r"\approx", "∂": r"\partial", "∇": r"\nabla", "∞": r"\infty", "−": "-", "±": r"\pm", "∈": r"\in",
    "⊙": r"\odot", "∑": r"\sum", "√": r"\surd", "⊤": r"\top", "∘": r"\circ", "½": r"\tfrac12", "²": "^2", "³": "^3",
    "α": r"\alpha", "β": r"\beta", "γ": r"\gamma", "δ": r"\delta", "ε": r"\varepsilon", "η": r"\eta", "θ": r"\theta",
    "κ": r"\kappa", "λ": r"\lambda", "μ": r"\mu", "ν": r"\nu", "π": r"\pi", "ρ": r"\rho", "σ": r"\sigma",
    "τ": r"\tau", "φ": r"\varphi", "ψ": r"\psi", "ω": r"\omega", "Δ": r"\Delta", "Σ": r"\Sigma", "Ω": r"\Omega",
    **{sign: f"_{{{below}}}" for sign, below in zip("₀₁₂₃₄₅₆₇₈₉ᵢⱼ", "0123456789ij", strict=True)},
    **{sign: f"^{{{above}}}" for sign, above in zip("⁰¹⁴⁵⁶⁷⁸⁹ⁿᵀ", "01456789nT", strict=True)},
}  # fmt: skip


def to_latex(text: str, *, inline: bool = False) -> str:
    r"""Render a text as LaTeX.

    >>> to_latex("*About* 50% of $x_1$")
    '\\emph{About} 50\\% of $x_1$'
    """
    return to_marks(text, RULES, inline=inline)


def latex_text(text: str) -> str:
    r"""Write plain text so that LaTeX takes no sign of it for a command.

    >>> latex_text("A_b & 10 %: 3 × 4")
    'A\\_b \\& 10 \\%: 3 \\ensuremath{\\times} 4'
    """
    return "".join(SPECIAL.get(sign) or _sign(sign) for sign in text)


def _sign(sign: str) -> str:
    return rf"\ensuremath{{{MATH_SIGNS[sign]}}}" if sign in MATH_SIGNS else sign


def display_math(latex: str) -> str:
    """Set a formula on a line of its own."""
    return "\\[" + _joined(latex) + "\\]\n"


def _joined(latex: str) -> str:
    """Take out line breaks, since an empty line would end the formula, and spell signs that old TeX cannot read."""
    return "".join(map(_sign, re.sub(r"\s+", " ", latex.strip())))


def _always(mark: str) -> Callable[[Sequence[Any], int], str]:
    return lambda tokens, index: mark


def _listing(tokens: Sequence[Any], index: int) -> str:
    lines = tokens[index].content.rstrip().split("\n")
    return (
        r"\par{\ttfamily " + r"\\ ".join(latex_text(line).replace(" ", "~") or "~" for line in lines) + "\\par}\n"
    )


def _enumeration(tokens: Sequence[Any], index: int) -> str:
    start = int(tokens[index].attrGet("start") or 1)
    moved = rf"\setcounter{{enumi}}{{{start - 1}}}" if start != 1 else ""
    return "\n\\begin{enumerate}" + moved + "\n"


def _table(tokens: Sequence[Any], index: int) -> str:
    head = next(n for n in range(index, len(tokens)) if tokens[n].type == "thead_close")
    columns: int = sum(token.type == "th_open" for token in tokens[index:head])
    return "\n\\begin{center}\\begin{tabular}{" + "l" * columns + "}\\hline\n"


def _cell_end(tokens: Sequence[Any], index: int) -> str:
    closed = "}" if tokens[index].type == "th_close" else ""
    return closed if tokens[index + 1].type == "tr_close" else f"{closed} & "


RULES: Rules = {
    "text": lambda tokens, index: latex_text(tokens[index].content),
    "softbreak": _always("\n"),
    "hardbreak": _always("\\\\\n"),
    "math_inline": lambda tokens, index: f"${_joined(tokens[index].content)}$",
    "math_inline_double": lambda tokens, index: display_math(tokens[index].content),
    "math_block": lambda tokens, index: display_math(tokens[index].content),
    "code_inline": lambda tokens, index: rf"\texttt{{{latex_text(tokens[index].content)}}}",
    "fence": _listing,
    "code_block": _listing,
    "paragraph_open": _always(""),
    "paragraph_close": lambda tokens, index: "\n" * (1 if tokens[index].hidden else 2),
    "strong_open": _always(r"\textbf{"),
    "strong_close": _always("}"),
    "em_open": _always(r"\emph{"),
    "em_close": _always("}"),
    "link_open": _always(""),
    "link_close": _always(""),
    "bullet_list_open": _always("\n\\begin{itemize}\n"),
    "bullet_list_close": _always("\\end{itemize}\n"),
    "ordered_list_open": _enumeration,
    "ordered_list_close": _always("\\end{enumerate}\n"),
    "list_item_open": _always(r"\item "),
    "list_item_close": _always(""),
    "table_open": _table,
    "table_close": _always("\\hline\\end{tabular}\\end{center}\n"),
    "thead_open": _always(""),
    "thead_close": _always("\\hline\n"),
    "th_open": _always(r"\textbf{"),
    "th_close": _cell_end,
    "td_open": _always(""),
    "td_close": _cell_end,
    "tr_open": _always(""),
    "tr_close": _always(" \\\\\n"),
    "tbody_open": _always(""),
    "tbody_close": _always(""),
}
