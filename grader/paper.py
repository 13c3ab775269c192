"""Mark a whole paper against its key."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from grader.answer import Target, Unreadable, judge_value, mark
from grader.key import KeyItem, KeyPart, Paper
from grader.verdict import Note, Outcome, Verdict

Own = Mapping[str, Any]
Follow = Callable[[KeyItem, KeyPart, Own], Target | None]
Responses = Mapping[str, Mapping[str, str]]

CARRIED = "This follows correctly from your own earlier result, so it earns its credit; the error is marked there."
CARRIED_SLIP = "Judged from your own earlier result:"


class PartReport(msgspec.Struct, frozen=True):
    """How one part fared: what was written, the verdict, and the points it earns."""

    name: str
    response: str
    verdict: Verdict
    points: float
    of: float


class ItemReport(msgspec.Struct, frozen=True):
    """How one question fared."""

    number: str
    identity: str
    parts: tuple[PartReport, ...]

    @property
    def points(self) -> float:
        """What it earned."""
        return sum(part.points for part in self.parts)

    @property
    def of(self) -> float:
        """What it could earn."""
        return sum(part.of for part in self.parts)


class Report(msgspec.Struct, frozen=True):
    """How a paper fared; `followed` says whether errors were carried forward."""

    student: str
    name: str
    items: tuple[ItemReport, ...]
    followed: bool

    @property
    def points(self) -> float:
        """What it earned."""
        return sum(item.points for item in self.items)

    @property
    def of(self) -> float:
        """What it could earn."""
        return sum(item.of for item in self.items)

    @property
    def open(self) -> int:
        """How many parts still need a person."""
        return sum(part.verdict.outcome is Outcome.REVIEW for item in self.items for part in item.parts)


def mark_paper(paper: Paper, responses: Responses, follow: Follow | None = None) -> Report:
    """Mark what a student wrote, given by item and part; with `follow`, errors are carried forward.

    `follow(item, part, own)` recomputes a part from the student's own earlier values, or declines with None.
    """
    items = tuple(mark_item(item, responses.get(item.number, {}), follow) for item in paper.items)
    return Report(paper.student, paper.name, items, follow is not None)


def mark_item(item: KeyItem, responses: Mapping[str, str], follow: Follow | None = None) -> ItemReport:
    """Mark one question, part after part."""
    own: dict[str, Any] = {}
    reports = []
    for part in item.parts:
        text = responses.get(part.name, "")
        verdict = mark_part(item, part, text, own, follow)
        reports.append(PartReport(part.name, text, verdict, round(verdict.credit * part.points, 9), part.points))
        remember(own, part, text)
    return ItemReport(item.number, item.identity, tuple(reports))


def mark_part(item: KeyItem, part: KeyPart, text: str, own: Own, follow: Follow | None = None) -> Verdict:
    """Mark one part; where it is not right as it stands, judge it from the student's own earlier values."""
    verdict = mark(part.answer, text, part.target)
    if follow is None or verdict.outcome not in (Outcome.WRONG, Outcome.PARTIAL):
        return verdict
    if not any(name in own for name in part.needs):
        return verdict
    target = follow(item, part, own)
    return verdict if target is None else max(verdict, _carried(part, text, target), key=_credit)


def _carried(part: KeyPart, text: str, target: Target) -> Verdict:
    reading = part.answer.read(text)
    verdict = judge_value(part.answer, reading.value, target)
    if verdict.outcome is Outcome.CORRECT:
        notes: tuple[Note, ...] = (Note("carried-forward", CARRIED),)
    else:
        notes = (Note("carried-forward-partly", CARRIED_SLIP), *verdict.notes)
    return Verdict(verdict.outcome, verdict.credit, notes, reading.latex)


def _credit(verdict: Verdict) -> float:
    return verdict.credit


def remember(own: dict[str, Any], part: KeyPart, text: str) -> None:
    """Keep the value a student wrote, if it can be read; a blank counts as the exact value."""
    if text.strip():
        try:
            own[part.name] = part.answer.read(text).value
        except Unreadable:
            return
