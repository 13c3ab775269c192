"""`quizbank grade`: one student or a class."""

from pathlib import Path

import click

from quizbank.cli._grading import Graded, grade_class, show_class, show_rest, tell_unmatched, write_results
from quizbank.cli._paraphrases import paraphrases_option
from quizbank.report import report_text


@click.command("grade")
@click.argument("key", type=click.Path(path_type=Path))
@click.argument("answers", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--out", type=click.Path(file_okay=False, path_type=Path), help="Folder for the reports.")
@click.option("--decisions", type=click.Path(path_type=Path), metavar="FILE.toml", help="The teacher's decisions.")
@paraphrases_option
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def command(
    key: Path,
    answers: tuple[Path, ...],
    out: Path | None,
    decisions: Path | None,
    paraphrases: bool,
    as_json: bool,
) -> None:
    """Grade ANSWERS (files or folders of TOML, JSON, CSV or notebooks) with the exam's KEY.

    The reports of Moodle (“Responses”) and Canvas (“Student Analysis”) are read as they are downloaded. Errors are
    carried forward: a later part is judged from the student's own earlier values.
    """
    graded = grade_class(key, answers, decisions, paraphrases)
    if out:
        write_results(out, graded)
    click.echo(graded.data.decode().rstrip() if as_json else _shown(graded, out))
    tell_unmatched(graded)


def _shown(graded: Graded, out: Path | None) -> str:
    if len(graded.reports) == 1:
        return report_text(graded.reports[0])
    where = f"Reports are in {out}." if out else "Give -o DIR for the reports."
    return "\n".join([f"{show_class(graded)} {where}", *show_rest(graded, out)])
