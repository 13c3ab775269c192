"""Items to be put in order."""

from bisect import bisect_left
from collections.abc import Sequence

from grader.answer import Answer, Reading, Specimen
from grader.reading.labels import label
from grader.reading.pairings import read_places, read_sequence
from grader.scoring import Order
from grader.verdict import Note, Outcome, Verdict, partial
from grader.widgets import Pairs


class Ordering(Answer, frozen=True, kw_only=True, tag="ordering"):
    """The items have one right order; the truth is the tuple of their indices from 0 in that order.

    The longest chain of items that already stand in the right relative order, of length L out of n, earns
    (L - 1) / (n - 1): a complete reversal earns nothing, one misplaced item loses one share. `whole` gives
    credit only for the right order. Raises `ValueError` for fewer than two items.
    """

    items: tuple[str, ...]
    whole: bool = False

    def __post_init__(self) -> None:
        if len(self.items) < 2:
            raise ValueError("An ordering needs two items or more: add items.")

    def read(self, text: str) -> Reading:
        """Read `b, a, c`, `bac`, `b < a < c`, the items' own words, or their places `a: 2, b: 1, c: 3`."""
        order = read_places(text, self.items) or read_sequence(text, self.items)
        return Reading(order, self.typeset(order))

    def judge(self, value: tuple[int, ...], truth: tuple[int, ...], slack: float = 0.0) -> Verdict:
        """Give credit for the longest chain in the right order and say what stands outside it."""
        if tuple(value) == tuple(truth):
            return partial(1.0)
        chain = longest_chain([list(truth).index(item) for item in value])
        credit = max(0.0, (len(chain) - 1) / (len(truth) - 1))
        return partial(0.0 if self.whole else credit, *self._notes(value, [truth[place] for place in chain]))

    def write(self, truth: tuple[int, ...]) -> str:
        """List the letters in order."""
        return ", ".join(label(item) for item in truth)

    def typeset(self, truth: tuple[int, ...]) -> str:
        """Show the letters in order."""
        return rf"\text{{{self.write(truth)}}}"

    def widget(self, truth: tuple[int, ...]) -> Pairs:
        """Show the items and a place for each."""
        return Pairs(self.items, tuple(str(place + 1) for place in range(len(self.items))))

    def scoring(self, truth: tuple[int, ...]) -> Order:
        """Give the right order."""
        return Order(tuple(truth))

    def _notes(self, value: Sequence[int], chain: Sequence[int]) -> list[Note]:
        missing = [label(item) for item in range(len(self.items)) if item not in value]
        notes = [Note("missing", f"Not placed: {', '.join(missing)}.")] if missing else []
        astray = [label(item) for item in value if item not in chain]
        if astray and len(chain) > 1:
            kept = ", ".join(label(item) for item in chain)
            notes.append(
                Note("astray", f"{kept} follow one another rightly; {', '.join(astray)} stands elsewhere.")
            )
        return notes

    @classmethod
    def specimens(cls) -> tuple[Specimen, ...]:
        """Show the ways an order may be written."""
        kind = cls(items=("backward pass", "forward pass", "update", "loss"))
        truth = (1, 3, 0, 2)
        return (
            Specimen(kind, truth, "b, d, a, c", Outcome.CORRECT),
            Specimen(kind, truth, "bdac", Outcome.CORRECT),
            Specimen(kind, truth, "2 < 4 < 1 < 3", Outcome.CORRECT),
            Specimen(kind, truth, "2 4 1 3", Outcome.UNREADABLE, "ambiguous"),
            Specimen(kind, truth, "forward pass -> loss -> backward pass -> update", Outcome.CORRECT),
            Specimen(kind, truth, "a: 3, b: 1, c: 4, d: 2", Outcome.CORRECT),
            Specimen(kind, truth, "b < a < d < c", Outcome.PARTIAL, "astray"),
            Specimen(kind, truth, "b, d", Outcome.PARTIAL, "missing"),
            Specimen(kind, truth, "c, a, d, b", Outcome.WRONG),
            Specimen(kind, truth, "b, b, a, c", Outcome.UNREADABLE, "twice"),
            Specimen(kind, truth, "b, e", Outcome.UNREADABLE, "no-item"),
        )


def longest_chain(places: Sequence[int]) -> list[int]:
    """Give a longest increasing run, gaps allowed, of distinct numbers (patience sorting).

    >>> longest_chain([0, 2, 1, 3])
    [0, 1, 3]
    """
    tails: list[int] = []
    chains: list[list[int]] = []
    for place in places:
        spot = bisect_left(tails, place)
        chain = [*(chains[spot - 1] if spot else []), place]
        tails[spot:], chains[spot:] = [place, *tails[spot + 1 :]], [chain, *chains[spot + 1 :]]
    return chains[-1] if chains else []
