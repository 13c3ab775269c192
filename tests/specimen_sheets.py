"""A sheet with every widget, every scoring and every awkward sign, that all formats are tried on."""

from dataclasses import replace

from grader.scoring import Cells, Interval, Manual, Order, Pairing, Patterns, Scoring, Weights
from grader.widgets import Blank, Box, Grid, Options, Pairs, Widget
from quizbank.question import Figure
from quizbank.seal import seal
from quizbank.sheet import Sheet, SheetItem, SheetPart, Solution
from solvers.worked import Step

NASTY = (
    r"Signs: 100% of #tags & _under_scores, {braces}, a~b, c^d, 3 < 4 > 2, back\slash, $= 5$, “quotes” 'n \"co."
)
DRAWING = Figure(
    '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="60" viewBox="0 0 120 60">'
    '<circle cx="30" cy="30" r="20" fill="none" stroke="black"/><path d="M50 30 H100" stroke="black"/>'
    '<text x="24" y="34" font-size="12">h₁</text></svg>',
    "A neuron h₁ & its one output",
)
STEP = Step("Multiply $a$ by $b$.", r"a \cdot b", r"2 \cdot 3", "6", "p")
LONG = Step(
    r"Put the numbers in.",
    r"\frac{\partial L}{\partial W} = X^\top G",
    r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}^\top \begin{bmatrix} -1 & 0.5 \\ 2 & 1 \end{bmatrix}",
    r"\begin{bmatrix} 5 & 3.5 \\ 6 & 5 \end{bmatrix}",
)
CELLS = Cells(
    tuple(tuple(Interval(v, v - 0.005, v + 0.005) for v in row) for row in ((5.0, 3.5), (6.0, -5.25)))
)  # fmt: skip

# widget, model answer, scoring, and the answer as a student would type it
PARTS: dict[str, tuple[Widget, str, Scoring, str]] = {
    "number": (Blank(14, "cm"), "1.386", Interval(1.3863, 1.3858, 1.3868), "1.386"),
    "whole": (Blank(14), "-72", Interval(-72.0, -72.0, -72.0), "-72"),
    "shape": (Blank(18), r"8 \times 192", Patterns(("(8, 192)", "8x192", "8, 192")), "(8, 192)"),
    "grid": (Grid(2, 2), LONG.result, CELLS, "[[5.00, 3.50], [6.00, -5.25]]"),
    "one": (Options((r"$\tanh$", "ReLU & friends", "a < b")), r"\text{b}", Weights((0.0, 1.0, 0.0)), "b"),
    "several": (
        Options(("bounded", "odd", "convex", "smooth ~ {nearly}"), several=True),
        r"\text{a, b, d}",
        Weights((1 / 3, 1 / 3, -1.0, 1 / 3)),
        "a, b, d",
    ),
    "matching": (
        Pairs(("ReLU", r"$\sigma$", "tanh"), ("range $(0, 1)$", "kinked = bent", "odd")),
        r"\text{1-b, 2-a, 3-c}",
        Pairing((1, 0, 2)),
        "1-b, 2-a, 3-c",
    ),
    "order": (
        Pairs(("update", "forward", "backward"), ("1", "2", "3")),
        r"\text{b, c, a}",
        Order((1, 2, 0)),
        "b, c, a",
    ),
    "words": (
        Box(4),
        r"\text{It is centred at zero.}",
        Manual("It is centred at zero."),
        "It is centred at zero.",
    ),
    "program": (Box(3, code=True), r"\texttt{X.T @ G}", Manual("X.T @ G"), "X.T @ G"),
}


def part(
    name: str, label: str = "a", *, solved: bool = False, scored: bool = False, sealed: bool = False
) -> SheetPart:
    """Give one part, as the audience may see it."""
    widget, model, scoring, _ = PARTS[name]
    return SheetPart(
        label,
        name,
        f"What is $x_{{{label}}}$ of “{name}”?",
        1.5,
        widget,
        Solution(model, (STEP,)) if solved else None,
        scoring if scored else None,
        seal(scoring, f"salt-{name}") if sealed else None,
    )


def sheet(*, solved: bool = False, scored: bool = False, sealed: bool = False) -> Sheet:
    """Give a sheet with one question of many parts and one question for each single part."""
    shown = {"solved": solved, "scored": scored, "sealed": sealed}
    many = tuple(part(name, label, **shown) for name, label in zip(PARTS, "abcdefghij", strict=True))
    text = f"{NASTY}\n\nLet $a_1 = 2$, *not* **3**, `x.T @ G`:\n\n$$A = {LONG.result}.$$\n\n1. first\n2. second\n"
    last = (LONG,) if solved else ()
    items = [SheetItem("1", "Everything & more", text, 15, many, DRAWING, "So it *goes*." if solved else "", last)]
    for number, name in enumerate(PARTS, 2):
        items.append(SheetItem(str(number), f"Only {name}", "Think.", 1.5, (part(name, **shown),), None, "", last))
    return Sheet(
        "practice-0a1b2c", "Deep <Learning> & $ 100%", "s_1", "Zoë {O'Neil} #1", "7", tuple(items), solved, 30
    )


def paper(number: int, **shown: bool) -> Sheet:
    """Give the paper of one student of a class."""
    one = sheet(**shown)
    return replace(one, student=f"s_{number}", name=f"Student {number}", place=f"{number} of 3", seed="")
