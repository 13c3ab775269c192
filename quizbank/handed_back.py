"""Answers that come back in a platform's report: each line matched with the roster, each answer with the key."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from grader.key import Key, KeyItem, Paper
from grader.scoring import Cells
from quizbank.codes import Code, exam_tail
from quizbank.errors import FileError, did_you_mean
from quizbank.exam import Item
from quizbank.fields import answer_text
from quizbank.files import can_name_file
from quizbank.follow import stored_variant
from quizbank.formats.moodle import tasks
from quizbank.platforms import field_count, is_manual, singles
from quizbank.responses import Platform, Reported, Row, find_platform
from quizbank.sheet import SheetItem, SheetPart, scored_item
from quizbank.submission import Submission, decode_text

FOREIGN = "some questions bear no code of this exam; what was answered there is passed over."
SUBFIELD = re.compile(r"(?:^|;\s*)(?:part|Teil) \d+:\s?")
Fields = Mapping[Code, str]


class Unmatched(msgspec.Struct, frozen=True):
    """A line, or some answers of it, that could not be matched: whose, and why."""

    source: str
    who: str
    why: str


class HandedBack(NamedTuple):
    """What a report holds: the submissions, and what could not be matched."""

    submissions: list[Submission]
    unmatched: list[Unmatched]


def read_report(name: str, data: bytes, key: Key, known: Mapping[str, str]) -> HandedBack | None:
    """Read a platform's report, or give None where it is none; raises `FileError` where it does not fit the key.

    `known` gives the id on the roster for names and ids of the platform that are not found by themselves.
    """
    text = decode_text(name, data)
    for delimiter in ",;\t":
        table = _table(text, delimiter)
        if platform := find_platform(table[0]) if table else None:
            return _Report(name, key, platform).read(table, known)
    return None


def _table(text: str, delimiter: str) -> list[list[str]]:
    """Cut a text into lines and cells; nothing where it cannot be."""
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return []


class _Report:
    """One report of a platform, read with one key; the sheets of its variants are made once each."""

    def __init__(self, name: str, key: Key, platform: Platform) -> None:
        self.name, self.key, self.platform = name, key, platform
        self.sheets: dict[str, SheetItem] = {}
        self.passed_over = False

    def read(self, table: Sequence[Sequence[str]], known: Mapping[str, str]) -> HandedBack:
        head, found = table[0], HandedBack([], [])
        for line, cells in enumerate(table[1:], 2):
            source = f"{self.name}, line {line}"
            if not any(cells):
                continue
            if len(cells) != len(head):
                raise FileError(f"{source}: this line has not {len(head)} cells; download the report again.")
            row = self.platform.read(head, cells)
            paper = find_paper(row, self.key, known)
            if isinstance(paper, str):
                found.unmatched.append(Unmatched(source, row.shown, paper))
                continue
            given = self.coded(source, row.answers)
            own, lost = self.dealt(paper, given)
            found.unmatched.extend(Unmatched(source, row.shown, why) for why in lost)
            answers = {item.number: dict(self.answers(item, given)) for item in own.items}
            found.submissions.append(Submission(self.key.exam, own.student, answers, source, paper=own))
        if self.passed_over:
            found.unmatched.append(Unmatched(self.name, "everybody", FOREIGN))
        return found

    def coded(self, source: str, answers: Sequence[Reported]) -> Fields:
        """Give the answers by what was asked; without the questions' texts, a lone paper's order tells."""
        codes = [one.code for one in answers if one.code]
        stranger = next((code for code in codes if code.exam != exam_tail(self.key.exam)), None)
        if stranger:
            raise FileError(f"{source}: {stranger} is of another exam than {self.key.exam}; use that exam's key.")
        if codes:
            self.passed_over |= len(codes) < len(answers)
            return {one.code: one.text for one in answers if one.code}
        items = [self.sheet(item) for item in self.key.papers[0].items]
        for order in (_tasks, _singles):
            ordered = list(order(items, self.key.exam))
            if len(self.key.papers) == 1 and len(ordered) == len(answers):
                return {code: one.text for code, one in zip(ordered, answers, strict=True)}
        raise FileError(f"{source}: it does not say which question was asked; {self.platform.remedy}.")

    def dealt(self, paper: Paper, given: Fields) -> tuple[Paper, list[str]]:
        """Give the paper that the platform dealt to a student, and what does not belong to it."""
        items, lost = [], [f"{code}: the exam has no such question." for code in given if not self.known(code)]
        for item in paper.items:
            variants = {code.variant for code in given if code.item == item.number and self.known(code)}
            if len(variants) > 1:
                lost.append(
                    f"question {item.number}: its parts come from several variants, so they are not marked."
                )
            drawn = self.key.papers[variants.pop() - 1].item(item.number) if len(variants) == 1 else None
            items.append(drawn or item)
        return msgspec.structs.replace(paper, items=tuple(items)), lost

    def known(self, code: Code) -> bool:
        """Say whether the key has the paper and the question."""
        papers = self.key.papers
        return code.variant <= len(papers) and papers[code.variant - 1].item(code.item) is not None

    def answers(self, item: KeyItem, given: Fields) -> Iterator[tuple[str, str]]:
        """Write the answers to the parts of one question."""
        entered = {code: text for code, text in given.items() if code.item == item.number}
        if len({code.variant for code in entered}) == 1:
            for part, fields in _fields(self.sheet(item).parts, entered):
                yield part.name, answer_text(part, fields)

    def sheet(self, item: KeyItem) -> SheetItem:
        """Make the sheet of a variant, as a platform had it."""
        if item.identity not in self.sheets:
            variant = stored_variant(item)
            if variant is None:
                raise FileError(
                    f"{self.name}: question {item.number} was revised since; grade with the older version."
                )
            self.sheets[item.identity] = scored_item(Item(item.number, variant, item.points))
        return self.sheets[item.identity]


def find_paper(row: Row, key: Key, known: Mapping[str, str]) -> Paper | str:
    """Find whose line this is by id, then by name; gives the paper, or why it cannot be told."""
    if len(key.papers) == 1 and not key.papers[0].student:
        student = next(filter(can_name_file, (*row.ids, *row.names)), "")
        paper = msgspec.structs.replace(key.papers[0], student=student, name=next(iter(row.names), ""))
        return paper if student else "the line names nobody."
    said = next((known[one] for one in (*row.ids, *row.names) if one in known), "")
    ids = {one.casefold() for one in ((said,) if said else row.ids)}
    names = set(map(_folded, row.names))
    owners = [paper for paper in key.papers if paper.student.casefold() in ids]
    owners = owners or [paper for paper in key.papers if paper.name and _folded(paper.name) in names]
    if len(owners) > 1:
        return f"this could be {' or '.join(paper.student for paper in owners)}."
    return owners[0] if owners else f"not on the roster. {_nearest(row, key)}".strip()


def _nearest(row: Row, key: Key) -> str:
    """Suggest somebody of the roster."""
    roster = [f"{paper.name} ({paper.student})" if paper.name else paper.student for paper in key.papers]
    plain = [one for paper in key.papers for one in (paper.student, paper.name) if one]
    hints = (did_you_mean(one, known) for one in (*row.names, *row.ids) for known in (plain, roster))
    return next(filter(None, hints), "")


def _folded(name: str) -> str:
    """Write a name without accents, case and runs of blanks."""
    letters = unicodedata.normalize("NFKD", name)
    return " ".join("".join(one for one in letters if not unicodedata.combining(one)).casefold().split())


def _fields(parts: Sequence[SheetPart], entered: Fields) -> Iterator[tuple[SheetPart, list[str]]]:
    """Give each part its fields: a question of several parts has them one after the other, a matrix by entries."""
    woven = next((text for code, text in entered.items() if not code.part), "")
    pieces = iter(SUBFIELD.split(woven)[1:])
    for part in parts:
        own = {code.cell: text.strip() for code, text in entered.items() if code.part == part.name}
        if own:
            yield part, [own.get(cell, "") for cell in _cells(part)]
        elif not is_manual(part):
            yield part, [next(pieces, "").strip() for _ in range(field_count(part))]


def _cells(part: SheetPart) -> Sequence[tuple[int, int] | None]:
    """Name the entries of a part that are asked apart, also those that a quiz left out; None is the whole part."""
    rows = part.scoring.rows if isinstance(part.scoring, Cells) else ()
    return [(r, c) for r, row in enumerate(rows, 1) for c in range(1, len(row) + 1)] or [None]


def _tasks(items: Iterable[SheetItem], exam: str) -> Iterator[Code]:
    """Name what Moodle asks, in order."""
    for item in items:
        for task in tasks(item):
            yield Code(exam_tail(exam), item.number, 1, task.part.name if task.part else "")


def _singles(items: Iterable[SheetItem], exam: str) -> Iterator[Code]:
    """Name what is asked where every field is a question."""
    for item in items:
        for one in singles(item):
            yield Code(exam_tail(exam), item.number, 1, one.part.name, one.cell)
