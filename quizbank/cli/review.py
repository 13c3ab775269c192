"""`quizbank review`: decide what the machine was not sure of."""

from pathlib import Path

import click
import msgspec

from quizbank import bank
from quizbank.cli._grading import read_results
from quizbank.errors import QuizbankError
from quizbank.files import read_bytes, write_file
from quizbank.plainmath import plain_text
from quizbank.reviewing import Case, decisions_text, overrides, queue, sample_line

HELP = "A share of the points from 0 to 1, Enter for the provisional one, s to skip, q to stop"


@click.command("review")
@click.argument("results", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--decisions", type=click.Path(path_type=Path), metavar="FILE.toml", help="Where decisions are kept."
)
@click.option("--json", "as_json", is_flag=True, help="Only list the queue, as JSON.")
def command(results: Path, decisions: Path | None, as_json: bool) -> None:
    """Decide the answers in the folder RESULTS that wait for a person, near-identical ones together.

    Decisions are added to FILE.toml (by default RESULTS/decisions.toml), from where `grade` and `regrade` take them;
    answers that should become graded samples of their question are collected in RESULTS/new-samples.txt.
    """
    cases = queue(read_results(results / "results.json").reports)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(cases)).decode())
        return
    file = decisions or results / "decisions.toml"
    for place, case in enumerate(cases, 1):
        click.echo(_shown(case, place, len(cases)))
        answer = click.prompt(HELP, default=f"{case.provisional:g}").strip().lower()
        if answer == "q":
            break
        if answer != "s":
            _decide(case, _share(answer), file, results)
    click.echo(
        f"Decisions are in {file}; `quizbank regrade … --decisions {file}` applies them."
        if cases
        else "Nothing waits."
    )


def _decide(case: Case, credit: float, file: Path, results: Path) -> None:
    reason = click.prompt("Reason for the student", default="Decided by a person.")
    _append(file, decisions_text(overrides(case, credit, reason)))
    if click.confirm("Add the answer to the question's samples?", default=False):
        line = f"{case.question}: {sample_line(case.answers[0], credit)}\n"
        _append(results / "new-samples.txt", line)


def _share(text: str) -> float:
    try:
        credit = float(text.replace(",", "."))
    except ValueError:
        credit = -1.0
    if not 0 <= credit <= 1:
        raise QuizbankError(
            f"“{text}” is no share from 0 to 1; the decisions so far are kept, start again to go on."
        )
    return credit


def _append(file: Path, text: str) -> None:
    before = read_bytes(file) if file.exists() else b""
    write_file(file, before + text.encode())


def _shown(case: Case, place: int, count: int) -> str:
    question = bank.find(case.question)
    lines = [
        "",
        f"{place} of {count}: question {case.item} ({question.title}), {len(case.students)} student(s), {case.of:g} points",
        f"  asked: {' '.join(plain_text(question.text).split())[:300]}",
        *(f"  “{answer}”" for answer in case.answers[:5]),
        f"  provisional: {case.provisional:g}",
        *(f"    {plain_text(reason)}" for reason in case.reasons),
    ]
    return "\n".join(lines)
