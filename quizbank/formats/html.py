"""HTML in one file: math as MathML, no script, nothing from the network; made to be printed."""

from base64 import b64encode
from pathlib import Path

from markupsafe import Markup

from quizbank.formats import Format, template
from quizbank.markup import model_text, to_html, to_inline_html
from quizbank.mathml import mathml
from quizbank.sheet import Sheet, SheetPart
from quizbank.working import step_latex

TEMPLATES = Path(__file__).parent / "templates"
FONT = b64encode((TEMPLATES / "math.woff2").read_bytes()).decode()
STYLE = (TEMPLATES / "sheet.css").read_text(encoding="utf-8").replace("{math-font}", FONT)

WIDE = {'div class="formula"': "Formula", 'div class="model"': "Answer", "pre": "Program"}


def render(sheets: tuple[Sheet, ...]) -> bytes:
    """Render sheets as one HTML page."""
    page: str = template("sheet.html.jinja").render(
        sheets=sheets,
        style=Markup(STYLE),
        blocks=lambda text: Markup(to_html(text)),
        inline=lambda text: Markup(to_inline_html(text)),
        formula=lambda latex: Markup(mathml(latex, display=True)),
        equation=step_latex,
        answer_label=answer_label,
        model=model_text,
    )
    return reachable(page).encode()


def reachable(page: str) -> str:
    """Let those who use no mouse scroll sideways what may be wider than the page.

    >>> reachable("<pre>")
    '<pre role="group" aria-label="Program" tabindex="0">'
    """
    for tag, name in WIDE.items():
        page = page.replace(f"<{tag}>", f'<{tag} role="group" aria-label="{name}" tabindex="0">')
    return page


def answer_label(number: str, part: SheetPart) -> str:
    """Name an answer field for those who hear the page."""
    return f"Answer to question {number} {part.label}"


FORMAT = Format("html", "html", render)
