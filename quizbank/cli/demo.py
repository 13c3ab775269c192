"""`quizbank demo`: from a drawn exam to a graded class, with real questions and real mistakes."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from grader.key import Key, KeyItem, KeyPart
from grader.paper import mark_paper, remember
from quizbank import bank
from quizbank.exam import Student, draw_exam
from quizbank.files import read_bytes, read_key, write_files
from quizbank.follow import follow
from quizbank.issue import exam_files, issue_paper
from quizbank.report import report_text
from quizbank.submission import check_submission, read_submissions

ASKED = ("ch2.body.train_step", "ch2.q4.k", "ch3.q2.a", "ch7.q2.a")
SEED = 7
Pupil = Callable[[KeyPart], str | None]

STUDENTS = (
    Student("a01", "Ada, who is right"),
    Student("b02", "Ben, who forgets"),
    Student("c03", "Cy, in a hurry"),
)


@click.command("demo")
@click.option(
    "-o", "--out", type=click.Path(file_okay=False, path_type=Path), help="Keep the files in this folder."
)
def command(out: Path | None) -> None:
    """Draw an exam, let three students answer it, and grade them."""
    with TemporaryDirectory() as temporary:
        folder = out or Path(temporary)
        slots = [(question, question.points) for question in map(bank.find, ASKED)]
        exam = draw_exam(slots, "Demonstration", seed=SEED, students=STUDENTS)
        issued = [issue_paper(exam.only(draft), ()) for draft in exam.papers]
        write_files(folder, exam_files(exam, issued), frozenset({"key.json"}))
        write_files(folder, answers_of(exam.key()))
        click.echo(
            f"An exam of {len(ASKED)} questions for {len(STUDENTS)} students, drawn from the seed {SEED}.\n"
        )
        for student in STUDENTS:
            click.echo(_graded(folder, student) + "\n")


def answers_of(key: Key) -> dict[str, bytes]:
    """Let each student answer their paper, in files as they would hand them in."""
    pupils: tuple[Pupil, ...] = (_right, _forgetful, _hurried)
    return {
        f"{paper.student}.toml": _answers_file(key.exam, paper.student, paper.items, pupil).encode()
        for paper, pupil in zip(key.papers, pupils, strict=True)
    }


def _graded(folder: Path, student: Student) -> str:
    key = read_key(folder / "key.json")
    (submission,) = read_submissions(f"{student.id}.toml", read_bytes(folder / f"{student.id}.toml"))
    return report_text(mark_paper(check_submission(submission, key), submission.responses, follow))


def _answers_file(exam: str, student: str, items: tuple[KeyItem, ...], pupil: Pupil) -> str:
    lines = [f"exam = '{exam}'", f"student = '{student}'"]
    for item in items:
        lines += ["", f"[answers.{item.number}]", *_answer_lines(item, pupil)]
    return "\n".join(lines) + "\n"


def _answer_lines(item: KeyItem, pupil: Pupil) -> list[str]:
    """Answer part after part; after a mistake, go on correctly from the own wrong value."""
    own: dict[str, Any] = {}
    lines = []
    for part in item.parts:
        text = pupil(part)
        if text is None:
            target = follow(item, part, own) if any(name in own for name in part.needs) else None
            text = part.answer.write((target or part.target).truth)
        remember(own, part, text)
        lines.append(f"{part.name} = '{text}'")
    return lines


def _right(part: KeyPart) -> str | None:
    return None


def _forgetful(part: KeyPart) -> str | None:
    """Forget the ReLU mask, take the wrong logarithm, forget biases; everything after it is consistent."""
    slip = next((slip for slip in part.target.slips if slip.name in ("no-mask", "log10", "no-bias")), None)
    return part.answer.write(slip.value) if slip and part.name != "H" else None


def _hurried(part: KeyPart) -> str | None:
    """Leave gaps and write what cannot be read."""
    return {"o": "", "L": "0.5 * ( 3", "dV": "what?", "weight": "8 by 8", "new_c": ""}.get(part.name)
