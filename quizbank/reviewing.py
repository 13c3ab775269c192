"""The review queue: answers that a person must decide, near-identical ones together, and what was decided."""

import json
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from grader.decisions import Override
from grader.paper import PartReport, Report
from grader.text.grouping import groups
from grader.verdict import Note, Outcome
from quizbank import bank
from quizbank.errors import QuizbankError, UnknownName
from quizbank.exam import Item
from quizbank.identity import parse_identity
from quizbank.sheet import sheet_item


class Waiting(NamedTuple):
    """One answer that waits for a person, and the variant it answers."""

    student: str
    part: PartReport
    identity: str


class Case(msgspec.Struct, frozen=True):
    """Near-identical answers to one part, to be decided together; `identity` is the first student's variant."""

    question: str
    identity: str
    item: str
    part: str
    of: float
    students: tuple[str, ...]
    answers: tuple[str, ...]
    provisional: float
    reasons: tuple[str, ...]

    @property
    def id(self) -> str:
        """A short name that stays the same as long as the answers do."""
        return blake2b(msgspec.json.encode(self), digest_size=6).hexdigest()


def queue(reports: Sequence[Report]) -> tuple[Case, ...]:
    """Group the answers under review by question, part and wording; the largest groups come first."""
    waiting: dict[tuple[str, str, str], list[Waiting]] = {}
    for report in reports:
        for item in report.items:
            for part in item.parts:
                if part.verdict.outcome is Outcome.REVIEW:
                    question = parse_identity(item.identity).id
                    waiting.setdefault((question, item.number, part.name), []).append(
                        Waiting(report.student, part, item.identity)
                    )
    cases = [case for place, answers in waiting.items() for case in _cases(place, answers)]
    return tuple(sorted(cases, key=lambda case: (-len(case.students), case.item, case.part)))


def title_of(case: Case) -> str:
    """Give the title of a case's question, or its id where there is no such question any more."""
    try:
        return bank.find(case.question).title
    except UnknownName:
        return case.question


def asked(case: Case) -> tuple[str, str]:
    """Give the texts of question and part, as the first student of a case had them; empty where they are gone."""
    identity = parse_identity(case.identity)
    try:
        variant = bank.find(identity.id).face(identity.form).variant(identity.seed)
        item = sheet_item(Item(case.item, variant, case.of))
        return item.text, next((part.text for part in item.parts if part.name == case.part), "")
    except UnknownName:
        return "", ""


def models_of(case: Case) -> tuple[str, ...]:
    """Give the model answers of a short text."""
    try:
        kind = bank.find(case.question).part(case.part).kind
    except UnknownName:
        return ()
    return tuple(getattr(getattr(kind, "rubric", None), "models", ()))


def read_share(text: str) -> float:
    """Read a share of the points from 0 to 1; raises `QuizbankError`.

    >>> read_share("0,75")
    0.75
    """
    try:
        credit = float(text.replace(",", "."))
    except ValueError:
        credit = -1.0
    if not 0 <= credit <= 1:
        raise QuizbankError(f"“{text[:20]}” is no share of the points; give a number from 0 to 1.")
    return credit


def overrides(case: Case, credit: float, reason: str) -> tuple[Override, ...]:
    """Give the decision for everybody in a group: a share of the points, and why."""
    return tuple(Override(one, case.item, case.part, round(credit * case.of, 4), reason) for one in case.students)


def standing(case: Case, decided: Sequence[Override]) -> Override | None:
    """Give the latest decision on a case: one that everybody in the group has; None where somebody waits."""
    latest = {one.student: one for one in decided if (one.item, one.part) == (case.item, case.part)}
    return latest[case.students[0]] if all(student in latest for student in case.students) else None


def decisions_text(decided: Sequence[Override]) -> str:
    """Write decisions as TOML, to be put at the end of a decisions file."""
    return "".join(_entry(one) for one in decided)


def sample_line(answer: str, credit: float) -> str:
    """Write an answer as a graded sample, as a question file has it.

    >>> sample_line("It is centred\\nat zero.", 0.5)
    '0.5 | It is centred at zero.'
    """
    return f"{credit:g} | {' '.join(answer.split())}"


def _cases(place: tuple[str, str, str], waiting: Sequence[Waiting]) -> Iterator[Case]:
    for members in groups([one.part.response for one in waiting]):
        chosen = [waiting[at] for at in members]
        first = chosen[0].part
        reasons = tuple(map(_reason, first.verdict.notes))
        answers = tuple(dict.fromkeys(one.part.response for one in chosen))
        students = tuple(one.student for one in chosen)
        question, item, name = place
        yield Case(
            question, chosen[0].identity, item, name, first.of, students, answers, first.verdict.credit, reasons
        )


def _reason(note: Note) -> str:
    """Give a note's sentence, so that what is missing is not taken for what was found.

    >>> _reason(Note("missing:centred", "Its outputs take both signs."))
    'Missing: Its outputs take both signs.'
    """
    return f"Missing: {note.text}" if note.code.startswith("missing:") else note.text


def _entry(one: Override) -> str:
    fields = (("student", one.student), ("item", one.item), ("part", one.part), ("reason", one.reason))
    lines = [f"{name} = {_toml(value)}" for name, value in fields]
    return "\n".join(["", "[[override]]", *lines, f"points = {one.points}", ""])


def _toml(text: str) -> str:
    """Write a string as TOML has it, which is JSON but for signs beyond the first plane and DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", r"\u007f")
