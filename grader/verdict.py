"""What the grader says about one answer."""

from enum import StrEnum

import msgspec


class Outcome(StrEnum):
    """How an answer fared; `REVIEW` means that a person decides."""

    CORRECT = "correct"
    PARTIAL = "partial"
    WRONG = "wrong"
    UNREADABLE = "unreadable"
    BLANK = "blank"
    REVIEW = "review"


class Note(msgspec.Struct, frozen=True, omit_defaults=True):
    """One sentence of feedback with a stable code; plain text, math in `$…$`, escaped by whoever shows it."""

    code: str
    text: str


class Verdict(msgspec.Struct, frozen=True):
    """Outcome, credit in [0, 1], feedback, and how the answer was read (LaTeX, empty if nothing was)."""

    outcome: Outcome
    credit: float
    notes: tuple[Note, ...] = ()
    read_as: str = ""

    def adding(self, *notes: Note) -> "Verdict":
        """Give the same verdict with more notes at the end."""
        return msgspec.structs.replace(self, notes=(*self.notes, *notes))


def correct(*notes: Note) -> Verdict:
    """Full credit."""
    return Verdict(Outcome.CORRECT, 1.0, notes)


def partial(credit: float, *notes: Note) -> Verdict:
    """Some credit: correct at 1, wrong at 0, partial between.

    >>> partial(0.5).outcome, partial(1.0).outcome, partial(0.0).outcome
    (<Outcome.PARTIAL: 'partial'>, <Outcome.CORRECT: 'correct'>, <Outcome.WRONG: 'wrong'>)
    """
    if credit >= 1:
        return correct(*notes)
    return Verdict(Outcome.PARTIAL, credit, notes) if credit > 0 else wrong(*notes)


def wrong(*notes: Note) -> Verdict:
    """No credit."""
    return Verdict(Outcome.WRONG, 0.0, notes)


def review(credit: float, *notes: Note) -> Verdict:
    """A provisional credit that a person must confirm."""
    return Verdict(Outcome.REVIEW, credit, notes)
