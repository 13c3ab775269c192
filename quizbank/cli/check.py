"""`quizbank check`: one answer, or a batch."""

import sys
from pathlib import Path

import click
import msgspec

from grader.verdict import Outcome, Verdict
from quizbank.checking import Checked, Failed, check_answer, check_batch
from quizbank.cli._paraphrases import paraphrases_option
from quizbank.files import read_bytes
from quizbank.plainmath import plain_math, plain_text
from quizbank.submission import decode_text

MARKS = {"correct": "✓", "partial": "◐", "wrong": "✗", "unreadable": "?", "blank": "·", "review": "…"}


# No option of one letter: an answer such as -tanh(x) would be read as a row of them.
@click.command("check", context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]})
@click.argument("id", required=False)
@click.argument("answer", required=False)
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Numbers of this seed.")
@click.option("--notes", is_flag=True, help="The lecture notes' own numbers.")
@click.option("--part", default="", metavar="P", help="The part, by its name; not needed where there is one.")
@click.option(
    "--form", type=click.Choice(["open", "closed"]), default="open", help="Face of a conceptual question."
)
@click.option("--batch", metavar="FILE", help="Check one JSON object a line: id, seed, part, answer.")
@paraphrases_option
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def command(
    id: str | None,
    answer: str | None,
    seed: int,
    notes: bool,
    part: str,
    form: str,
    batch: str | None,
    paraphrases: bool,
    as_json: bool,
) -> None:
    """Check ANSWER to the question ID; exit code 1 where it is not right.

    An answer may begin with a minus. With --batch, one verdict a line is printed for one request a line.
    """
    if batch is not None:
        _check_batch(batch, paraphrases)
        return
    if id == "-h":
        click.echo(click.get_current_context().get_help())
        return
    if id is None or answer is None:
        raise click.UsageError("Give the question's ID and the ANSWER, or --batch FILE.")
    checked = check_answer(id, None if notes else seed, part, answer, form, paraphrases)
    click.echo(msgspec.json.encode(checked).decode() if as_json else described(checked))
    sys.exit(0 if checked.outcome is Outcome.CORRECT else 1)


def _check_batch(name: str, paraphrases: bool) -> None:
    text = sys.stdin.read() if name == "-" else decode_text(name, read_bytes(Path(name)))
    failed = False
    for result in check_batch(iter(text.splitlines()), paraphrases):
        failed |= isinstance(result, Failed)
        click.echo(msgspec.json.encode(result).decode())
    sys.exit(2 if failed else 0)


def described(checked: Checked | Verdict) -> str:
    """Lay out a verdict for the terminal."""
    lines = [f"{MARKS[checked.outcome]} {checked.outcome}, credit {checked.credit:g}"]
    if checked.read_as:
        lines.append(f"  read as  {plain_math(checked.read_as)}")
    lines += [f"  {plain_text(note.text)}" for note in checked.notes]
    return "\n".join(lines)
