"""Whole numbers in order, with credit for each."""

from typing import Any

from grader.answer import Answer, Reading, Slip, Specimen, Truth
from grader.reading.shapes import read_integers
from grader.scoring import Patterns, Scoring
from grader.verdict import Note, Outcome, Verdict, correct, partial, wrong
from grader.widgets import Blank, Widget


class IntegerList(Answer, frozen=True, kw_only=True, tag="integer list"):
    """Whole numbers in order; with `whole` all must be right, otherwise each earns its share."""

    whole: bool = False

    def read(self, text: str) -> Reading:
        """Read `1, 2, 3`, `[1 2 3]` or `(1; 2; 3)`."""
        values = read_integers(text)
        return Reading(values, self.typeset(values))

    def judge(self, value: Any, truth: Truth, slack: float = 0.0) -> Verdict:
        """Compare entry by entry; a list of another length earns nothing."""
        target = true_list(truth)
        if tuple(value) == target:
            return correct()
        if len(value) != len(target):
            return wrong(Note("wrong-length", f"{len(target)} numbers are expected, {len(value)} came."))
        hits = [a == b for a, b in zip(value, target, strict=True)]
        first = hits.index(False) + 1
        note = Note(
            "entries", f"{sum(hits)} of {len(hits)} numbers are right; the first that is not is number {first}."
        )
        return wrong(note) if self.whole else partial(sum(hits) / len(hits), note)

    def write(self, truth: Truth) -> str:
        """Give the numbers with commas."""
        return ", ".join(map(str, true_list(truth)))

    def typeset(self, truth: Truth) -> str:
        """Show the numbers with commas."""
        return ",\\; ".join(map(str, true_list(truth)))

    def widget(self, truth: Truth) -> Widget:
        """One blank, of the same width however long the list."""
        return Blank(width=32)

    def scoring(self, truth: Truth) -> Scoring:
        """The usual spellings."""
        listed = self.write(truth)
        return Patterns((listed, f"[{listed}]", f"({listed})", listed.replace(", ", " ")))

    def diagnose(self, value: Any, truth: Truth, slack: float = 0.0) -> tuple[Slip, ...]:
        """Recognise the reversed list, other signs, and one too many or too few everywhere."""
        target = true_list(truth)
        usual = (
            Slip("reversed", target[::-1], "These are the right numbers in reverse."),
            Slip("sign", tuple(-n for n in target), "Every sign is wrong."),
            Slip("off-by-one", tuple(n + 1 for n in target), "Every number is one too large."),
            Slip("off-by-one", tuple(n - 1 for n in target), "Every number is one too small."),
        )
        return tuple(slip for slip in usual if tuple(value) == slip.value)

    @classmethod
    def specimens(cls) -> tuple[Specimen, ...]:
        """Examples of every outcome."""
        return (
            Specimen(cls(), (3, 1, 2), "3, 1, 2", Outcome.CORRECT),
            Specimen(cls(), (3, 1, 2), "[3 1 2]", Outcome.CORRECT),
            Specimen(cls(), (3, 1, 2), "3, 1 and 2", Outcome.CORRECT),
            Specimen(cls(), (3, 1, 2), "3, 1, 4", Outcome.PARTIAL, "entries"),
            Specimen(cls(whole=True), (3, 1, 2), "3, 1, 4", Outcome.WRONG, "entries"),
            Specimen(cls(whole=True), (3, 1, 2), "4, 2, 3", Outcome.WRONG, "slip:off-by-one"),
            Specimen(cls(), (3, 1, 2), "3, 1", Outcome.WRONG, "wrong-length"),
            Specimen(cls(), (3, 1, 2), "3, 1.5, 2", Outcome.UNREADABLE, "not-whole"),
        )


def true_list(truth: Truth) -> tuple[int, ...]:
    """Give a truth as a tuple of ints."""
    return (int(truth),) if isinstance(truth, int) else tuple(int(number) for number in truth)
