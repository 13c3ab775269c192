"""A number: with decimals or significant figures, within a tolerance, whole, or exactly."""

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from grader.answer import Answer, Reading, Slip, Specimen, Truth
from grader.reading.numbers import read_number
from grader.scoring import Interval, Patterns, Scoring
from grader.tolerance import Tolerance
from grader.verdict import Note, Outcome, Verdict, correct, partial, wrong
from grader.widgets import Blank, Widget

_SURE = 0.05  # slips are told apart only where the tolerance is a small part of the value
_WORDS = {"rounded": "rounded too early", "truncated": "cut off where it should be rounded"}


class Number(Answer, frozen=True, kw_only=True, tag="number"):
    """A number.

    - `decimals` or `significant`: the digits asked; half a unit of the last place is allowed, boundary included.
    - `rtol`, `atol`: a relative or absolute tolerance. With none of the four, the value must be exact.
    - `integer`: a whole number. `unit`: may stand behind the number, which is in that unit (`%`: 50 means 50 %).
    - `mixed`: `1 1/2` is one and a half.
    - `form`: "" for any, or "decimal", "fraction", "lowest" (a fraction in lowest terms).
    - `strict`: the digits must be shown as asked, so that `0.5` is not `0.500`, and a formula will not do.
    - `coarse`: credit for the right value cut to fewer digits than asked; `form_credit`: for a right value whose
      form or digits are not those asked.
    """

    decimals: int | None = None
    significant: int | None = None
    rtol: float = 0.0
    atol: float = 0.0
    integer: bool = False
    unit: str = ""
    mixed: bool = False
    form: str = ""
    strict: bool = False
    coarse: float = 0.5
    form_credit: float = 0.5

    @property
    def tolerance(self) -> Tolerance:
        """How close and how exactly shown."""
        return Tolerance(self.decimals, self.significant, self.rtol, self.atol, self.integer)

    @property
    def demand(self) -> str:
        """Name the digits wanted."""
        return self.tolerance.asked

    def read(self, text: str) -> Reading:
        """Read a number in any notation; a whole number comes as an int where one is asked."""
        found = read_number(text, self.integer, self.mixed, (self.unit,) if self.unit else ())
        exact = found.value.exact
        whole = self.integer and exact is not None and exact.denominator == 1
        return Reading(int(exact) if whole and exact is not None else found.value, found.latex, found.notes)

    def judge(self, value: Any, truth: Truth, slack: float = 0.0) -> Verdict:
        """Compare the value first, then its form and its digits."""
        target = true_number(truth)
        other = getattr(value, "other", None)
        if other is not None and self.tolerance.close(other, target, slack):
            return correct()
        if self.tolerance.close(value, target, slack):
            complaint = self._complaint(value, target)
            return correct() if complaint is None else partial(self.form_credit, complaint)
        if self.integer and value != round(value) if math.isfinite(value) else False:
            return wrong(Note("not-whole", "A whole number is asked."))
        how = self.tolerance.shortened(value, target)
        if how:
            return partial(self.coarse, Note(f"{how}-early", f"The value is {_WORDS[how]}: {self._asked()}."))
        return wrong()

    def _complaint(self, value: Any, truth: float) -> Note | None:
        """Say what is amiss in the form of a right value."""
        form = getattr(value, "form", "integer")
        if self.form == "decimal" and form in ("fraction", "formula"):
            return Note("form", "The value is right; it is asked as a decimal number.")
        if self.form in ("fraction", "lowest") and form not in ("fraction", "integer"):
            return Note("form", "The value is right; it is asked as a fraction.")
        if self.form == "lowest" and not getattr(value, "lowest", True):
            return Note("lowest-terms", "The value is right; the fraction can be reduced.")
        if self.strict and not self.tolerance.digits_shown(value, truth):
            return Note("digits", f"The value is right; {self._asked()}.")
        return None

    def _asked(self) -> str:
        if self.significant is not None:
            return f"{self.significant} significant figures are asked"
        return f"{self.decimals} decimals are asked"

    def write(self, truth: Truth) -> str:
        """Give the truth with the digits asked, as a student would type it."""
        if isinstance(truth, str | Fraction) and (self.form or not self._by_digits()):
            return str(truth)
        return self.tolerance.text(true_number(truth))

    def _by_digits(self) -> bool:
        return self.decimals is not None or self.significant is not None

    def typeset(self, truth: Truth) -> str:
        """Show the truth with the digits asked."""
        return read_number(self.write(truth), self.integer, self.mixed).latex + self._unit_latex()

    def _unit_latex(self) -> str:
        return {"": "", "%": r"\,\%"}.get(self.unit, rf"\,\text{{{self.unit}}}")

    def widget(self, truth: Truth) -> Widget:
        """One blank with the unit behind it."""
        return Blank(width=14, after=self.unit)

    def scoring(self, truth: Truth) -> Scoring:
        """An interval of right values; infinity as texts."""
        value = true_number(truth)
        if not math.isfinite(value):
            return Patterns(("inf", "∞", "infinity") if value > 0 else ("-inf", "-∞", "-infinity"))
        width = self.tolerance.width(value)
        return Interval(float(value), float(value - width), float(value + width))

    def diagnose(self, value: Any, truth: Truth, slack: float = 0.0) -> tuple[Slip, ...]:
        """Recognise a wrong sign, a factor 2 or ½ or 100, another logarithm, one more or less, the reciprocal."""
        target = true_number(truth)
        if not math.isfinite(target) or not target or self.tolerance.width(target) + slack > _SURE * abs(target):
            return ()
        return tuple(slip for slip in self._usual(target) if self.tolerance.close(value, slip.value, slack))

    def _usual(self, truth: float) -> Iterator[Slip]:
        yield Slip("sign", -truth, "The sign is wrong.")
        if self.integer:
            yield Slip("off-by-one", truth + 1, "This is one too many.")
            yield Slip("off-by-one", truth - 1, "This is one too few.")
        yield Slip("factor-2", truth * 2, "This is twice the right value: a factor ½ is missing.")
        yield Slip("factor-half", truth / 2, "This is half the right value: a factor 2 is missing.")
        if self.integer:
            return
        yield Slip("percent", truth * 100, "This is a hundred times the right value: percent, or the fraction?")
        yield Slip("percent", truth / 100, "This is a hundredth of the right value: percent, or the fraction?")
        yield Slip(
            "log-base", truth / math.log(2), "This comes out with the logarithm to base 2; take the natural one."
        )
        yield Slip(
            "log-base", truth / math.log(10), "This comes out with the logarithm to base 10; take the natural one."
        )
        yield Slip("reciprocal", 1 / truth, "This is the reciprocal of the right value.")

    @classmethod
    def specimens(cls) -> tuple[Specimen, ...]:
        """Examples of every outcome."""
        three = cls(decimals=3)
        return (
            Specimen(three, 1.3862943611, "1.386", Outcome.CORRECT),
            Specimen(three, 1.3862943611, "-ln(0.25)", Outcome.CORRECT),
            Specimen(three, 1.3862943611, "1,386", Outcome.CORRECT, "comma"),
            Specimen(three, 1.3862943611, "1.39", Outcome.PARTIAL, "rounded-early"),
            Specimen(three, 0.6666666667, "0.666", Outcome.PARTIAL, "truncated-early"),
            Specimen(three, 1.3862943611, "-1.386", Outcome.WRONG, "slip:sign"),
            Specimen(three, 1.3862943611, "2", Outcome.WRONG, "slip:log-base"),
            Specimen(three, 1.3862943611, "two", Outcome.UNREADABLE, "unknown-name"),
            Specimen(three, 1.3862943611, " ", Outcome.BLANK, "blank"),
            Specimen(cls(decimals=3, strict=True), 0.5, "1/2", Outcome.PARTIAL, "digits"),
            Specimen(cls(significant=3), 0.03124, "3.12e-2", Outcome.CORRECT),
            Specimen(cls(integer=True), 61706, "61,706", Outcome.CORRECT, "comma"),
            Specimen(cls(integer=True), 61706, "61706.5", Outcome.WRONG, "not-whole"),
            Specimen(cls(integer=True), 55, "56", Outcome.WRONG, "slip:off-by-one"),
            Specimen(cls(unit="%"), 12.5, "12.5 %", Outcome.CORRECT),
            Specimen(cls(unit="%"), 12.5, "0.125", Outcome.WRONG, "slip:percent"),
            Specimen(cls(form="lowest"), "1/2", "2/4", Outcome.PARTIAL, "lowest-terms"),
            Specimen(cls(mixed=True), "3/2", "1 1/2", Outcome.CORRECT),
            Specimen(cls(), math.inf, "∞", Outcome.CORRECT),
        )


def true_number(truth: Truth) -> Any:
    """Give a truth as an int, a fraction or a float; a text is read as a student's would be, so that "1/3" is exact."""
    if isinstance(truth, str):
        read = read_number(truth).value
        truth = float(read) if read.exact is None else read.exact
    if hasattr(truth, "item"):
        truth = truth.item()
    if isinstance(truth, Fraction):
        return int(truth) if truth.denominator == 1 else truth
    return truth if isinstance(truth, int) else float(truth)
