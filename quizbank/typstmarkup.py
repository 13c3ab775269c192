"""The text of questions as typst's markup; what a text says is always a string, never typst's syntax."""

from collections.abc import Callable, Sequence
from typing import Any

from quizbank.markup import Rules, to_marks
from quizbank.plainmath import plain_math
from quizbank.typstmath import typst_math, typst_string


def to_typst(text: str, *, inline: bool = False) -> str:
    """Render a text as typst markup, its formulas with spoken text.

    >>> to_typst("Let $x = 1$.")
    '#"Let ";#eq("x = 1", $x = 1$);#".";'
    """
    return to_marks(text, RULES, inline=inline)


def typst_equation(latex: str, *, display: bool = True) -> str:
    """Set a formula with the text that is read aloud for it."""
    math = typst_math(latex, display=display)
    tall = ("; " in math or "display(frac(" in math) and r" \ " not in math
    shape = ", display: true" if display else ", tall: true" if tall else ""
    return f"#eq({typst_string(plain_math(latex))}, ${math}${shape});"


def _always(mark: str) -> Callable[[Sequence[Any], int], str]:
    return lambda tokens, index: mark


def _text(tokens: Sequence[Any], index: int) -> str:
    return f"#{typst_string(tokens[index].content)};"


def _code(tokens: Sequence[Any], index: int) -> str:
    return f"#raw({typst_string(tokens[index].content)});"


def _listing(tokens: Sequence[Any], index: int) -> str:
    return f"#raw({typst_string(tokens[index].content.rstrip())}, block: true);\n"


def _math(display: bool) -> Callable[[Sequence[Any], int], str]:
    return lambda tokens, index: typst_equation(tokens[index].content.strip(), display=display)


def _paragraph_end(tokens: Sequence[Any], index: int) -> str:
    return "" if tokens[index].hidden else "\n\n"


def _enumeration(tokens: Sequence[Any], index: int) -> str:
    return f"#enum(start: {int(tokens[index].attrGet('start') or 1)}, "


def _table(tokens: Sequence[Any], index: int) -> str:
    head = next(n for n in range(index, len(tokens)) if tokens[n].type == "thead_close")
    columns = sum(token.type == "th_open" for token in tokens[index:head])
    return f"#table(columns: {columns}, "


def _link(tokens: Sequence[Any], index: int) -> str:
    return f"#link({typst_string(str(tokens[index].attrGet('href')))})["


RULES: Rules = {
    "text": _text,
    "softbreak": _always(" "),
    "hardbreak": _always("#linebreak();"),
    "math_inline": _math(False),
    "math_inline_double": _math(True),
    "math_block": _math(True),
    "code_inline": _code,
    "fence": _listing,
    "code_block": _listing,
    "paragraph_open": _always(""),
    "paragraph_close": _paragraph_end,
    "strong_open": _always("#strong["),
    "strong_close": _always("];"),
    "em_open": _always("#emph["),
    "em_close": _always("];"),
    "link_open": _link,
    "link_close": _always("];"),
    "bullet_list_open": _always("#list("),
    "bullet_list_close": _always(");\n"),
    "ordered_list_open": _enumeration,
    "ordered_list_close": _always(");\n"),
    "list_item_open": _always("["),
    "list_item_close": _always("], "),
    "table_open": _table,
    "table_close": _always(");\n"),
    "thead_open": _always("table.header("),
    "thead_close": _always("), "),
    "th_open": _always("[#strong["),
    "th_close": _always("]], "),
    "td_open": _always("["),
    "td_close": _always("], "),
    "tr_open": _always(""),
    "tr_close": _always(""),
    "tbody_open": _always(""),
    "tbody_close": _always(""),
}
