"""`quizbank review`: decide what the machine was not sure of."""

from pathlib import Path

import click
import msgspec

from quizbank.cli._options import plural
from quizbank.desk import Desk, open_desk
from quizbank.errors import QuizbankError
from quizbank.plainmath import plain_text
from quizbank.reviewing import Case, asked, models_of, read_share, title_of

HELP = "A share of the points from 0 to 1, Enter for the provisional one, s to skip, q to stop"
MOST_SHOWN = 5


@click.command("review")
@click.argument("results", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--decisions", type=click.Path(path_type=Path), metavar="FILE.toml", help="Where decisions are kept."
)
@click.option("--browser", is_flag=True, help="Decide in the browser, on this machine alone.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8642, show_default=True, help="Port for the browser."
)
@click.option("--json", "as_json", is_flag=True, help="Only list the queue, as JSON.")
def command(results: Path, decisions: Path | None, browser: bool, port: int, as_json: bool) -> None:
    """Decide the answers in the folder RESULTS that wait for a person, near-identical ones together.

    Decisions are added to FILE.toml (by default RESULTS/decisions.toml), from where `grade` and `regrade` take them;
    answers that should become graded samples of their question are collected in RESULTS/new-samples.txt. What is
    decided already is not asked again.
    """
    desk = open_desk(results, decisions)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(desk.cases)).decode())
    elif browser:
        from quizbank.web.serving import serve_review

        serve_review(desk, port)
    else:
        _ask(desk)


def _ask(desk: Desk) -> None:
    cases = desk.waiting()
    for place, case in enumerate(cases, 1):
        click.echo(_shown(case, place, len(cases)))
        answer = click.prompt(HELP, default=f"{case.provisional:g}", value_proc=_answer)
        if answer == "q":
            break
        if isinstance(answer, float):
            reason = click.prompt("Reason for the student", default="Decided by a person.")
            sample = click.confirm("Add the answer to the question's samples?", default=False)
            desk.decide(case, answer, reason, sample=sample)
    told = f"Decisions are in {desk.file}; `quizbank regrade … --decisions {desk.file}` applies them."
    click.echo(told if cases else "Nothing waits.")


def _answer(text: str) -> float | str:
    """Read a share, "s" or "q"; what is neither is asked for again."""
    word = text.strip().lower()
    try:
        return word if word in ("s", "q") else read_share(word)
    except QuizbankError as trouble:
        raise click.UsageError(str(trouble)) from None


def _shown(case: Case, place: int, count: int) -> str:
    text = " ".join(plain_text("\n\n".join(asked(case))).split())
    lines = [
        "",
        f"{place} of {count}: question {case.item} ({title_of(case)}), {plural(case.students, 'student')}, "
        f"{case.of:g} point{'' if case.of == 1 else 's'}",
        f"  asked: {text[:300]}",
        *(f"  model: {plain_text(model)}" for model in models_of(case)[:1]),
        *(f"  “{answer}”" for answer in case.answers[:MOST_SHOWN]),
        f"  provisional: {case.provisional:g}",
        *(f"    {plain_text(reason)}" for reason in case.reasons),
    ]
    return "\n".join(lines)
