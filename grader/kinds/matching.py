"""Partners for items on the left among those on the right."""

from grader.answer import Answer, Reading, Specimen
from grader.reading.labels import label
from grader.reading.pairings import read_pairs
from grader.scoring import Pairing
from grader.verdict import Note, Outcome, Verdict, partial
from grader.widgets import Pairs


class Matching(Answer, frozen=True, kw_only=True, tag="matching"):
    """Each item on the left (1, 2, …) goes with one on the right (a, b, …); several may share a partner.

    The truth is the tuple of partners' indices from 0, one for each item on the left. Each right pair earns
    an equal share; `whole` gives credit only if all are right. `explanations`, if given, has one sentence for
    each item on the left. Raises `ValueError` for fewer than two items or unmatched explanations.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    explanations: tuple[str, ...] = ()
    whole: bool = False

    def __post_init__(self) -> None:
        if len(self.left) < 2 or len(self.right) < 2:
            raise ValueError("Matching needs two items or more on each side: add items.")
        if self.explanations and len(self.explanations) != len(self.left):
            raise ValueError(f"There are {len(self.left)} items and {len(self.explanations)} explanations.")

    def read(self, text: str) -> Reading:
        """Read `1-b, 2-a`, `1b 2a`, `b, a`, `ba` or `tanh -> odd`; the value has -1 for items left out."""
        partners = read_pairs(text, self.left, self.right)
        return Reading(partners, self.typeset(partners))

    def judge(self, value: tuple[int, ...], truth: tuple[int, ...], slack: float = 0.0) -> Verdict:
        """Give a share for each right pair and name the others."""
        wrong = [item for item, (mine, right) in enumerate(zip(value, truth, strict=True)) if mine != right]
        credit = 1 - len(wrong) / len(self.left)
        return partial(
            float(not wrong) if self.whole else credit, *(self._note(item, value[item]) for item in wrong)
        )

    def write(self, truth: tuple[int, ...]) -> str:
        """List the pairs of labels."""
        pairs = ((item, partner) for item, partner in enumerate(truth) if partner >= 0)
        return ", ".join(f"{item + 1}-{label(partner)}" for item, partner in pairs)

    def typeset(self, truth: tuple[int, ...]) -> str:
        """Show the pairs of labels."""
        return rf"\text{{{self.write(truth)}}}"

    def widget(self, truth: tuple[int, ...]) -> Pairs:
        """Show both columns."""
        return Pairs(self.left, self.right)

    def scoring(self, truth: tuple[int, ...]) -> Pairing:
        """Give the right partners."""
        return Pairing(tuple(truth))

    def _note(self, item: int, partner: int) -> Note:
        if partner < 0:
            return Note(f"missing:{item + 1}", f"“{self.left[item]}” was given no partner.")
        why = f" {self.explanations[item]}" if self.explanations else ""
        return Note(
            f"mismatched:{item + 1}", f"“{self.left[item]}” does not go with “{self.right[partner]}”.{why}"
        )

    @classmethod
    def specimens(cls) -> tuple[Specimen, ...]:
        """Show the ways pairs may be written."""
        kind = cls(left=("ReLU", "tanh", "sigmoid"), right=("range (0, 1)", "kinked", "odd"))
        truth = (1, 2, 0)
        return (
            Specimen(kind, truth, "1-b, 2-c, 3-a", Outcome.CORRECT),
            Specimen(kind, truth, "1b 2c 3a", Outcome.CORRECT),
            Specimen(kind, truth, "b, c, a", Outcome.CORRECT),
            Specimen(kind, truth, "BCA", Outcome.CORRECT),
            Specimen(kind, truth, "ReLU: kinked; tanh: odd; 3 → a", Outcome.CORRECT),
            Specimen(kind, truth, "1-b, 2-a, 3-c", Outcome.PARTIAL, "mismatched:2"),
            Specimen(kind, truth, "1-b", Outcome.PARTIAL, "missing:2"),
            Specimen(kind, truth, "c, a, b", Outcome.WRONG, "mismatched:1"),
            Specimen(kind, truth, "1-b, 1-c", Outcome.UNREADABLE, "twice"),
            Specimen(kind, truth, "the first", Outcome.UNREADABLE, "no-pair"),
        )
