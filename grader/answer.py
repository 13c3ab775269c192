"""The contract of an answer kind, and `mark`, which applies it to what a student wrote."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, NamedTuple

import msgspec

from grader.scoring import Scoring
from grader.verdict import Note, Outcome, Verdict, partial
from grader.widgets import Widget

Truth = Any


class Unreadable(Exception):  # noqa: N818 - it is an outcome, not an error
    """A student's text that cannot be read: a sentence for the student, and where the trouble is.

    `start` and `end` are character positions in the text as given; -1 where no place can be named.
    """

    def __init__(self, sentence: str, start: int = -1, end: int = -1, code: str = "unreadable") -> None:
        super().__init__(sentence)
        self.sentence, self.start, self.end, self.code = sentence, start, end if end >= 0 else start + 1, code


class Reading(NamedTuple):
    """What was read: the value, how to show it (LaTeX), and anything worth saying (an ambiguity)."""

    value: Any
    latex: str
    notes: tuple[Note, ...] = ()


class Slip(msgspec.Struct, frozen=True):
    """A wrong value with its name, the sentence that explains it, and the credit it still earns."""

    name: str
    value: Truth
    text: str
    credit: float = 0.0


class Specimen(NamedTuple):
    """An example of a kind at work, held as a test and shown in the manual."""

    answer: "Answer"
    truth: Truth
    text: str
    outcome: Outcome
    code: str = ""


class Answer(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """The contract of an answer kind; a subclass in `grader/kinds/` is found by itself.

    - Fields say how strict to be; the truth is never a field, and comes as plain data (numbers, text, tuples).
    - `read` takes the student's text, bounded before anything is computed, and raises only `Unreadable`.
    - `judge` compares a value that was read with a truth; `slack` is how far a value may lie off because
      earlier results were rounded as printed (in the unit of the value; 0 for kinds without numbers).
    - `write` gives the truth as a student would type it, rounded as asked; reading that must be correct.
    - `typeset` shows a truth as LaTeX; `widget` and `scoring` are how sheets and platforms see the kind.
    - `diagnose` names the usual slips it recognises in a wrong value; the first one is told to the student.
    - `specimens` are its examples: at least one correct, one wrong and one unreadable or blank.
    """

    abstract: ClassVar[bool] = False

    @property
    def demand(self) -> str:
        """Say what a sheet must add to the question: how many decimals are wanted, say."""
        return ""

    def read(self, text: str) -> Reading:
        """Read untrusted text; raises `Unreadable`."""
        raise NotImplementedError

    def judge(self, value: Any, truth: Truth, slack: float = 0.0) -> Verdict:
        """Compare a value that was read with the truth."""
        raise NotImplementedError

    def write(self, truth: Truth) -> str:
        """Give the truth as a student would type it."""
        raise NotImplementedError

    def typeset(self, truth: Truth) -> str:
        """Show the truth as LaTeX."""
        raise NotImplementedError

    def widget(self, truth: Truth) -> Widget:
        """Say how a sheet leaves room; may depend on the truth only in what the question gives away anyhow."""
        raise NotImplementedError

    def scoring(self, truth: Truth) -> Scoring:
        """Say how a platform may score it."""
        raise NotImplementedError

    def diagnose(self, value: Any, truth: Truth, slack: float = 0.0) -> tuple[Slip, ...]:
        """Name the usual slips that would give this wrong value, most likely first."""
        return ()

    @classmethod
    def specimens(cls) -> tuple[Specimen, ...]:
        """Give examples of the kind at work."""
        raise NotImplementedError


class Target(msgspec.Struct, frozen=True):
    """What an answer is judged against: the truth, other values accepted with a remark, and named slips."""

    truth: Truth
    slips: tuple[Slip, ...] = ()
    accepted: tuple[Slip, ...] = ()
    slack: float = 0.0


def mark(answer: Answer, text: str, target: Target) -> Verdict:
    """Judge a student's text: truth first, then accepted values, then named slips, then the usual ones."""
    if not text.strip():
        return Verdict(Outcome.BLANK, 0.0, (Note("blank", "No answer was given."),))
    try:
        reading = answer.read(text)
    except Unreadable as trouble:
        return Verdict(Outcome.UNREADABLE, 0.0, (Note(trouble.code, pointed(text, trouble)),))
    verdict = judge_value(answer, reading.value, target).adding(*reading.notes)
    return msgspec.structs.replace(verdict, read_as=reading.latex)


def judge_value(answer: Answer, value: Any, target: Target) -> Verdict:
    """Judge a value that was read already."""
    verdict = answer.judge(value, target.truth, target.slack)
    if verdict.outcome is Outcome.CORRECT:
        return verdict
    for other in target.accepted:
        if answer.judge(value, other.value, target.slack).outcome is Outcome.CORRECT:
            return partial(other.credit, Note(f"accepted:{other.name}", other.text))
    slip = first_match(answer, value, target.slips, target.slack)
    if slip is not None:
        return _with_slip(verdict, slip)
    for usual in answer.diagnose(value, target.truth, target.slack):
        return _with_slip(verdict, usual)
    return verdict


def first_match(answer: Answer, value: Any, slips: Iterable[Slip], slack: float = 0.0) -> Slip | None:
    """Find the first slip whose value the student's equals."""
    return next((s for s in slips if answer.judge(value, s.value, slack).outcome is Outcome.CORRECT), None)


def pointed(text: str, trouble: Unreadable) -> str:
    """Say what is wrong and mark the place in the text.

    >>> print(pointed("2 + * 3", Unreadable("Here a number was expected.", 4)))
    Here a number was expected. Look at: 2 + ⟦*⟧ 3
    """
    if trouble.start < 0:
        return trouble.sentence
    start, end = min(trouble.start, len(text)), min(trouble.end, len(text))
    before, after = text[max(0, start - 30) : start], text[end : end + 30]
    return f"{trouble.sentence} Look at: {before}⟦{text[start:end]}⟧{after}".strip()


def _with_slip(verdict: Verdict, slip: Slip) -> Verdict:
    note = Note(f"slip:{slip.name}", slip.text)
    credit = max(verdict.credit, slip.credit)
    return partial(credit, note) if verdict.outcome is not Outcome.REVIEW else verdict.adding(note)


def specimen_table(kinds: Sequence[type[Answer]]) -> tuple[Specimen, ...]:
    """Collect the examples of several kinds."""
    return tuple(specimen for kind in kinds for specimen in kind.specimens())
