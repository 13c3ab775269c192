"""What a teacher decides after marking: void, accept, override; and how marks become grades."""

from collections.abc import Mapping, Sequence

import msgspec

from grader.answer import Slip, Target, Unreadable
from grader.key import Key, KeyItem, KeyPart, Paper
from grader.paper import ItemReport, PartReport, Report
from grader.verdict import Note, Outcome, Verdict


class Acceptance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A further answer to a part that counts, for so much credit, with the sentence a student is told.

    It is accepted on the paper of one student, or (with `student` empty) on every paper.
    """

    item: str
    part: str
    answer: str
    credit: float = 1.0
    reason: str = "The teacher accepts this answer."
    student: str = ""


class Override(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The points one student gets for a part whatever the marking says: a reviewed text, a handwritten part."""

    student: str
    item: str
    part: str
    points: float
    reason: str


class Decisions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All decisions on an exam. `void` names items (`3`) and parts (`3.loss`) that count for nobody.

    `scale` gives the least share of the points for each grade; empty means the usual German one. `students` gives
    the id on the roster for the names or ids under which a platform knows somebody.
    """

    exam: str = ""
    void: tuple[str, ...] = ()
    accept: tuple[Acceptance, ...] = ()
    override: tuple[Override, ...] = ()
    scale: Mapping[str, float] = {}
    students: Mapping[str, str] = {}


GERMAN = {
    "1.0": 0.95, "1.3": 0.9, "1.7": 0.85, "2.0": 0.8, "2.3": 0.75, "2.7": 0.7,
    "3.0": 0.65, "3.3": 0.6, "3.7": 0.55, "4.0": 0.5, "5.0": 0.0,
}  # fmt: skip


def amended(key: Key, decisions: Decisions) -> Key:
    """Give the key with the accepted answers in it; raises `ValueError` where one does not fit."""
    papers = key.papers
    for one in decisions.accept:
        papers = tuple(_accepting(paper, one) if one.student in ("", paper.student) else paper for paper in papers)
    return msgspec.structs.replace(key, papers=papers)


def decided(report: Report, decisions: Decisions) -> Report:
    """Give a report with void parts and overridden points."""
    overrides = {(one.item, one.part): one for one in decisions.override if one.student == report.student}
    items = tuple(_decided_item(item, set(decisions.void), overrides) for item in report.items)
    return msgspec.structs.replace(report, items=items)


def grade(points: float, of: float, scale: Mapping[str, float] | None = None) -> str:
    """Turn points into a grade: the best one whose least share of the points is reached.

    >>> grade(45, 90), grade(86, 90), grade(44.9, 90)
    ('4.0', '1.0', '5.0')
    """
    reached = [
        (least, name) for name, least in (scale or GERMAN).items() if of > 0 and points / of >= least - 1e-9
    ]
    return max(reached)[1] if reached else "–"


def drop_lowest(report: Report, count: int) -> Report:
    """Leave out the items with the least share of their points, as many as said.

    Ties leave out the earlier item.
    """
    ranked = sorted((item for item in report.items if item.of), key=lambda item: item.points / item.of)
    gone = {item.number for item in ranked[:count]}
    return msgspec.structs.replace(report, items=tuple(item for item in report.items if item.number not in gone))


def best_of(reports: Sequence[Report]) -> Report:
    """Give the attempt with the most points, the earlier one where two are equal."""
    return max(reports, key=lambda report: report.points)


def attempt_credit(verdict: Verdict, attempt: int, loss: float = 0.25) -> float:
    """Give the credit of a verdict reached at the n-th attempt (from 1): each earlier one costs a share `loss`.

    >>> attempt_credit(Verdict(Outcome.CORRECT, 1.0), 3)
    0.5
    """
    return max(0.0, verdict.credit * (1 - loss * (attempt - 1)))


def negative_marks(report: Report, loss: float) -> float:
    """Give the points if every wrong answer (not a blank or unreadable one) costs a share of what it was worth.

    An item never counts less than nothing.
    """
    return sum(max(0.0, item.points - loss * _wrong_worth(item)) for item in report.items)


def _wrong_worth(item: ItemReport) -> float:
    return sum(part.of for part in item.parts if part.verdict.outcome is Outcome.WRONG)


def _accepting(paper: Paper, one: Acceptance) -> Paper:
    item = paper.item(one.item)
    part = item.part(one.part) if item else None
    if item is None or part is None:
        raise ValueError(f"there is no part {one.item}.{one.part} to accept an answer for")
    return msgspec.structs.replace(
        paper, items=tuple(_with_part(other, part, one) if other is item else other for other in paper.items)
    )


def _with_part(item: KeyItem, part: KeyPart, one: Acceptance) -> KeyItem:
    try:
        value = part.answer.read(one.answer).value
    except Unreadable as trouble:
        raise ValueError(f"the accepted answer “{one.answer}” cannot be read: {trouble.sentence}") from trouble
    slip = Slip("teacher", value, one.reason, one.credit)
    target: Target = msgspec.structs.replace(part.target, accepted=(*part.target.accepted, slip))
    wider = msgspec.structs.replace(part, target=target)
    return msgspec.structs.replace(item, parts=tuple(wider if other is part else other for other in item.parts))


def _decided_item(item: ItemReport, void: set[str], overrides: Mapping[tuple[str, str], Override]) -> ItemReport:
    parts = tuple(_decided_part(item.number, part, void, overrides) for part in item.parts)
    return msgspec.structs.replace(item, parts=parts)


def _decided_part(
    number: str, part: PartReport, void: set[str], overrides: Mapping[tuple[str, str], Override]
) -> PartReport:
    if void & {number, f"{number}.{part.name}"}:
        verdict = part.verdict.adding(Note("void", "This part was declared void and counts for nobody."))
        return msgspec.structs.replace(part, verdict=verdict, points=0.0, of=0.0)
    override = overrides.get((number, part.name))
    return part if override is None else _overridden(part, override)


def _overridden(part: PartReport, override: Override) -> PartReport:
    credit = min(1.0, max(0.0, override.points / part.of)) if part.of else 0.0
    outcome = Outcome.CORRECT if credit == 1 else Outcome.PARTIAL if credit > 0 else Outcome.WRONG
    note = Note("override", f"Marked by the teacher: {override.reason}")
    verdict = Verdict(outcome, credit, (note, *part.verdict.notes), part.verdict.read_as)
    return msgspec.structs.replace(part, verdict=verdict, points=override.points)
