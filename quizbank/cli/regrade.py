"""`quizbank regrade`: mark again after a key was mended or a decision made; say who changes, and why."""

from pathlib import Path

import click
import msgspec

from quizbank.cli._grading import grade_class, tell_unmatched, write_results
from quizbank.cli._paraphrases import paraphrases_option
from quizbank.desk import read_results
from quizbank.errors import FileError
from quizbank.files import read_bytes, write_file
from quizbank.plainmath import plain_text
from quizbank.regrading import Change, changes, missing


@click.command("regrade")
@click.argument("key", type=click.Path(path_type=Path))
@click.argument("answers", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the first marking.",
)
@click.option("--decisions", type=click.Path(path_type=Path), metavar="FILE.toml", help="The teacher's decisions.")
@paraphrases_option
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def command(
    key: Path,
    answers: tuple[Path, ...],
    out: Path,
    decisions: Path | None,
    paraphrases: bool,
    as_json: bool,
) -> None:
    """Mark ANSWERS again with a mended KEY, and list whose points change in the results of DIR.

    The earlier results are kept in DIR/history; a student who was marked before must be among the answers.
    """
    old = read_results(out / "results.json")
    graded = grade_class(key, answers, decisions, paraphrases)
    if graded.key.exam != old.exam:
        raise FileError(f"{out}: its results are of {old.exam}, the key is for {graded.key.exam}.")
    if gone := missing(old.reports, graded.reports):
        raise FileError(
            f"{out}: {', '.join(gone)} was marked before, but no answers came this time; give them, too."
        )
    found = changes(old.reports, graded.reports)
    write_file(_next_history(out), read_bytes(out / "results.json"))
    write_results(out, graded, {"changes.json": msgspec.json.format(msgspec.json.encode(found)) + b"\n"})
    click.echo(msgspec.json.encode(found).decode() if as_json else _shown(found, out))
    tell_unmatched(graded)


def _next_history(out: Path) -> Path:
    taken = len(list((out / "history").glob("results-*.json")))
    return out / "history" / f"results-{taken + 1}.json"


def _shown(found: tuple[Change, ...], out: Path) -> str:
    lines = [
        f"{one.student:<12} {one.name:<22} {one.item}.{one.part}: {one.before:g} → {one.after:g}   {plain_text(one.reason)}"
        for one in found
    ]
    students = len({one.student for one in found})
    return "\n".join([*lines, f"{students} students change; the earlier results are in {out / 'history'}."])
