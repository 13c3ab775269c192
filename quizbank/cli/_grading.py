"""What `grade` and `regrade` share: read key, answers and decisions; mark; lay out the results."""

import sys
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

import click
import msgspec

from grader.decisions import Decisions, amended, decided, grade
from grader.key import Key, Paper
from grader.paper import Report, mark_paper
from grader.paraphrases import look_again_at
from quizbank.cli._options import plural, progress
from quizbank.desk import read_decisions
from quizbank.errors import FileError
from quizbank.files import read_bytes, read_key, write_files
from quizbank.follow import follow
from quizbank.handed_back import Unmatched, read_report
from quizbank.keys import written_points
from quizbank.report import gradebook_csv, report_data, report_markdown, results_csv, unmatched_csv
from quizbank.reportpage import class_page, student_page
from quizbank.submission import Submission, check_submission, read_submissions, refuse_twice, without_blank_twins

ENDINGS = (".toml", ".json", ".csv", ".ipynb")
OUR_OWN = (
    "exam.json", "key.json", "results.json", "results-*.json", "changes.json",
    "results.csv", "gradebook.csv", "unmatched.csv", "decisions.toml",
)  # fmt: skip
FEWEST_FOR_STATISTICS = 3
NAME_CELLS, MOST_NAMED = 28, 10


class Graded(NamedTuple):
    """A graded class: key, decisions, each student's paper and report, the results as JSON, what did not match."""

    key: Key
    decisions: Decisions
    papers: tuple[Paper, ...]
    reports: tuple[Report, ...]
    data: bytes
    unmatched: tuple[Unmatched, ...]


def grade_class(
    key_path: Path, answers: tuple[Path, ...], decisions_path: Path | None, paraphrases: bool = False
) -> Graded:
    """Mark all answers with the key; raises `FileError` before anything is marked where something does not fit."""
    key = read_key(key_path)
    decisions = fitting_decisions(decisions_path, key) if decisions_path else Decisions()
    try:
        keyed = amended(key, decisions)
    except ValueError as mistake:
        raise FileError(f"{decisions_path}: {mistake}; correct the decision.") from None
    submissions, unmatched = read_answers(answers, keyed, decisions)
    places = {paper.student: place for place, paper in enumerate(keyed.papers)}
    submissions.sort(key=lambda one: places.get(one.student, 0))
    papers = tuple(check_submission(one, keyed) for one in submissions)
    refuse_twice(submissions)
    pairs = zip(papers, submissions, strict=True)
    first = ((mark_paper(paper, one.responses, follow), paper) for paper, one in pairs)
    seen = (look_again_at(report, paper) if paraphrases else report for report, paper in first)
    marked = (decided(report, decisions) for report in seen)
    reports = tuple(progress("Grading", marked, len(papers)))
    data = msgspec.json.format(msgspec.json.encode(report_data(keyed.exam, reports))) + b"\n"
    return Graded(keyed, decisions, papers, reports, data, tuple(unmatched))


def read_answers(
    paths: tuple[Path, ...], key: Key, decisions: Decisions
) -> tuple[list[Submission], list[Unmatched]]:
    """Read answers files and platforms' reports; gives the submissions and what could not be matched."""
    submissions, unmatched = [], []
    for file in answer_files(paths):
        data = read_bytes(file)
        report = read_report(str(file), data, key, decisions.students) if file.suffix.lower() == ".csv" else None
        submissions += report.submissions if report else read_submissions(str(file), data)
        unmatched += report.unmatched if report else []
    return without_blank_twins(submissions), unmatched


def fitting_decisions(path: Path, key: Key) -> Decisions:
    """Read a teacher's decisions on an exam; raises `FileError` where they are about something else."""
    decisions = read_decisions(path)
    if decisions.exam and decisions.exam != key.exam:
        raise FileError(f"{path}: these decisions are about {decisions.exam}, the key is for {key.exam}.")
    students = {paper.student for paper in key.papers}
    named = [("an override", one.student) for one in decisions.override]
    for what, student in (*named, *(("[students]", one) for one in decisions.students.values())):
        if student not in students and students != {""}:
            raise FileError(f"{path}: {what} names the student “{student}”, who is not in the key.")
    return decisions


def answer_files(paths: tuple[Path, ...]) -> list[Path]:
    """Name the answers files; a folder stands for those in it. Raises `FileError` where there are none."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(file for file in path.rglob("*") if file.suffix.lower() in ENDINGS) if path.is_dir() else [path]
        answers = [file for file in inside if not path.is_dir() or _holds_answers(file)]
        if not answers:
            raise FileError(f"{path}: this folder holds no answers ({', '.join(ENDINGS)}).")
        found += answers
    return found


def result_files(graded: Graded) -> dict[str, bytes]:
    """Give the files of a graded class: tables, data, a report for each student, and the class's page."""
    scale = graded.decisions.scale or None
    title, reports = graded.key.title, graded.reports
    files = {"results.csv": results_csv(reports).encode(), "gradebook.csv": gradebook_csv(reports, scale).encode()}
    files["results.json"] = graded.data
    if graded.unmatched:
        files["unmatched.csv"] = unmatched_csv(graded.unmatched).encode()
    for report, paper in zip(reports, graded.papers, strict=True):
        name = report.student or "report"
        files[f"{name}.md"] = report_markdown(report, title).encode()
        files[f"{name}.html"] = student_page(title, report, paper, grade(report.points, report.of, scale))
    if len(reports) >= FEWEST_FOR_STATISTICS:
        files["class.html"] = class_page(title, reports, scale)
    return files


def write_results(out: Path, graded: Graded, more: Mapping[str, bytes] | None = None) -> None:
    """Write the results into a folder; an earlier list of what did not match goes where now all did."""
    if not graded.unmatched:
        (out / "unmatched.csv").unlink(missing_ok=True)
    write_files(out, {**result_files(graded), **(more or {})})


def show_class(graded: Graded) -> str:
    """Lay out a class's points for the terminal."""
    scale = graded.decisions.scale or None
    lines = []
    for one in graded.reports:
        reached = f"{written_points(one.points):>6} of {written_points(one.of)}"
        lines.append(f"{one.student:<16} {_column(one.name)} {reached}   {grade(one.points, one.of, scale)}")
    return "\n".join([*lines, "", f"{plural(graded.reports, 'paper')} graded."])


def show_rest(graded: Graded, out: Path | None) -> list[str]:
    """Say who handed in nothing, and how many answers wait for a person."""
    came = {report.student for report in graded.reports}
    absent = [paper.student for paper in graded.key.papers if paper.student and paper.student not in came]
    more = f" and {len(absent) - MOST_NAMED} more" if len(absent) > MOST_NAMED else ""
    lines = [f"No answers came from {', '.join(absent[:MOST_NAMED])}{more}."] if absent else []
    if waiting := sum(report.open for report in graded.reports):
        lines.append(f"To be decided by a person: {waiting}{f' (quizbank review {out})' if out else ''}.")
    return lines


def _column(name: str) -> str:
    """Fit a name into its column; some letters are two cells wide."""
    from rich.cells import cell_len, set_cell_size

    short = name if cell_len(name) <= NAME_CELLS else set_cell_size(name, NAME_CELLS - 1).rstrip() + "…"
    return set_cell_size(short, NAME_CELLS)


def tell_unmatched(graded: Graded) -> None:
    """Name on standard error what could not be matched, and leave with 1 if there was something."""
    for one in graded.unmatched:
        click.echo(f"Not matched: {one.source}, {one.who}: {one.why}", err=True)
    if graded.unmatched:
        told = 'Who is not on the roster can be named in the decisions: [students] and lines such as "Name" = "id".'
        click.echo(told, err=True)
        sys.exit(1)


def _holds_answers(file: Path) -> bool:
    """Tell answers from the other files of an exam's folder."""
    return not any(fnmatchcase(file.name, own) for own in OUR_OWN)
