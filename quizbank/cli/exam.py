"""`quizbank exam`: sheets, solutions, key and answers template."""

import secrets
from functools import partial
from pathlib import Path

import click

from quizbank.cli._options import plural, progress, select_questions
from quizbank.domains import Stream
from quizbank.exam import Draft, Exam, Student, choose, draw_exam
from quizbank.files import read_bytes, write_files
from quizbank.formats import Format, find_format
from quizbank.issue import class_files, exam_files, is_secret, paper_files, platform_files, remarks
from quizbank.parallel import run_all
from quizbank.roster import read_roster

DEFAULT_POINTS = 90.0


@click.command("exam")
@click.option(
    "-o", "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder to write."
)
@click.option("--seed", type=click.IntRange(0), help="Draw practice papers that anyone may draw again.")
@click.option("--chapters", metavar="2,3", help="Only questions of these chapters.")
@click.option("--questions", type=click.IntRange(1), metavar="N", help="So many questions.")
@click.option("--points", type=click.FloatRange(0.5), metavar="N", help="At most so many points (default 90).")
@click.option(
    "--students", type=click.Path(path_type=Path), metavar="ROSTER.csv", help="A paper each; columns id,name."
)
@click.option(
    "--form", type=click.Choice(["open", "closed"]), default="open", help="Face of conceptual questions."
)
@click.option(
    "--format", "formats", default="html,md", show_default=True, metavar="A,B", help="Formats of the sheets."
)
@click.option("--title", default="Introduction to Deep Learning", show_default=True, help="Title of the exam.")
def command(
    out: Path,
    seed: int | None,
    chapters: str | None,
    questions: int | None,
    points: float | None,
    students: Path | None,
    form: str,
    formats: str,
    title: str,
) -> None:
    """Draw an exam into a folder: sheets, worked solutions, the answers to fill, and the secret key.

    A roster without a seed gives a graded exam, whose papers nobody can draw again from the program alone.
    """
    chosen_formats = [find_format(name.strip()) for name in formats.split(",")]
    roster = read_roster(str(students), read_bytes(students)) if students else ()
    secret = secrets.token_hex(16) if roster and seed is None else ""
    seed = None if secret else secrets.randbelow(10**6) if seed is None else seed
    stream = Stream("exam", secret or seed)
    if questions is None and points is None:
        points = DEFAULT_POINTS
    chosen = choose(select_questions(chapters), stream, points, questions)
    exam = draw_exam(chosen, title, seed=seed, secret=secret, students=roster, form=form)
    _write(exam, out, chosen_formats)
    click.echo(_summary(exam, out))
    for remark in remarks(exam, chosen_formats):
        click.echo(f"  {remark}", err=True)


def _write(exam: Exam, out: Path, formats: list[Format]) -> None:
    alone = len(exam.papers) == 1 and not exam.papers[0].student.id
    render = partial(_rendered, exam, [one.name for one in formats])
    for draft, files in progress("Writing", run_all(render, exam.papers, workers=1), len(exam.papers)):
        folder = out if alone else out / "papers" / draft.student.id
        write_files(folder, files, frozenset(filter(is_secret, files)))
    files = exam_files(exam) | platform_files(exam, formats) | ({} if alone else class_files(exam, formats))
    write_files(out, files, frozenset(filter(is_secret, files)))


def _rendered(exam: Exam, names: list[str], draft: Draft) -> tuple[Draft, dict[str, bytes]]:
    return draft, paper_files(exam, draft, [find_format(name) for name in names])


def _summary(exam: Exam, out: Path) -> str:
    draft = exam.papers[0]
    kind = "Graded exam" if exam.graded else f"Practice exam with seed {exam.seed}"
    asked = f"{plural(draft.items, 'question')}, {draft.points:g} points"
    lines = [f"{kind}: {plural(exam.papers, 'paper')} of {asked} in {out}", f"  exam  {exam.id}"]
    if exam.graded:
        lines.append(f"  {out / 'key.json'} is secret: keep it, it alone can grade these papers.")
    if draft.student == Student():
        lines.append(
            f"  Fill {out / 'answers.toml'}, then: quizbank grade {out / 'key.json'} {out / 'answers.toml'}"
        )
    return "\n".join(lines)
