"""Make docs/catalogue.md: what the bank holds, and which question answers to which id of the notes."""

import json
from collections.abc import Iterator
from pathlib import Path

from quizbank import bank
from quizbank.question import Question

DOCS = Path(__file__).parent
REQUIRED = json.loads((DOCS / "required_ids.json").read_text(encoding="utf-8"))


def catalogue() -> str:
    """Write the whole page."""
    return "\n".join([*_head(), *_listing(), *_coverage()]) + "\n"


def uncovered() -> list[str]:
    """Name the ids of the notes that no question answers to."""
    known = {id for question in bank.all_questions() for id in question.ids}
    return [row["id"] for row in REQUIRED if row["id"] not in known]


def _head() -> Iterator[str]:
    questions = bank.all_questions()
    yield "# Catalogue"
    yield ""
    yield "Made by `docs/make_catalogue.py` from the bank itself; a test keeps it current."
    yield ""
    yield f"{len(questions)} questions answer to {sum(len(q.ids) for q in questions)} ids."


def _listing() -> Iterator[str]:
    questions = bank.all_questions()
    for chapter in dict.fromkeys(question.chapter for question in questions):
        own = [question for question in questions if question.chapter == chapter]
        yield from ("", f"## {bank.heading(chapter)} ({len(own)})", "")
        yield "| id | title | answers | points | difficulty | section |"
        yield "|---|---|---|---|---|---|"
        yield from map(_row, own)


def _row(question: Question) -> str:
    kinds = ", ".join(question.kinds)
    cells = (
        f"`{question.id}`",
        question.title,
        kinds,
        f"{question.points:g}",
        "●" * question.difficulty,
        question.section,
    )
    return f"| {' | '.join(cells)} |"


def _coverage() -> Iterator[str]:
    owner = {id: question for question in bank.all_questions() for id in question.ids}
    yield from ("", "## Coverage of the notes", "")
    yield f"{len(REQUIRED) - len(uncovered())} of {len(REQUIRED)} ids have their question."
    yield ""
    yield "| id of the notes | section | about | question |"
    yield "|---|---|---|---|"
    for row in REQUIRED:
        found = owner.get(row["id"])
        yield f"| `{row['id']}` | {row['section']} | {row['about']} | {f'`{found.id}`' if found else '**missing**'} |"


if __name__ == "__main__":
    (DOCS / "catalogue.md").write_text(catalogue(), encoding="utf-8")
