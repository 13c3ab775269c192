"""`quizbank grade`: one student or a class."""

from pathlib import Path

import click
import msgspec

from grader.paper import Report, mark_paper
from quizbank.cli._options import plural, progress
from quizbank.errors import FileError
from quizbank.files import read_bytes, read_key, write_files
from quizbank.follow import follow
from quizbank.report import gradebook_csv, report_data, report_markdown, report_text, results_csv
from quizbank.submission import Submission, check_submission, read_submissions, refuse_twice

ENDINGS = (".toml", ".json", ".csv")


@click.command("grade")
@click.argument("key", type=click.Path(path_type=Path))
@click.argument("answers", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--out", type=click.Path(file_okay=False, path_type=Path), help="Folder for the reports.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def command(key: Path, answers: tuple[Path, ...], out: Path | None, as_json: bool) -> None:
    """Grade ANSWERS (files or folders of TOML, JSON or CSV) with the exam's KEY.

    Errors are carried forward: a later part is judged from the student's own earlier values.
    """
    keyed = read_key(key)
    submissions = [one for file in answer_files(answers) for one in read_submissions(str(file), read_bytes(file))]
    papers = [(check_submission(one, keyed), one) for one in submissions]
    refuse_twice(submissions)
    graded = (mark_paper(paper, one.responses, follow) for paper, one in papers)
    reports = list(progress("Grading", graded, len(papers)))
    data = msgspec.json.format(msgspec.json.encode(report_data(keyed.exam, reports))) + b"\n"
    if out:
        write_files(out, report_files(keyed.title, reports) | {"results.json": data})
    click.echo(data.decode().rstrip() if as_json else _shown(reports, out, submissions))


def answer_files(paths: tuple[Path, ...]) -> list[Path]:
    """Name the answers files; a folder stands for those in it. Raises `FileError` where there are none."""
    found: list[Path] = []
    for path in paths:
        inside = (
            sorted(file for file in path.rglob("answers.*") if file.suffix in ENDINGS) if path.is_dir() else [path]
        )
        if not inside:
            raise FileError(f"{path}: this folder holds no answers.toml, answers.json or answers.csv.")
        found += inside
    return found


def report_files(title: str, reports: list[Report]) -> dict[str, bytes]:
    """Give the files of a graded class."""
    files = {"results.csv": results_csv(reports), "gradebook.csv": gradebook_csv(reports)}
    files |= {f"{report.student or 'report'}.md": report_markdown(report, title) for report in reports}
    return {name: text.encode() for name, text in files.items()}


def _shown(reports: list[Report], out: Path | None, submissions: list[Submission]) -> str:
    if len(reports) == 1:
        return report_text(reports[0])
    lines = [f"{report.student:<16} {report.name:<28} {report.points:>6g} of {report.of:g}" for report in reports]
    where = f"Reports are in {out}." if out else "Give -o DIR for the reports."
    return "\n".join([*lines, "", f"{plural(submissions, 'paper')} graded. {where}"])
