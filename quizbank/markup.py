"""The text of questions: Markdown with `$…$` and `$$…$$`, parsed once and rendered by each format."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from html import escape
from typing import Any

from quizbank.mathml import mathml

MathWriter = Callable[..., str]
"""Writes LaTeX for a page; called with the LaTeX and `display=True` or `False`."""
Rules = Mapping[str, Callable[[Sequence[Any], int], str]]
MATH = re.compile(r"\$\$(.+?)\$\$|\$(.+?)\$", re.DOTALL)


def to_html(text: str, math: MathWriter = mathml) -> str:
    """Render a text as HTML blocks, its math as MathML or as another writer has it.

    >>> to_html("Let $x = 1$.")
    '<p>Let <math><mi>x</mi><mo>=</mo><mn>1</mn></math>.</p>'
    """
    rendered: str = _parser().render(_spaced(text.strip()), {"math": math})
    return rendered.strip()


def to_inline_html(text: str, math: MathWriter = mathml) -> str:
    """Render one line of text as HTML without a paragraph around it; it cannot fetch a picture.

    >>> to_inline_html("*a* ![b](http://c.de/f.png)")
    '<em>a</em> !<a href="http://c.de/f.png">b</a>'
    """
    rendered: str = _parser().renderInline(text.strip(), {"math": math})
    return rendered


def tex_in_html(latex: str, *, display: bool = False) -> str:
    r"""Leave a formula as LaTeX between the marks that MathJax looks for.

    >>> tex_in_html("a < b")
    '\\(a &lt; b\\)'
    """
    marked = rf"\[{latex}\]" if display else rf"\({latex}\)"
    return escape(" ".join(marked.split()), quote=False)


def to_marks(text: str, rules: Rules, *, inline: bool = False) -> str:
    """Render a text in another language of marks: each token by its rule, inline ones in their place.

    A rule sees the tokens and the index of its own. Raises `ValueError` for a token that has no rule.
    """
    parser = _parser()
    tokens = parser.parseInline(text.strip()) if inline else parser.parse(_spaced(text.strip()))
    return "".join(_marks(tokens, rules)).strip()


def model_text(model: str) -> str:
    r"""Give a model answer, which is LaTeX, as a text; words are taken out of `\text{…}` so that they can wrap.

    >>> model_text(r"\text{b, c}"), model_text(r"\frac{1}{2}"), model_text(r"\text{about 2\^{}10}")
    ('b, c', '$\\frac{1}{2}$', 'about 2^10')
    """
    words = re.fullmatch(r"\\text\{((?:[^{}\\]|\\.(?:\{\})?)*)\}", model)
    return re.sub(r"\\(backslash )?(.?)(?:\{\})?", r"\2", words[1]) if words else f"${model}$"


def tags_escaped(text: str) -> str:
    """Keep Markdown readers that know HTML from taking a `<` of the text for a tag.

    >>> tags_escaped("a <b> in `<b>` and $a <b$")
    'a &lt;b> in `<b>` and $a <b$'
    """
    kept = re.compile(rf"{MATH.pattern}|`[^`]*`|(<)(?=[A-Za-z/!?])", re.DOTALL)
    return kept.sub(lambda match: "&lt;" if match[3] else match[0], text)


def formulas(text: str) -> tuple[str, ...]:
    """Name every formula of a text, as LaTeX without dollars."""
    return tuple((match[1] or match[2]).strip() for match in MATH.finditer(text))


def _marks(tokens: Sequence[Any], rules: Rules) -> Iterator[str]:
    for index, token in enumerate(tokens):
        if token.type == "inline":
            yield from _marks(token.children, rules)
        elif token.type in rules:
            yield rules[token.type](tokens, index)
        else:
            raise ValueError(f"The Markdown mark “{token.type}” cannot be set; write the text without it.")


def _spaced(text: str) -> str:
    """Give each displayed formula a paragraph of its own, so that it is recognised as one."""
    return re.sub(r"\$\$(.+?)\$\$", lambda match: f"\n\n$$\n{match[1].strip()}\n$$\n\n", text, flags=re.DOTALL)


@cache
def _parser() -> Any:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.disable("image")  # a note quotes what students wrote, and a picture would be fetched from where they say
    parser.use(dollarmath_plugin, allow_space=True, double_inline=True)
    parser.add_render_rule("math_inline", _render(False))
    parser.add_render_rule("math_inline_double", _render(True))
    parser.add_render_rule("math_block", _render(True))
    return parser


def _render(display: bool) -> Any:
    def rule(_renderer: Any, tokens: Any, index: int, _options: Any, env: Any) -> str:
        converted = env["math"](tokens[index].content.strip(), display=display)
        return f'<div class="formula">{converted}</div>\n' if tokens[index].type == "math_block" else converted

    return rule
