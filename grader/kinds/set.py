"""A set of numbers or formulas in any order."""

from itertools import permutations
from typing import Any

import msgspec

from grader.answer import Answer, Reading, Specimen, Truth
from grader.formulas.equality import Decision, World, compare
from grader.reading.echo import latex
from grader.reading.names import Vocabulary
from grader.reading.numbers import read_number, typed
from grader.reading.sets import read_set
from grader.reading.tree import Name, Node, walk
from grader.scoring import Manual, Patterns, Scoring
from grader.tolerance import Tolerance
from grader.verdict import Note, Outcome, Verdict, correct, partial, review
from grader.widgets import Blank


class Set(Answer, frozen=True, kw_only=True, tag="set"):
    """Numbers or formulas in any order; the truth is a tuple of them (numbers, or texts such as `1/3` or `2x`).

    - `decimals`, `significant`, `rtol`, `atol`: how close numbers must come; with none of them, exactly.
    - `variables`: name to domain, as of an expression, if the elements are formulas.
    - `repeats`: an element counts as often as it is written (the zeros of a polynomial); in a set it counts once.
    - `whole`: no credit for a part; else the elements both sets have in common, out of all in either.
    """

    decimals: int | None = None
    significant: int | None = None
    rtol: float = 0.0
    atol: float = 0.0
    variables: dict[str, str] = msgspec.field(default_factory=dict)
    repeats: bool = False
    whole: bool = False

    @property
    def tolerance(self) -> Tolerance:
        """How close numbers must come."""
        return Tolerance(self.decimals, self.significant, self.rtol, self.atol)

    @property
    def world(self) -> World:
        """What the variables stand for."""
        return World(tuple(self.variables.items()))

    @property
    def demand(self) -> str:
        """Name the digits wanted."""
        return self.tolerance.asked

    def read(self, text: str) -> Reading:
        """Read `{1, 2}`, `1, 2`, `x = 1 or x = 2`, `∅`."""
        found = read_set(text, Vocabulary(names=tuple(self.variables)))
        for item in found.items:
            if not _named(item):
                typed(item)
        return Reading(found.items, found.latex, found.notes)

    def judge(self, value: tuple[Node, ...], truth: Truth, slack: float = 0.0) -> Verdict:
        """Pair the elements off, and say what is too many and how many are missing."""
        mine, right = self._once(value), self._once(self._trees(truth))
        left, doubts = list(right), False
        extra = []
        for item in mine:
            decisions = [self._same(item, other, slack) for other in left]
            if "equal" in decisions:
                del left[decisions.index("equal")]
            else:
                extra.append(item)
                doubts |= "undecided" in decisions
        common = len(right) - len(left)
        credit = 1.0 if not left and not extra else common / (common + len(left) + len(extra))
        notes = (*self._repeated(value, mine), *_amiss(extra, len(left)))
        if doubts:
            return review(credit, Note("undecided", "It could not be decided if two elements are equal."), *notes)
        return correct(*notes) if credit == 1 else partial(0.0 if self.whole else credit, *notes)

    def write(self, truth: Truth) -> str:
        """List the elements in braces."""
        return "{" + ", ".join(map(self._text, truth)) + "}"

    def typeset(self, truth: Truth) -> str:
        """Show the set."""
        return read_set(self.write(truth), Vocabulary(names=tuple(self.variables))).latex

    def widget(self, truth: Truth) -> Blank:
        """One line, which does not tell how many there are."""
        return Blank(width=24)

    def scoring(self, truth: Truth) -> Scoring:
        """Every order of at most three numbers as a text; otherwise a person."""
        texts = [self._text(item) for item in truth]
        if self.variables or len(texts) > 3:
            return Manual(self.write(truth))
        bare = [", ".join(order) for order in permutations(texts)]
        return Patterns((*bare, *(f"{{{text}}}" for text in bare)))

    def _same(self, mine: Node, right: Node, slack: float) -> Decision:
        if _named(mine) or _named(right):
            return compare(mine, right, self.world).decision
        value, wanted = typed(mine), typed(right)
        if self.tolerance == Tolerance() and not slack and None not in (value.exact, wanted.exact):
            return "equal" if value.exact == wanted.exact else "different"
        return "equal" if self.tolerance.close(value, float(wanted), slack) else "different"

    def _once(self, items: tuple[Node, ...]) -> list[Node]:
        """Drop elements that are written again, unless they count."""
        kept: list[Node] = []
        for item in items:
            if self.repeats or not any(self._identical(item, other) for other in kept):
                kept.append(item)
        return kept

    def _identical(self, one: Node, other: Node) -> bool:
        if _named(one) or _named(other):
            return compare(one, other, self.world).decision == "equal"
        return bool(typed(one) == typed(other))

    def _repeated(self, value: tuple[Node, ...], mine: list[Node]) -> tuple[Note, ...]:
        return (Note("duplicate", "In a set an element counts once, however often it is written."),) * (
            len(mine) < len(value)
        )

    def _trees(self, truth: Truth) -> tuple[Node, ...]:
        texts = [item if isinstance(item, str) else repr(item) for item in truth]
        return read_set("{" + ", ".join(texts) + "}", Vocabulary(names=tuple(self.variables))).items

    def _text(self, item: Any) -> str:
        if isinstance(item, str) and (self.variables or self.tolerance == Tolerance()):
            return item
        return self.tolerance.text(read_number(item).value if isinstance(item, str) else item)

    @classmethod
    def specimens(cls) -> tuple[Specimen, ...]:
        """Show the ways a set may be written."""
        exact, rounded, formulas = cls(), cls(decimals=2), cls(variables={"x": "real"})
        return (
            Specimen(exact, (1, -2), "{-2, 1}", Outcome.CORRECT),
            Specimen(exact, (1, -2), "x = 1 or x = -2", Outcome.CORRECT),
            Specimen(exact, (1, -2), "{1, 1, -2}", Outcome.CORRECT, "duplicate"),
            Specimen(exact, ("1/3", 2), r"\left\{2, \frac{2}{6}\right\}", Outcome.CORRECT),
            Specimen(exact, (), "∅", Outcome.CORRECT),
            Specimen(exact, (1, -2), "1", Outcome.PARTIAL, "missing"),
            Specimen(exact, (1, -2), "{1, 2}", Outcome.PARTIAL, "extra"),
            Specimen(exact, (1, -2), "{3}", Outcome.WRONG, "extra"),
            Specimen(cls(repeats=True), (1, 1), "{1}", Outcome.PARTIAL, "missing"),
            Specimen(rounded, ("sqrt(2)", "-sqrt(2)"), "1.41, -1.41", Outcome.CORRECT),
            Specimen(formulas, ("2x", "x^2"), "{x*x, x+x}", Outcome.CORRECT),
            Specimen(exact, (1, -2), "[1, -2)", Outcome.UNREADABLE, "not-a-set"),
            Specimen(exact, (1, -2), "one", Outcome.UNREADABLE, "unknown-name"),
        )


def _named(node: Node) -> bool:
    """Tell if a formula has variables in it."""
    return any(isinstance(part, Name) and not part.constant for part in walk(node))


def _amiss(extra: list[Node], missing: int) -> tuple[Note, ...]:
    shown = ", ".join(f"${latex(item)}$" for item in extra)
    too_many = (Note("extra", f"Not in the set: {shown}."),) if extra else ()
    too_few = (Note("missing", f"{missing} of the elements {'is' if missing == 1 else 'are'} missing."),)
    return too_many + (too_few if missing else ())
