"""`quizbank exam`: sheets, solutions, key and answers template."""

from functools import partial
from pathlib import Path
from typing import Any

import click
import msgspec

from quizbank import bank
from quizbank.blueprint import Blueprint, read_blueprint
from quizbank.cli._options import plural, progress
from quizbank.cli._unfinished import Begun, begin, finish, note_begun, note_written
from quizbank.domains import Stream
from quizbank.exam import Exam, Slot, Student, distinct_variants, draw_exam
from quizbank.files import read_bytes, write_files
from quizbank.formats import Format, find_format
from quizbank.issue import class_files, exam_files, is_secret, issue_paper, platform_files, remarks
from quizbank.parallel import run_all
from quizbank.roster import read_roster
from quizbank.selection import select


@click.command("exam")
@click.option(
    "-o", "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder to write."
)
@click.option("--seed", type=click.IntRange(0), help="Draw practice papers that anyone may draw again.")
@click.option(
    "--blueprint", type=click.Path(path_type=Path), metavar="FILE.toml", help="What the paper must meet."
)
@click.option("--chapters", metavar="2,3", help="Only questions of these chapters.")
@click.option("--questions", type=click.IntRange(1), metavar="N", help="So many questions.")
@click.option(
    "--points", type=click.FloatRange(0.5), metavar="N", help="So many points (default 90, in 90 minutes)."
)
@click.option(
    "--students", type=click.Path(path_type=Path), metavar="ROSTER.csv", help="A paper each; columns id,name."
)
@click.option("--form", type=click.Choice(["open", "closed", "mixed"]), help="Face of conceptual questions.")
@click.option(
    "--format", "formats", default="html,md", show_default=True, metavar="A,B", help="Formats of the sheets."
)
@click.option("--title", help="Title of the exam.")
@click.option("--workers", type=click.IntRange(1), help="Processes; by default one for each core.")
def command(
    out: Path,
    seed: int | None,
    blueprint: Path | None,
    students: Path | None,
    formats: str,
    workers: int | None,
    **demands: Any,
) -> None:
    """Draw an exam into a folder: sheets, worked solutions, the answers to fill, and the secret key.

    A roster without a seed gives a graded exam, whose papers nobody can draw again from the program alone. After an
    interruption the same command goes on where it stopped.
    """
    chosen_formats = [find_format(name.strip()) for name in formats.split(",")]
    plan = _demanded(blueprint, demands)
    roster = read_roster(str(students), read_bytes(students)) if students else ()
    begun = begin(out, plan, roster, tuple(one.name for one in chosen_formats), seed)
    slots = select(plan, bank.all_questions(), Stream("exam", begun.secret or begun.seed))
    exam = _drawn(slots, plan, begun, roster, workers)
    note_begun(out, begun)
    _write(exam, out, chosen_formats, begun, workers)
    finish(out)
    click.echo(_summary(exam, out))
    for remark in remarks(exam, chosen_formats):
        click.echo(f"  {remark}", err=True)


def _demanded(blueprint: Path | None, demands: dict[str, Any]) -> Blueprint:
    """Join the blueprint's demands with those of the command line, which count more."""
    plan = read_blueprint(str(blueprint), read_bytes(blueprint)) if blueprint else Blueprint()
    given = {name: value for name, value in demands.items() if value is not None}
    if "chapters" in given:
        given["among"] = tuple(given.pop("chapters").split(","))
    return msgspec.structs.replace(plan, **given)


def _drawn(
    slots: list[Slot], plan: Blueprint, begun: Begun, roster: tuple[Student, ...], workers: int | None
) -> Exam:
    def run(function: Any, columns: Any) -> Any:
        return progress("Drawing", run_all(function, columns, workers if roster else 1), len(slots))

    return draw_exam(
        slots,
        plan.title,
        seed=begun.seed,
        secret=begun.secret,
        students=roster,
        text=plan.text,
        minutes=plan.minutes or 0.0,
        run=run,
    )


def _write(exam: Exam, out: Path, formats: list[Format], begun: Begun, workers: int | None) -> None:
    alone = len(exam.papers) == 1 and not exam.papers[0].student.id
    issue = partial(issue_paper, names=tuple(one.name for one in formats), written=begun.written)
    tasks = [exam.only(draft) for draft in exam.papers]
    issued = []
    for paper in progress("Writing", run_all(issue, tasks, workers), len(tasks)):
        folder = out if alone else out / "papers" / paper.student
        write_files(folder, paper.files, frozenset(filter(is_secret, paper.files)))
        note_written(out, paper.student, paper.digest)
        issued.append(msgspec.structs.replace(paper, files={}))
    files = exam_files(exam, issued) | platform_files(exam, formats)
    files |= {} if alone else class_files(exam, formats)
    write_files(out, files, frozenset(filter(is_secret, files)))


def _summary(exam: Exam, out: Path) -> str:
    draft = exam.papers[0]
    kind = "Graded exam" if exam.graded else f"Practice exam with seed {exam.seed}"
    asked = f"{plural(draft.items, 'question')}, {draft.points:g} points, about {draft.minutes:g} minutes"
    lines = [f"{kind}: {plural(exam.papers, 'paper')} of {asked} in {out}", f"  exam  {exam.id}"]
    if len(exam.papers) > 1:
        counts = distinct_variants(exam)
        shared = [item.number for item, count in zip(draft.items, counts, strict=True) if count < len(exam.papers)]
        alone = "No two papers share a variant of any question."
        lines.append(f"  Questions with shared variants: {', '.join(shared)}." if shared else f"  {alone}")
    if exam.graded:
        lines.append(f"  {out / 'key.json'} is secret: keep it, it alone can grade these papers.")
    if draft.student == Student():
        lines.append(
            f"  Fill {out / 'answers.toml'}, then: quizbank grade {out / 'key.json'} {out / 'answers.toml'}"
        )
    return "\n".join(lines)
