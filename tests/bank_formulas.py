"""Every formula that the bank can print, for tests that compare what different outputs make of it."""

from collections.abc import Iterator
from functools import cache

from quizbank import bank
from quizbank.exam import Item
from quizbank.markup import formulas
from quizbank.sheet import SheetItem, sheet_item
from quizbank.working import step_latex
from solvers.worked import Step

ODD = (
    r"\bigl( x \bigr) \Bigl[ \frac12 \Bigr]",
    r"\left.\frac{a}{b}\right|_{x=0}",
    r"f(x) = \begin{cases} 1 & x > 0 \\ 0 & \text{else} \end{cases}",
    r"\begin{aligned} a &= b \\ &= c, d; e \end{aligned}",
    r"\underbrace{a + b}_{n} \overline{xy} \hat{y} \tilde v \bar t \vec{x} \dot{x}",
    r"\lVert x \rVert_2 \; |x| \; \lfloor x \rfloor \; \lceil y \rceil",
    r"\mathcal{N}(0, 1) \quad \mathbf{W}^{\top} \boldsymbol{\theta} \mathbb{R}^{n \times m}",
    r"\binom{n}{k} \sqrt[3]{x} \sqrt{1 - t^2} f'(x) f''(x)",
    r"\lim_{x \to 0} \operatorname{softmax}(z)_i \quad \max_i x_i \quad \arg\min_\theta L",
    r"a \bmod b = \int_0^1 x \,\mathrm{d}x + \prod_{i=1}^n x_i + \sum_{i,j} y_{ij}",
    r"\{1, 2\} \subset A; \quad a \mid b \quad 50\% \quad \# \quad \_ \quad \$ \quad \&",
    r"x_{i}^{(t)} \overset{!}{=} \texttt{X.T @ G} \quad \text{if ‘quoted’ \# } x",
    r"3 < 4 > 2 \le 5 \ne 6 \approx 7 \leftarrow \Rightarrow \odot \oplus / : ! ?",
    r"1\,000 \; 1{,}5 \; 6.02 \cdot 10^{23} \; -1 - (-2)",
)


@cache
def bank_formulas() -> tuple[str, ...]:
    """Name the formulas of every question, in the notes' numbers and for a seed, each once."""
    return tuple(dict.fromkeys(latex for item in _items() for latex in _formulas(item) if latex))


def _items() -> Iterator[SheetItem]:
    for question in bank.all_questions():
        for face in (question.face(form) for form in question.forms or ("",)):
            seeds = (1,) if face.notes is None else (None, 1)
            yield from (sheet_item(Item("1", face.variant(seed), 1), solved=True) for seed in seeds)


def _formulas(item: SheetItem) -> Iterator[str]:
    texts = [item.text, item.explanation]
    steps: list[Step] = list(item.steps)
    for part in item.parts:
        assert part.solution
        steps += part.solution.steps
        yield part.solution.model
        texts += [part.text, *(getattr(part.widget, "statements", ())), *(getattr(part.widget, "left", ()))]
    for step in steps:
        texts.append(step.reason)
        yield step_latex(step)
    for text in texts:
        yield from formulas(text)
