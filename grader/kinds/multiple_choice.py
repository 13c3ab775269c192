"""Any number of the options, none included."""

from collections.abc import Iterator
from typing import Literal

from grader.answer import Answer, Reading, Specimen
from grader.reading.labels import check_options, label, read_labels
from grader.scoring import Weights
from grader.verdict import Note, Outcome, Verdict, partial
from grader.widgets import Options

Policy = Literal["all-or-nothing", "proportional", "right-minus-wrong"]


class MultipleChoice(Answer, frozen=True, kw_only=True, tag="multiple choice"):
    """Each option is right or wrong; the truth is the sorted tuple of the right indices, counted from 0.

    `explanations`, if given, has one sentence for each option. The policies:

    - `right-minus-wrong`: the share of right options ticked less the share of wrong ones, never below zero,
      so that ticking everything or guessing earns nothing on average;
    - `proportional`: the share of options treated rightly, ticked or not;
    - `all-or-nothing`: everything for exactly the right ticks.

    Raises `ValueError` if there are fewer than two options or the explanations do not match them.
    """

    options: tuple[str, ...]
    explanations: tuple[str, ...] = ()
    policy: Policy = "right-minus-wrong"

    def __post_init__(self) -> None:
        check_options(self.options, self.explanations)

    def read(self, text: str) -> Reading:
        """Read `a, c`, `ac`, `[a, c]`, `1, 3`, `none` or `all`."""
        ticked = read_labels(text, self.options)
        return Reading(ticked, self.typeset(ticked))

    def judge(self, value: tuple[int, ...], truth: tuple[int, ...], slack: float = 0.0) -> Verdict:
        """Give credit by the policy and explain each option treated wrongly."""
        return partial(self._credit(set(value), set(truth)), *self._notes(set(value), set(truth)))

    def write(self, truth: tuple[int, ...]) -> str:
        """List the letters of the right options."""
        return ", ".join(label(index) for index in sorted(truth)) or "none"

    def typeset(self, truth: tuple[int, ...]) -> str:
        """Show the letters of the right options."""
        return rf"\text{{{self.write(truth)}}}"

    def widget(self, truth: tuple[int, ...]) -> Options:
        """Show the options, several of which may be ticked."""
        return Options(self.options, several=True)

    def scoring(self, truth: tuple[int, ...]) -> Weights:
        """Weigh the ticks as `right-minus-wrong` does: a platform that adds up ticks knows no other policy."""
        right, wrong = len(truth), len(self.options) - len(truth)
        ticks = (1 / right if index in truth else -1 / wrong for index in range(len(self.options)))
        return Weights(tuple(ticks))

    def _credit(self, ticked: set[int], right: set[int]) -> float:
        errors = len(ticked ^ right)
        if self.policy == "proportional":
            return 1 - errors / len(self.options)
        if self.policy == "all-or-nothing" or not errors:
            return float(not errors)
        gained = len(ticked & right) / len(right) if right else 1.0
        lost = len(ticked - right) / max(1, len(self.options) - len(right))
        return max(0.0, gained - lost)

    def _notes(self, ticked: set[int], right: set[int]) -> Iterator[Note]:
        for index in sorted(ticked ^ right):
            name = label(index)
            code, verb = ("wrongly-ticked", "does not hold") if index in ticked else ("missed", "holds as well")
            why = f": {self.explanations[index]}" if self.explanations else "."
            yield Note(f"{code}:{name}", f"{name} {verb}{why}")

    @classmethod
    def specimens(cls) -> tuple[Specimen, ...]:
        """Show the ways ticks may be written and each policy."""
        options = ("bounded", "odd", "convex", "smooth")
        why = ("It lies in (-1, 1).", "It is antisymmetric.", "It bends both ways.", "It has all derivatives.")
        kind = cls(options=options, explanations=why)
        strict = cls(options=options, policy="all-or-nothing")
        share = cls(options=options, policy="proportional")
        truth = (0, 1, 3)
        return (
            Specimen(kind, truth, "a, b, d", Outcome.CORRECT),
            Specimen(kind, truth, "dab", Outcome.CORRECT),
            Specimen(kind, truth, "[a b d]", Outcome.CORRECT),
            Specimen(kind, truth, "1, 2 and 4", Outcome.CORRECT),
            Specimen(kind, truth, "a, b", Outcome.PARTIAL, "missed:d"),
            Specimen(kind, truth, "all", Outcome.WRONG, "wrongly-ticked:c"),
            Specimen(kind, truth, "none", Outcome.WRONG, "missed:a"),
            Specimen(kind, (), "none", Outcome.CORRECT),
            Specimen(strict, truth, "a, b", Outcome.WRONG, "missed:d"),
            Specimen(share, truth, "a, b, c, d", Outcome.PARTIAL, "wrongly-ticked:c"),
            Specimen(kind, truth, "a, x", Outcome.UNREADABLE, "no-option"),
            Specimen(kind, truth, "", Outcome.BLANK, "blank"),
        )
