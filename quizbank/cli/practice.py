"""`quizbank practice`: question after question in the terminal, with hints, feedback and worked solutions."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import click

from grader.decisions import attempt_credit
from grader.key import KeyItem, KeyPart
from grader.paper import mark_part, remember
from grader.verdict import Outcome, Verdict
from quizbank import bank
from quizbank.cli._options import plural, select_questions
from quizbank.cli.check import described
from quizbank.cli.show import question_sheet
from quizbank.domains import Stream
from quizbank.follow import follow
from quizbank.formats import find_format
from quizbank.keys import key_item, written_points
from quizbank.plainmath import plain_text
from quizbank.question import Question, Variant
from quizbank.template import fill

HELP, AGAIN = "answer, ? for a hint, Enter to leave it", "once more, or Enter to go on"
AFTER = "Enter: next question, s: solution, a: again with other numbers, q: stop"


@dataclass
class Session:
    """What has been asked so far, and the points reached."""

    reached: float = 0.0
    of: float = 0.0
    asked: list[str] = field(default_factory=list)


@click.command("practice")
@click.argument("ids", nargs=-1)
@click.option("--chapter", "chapters", metavar="2,3", help="Only questions of these chapters.")
@click.option(
    "--form", type=click.Choice(["open", "closed"]), default="open", help="Face of conceptual questions."
)
@click.option("--seed", type=click.IntRange(0), help="Ask the same questions with the same numbers again.")
def command(ids: tuple[str, ...], chapters: str | None, form: str, seed: int | None) -> None:
    """Practise: questions in a chance order, one part after the other, until you stop.

    What cannot be read costs nothing; a second try costs a quarter. Errors are carried forward as in an exam.
    """
    chosen = [bank.find(id) for id in ids] if ids else select_questions(chapters)
    drawn = secrets.randbelow(10**6) if seed is None else seed
    session = Session()
    try:
        for question in Stream("practice", drawn).shuffle(chosen):
            _practise(question.face(form if question.forms else ""), drawn, session)
    except click.Abort:
        click.echo()
    told = f"{plural(session.asked, 'question')}, {written_points(session.reached)} of {written_points(session.of)} points."
    click.echo(f"{told} The same again: --seed {drawn}")


def _practise(question: Question, seed: int, session: Session) -> None:
    """Ask a question, again with other numbers as long as that is wanted."""
    for number in (seed + step for step in range(10**6)):
        variant = question.draw(number)
        _ask(variant, session)
        wish = click.prompt(AFTER, default="", show_default=False, prompt_suffix=" › ").strip().lower()
        if wish == "s":
            click.echo(_page(variant, solved=True))
            wish = click.prompt(AFTER, default="", show_default=False, prompt_suffix=" › ").strip().lower()
        if wish == "q":
            raise click.Abort
        if wish != "a":
            return


def _ask(variant: Variant, session: Session) -> None:
    click.echo(f"\n{_page(variant, solved=False)}")
    item = key_item(variant)
    own: dict[str, Any] = {}
    hints = iter([fill(hint, variant.values) for hint in variant.question.hints])
    reached = sum(_answered(item, part, own, hints) for part in item.parts)
    session.asked.append(variant.identity)
    session.reached += reached
    session.of += item.points
    click.echo(f"{written_points(reached)} of {written_points(item.points)} points.")


def _answered(item: KeyItem, part: KeyPart, own: dict[str, Any], hints: Iterator[str]) -> float:
    """Ask for one part until it is right, left, or was tried twice; gives the points."""
    name = f"{part.name}: " if len(item.parts) > 1 else ""
    best = 0.0
    for attempt in (1, 2):
        text, verdict = _read(f"{name}{HELP if attempt == 1 else AGAIN}", item, part, own, hints)
        if verdict is None:
            break
        click.echo(described(verdict))
        best = max(best, attempt_credit(verdict, attempt))
        remember(own, part, text)
        if verdict.outcome in (Outcome.CORRECT, Outcome.REVIEW):
            break
    return best * part.points


def _read(
    ask: str, item: KeyItem, part: KeyPart, own: dict[str, Any], hints: Iterator[str]
) -> tuple[str, Verdict | None]:
    """Read an answer that can be judged; None where it is left out."""
    while True:
        text = click.prompt(ask, default="", show_default=False, prompt_suffix=" › ")
        if not text.strip():
            return "", None
        if text.strip() == "?":
            click.echo(f"  Hint: {plain_text(next(hints, 'There is no further hint.'))}")
            continue
        verdict = mark_part(item, part, text, own, follow)
        if verdict.outcome not in (Outcome.UNREADABLE, Outcome.BLANK):
            return text, verdict
        click.echo(described(verdict))


def _page(variant: Variant, *, solved: bool) -> str:
    one = find_format("text")
    return one.render((question_sheet(variant, one, solved=solved),)).decode()
