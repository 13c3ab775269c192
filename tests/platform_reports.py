"""Quizzes answered as Moodle and Canvas would let them be answered, and reported as these platforms do.

Everything is read from the exported file; what is right is what the export itself scores best.
"""

import csv
import html
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple
from xml.etree import ElementTree

FIELD = re.compile(r"\{\d+:(NM|SA|MCV|MR):((?:[^{}]|\\\})+)\}", re.DOTALL)


class Asked(NamedTuple):
    """One question of a platform: the group it is drawn from, its text in the report, and the right response."""

    group: str
    text: str
    response: str


def text_of(markup: str) -> str:
    """Turn HTML into a line of text, as platforms do in reports."""
    emphasised = re.sub(r"</?(?:em|i)>", "_", re.sub(r"</?(?:b|strong)>", "*", markup))
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", emphasised)).split())


def moodle_questions(xml: bytes) -> Iterator[Asked]:
    """Read every question of a Moodle XML file."""
    category = ""
    for one in ElementTree.fromstring(xml).findall("question"):
        if one.get("type") == "category":
            category = one.findtext("category/text") or ""
        else:
            text = one.findtext("questiontext/text") or ""
            parts = re.sub(r".* \(variant \d+\)$", "", one.findtext("name/text") or "")
            yield Asked(f"{category} {parts}", text_of(FIELD.sub("_____", text)), MOODLE[one.get("type", "")](one))


def _right(one: Any) -> list[str]:
    return [a.findtext("text") or "" for a in one.findall("answer") if float(a.get("fraction")) > 0]


def _matched(one: Any) -> str:
    pairs = [
        (text_of(sub.findtext("text") or ""), sub.findtext("answer/text")) for sub in one.findall("subquestion")
    ]
    return "; ".join(f"{left} -> {right}" for left, right in pairs if left)


def _cloze(one: Any) -> str:
    fields = FIELD.findall(one.findtext("questiontext/text") or "")
    return "; ".join(f"part {n}: {_field(kind, body)}" for n, (kind, body) in enumerate(fields, 1))


def _field(kind: str, body: str) -> str:
    shares = [re.fullmatch(r"(=|%-?[\d.]+%)(.+)", one, re.DOTALL).groups() for one in body.split("~")]  # type: ignore[union-attr]
    right = [text_of(html.unescape(text)) for share, text in shares if share == "=" or float(share.strip("%")) > 0]
    return right[0].split(":")[0] if kind == "NM" else "; ".join(right) if kind == "MR" else right[0]


MOODLE: dict[str, Callable[[Any], str]] = {
    "numerical": lambda one: _right(one)[0],
    "shortanswer": lambda one: _right(one)[0].replace("\\*", "*"),
    "multichoice": lambda one: "; ".join(map(text_of, _right(one))),
    "matching": _matched,
    "cloze": _cloze,
    "essay": lambda one: text_of(one.findtext("graderinfo/text") or ""),
}


def canvas_questions(package: bytes) -> Iterator[Asked]:
    """Read every question of a Canvas package."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        quiz = archive.read("quiz/quiz.xml").decode()
    root = ElementTree.fromstring(re.sub(r' xmlns="[^"]+"', "", quiz, count=1))
    for one in root.iter("item"):
        group = re.sub(r"-v\d+$", "", one.get("ident", ""))
        yield Asked(group, text_of(one.findtext("presentation/material/mattext") or ""), _canvas_response(one))


def _canvas_response(one: Any) -> str:
    conditions = [c for c in one.iter("respcondition") if c.find("setvar") is not None]
    right = [e for c in conditions for e in c.iter("varequal") if not _negated(c, e)]
    chosen = one.findall("presentation/response_lid")
    if not right:
        return "An essay."
    if not chosen:
        return str(right[0].text)
    labels = {
        (lid.get("ident"), label.get("ident")): label.findtext("material/mattext") or ""
        for lid in chosen
        for label in lid.iter("response_label")
    }
    texts = [text_of(labels[e.get("respident"), e.text]) for e in right]
    if chosen[0].get("ident") == "response1":
        return ",".join(text.replace(",", r"\,") for text in texts)
    lefts = [text_of(lid.findtext("material/mattext") or "") for lid in chosen]
    pairs = zip(lefts, texts, strict=True)
    return ",".join("=>".join(one.replace("=>", r"\=>") for one in pair).replace(",", r"\,") for pair in pairs)


def _negated(condition: Any, equal: Any) -> bool:
    return any(equal in list(denied) for denied in condition.iter("not"))


def moodle_report(asked: Sequence[Asked], students: Sequence[tuple[str, str, str]], *, texts: bool = True) -> str:
    """Write Moodle's report for students (first name, last name, id number); each gets another variant."""
    groups = _groups(asked)
    head = ["Last name", "First name", "ID number", "Email address", "Status", "Started", "Grade/90.00"]
    for slot in range(1, len(groups) + 1):
        head += [f"Question {slot}", f"Response {slot}"] if texts else [f"Response {slot}"]
    rows = []
    for place, (first, last, number) in enumerate(students):
        row = [last, first, number, f"{first.lower()}@example.org", "Finished", "30 November 2026", "-"]
        for group in groups:
            drawn = group[(place + 1) % len(group)]
            row += [drawn.text, drawn.response] if texts else [drawn.response]
        rows.append(row)
    return _table([head, *rows])


def canvas_report(asked: Sequence[Asked], students: Sequence[tuple[str, str]]) -> str:
    """Write Canvas's student analysis for students (name, SIS id): a column for every question of every group."""
    groups = _groups(asked)
    columns = [one for group in groups for one in group]
    head = ["name", "id", "sis_id", "section", "submitted"]
    for number, one in enumerate(columns, 4711):
        head += [f"{number}: {one.text}", "1.0"]
    rows = []
    for place, (name, sis) in enumerate(students):
        drawn = {id(group[(place + 1) % len(group)]) for group in groups}
        row = [name, str(900 + place), sis, "Lecture", "2026-11-30 10:00:00 UTC"]
        for one in columns:
            row += [one.response, "1.0"] if id(one) in drawn else ["", ""]
        rows.append([*row, "3", "0", "7.0"])
    return _table([[*head, "n correct", "n incorrect", "score"], *rows])


def _groups(asked: Sequence[Asked]) -> list[list[Asked]]:
    groups: dict[str, list[Asked]] = {}
    for one in asked:
        groups.setdefault(one.group, []).append(one)
    return list(groups.values())


def _table(rows: Sequence[Sequence[str]]) -> str:
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue()
