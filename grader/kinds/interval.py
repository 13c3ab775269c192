"""An interval, or a union of them."""

import math

from grader.answer import Answer, Reading, Slip, Specimen, Truth
from grader.pieces import Pieces, complement
from grader.reading.intervals import read_intervals
from grader.scoring import Manual, Patterns, Scoring
from grader.tolerance import Tolerance
from grader.verdict import Note, Outcome, Verdict, correct, partial, wrong
from grader.widgets import Blank


class Interval(Answer, frozen=True, kw_only=True, tag="interval"):
    """A part of the number line; the truth is a text such as `[0, 1)` or `x < 0 or x > 1`.

    - `variable`: the name used in inequalities.
    - `decimals`, `significant`, `rtol`, `atol`: how close the ends must come; with none of them, exactly.
    - `brackets`: credit for right ends of which one belongs to the interval, or does not, by mistake.
    """

    variable: str = "x"
    decimals: int | None = None
    significant: int | None = None
    rtol: float = 0.0
    atol: float = 0.0
    brackets: float = 0.5

    @property
    def tolerance(self) -> Tolerance:
        """How close the ends must come."""
        return Tolerance(self.decimals, self.significant, self.rtol, self.atol)

    @property
    def demand(self) -> str:
        """Name the digits wanted."""
        return self.tolerance.asked

    def read(self, text: str) -> Reading:
        """Read `[0, 1)`, `]0, 1[`, `0 <= x < 1`, `x < 0 or x > 1`, `(0, 1) ∪ [2, ∞)`."""
        found = read_intervals(text, self.variable)
        return Reading(found.pieces, found.latex, found.notes)

    def judge(self, value: Pieces, truth: Truth, slack: float = 0.0) -> Verdict:
        """Compare the ends, then which of them belong."""
        right = read_intervals(str(truth), self.variable).pieces
        if len(value) != len(right) or not all(
            self.tolerance.close(mine.low, float(other.low), slack)
            and self.tolerance.close(mine.high, float(other.high), slack)
            for mine, other in zip(value, right, strict=True)
        ):
            return wrong()
        if all(mine[2:] == other[2:] for mine, other in zip(value, right, strict=True)):
            return correct()
        return partial(self.brackets, Note("bracket", "The ends are right, but not which of them belong to it."))

    def write(self, truth: Truth) -> str:
        """Give the author's text."""
        return str(truth)

    def typeset(self, truth: Truth) -> str:
        """Show the author's text."""
        return read_intervals(str(truth), self.variable).latex

    def widget(self, truth: Truth) -> Blank:
        """One line."""
        return Blank(width=24)

    def scoring(self, truth: Truth) -> Scoring:
        """A few spellings of a single interval with exact ends; otherwise a person."""
        pieces = read_intervals(str(truth), self.variable).pieces
        if len(pieces) != 1 or self.tolerance != Tolerance():
            return Manual(str(truth))
        low, high, left, right = pieces[0]
        ends = f"{_end(low)}, {_end(high)}"
        common = f"{'[' if left else '('}{ends}{']' if right else ')'}"
        return Patterns((common, f"{'[' if left else ']'}{ends}{']' if right else '['}"))

    def diagnose(self, value: Pieces, truth: Truth, slack: float = 0.0) -> tuple[Slip, ...]:
        """Recognise the complement."""
        right = read_intervals(str(truth), self.variable).pieces
        same = complement(right) == value and bool(right)
        return (Slip("complement", None, "This is exactly what does not belong to it."),) if same else ()

    @classmethod
    def specimens(cls) -> tuple[Specimen, ...]:
        """Show the ways an interval may be written."""
        kind, rounded = cls(), cls(decimals=2)
        return (
            Specimen(kind, "[0, 1)", "[0, 1)", Outcome.CORRECT),
            Specimen(kind, "[0, 1)", "0 <= x < 1", Outcome.CORRECT),
            Specimen(kind, "(0, 1)", "]0, 1[", Outcome.CORRECT),
            Specimen(kind, "[0, 1)", r"x \in \left[0, 1\right)", Outcome.CORRECT),
            Specimen(kind, "[0, 1)", "(0, 1)", Outcome.PARTIAL, "bracket"),
            Specimen(kind, "[0, 1)", "[0, 2)", Outcome.WRONG),
            Specimen(kind, "[0, inf)", "[0, ∞]", Outcome.CORRECT, "infinity-open"),
            Specimen(kind, "x < 0 or x > 1", r"(-\infty, 0) \cup (1, \infty)", Outcome.CORRECT),
            Specimen(kind, "x < 0 or x > 1", "[0, 1]", Outcome.WRONG, "slip:complement"),
            Specimen(kind, "x != 0", "R \\setminus {0}", Outcome.CORRECT),
            Specimen(rounded, "(-sqrt(2), sqrt(2))", "-1.41 < x < 1.41", Outcome.CORRECT),
            Specimen(kind, "[0, 1)", "[1, 0)", Outcome.UNREADABLE, "reversed"),
            Specimen(kind, "[0, 1)", "0.5", Outcome.UNREADABLE, "not-an-interval"),
        )


def _end(number: float) -> str:
    if math.isinf(number):
        return "inf" if number > 0 else "-inf"
    return str(int(number)) if number == int(number) else repr(float(number))
