"""The shape of an array, exactly."""

from collections import Counter
from typing import Any

from grader.answer import Answer, Reading, Slip, Specimen, Truth
from grader.reading.shapes import read_shape
from grader.scoring import Patterns, Scoring
from grader.verdict import Note, Outcome, Verdict, correct, partial, wrong
from grader.widgets import Blank, Widget


class Shape(Answer, frozen=True, kw_only=True, tag="shape"):
    """The lengths of an array's axes in order; `swapped` is the credit for the right axes in another order."""

    swapped: float = 0.0

    def read(self, text: str) -> Reading:
        """Read `(8, 192)`, `8x192`, `8 × 192`, `[8,192]` or `8 by 192`."""
        shape = read_shape(text)
        return Reading(shape, self.typeset(shape))

    def judge(self, value: Any, truth: Truth, slack: float = 0.0) -> Verdict:
        """Compare axis by axis."""
        target = true_shape(truth)
        if tuple(value) == target:
            return correct()
        if Counter(value) == Counter(target):
            return partial(self.swapped, Note("permuted-axes", "The lengths are right, but their order is not."))
        if tuple(value) == target[1:]:
            return wrong(Note("missing-batch-axis", "The first axis (the batch) is missing."))
        if tuple(value[1:]) == target:
            return wrong(Note("extra-axis", "There is one axis too many in front."))
        if len(value) != len(target):
            return wrong(Note("wrong-rank", f"The number of axes, {len(value)}, is not right."))
        right = sum(map(int.__eq__, value, target))
        return wrong(Note("axes", f"{right} of {len(target)} axes are right.")) if right else wrong()

    def write(self, truth: Truth) -> str:
        """Give the shape as a Python tuple."""
        return str(true_shape(truth))

    def typeset(self, truth: Truth) -> str:
        """Show the shape with crosses between the lengths."""
        shape = true_shape(truth)
        return r" \times ".join(map(str, shape)) if len(shape) > 1 else f"({shape[0]},)" if shape else "()"

    def widget(self, truth: Truth) -> Widget:
        """One blank, which tells nothing of the number of axes."""
        return Blank(width=18)

    def scoring(self, truth: Truth) -> Scoring:
        """The usual spellings."""
        shape = true_shape(truth)
        listed, crossed = ", ".join(map(str, shape)), "x".join(map(str, shape))
        return Patterns((str(shape), f"[{listed}]", listed, crossed) if shape else ("()",))

    def diagnose(self, value: Any, truth: Truth, slack: float = 0.0) -> tuple[Slip, ...]:
        """Say nothing more than `judge` does."""
        return ()

    @classmethod
    def specimens(cls) -> tuple[Specimen, ...]:
        """Examples of every outcome."""
        return (
            Specimen(cls(), (8, 192), "8 × 192", Outcome.CORRECT),
            Specimen(cls(), (8, 192), "[8,192]", Outcome.CORRECT),
            Specimen(cls(), (10,), "(10,)", Outcome.CORRECT),
            Specimen(cls(), (), "()", Outcome.CORRECT),
            Specimen(cls(), (8, 192), "192 by 8", Outcome.WRONG, "permuted-axes"),
            Specimen(cls(swapped=0.5), (8, 192), "192x8", Outcome.PARTIAL, "permuted-axes"),
            Specimen(cls(), (16, 3, 32, 32), "3x32x32", Outcome.WRONG, "missing-batch-axis"),
            Specimen(cls(), (8, 192), "8", Outcome.WRONG, "wrong-rank"),
            Specimen(cls(), (8, 192), "(8, 191)", Outcome.WRONG, "axes"),
            Specimen(cls(), (8, 192), "(8, -1)", Outcome.UNREADABLE, "not-a-shape"),
            Specimen(cls(), (8, 192), "8 x", Outcome.UNREADABLE, "unknown-name"),
        )


def true_shape(truth: Truth) -> tuple[int, ...]:
    """Give a truth as a tuple; a single number is the shape of a flat array."""
    return (int(truth),) if isinstance(truth, int) else tuple(int(length) for length in truth)
