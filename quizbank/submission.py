"""What students hand in: answers as TOML, JSON or CSV, read into one shape and checked against the key."""

import csv
import io
import json
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from grader.key import Key, Paper
from quizbank.errors import FileError, did_you_mean
from quizbank.files import can_name_file

# A TOML string in double quotes that holds a LaTeX command: its backslash was meant as it stands. That the string ends
# is looked for first, so that one that never does takes no longer.
BROKEN = re.compile(
    r'^([ \t]*[\w."-]+[ \t]*=[ \t]*)"(?=[^"\n]*")((?:[^"\\\n]|\\[A-Za-z(){}\[\],;!%_ ]|\\\\)*\\[A-Za-z]{2}[^"\n]*)"', re.MULTILINE
)


class AnswersFile(msgspec.Struct, frozen=True):
    """An answers file as it is published: by item and part, as text (numbers and lists may stand without quotes)."""

    answers: dict[str, dict[str, Any]]
    exam: str = ""
    student: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """One student's answers by item and part, and where they came from; with the paper that a platform dealt."""

    exam: str
    student: str
    responses: Mapping[str, Mapping[str, str]]
    source: str
    lines: Mapping[str, int] = field(default_factory=dict)
    paper: Paper | None = None

    @property
    def is_filled(self) -> bool:
        """Say whether there is any answer in it."""
        return any(text.strip() for parts in self.responses.values() for text in parts.values())


def read_submissions(name: str, data: bytes) -> list[Submission]:
    """Read an answers file by its ending; raises `FileError` naming file, line and remedy."""
    ending = name.rsplit(".", 1)[-1].lower()
    if ending not in READERS:
        raise FileError(f"{name}: answers come as .toml, .json, .csv or .ipynb; save the file as one of these.")
    return READERS[ending](name, decode_text(name, data))


def decode_text(name: str, data: bytes) -> str:
    """Decode a text file; raises `FileError` where it is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        line = data[: trouble.start].count(b"\n") + 1
        raise FileError(
            f"{name}, line {line}: this is not UTF-8 text; save the file with the encoding UTF-8 (Excel: “CSV UTF-8”)."
        ) from None


def repair_escapes(text: str) -> str:
    r"""Turn double-quoted TOML strings that hold LaTeX into literal ones, whose backslashes survive.

    >>> repair_escapes('loss = "\\frac{1}{2}"')
    "loss = '\\frac{1}{2}'"
    """
    return BROKEN.sub(lambda match: match[0] if "'" in match[2] else f"{match[1]}'{match[2]}'", text)


def check_submission(submission: Submission, key: Key) -> Paper:
    """Find the paper a submission belongs to; raises `FileError` where it does not fit the key."""
    where = submission.source
    if submission.exam and submission.exam != key.exam:
        raise FileError(
            f"{where}: these are answers to the exam {submission.exam}, but the key is for {key.exam}; use its own key."
        )
    paper = submission.paper or key.paper(submission.student)
    if paper is None:
        raise FileError(f"{where}: {_unknown_student(submission.student, key)}")
    if not can_name_file(paper.student):
        raise FileError(f"{where}: the id “{paper.student[:80]}” cannot name a file; use letters, digits, - and _.")
    for number, parts in submission.responses.items():
        _check_item(submission, paper, number, parts)
    return paper


def refuse_twice(submissions: Iterable[Submission]) -> None:
    """Refuse two submissions of the same student."""
    seen: dict[str, Submission] = {}
    for one in submissions:
        if one.student in seen:
            who = f"the student “{one.student}”" if one.student else "a student without an id"
            raise FileError(
                f"{one.source}: {who} already handed in {seen[one.student].source}; keep one of the two."
            )
        seen[one.student] = one


def without_blank_twins(submissions: Sequence[Submission]) -> list[Submission]:
    """Leave out templates that were not filled where the same student handed in something else, also a template."""
    filled = {one.student for one in submissions if one.is_filled}
    first = {one.student: one for one in reversed(submissions)}
    return [one for one in submissions if one.is_filled or (one.student not in filled and one is first[one.student])]


def _unknown_student(student: str, key: Key) -> str:
    known = [paper.student for paper in key.papers]
    if not student:
        return 'it names no student; add student = "…" with an id of the roster.'
    return f"the student “{student}” is not in the key. {did_you_mean(student, known)} Correct the id.".replace(
        "  ", " "
    )


def _check_item(submission: Submission, paper: Paper, number: str, parts: Mapping[str, str]) -> None:
    item = paper.item(number)
    if item is None:
        known = ", ".join(one.number for one in paper.items)
        raise FileError(f"{_place(submission, number)}: there is no question {number}; this exam has {known}.")
    for name in parts:
        if item.part(name) is None:
            names = [part.name for part in item.parts]
            hint = did_you_mean(name, names)
            raise FileError(
                f"{_place(submission, f'{number}.{name}')}: question {number} has no part “{name}”. "
                f"{hint} Its parts are {', '.join(names)}.".replace("  ", " ")
            )


def _place(submission: Submission, name: str) -> str:
    line = submission.lines.get(name)
    return f"{submission.source}, line {line}" if line else submission.source


def _read_toml(name: str, text: str) -> list[Submission]:
    try:
        tree = tomllib.loads(repair_escapes(text))
    except tomllib.TOMLDecodeError as trouble:
        raise FileError(
            f"{name}: this is not TOML ({trouble}); write each answer as part = '…' with single quotes."
        ) from None
    return [_submission(name, tree, dict(_toml_lines(text)))]


def _toml_lines(text: str) -> Iterator[tuple[str, int]]:
    """Say in which line each item and part of an answers file stands."""
    item = ""
    for number, line in enumerate(text.splitlines(), 1):
        if match := re.match(r"\s*\[answers\.\"?([^\]\"]+)\"?\]", line):
            item = match[1]
            yield item, number
        elif match := re.match(r"\s*\"?([\w-]+)\"?\s*=", line):
            yield f"{item}.{match[1]}", number


def _read_json(name: str, text: str) -> list[Submission]:
    try:
        tree = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as trouble:
        line = getattr(trouble, "lineno", 1)
        raise FileError(
            f"{name}, line {line}: this is not JSON ({trouble}); correct it or export it again."
        ) from None
    trees = tree if isinstance(tree, list) else [tree]
    return [
        _submission(f"{name}, entry {n}" if len(trees) > 1 else name, one, {}) for n, one in enumerate(trees, 1)
    ]


def _read_notebook(name: str, text: str) -> list[Submission]:
    """Read the answer cells of a filled notebook: all but their first line and their comments."""
    try:
        notebook = json.loads(text)
        cells, about = notebook["cells"], notebook["metadata"]["quizbank"]
    except (ValueError, RecursionError, KeyError, TypeError):
        raise FileError(
            f"{name}: this is not a notebook made by quizbank; hand in the one you were given."
        ) from None
    answers: dict[str, dict[str, str]] = {}
    for cell in cells:
        place = cell.get("metadata", {}).get("quizbank")
        if place:
            lines = "".join(cell["source"]).splitlines()[1:]
            answer = "\n".join(line for line in lines if not line.startswith("#")).strip()
            answers.setdefault(place["item"], {})[place["part"]] = answer
    return [_submission(name, {**about, "answers": answers}, {})]


def _submission(name: str, tree: Any, lines: Mapping[str, int]) -> Submission:
    if not isinstance(tree, dict) or not isinstance(tree.get("answers"), dict):
        raise FileError(f"{name}: there are no answers in it; expected a table [answers.1] for each question.")
    unknown = [key for key in tree if key not in ("exam", "student", "name", "answers")]
    if unknown:
        raise FileError(f"{name}: “{unknown[0]}” is not known here; expected exam, student and answers.")
    responses = {}
    for number, parts in tree["answers"].items():
        if not isinstance(parts, dict):
            raise FileError(f"{name}: question {number} must be a table of parts; write [answers.{number}].")
        responses[str(number)] = {part: _text(value) for part, value in parts.items()}
    return Submission(str(tree.get("exam", "")), str(tree.get("student", "")), responses, name, lines)


def _text(value: Any) -> str:
    """Give an answer as text; numbers and lists written without quotes are taken as they stand."""
    return value if isinstance(value, str) else json.dumps(value, default=str)


def _read_csv(name: str, text: str) -> list[Submission]:
    columns = ("student", "item", "part", "answer")
    found: dict[str, dict[str, dict[str, str]]] = {}
    exams: dict[str, str] = {}
    lines: dict[str, dict[str, int]] = {}
    for line, row in table_rows(name, text, columns):
        student, item, part, answer = (row[column].strip() for column in columns)
        parts = found.setdefault(student, {}).setdefault(item, {})
        if part in parts:
            raise FileError(f"{name}, line {line}: {student} answers {item}.{part} twice; keep one line.")
        parts[part] = answer
        exams[student] = (row.get("exam") or "").strip()
        lines.setdefault(student, {}).update({item: line, f"{item}.{part}": line})
    return [
        Submission(exams[student], student, answers, name, lines[student]) for student, answers in found.items()
    ]


def table_rows(name: str, text: str, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Give line and cells of each row of a CSV table; raises `FileError` naming the line.

    Cells stand between commas, or between semicolons or tabs, as spreadsheets write them; a row of empty ones is
    passed over.
    """
    delimiter = next((sign for sign in ",;\t" if set(columns) <= set(_header(text, sign))), ",")
    rows = csv.DictReader(io.StringIO(text, newline=""), _header(text, delimiter), strict=True, delimiter=delimiter)
    try:
        next(rows, None)
        missing = [column for column in columns if column not in (rows.fieldnames or ())]
        if missing:
            raise FileError(
                f"{name}, line 1: the column “{missing[0]}” is missing; the first line must be {','.join(columns)}."
            )
        for row in rows:
            if None in row or None in row.values():
                raise FileError(
                    f"{name}, line {rows.line_num}: this line has not {len(rows.fieldnames or ())} cells; "
                    "put quotes around a cell with a comma in it."
                )
            if any(cell.strip() for cell in row.values()):
                yield rows.line_num, row
    except csv.Error as trouble:
        raise FileError(f"{name}, line {rows.line_num}: this is not CSV ({trouble}); save it again.") from None


def _header(text: str, delimiter: str) -> list[str]:
    cells = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    return [column.strip().lower() for column in cells]


READERS: dict[str, Callable[[str, str], list[Submission]]] = {
    "toml": _read_toml,
    "json": _read_json,
    "csv": _read_csv,
    "ipynb": _read_notebook,
}
