"""Reports of a graded class: for the terminal, as Markdown, as CSV and as data."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from grader.decisions import grade
from grader.paper import ItemReport, PartReport, Report
from quizbank.handed_back import Unmatched
from quizbank.keys import written_points
from quizbank.plainmath import plain_math, plain_text

MARKS = {"correct": "✓", "partial": "◐", "wrong": "✗", "unreadable": "?", "blank": "·", "review": "…"}
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


class PaperResult(msgspec.Struct, frozen=True):
    """A report with its sums, as it is stored."""

    student: str
    name: str
    items: tuple[ItemReport, ...]
    followed: bool
    points: float = 0.0
    of: float = 0.0
    to_review: int = 0


class Results(msgspec.Struct, frozen=True):
    """The stored results of a marking."""

    exam: str
    papers: tuple[PaperResult, ...]

    @property
    def reports(self) -> tuple[Report, ...]:
        """The reports without their sums."""
        return tuple(Report(one.student, one.name, one.items, one.followed) for one in self.papers)


def report_text(report: Report) -> str:
    """Write one student's report for the terminal."""
    who = f"{report.name} ({report.student})" if report.student else "Practice paper"
    lines = [f"{who}: {_reached(report)} points{_open(report)}", ""]
    for item in report.items:
        lines.append(f"{item.number}. {_reached(item)} points")
        for part in item.parts:
            lines += _part_lines(part)
    return "\n".join(lines)


def report_markdown(report: Report, title: str) -> str:
    """Write one student's report as Markdown."""
    who = f"{report.name} ({report.student})" if report.student else "Practice paper"
    lines = [f"# {title}: {who}", "", f"**{_reached(report)} points**{_open(report)}", ""]
    for item in report.items:
        lines += [f"## Question {item.number}: {_reached(item)}", ""]
        for part in item.parts:
            read = f", read as ${part.verdict.read_as}$" if part.verdict.read_as else ""
            lines.append(f"- {MARKS[part.verdict.outcome]} `{part.name}` {_reached(part)}{read}")
            lines += [f"  - {note.text}" for note in part.verdict.notes]
        lines.append("")
    return "\n".join(lines)


def results_csv(reports: Iterable[Report]) -> str:
    """Write one line for each student and part; cells are safe to open in a spreadsheet."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["student", "name", "item", "part", "outcome", "points", "of", "answer"])
    for report in reports:
        for item in report.items:
            for part in item.parts:
                row = (report.student, report.name, item.number, part.name, part.verdict.outcome.value)
                writer.writerow([*map(safe_cell, row), round(part.points, 4), part.of, safe_cell(part.response)])
    return stream.getvalue()


def gradebook_csv(reports: Iterable[Report], scale: Mapping[str, float] | None = None) -> str:
    """Write one line for each student with the sum of points and the grade."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["student", "name", "points", "of", "grade", "to_review"])
    for report in reports:
        sums = (round(report.points, 2), report.of, grade(report.points, report.of, scale), report.open)
        writer.writerow([safe_cell(report.student), safe_cell(report.name), *sums])
    return stream.getvalue()


def unmatched_csv(unmatched: Iterable[Unmatched]) -> str:
    """Write one line for all that could not be matched: where it stands, whose it is, and why."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["source", "who", "why"])
    writer.writerows([safe_cell(cell) for cell in (one.source, one.who, one.why)] for one in unmatched)
    return stream.getvalue()


def safe_cell(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula.

    >>> safe_cell("=1+1"), safe_cell("plain")
    ("'=1+1", 'plain')
    """
    return f"'{text}" if text.startswith(DANGEROUS) else text


def report_data(exam: str, reports: Sequence[Report]) -> Results:
    """Give the reports as data, with their sums."""
    papers = tuple(PaperResult(r.student, r.name, r.items, r.followed, r.points, r.of, r.open) for r in reports)
    return Results(exam, papers)


def _reached(one: Report | ItemReport | PartReport) -> str:
    return f"{written_points(one.points)} of {written_points(one.of)}"


def _open(report: Report) -> str:
    return f" ({report.open} still to be reviewed by a person)" if report.open else ""


def _part_lines(part: PartReport) -> list[str]:
    verdict = part.verdict
    read = (
        f"   {plain_math(verdict.read_as)}"
        if verdict.read_as
        else f"   {part.response[:60]}"
        if part.response
        else ""
    )
    lines = [
        f"   {MARKS[verdict.outcome]} {part.name:<12} {written_points(part.points)}/{written_points(part.of)}{read}"
    ]
    return lines + [f"       {plain_text(note.text)}" for note in verdict.notes if note.code != "blank"]
