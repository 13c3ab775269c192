"""Check single answers, one or a batch."""

from collections.abc import Iterator
from typing import Any

import msgspec

from grader.answer import mark
from grader.paraphrases import look_again
from grader.verdict import Note, Outcome, Verdict
from quizbank import bank
from quizbank.errors import QuizbankError
from quizbank.keys import key_part


class Checked(msgspec.Struct, frozen=True):
    """A verdict with what it is about, as it is given to other programs."""

    id: str
    seed: int | str
    part: str
    outcome: Outcome
    credit: float
    read_as: str
    notes: tuple[Note, ...]


class Failed(msgspec.Struct, frozen=True):
    """A line of a batch that could not be checked, and why."""

    line: int
    error: str


class Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One answer to check; `seed` is a number, or "notes" (as is `notes: true`)."""

    id: str
    answer: str | int | float | bool | list[Any]
    seed: int | str = 0
    part: str = ""
    form: str = "open"
    notes: bool = False


def check_answer(
    id: str, seed: int | None, part: str, answer: str, form: str = "open", paraphrases: bool = False
) -> Checked:
    """Check an answer to a part of a question, for a seed or (None) the notes' own numbers.

    With `paraphrases`, a short text that may say a missing key point in other words goes to review.
    """
    question = bank.find(id).face(form)
    one = question.part(part)
    keyed = key_part(question.variant(seed), one)
    verdict = mark(keyed.answer, answer, keyed.target)
    return _checked(id, seed, one.name, look_again(keyed.answer, answer, verdict) if paraphrases else verdict)


def check_batch(lines: Iterator[str], paraphrases: bool = False) -> Iterator[Checked | Failed]:
    """Check one answer a line, given as JSON; a line that does not fit gives a `Failed`."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            request = msgspec.json.decode(line.encode(), type=Request)
            answer = _text(request.answer)
            yield check_answer(request.id, _seed(request), request.part, answer, request.form, paraphrases)
        except (msgspec.DecodeError, QuizbankError) as trouble:
            yield Failed(number, str(trouble))


def _seed(request: Request) -> int | None:
    if request.notes or request.seed == "notes":
        return None
    if isinstance(request.seed, int) and request.seed >= 0:
        return request.seed
    raise QuizbankError(f'the seed {request.seed!r} is neither a number from 0 nor "notes".')


def _text(answer: Any) -> str:
    return answer if isinstance(answer, str) else msgspec.json.encode(answer).decode()


def _checked(id: str, seed: int | None, part: str, verdict: Verdict) -> Checked:
    shown = "notes" if seed is None else seed
    return Checked(id, shown, part, verdict.outcome, verdict.credit, verdict.read_as, verdict.notes)
