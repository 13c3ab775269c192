"""LaTeX to MathML; the one place that knows the converter."""

import re
from functools import cache
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element, fromstring

from markupsafe import escape

ENTITY = re.compile(r"&(?!amp;|lt;|gt;|quot;|apos;|#)\w+;")
# Primes are drawn high by the font itself; as exponents browsers would raise them once more.
PIECE = r"(?:<m[in]>[^<]*</m[in]>|<mrow>(?:(?!</?mrow>).)*</mrow>)"
PRIMED = re.compile(rf"<msup>({PIECE})(<mo>[′″‴]</mo>)</msup>")
PRIMED_INDEX = re.compile(rf"<msubsup>({PIECE}{PIECE})(<mo>[′″‴]</mo>)</msubsup>")
# The sign before the next column of aligned lines: browsers leave no space behind the last sign of a cell.
LAST_SIGN = re.compile(r"(<mo [^>]*>[^<]+</mo>)<mrow></mrow></mtd>")


@cache
def mathml(latex: str, *, display: bool = False) -> str:
    r"""Convert LaTeX (without dollars) to a MathML element for browsers; raises `ValueError` where it does not parse.

    >>> mathml(r"\frac12")
    '<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>'
    >>> mathml("f'")
    '<math><mrow><mi>f</mi><mo>′</mo></mrow></math>'
    """
    element = PRIMED.sub(r"<mrow>\1\2</mrow>", _converted(latex, display))
    element = PRIMED_INDEX.sub(r"<mrow><msub>\1</msub>\2</mrow>", element)
    return LAST_SIGN.sub(r'\1<mspace width="0.2778em"></mspace></mtd>', element)


@cache
def _converted(latex: str, display: bool) -> str:
    from math_core import LatexError

    try:
        element: str = _converter().convert_with_local_state(latex, displaystyle=display)
    except LatexError as trouble:
        raise ValueError(f"“{latex}” is not LaTeX that can be set: {trouble}") from trouble
    return element


def safe_mathml(latex: str, *, display: bool = False) -> str:
    """Convert LaTeX that came from a student's answer; what does not parse is shown as plain text."""
    try:
        return mathml(latex, display=display)
    except ValueError:
        return f"<code>{escape(latex)}</code>"


def xml_mathml(latex: str, *, display: bool = False) -> str:
    """Convert LaTeX to MathML as XML wants it: in its namespace, without entities of HTML.

    >>> xml_mathml("x")
    '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math>'
    """
    element = ENTITY.sub(lambda match: unescape(match[0]), mathml(latex, display=display))
    return element.replace("<math", '<math xmlns="http://www.w3.org/1998/Math/MathML"', 1)


def math_tree(latex: str, *, display: bool = False) -> Element:
    r"""Convert LaTeX (without dollars) to MathML as a tree; raises `ValueError` where it does not parse.

    >>> [child.tag for child in math_tree(r"x = \frac12")]
    ['mi', 'mo', 'mfrac']
    """
    return fromstring(ENTITY.sub(lambda match: unescape(match[0]), _converted(latex, display)))


@cache
def _converter() -> Any:
    from math_core import LatexToMathML

    return LatexToMathML(fancy_error=False)
