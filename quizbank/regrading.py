"""What a new marking changes: who gains or loses points, where, and why."""

from collections.abc import Iterator, Sequence

import msgspec

from grader.paper import PartReport, Report

DECIDED = ("void", "override", "accepted:teacher")


class Change(msgspec.Struct, frozen=True):
    """One part of one student whose points changed, and the sentence that explains the new verdict."""

    student: str
    name: str
    item: str
    part: str
    before: float
    after: float
    reason: str


def changes(before: Sequence[Report], after: Sequence[Report]) -> tuple[Change, ...]:
    """Compare two markings of the same class, part by part; a student who was not marked before had nothing."""
    known = {(r.student, i.number, p.name): p for r in before for i in r.items for p in i.parts}
    return tuple(_changes(known, after))


def missing(before: Sequence[Report], after: Sequence[Report]) -> tuple[str, ...]:
    """Name the students who were marked before and are not among the new reports."""
    now = {report.student for report in after}
    return tuple(report.student for report in before if report.student not in now)


def _changes(known: dict[tuple[str, str, str], PartReport], after: Sequence[Report]) -> Iterator[Change]:
    for report in after:
        for item in report.items:
            for part in item.parts:
                old = known.get((report.student, item.number, part.name))
                if old is None or (old.points, old.of) != (part.points, part.of):
                    before = old.points if old else 0.0
                    yield Change(
                        report.student, report.name, item.number, part.name, before, part.points, _reason(part)
                    )


def _reason(part: PartReport) -> str:
    notes = sorted(part.verdict.notes, key=lambda note: note.code not in DECIDED)
    return notes[0].text if notes else f"now {part.verdict.outcome}"
