"""What `grade` and `regrade` share: read key, answers and decisions; mark; lay out the results."""

from pathlib import Path
from typing import NamedTuple

import msgspec

from grader.decisions import Decisions, amended, decided, grade
from grader.key import Key
from grader.paper import Report, mark_paper
from quizbank.cli._options import plural, progress
from quizbank.errors import FileError
from quizbank.files import read_bytes, read_key
from quizbank.follow import follow
from quizbank.keys import written_points
from quizbank.report import Results, gradebook_csv, report_data, report_markdown, results_csv
from quizbank.reportpage import class_page, student_page
from quizbank.submission import check_submission, read_submissions, refuse_twice

ENDINGS = (".toml", ".json", ".csv")
FEWEST_FOR_STATISTICS = 3


class Graded(NamedTuple):
    """A graded class: the key it was marked with, the decisions, the reports, and the results as JSON."""

    key: Key
    decisions: Decisions
    reports: tuple[Report, ...]
    data: bytes


def grade_class(key_path: Path, answers: tuple[Path, ...], decisions_path: Path | None) -> Graded:
    """Mark all answers with the key; raises `FileError` before anything is marked where something does not fit."""
    key = read_key(key_path)
    decisions = read_decisions(decisions_path, key) if decisions_path else Decisions()
    try:
        keyed = amended(key, decisions)
    except ValueError as mistake:
        raise FileError(f"{decisions_path}: {mistake}; correct the decision.") from None
    submissions = [one for file in answer_files(answers) for one in read_submissions(str(file), read_bytes(file))]
    papers = [(check_submission(one, keyed), one) for one in submissions]
    refuse_twice(submissions)
    marked = (decided(mark_paper(paper, one.responses, follow), decisions) for paper, one in papers)
    reports = tuple(progress("Grading", marked, len(papers)))
    data = msgspec.json.format(msgspec.json.encode(report_data(keyed.exam, reports))) + b"\n"
    return Graded(keyed, decisions, reports, data)


def read_decisions(path: Path, key: Key) -> Decisions:
    """Read a teacher's decisions; raises `FileError` naming the remedy."""
    try:
        decisions = msgspec.toml.decode(read_bytes(path), type=Decisions)
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError) as trouble:
        raise FileError(f"{path}: these are no decisions ({trouble}); docs/grading.md shows some.") from None
    if decisions.exam and decisions.exam != key.exam:
        raise FileError(f"{path}: these decisions are about {decisions.exam}, the key is for {key.exam}.")
    students = {paper.student for paper in key.papers}
    for one in decisions.override:
        if one.student not in students:
            raise FileError(f"{path}: an override names the student “{one.student}”, who is not in the key.")
    return decisions


def read_results(path: Path) -> Results:
    """Read the results of an earlier marking; raises `FileError` where there are none."""
    try:
        return msgspec.json.decode(read_bytes(path), type=Results)
    except msgspec.DecodeError as trouble:
        raise FileError(f"{path}: these are no results of `quizbank grade` ({trouble}).") from None


def answer_files(paths: tuple[Path, ...]) -> list[Path]:
    """Name the answers files; a folder stands for those in it. Raises `FileError` where there are none."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(file for file in path.rglob("*") if file.suffix in ENDINGS) if path.is_dir() else [path]
        answers = [file for file in inside if not path.is_dir() or _holds_answers(file)]
        if not answers:
            raise FileError(f"{path}: this folder holds no answers (.toml, .json or .csv).")
        found += answers
    return found


def result_files(graded: Graded) -> dict[str, bytes]:
    """Give the files of a graded class: tables, data, a report for each student, and the class's page."""
    scale = graded.decisions.scale or None
    title, reports = graded.key.title, graded.reports
    files = {"results.csv": results_csv(reports).encode(), "gradebook.csv": gradebook_csv(reports, scale).encode()}
    files["results.json"] = graded.data
    for report in reports:
        paper = graded.key.paper(report.student)
        assert paper is not None
        name = report.student or "report"
        files[f"{name}.md"] = report_markdown(report, title).encode()
        files[f"{name}.html"] = student_page(title, report, paper, grade(report.points, report.of, scale))
    if len(reports) >= FEWEST_FOR_STATISTICS:
        files["class.html"] = class_page(title, reports, scale)
    return files


def show_class(graded: Graded) -> str:
    """Lay out a class's points for the terminal."""
    scale = graded.decisions.scale or None
    lines = [
        f"{r.student:<16} {r.name:<28} {written_points(r.points):>6} of {written_points(r.of)}   {grade(r.points, r.of, scale)}"
        for r in graded.reports
    ]
    return "\n".join([*lines, "", f"{plural(graded.reports, 'paper')} graded."])


def _holds_answers(file: Path) -> bool:
    """Tell answers from the other files of an exam's folder."""
    return file.name not in (
        "exam.json",
        "key.json",
        "results.json",
        "results.csv",
        "gradebook.csv",
        "decisions.toml",
    )
