"""`quizbank list`: what the bank holds."""

import click
import msgspec

from quizbank import bank
from quizbank.cli._options import select_questions
from quizbank.errors import UnknownName
from quizbank.question import Question


class Row(msgspec.Struct, frozen=True):
    """One question of the listing."""

    id: str
    also: tuple[str, ...]
    chapter: str
    section: str
    title: str
    kinds: tuple[str, ...]
    forms: tuple[str, ...]
    points: float
    difficulty: int
    minutes: float
    topics: tuple[str, ...]
    notes: bool


@click.command("list")
@click.option("--chapter", metavar="N", help="Only this chapter: 1 to 7, s1 or s2.")
@click.option("--kind", metavar="K", help="Only questions that ask for this kind of answer, such as matrix.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def command(chapter: str | None, kind: str | None, as_json: bool) -> None:
    """List the questions of the bank."""
    rows = [describe(question) for question in select_questions(chapter)]
    if kind:
        known = sorted({name for row in rows for name in row.kinds})
        if kind not in known:
            raise UnknownName("kind of answer here named", kind, known, f"There are {', '.join(known)}.")
        rows = [row for row in rows if kind in row.kinds]
    click.echo(msgspec.json.format(msgspec.json.encode(rows)) if as_json else _table(rows))


def describe(question: Question) -> Row:
    """Describe one question."""
    return Row(
        question.id,
        question.also,
        question.chapter,
        question.section,
        question.title,
        question.kinds,
        question.forms,
        question.points,
        question.difficulty,
        question.minutes,
        question.topics,
        question.notes is not None,
    )


def _table(rows: list[Row]) -> str:
    width = max((len(row.id) for row in rows), default=2)
    lines = []
    for chapter in dict.fromkeys(row.chapter for row in rows):
        own = [row for row in rows if row.chapter == chapter]
        lines.append(f"{bank.heading(chapter)} ({len(own)} question{'s' * (len(own) != 1)})")
        lines += [
            f"  {row.id:<{width}}  {row.points:>4g} p  {'●' * row.difficulty:<3}  {row.title}" for row in own
        ]
    return "\n".join([*lines, "", f"{len(rows)} questions. `quizbank show ID` shows one."])
