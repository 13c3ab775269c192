"""What several commands share."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from quizbank import bank
from quizbank.question import Question, Variant

Result = TypeVar("Result")


def select_questions(chapters: str | None) -> list[Question]:
    """Give the questions of some chapters (`2,3` or `ch2,s1`), or all."""
    questions = bank.all_questions()
    if not chapters:
        return list(questions)
    names = [bank.chapter_name(piece) for piece in chapters.split(",")]
    return [question for question in questions if question.chapter in names]


def find_variant(id: str, seed: int | None, notes: bool, form: str = "") -> Variant:
    """Draw the variant a command names: the notes' own numbers, or those of a seed (0 if none is given)."""
    question = bank.find(id).face(form)
    return question.noted() if notes else question.draw(seed or 0)


def plural(items: Sequence[object], word: str) -> str:
    """Count things in words.

    >>> plural([1], "paper"), plural([], "paper")
    ('1 paper', '0 papers')
    """
    return f"{len(items)} {word}{'' if len(items) == 1 else 's'}"


def progress(label: str, results: Iterator[Result], total: int) -> Iterator[Result]:
    """Show a progress bar on standard error while results come in, where somebody looks at it."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    yield from track(results, label, total, console=console, transient=True, disable=not console.is_terminal)
