"""`quizbank sheet`: one practice sheet of some questions, in any format."""

import secrets
from pathlib import Path

import click

from quizbank import bank
from quizbank.cli._options import plural, select_questions
from quizbank.errors import QuizbankError
from quizbank.exam import Slot, draw_exam
from quizbank.files import write_file
from quizbank.formats import Format, all_formats, find_format
from quizbank.issue import sheet_for
from quizbank.question import Question

TITLE = "Practice sheet"


@click.command("sheet")
@click.argument("ids", nargs=-1)
@click.option("--chapter", "chapters", metavar="2,3", help="All questions of these chapters.")
@click.option("--seed", type=click.IntRange(0), help="Draw the numbers of this seed; without it, fresh ones.")
@click.option(
    "--count", type=click.IntRange(1, 100), default=1, show_default=True, help="Variants of each question."
)
@click.option(
    "--form", type=click.Choice(["open", "closed"]), default="open", help="Face of conceptual questions."
)
@click.option("--solutions", is_flag=True, help="With the worked solutions.")
@click.option("--title", default=TITLE, help="Title of the sheet.")
@click.option(
    "-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="File; its ending says the format."
)
def command(
    ids: tuple[str, ...],
    chapters: str | None,
    seed: int | None,
    count: int,
    form: str,
    solutions: bool,
    title: str,
    out: Path | None,
) -> None:
    """Make a practice sheet of the questions with these IDS, or of whole chapters.

    Without -o it is printed as Markdown. The seed stands on the sheet, so that its solutions can be made later.
    """
    slots = _slots(ids, chapters, count, form)
    drawn = secrets.randbelow(10**6) if seed is None else seed
    one = format_of(out) if out else find_format("md")
    exam = draw_exam(slots, title, seed=drawn)
    data = one.render((sheet_for(exam, exam.papers[0], one, solved=solutions),))
    if out is None:
        click.echo(data, nl=False)
        return
    write_file(out, data)
    click.echo(f"{plural(slots, 'question')} with seed {drawn} in {out}")


def format_of(path: Path) -> Format:
    """Tell the format from a file's ending; raises `QuizbankError`."""
    fits = [one for one in all_formats().values() if path.name.lower().endswith(f".{one.ending}")]
    if not fits:
        endings = ", ".join(f".{one.ending}" for one in all_formats().values())
        raise QuizbankError(f"{path}: the ending says the format; choose one of {endings}.")
    return max(fits, key=lambda one: len(one.ending))


def _slots(ids: tuple[str, ...], chapters: str | None, count: int, form: str) -> list[Slot]:
    if not ids and not chapters:
        raise QuizbankError("Name some questions, or chapters with --chapter; `quizbank list` shows what there is.")
    named: list[Question] = [bank.find(id) for id in ids]
    questions = named + (select_questions(chapters) if chapters else [])
    faces = [one.face(form if one.forms else "") for one in dict.fromkeys(questions)]
    return [(face, face.points) for face in faces for _ in range(count)]
