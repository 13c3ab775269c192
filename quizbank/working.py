"""How a step of a worked solution is set: formula, numbers and result joined by equality signs."""

from solvers.worked import Step

ONE_LINE = 90
"""So many characters of LaTeX fit on one line, more or less."""


def step_latex(step: Step) -> str:
    r"""Give a step's equation as LaTeX, one line for each side where it is long; empty if there is none.

    >>> step_latex(Step("", "a + b", "1 + 2", "3"))
    'a + b = 1 + 2 = 3'
    """
    pieces = [piece for piece in (step.formula, step.numbers, step.result) if piece]
    if len(pieces) < 2 or sum(map(len, pieces)) < ONE_LINE:
        return " = ".join(pieces)
    rows = r" \\ ".join(f"{'' if n == 0 else '={}'} & {piece}" for n, piece in enumerate(pieces))
    return rf"\begin{{aligned}} {rows} \end{{aligned}}"
