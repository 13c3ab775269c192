"""`quizbank show`: one question with its numbers."""

import click

from quizbank.cli._options import find_variant
from quizbank.exam import Draft, Exam, Item, Student
from quizbank.formats import Format, find_format
from quizbank.issue import sheet_for
from quizbank.plainmath import plain_text
from quizbank.question import Variant
from quizbank.sheet import Sheet
from quizbank.template import fill


@click.command("show")
@click.argument("id")
@click.option("--seed", type=click.IntRange(0), help="Draw the numbers of this seed (default 0).")
@click.option("--notes", is_flag=True, help="Use the lecture notes' own numbers.")
@click.option(
    "--form", type=click.Choice(["open", "closed"]), default="open", help="Face of a conceptual question."
)
@click.option("--solution", is_flag=True, help="With the worked solution.")
@click.option("--hints", type=click.IntRange(0), default=0, metavar="N", help="With the first N hints.")
@click.option("--format", "format_", default="text", metavar="F", help="text (default), md, html or json.")
def command(id: str, seed: int | None, notes: bool, form: str, solution: bool, hints: int, format_: str) -> None:
    """Show the question ID."""
    variant = find_variant(id, seed, notes, form)
    one = find_format(format_)
    click.echo(one.render((question_sheet(variant, one, solved=solution),)), nl=False)
    for number, hint in enumerate(variant.question.hints[:hints], 1):
        click.echo(f"Hint {number}: {plain_text(fill(hint, variant.values))}")


def question_sheet(variant: Variant, one: Format, *, solved: bool) -> Sheet:
    """Make a sheet of a single question, as the audience of a format may see it."""
    title = variant.question.title or variant.question.id
    paper = Draft(Student(), (Item("1", variant, variant.question.points),))
    return sheet_for(Exam(variant.identity, title, (paper,), variant.seed), paper, one, solved=solved)
