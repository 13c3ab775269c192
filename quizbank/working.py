"""How a step of a worked solution is set: formula, numbers and result joined by the right sign."""

import re
from collections.abc import Iterator

from solvers.worked import Step

ONE_LINE = 90
"""So many characters of LaTeX fit on one line, more or less."""
RELATION = re.compile(r"=|<|>|\\(le|ge|leq|geq|ne|neq|approx|in|to|Rightarrow|Leftrightarrow|sim)(?![A-Za-z])")
EQUALITY, CONSEQUENCE = "=", r"\Rightarrow"


def step_latex(step: Step) -> str:
    r"""Give a step's equation as LaTeX, one line for each side where it is long; empty if there is none.

    Sides are joined by equality signs; one that is a relation itself follows from what stands before it.

    >>> step_latex(Step("", "a + b", "1 + 2", "3")), step_latex(Step("", "x + y = 3", "", "x = 2"))
    ('a + b = 1 + 2 = 3', 'x + y = 3 \\Rightarrow x = 2')
    """
    pieces = list(joined(step))
    if len(pieces) < 2 or sum(len(piece) for _, piece in pieces) < ONE_LINE:
        return " ".join(f"{sign} {piece}".strip() for sign, piece in pieces)
    rows = r" \\ ".join(f"{f'{sign}{{}}' if sign else ''} & {piece}" for sign, piece in pieces)
    return rf"\begin{{aligned}} {rows} \end{{aligned}}"


def joined(step: Step) -> Iterator[tuple[str, str]]:
    """Give each side of a step with the sign that stands before it; the first has none."""
    pieces = [piece for piece in (step.formula, step.numbers, step.result) if piece]
    for place, piece in enumerate(pieces):
        yield "" if place == 0 else CONSEQUENCE if is_relation(piece) else EQUALITY, piece


def is_relation(latex: str) -> bool:
    r"""Say whether a piece of LaTeX relates two things, brackets aside.

    >>> is_relation("x = 2"), is_relation(r"\sum_{i=1}^n x_i"), is_relation(r"x \ge 0")
    (True, False, True)
    """
    depth = 0
    for match in re.finditer(r"\\[A-Za-z]+|.", latex):
        token = match[0]
        depth += (token in "{([") - (token in "})]")
        if depth <= 0 and RELATION.fullmatch(token):
            return True
    return False
