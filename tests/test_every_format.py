"""The laws that every output format keeps; a new format is found by itself."""

import html
import io
import json
import re
import sqlite3
import subprocess
import sys
import unicodedata
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from specimen_sheets import PARTS, paper, sheet

from quizbank import bank
from quizbank.errors import UnknownName
from quizbank.exam import Draft, Exam, Item, Student
from quizbank.formats import Format, all_formats, find_format
from quizbank.issue import sheet_for
from quizbank.plainmath import plain_text
from quizbank.sheet import Sheet, scored_sheet

NEEDS = {"pdf": ("typst", "pypdf"), "anki": ("genanki",)}
TRUTHS = ("It is centred at zero.", "1.386", "Multiply", "Put the numbers in", "So it")
by_name = pytest.mark.parametrize("form", list(all_formats().values()), ids=lambda form: form.name)
for_people = pytest.mark.parametrize(
    "form", [one for one in all_formats().values() if one.audience != "platform"], ids=lambda form: form.name
)


def written(form: Format, *sheets: Sheet) -> bytes:
    """Render sheets, where what the format needs is installed."""
    for module in NEEDS.get(form.name, ()):
        pytest.importorskip(module, reason=f"{form.name} needs {module}")
    return form.render(sheets)


def text_of(data: bytes) -> str:
    """Give all that can be read in a file, whatever it is."""
    if data.startswith(b"%PDF"):
        import pypdf

        pages = pypdf.PdfReader(io.BytesIO(data)).pages
        return unicodedata.normalize("NFKC", "\n".join(page.extract_text() for page in pages))
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "\n".join(_member(archive.read(name)) for name in archive.namelist())
    return _unescaped(data.decode())


def _member(data: bytes) -> str:
    if not data.startswith(b"SQLite"):
        return _unescaped(data.decode())
    with sqlite3.connect(":memory:") as connection:
        connection.deserialize(data)
        return _unescaped("\n".join(row[0] for row in connection.execute("SELECT flds FROM notes")))


def _unescaped(text: str) -> str:
    r"""Undo the usual ways of escaping, so that texts can be compared: entities, JSON, and marks before signs."""
    if text.startswith(("{", "[")):
        text = "\n".join(_strings(json.loads(text)))
    text = re.sub(r"\\text(\w+)\{\}", lambda match: LATEX_SIGNS.get(match[1], match[0]), text)
    return re.sub(r"\\([\\~=#{}:%&_<>$*`|\[\]])", r"\1", html.unescape(html.unescape(text)))


LATEX_SIGNS = {"less": "<", "greater": ">", "asciitilde": "~", "backslash": "\\"}


def _strings(tree: Any) -> list[str]:
    if isinstance(tree, str):
        return [tree]
    children = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    return [text for child in children for text in _strings(child)]


def words(text: str) -> str:
    """Keep what does not depend on how a page is set."""
    return re.sub(r"\W+", " ", text)


@for_people
def test_a_students_sheet_holds_no_truth(form: Format) -> None:
    sealed = form.audience == "practice"
    for one in (sheet(sealed=sealed), paper(2)):
        text = text_of(written(form, one))
        assert not [truth for truth in TRUTHS if truth in text]


@by_name
def test_solutions_show_every_model_answer_and_every_step(form: Format) -> None:
    text = words(text_of(written(form, sheet(solved=True, scored=form.audience == "platform"))))

    assert text.count("It is centred at zero") >= 2 and "X T G" in text
    assert text.count("Multiply") >= 2 * len(PARTS)
    assert "Put the numbers in" in text and "So it" in text


@by_name
def test_every_option_and_every_question_is_drawn(form: Format) -> None:
    platform = form.audience == "platform"
    text = words(text_of(written(form, sheet(solved=platform, scored=platform))))

    for name in PARTS:
        assert f"Only {name}" in text
    for option in ("bounded", "odd", "convex", "smooth", "nearly", "ReLU friends", "a b", "kinked bent"):
        assert option in text
    assert "update" in text and "forward" in text and "backward" in text


@for_people
def test_a_students_sheet_says_what_is_allowed(form: Format) -> None:
    one = replace(sheet(sealed=form.audience == "practice"), rules="Allowed: one sheet of notes.")

    assert "Allowed one sheet of notes" in words(text_of(written(form, one)))


@by_name
def test_signs_with_a_meaning_elsewhere_are_kept(form: Format) -> None:
    platform = form.audience == "platform"
    text = text_of(written(form, sheet(solved=platform, scored=platform)))

    for sign in ("100%", "#tags", "_under_scores", "{braces}", "a~b", "3 < 4 > 2", "back\\slash", "quotes"):
        assert sign in text, sign
    assert "x.T @ G" in text


@by_name
def test_no_hole_of_a_template_is_left(form: Format) -> None:
    platform = form.audience == "platform"
    for solved in (True,) if platform else (False, True):
        text = text_of(written(form, sheet(solved=solved, scored=platform)))
        assert not re.search(r"\{\{ ?\w+ ?\}\}|\{% |<<\w+>>|Undefined|<function|None\b(?! of these)", text)


@by_name
def test_the_same_sheet_gives_the_same_bytes(form: Format) -> None:
    one = sheet(solved=True, scored=form.audience == "platform")

    assert written(form, one) == written(form, one)


@by_name
def test_a_class_fits_into_one_file(form: Format) -> None:
    platform = form.audience == "platform"
    papers = tuple(paper(number, solved=platform, scored=platform) for number in (1, 2, 3))
    text = words(text_of(written(form, *papers)))

    assert text.count("Only number") >= 3


@cache
def everything() -> Sheet:
    """Print every question of the bank in all its faces, with solutions and scorings."""
    faces = [one.face(kind) for one in bank.all_questions() for kind in one.forms or ("",)]
    variants = [face.variant(1 if face.notes is None else None) for face in faces]
    drawn = tuple(Item(str(number), variant, 2) for number, variant in enumerate(variants, 1))
    draft = Draft(Student(), drawn)
    return scored_sheet(Exam("practice-x", "All of them", (draft,), 1), draft)


@by_name
def test_every_question_of_the_bank_can_be_printed(form: Format) -> None:
    text = words(text_of(written(form, everything())))

    for item in everything().items:
        assert words(plain_text(item.title)) in text


def test_tex_gets_no_sign_of_the_bank_that_it_cannot_read() -> None:
    text = written(find_format("latex"), everything()).decode()
    signs = {sign for sign in text if not sign.isascii() and not unicodedata.name(sign).startswith("LATIN")}

    assert signs <= set("“”‖")


@by_name
def test_remarks_are_sentences_with_places_of_the_sheet(form: Format) -> None:
    shown = sheet(solved=True, scored=True)
    places = {f"{item.number} {part.label}".strip() for item in shown.items for part in item.parts}

    for remark in form.remarks(shown):
        assert remark.text.endswith(".")
        assert not remark.place or remark.place in places | {item.number for item in shown.items}


def test_formats_are_found_by_name_and_by_ending() -> None:
    endings = [form.ending for form in all_formats().values()]

    assert len(set(endings)) == len(endings) == len(all_formats())
    assert find_format("HTML") is find_format("html") and find_format("apkg").name == "anki"
    with pytest.raises(UnknownName, match="Did you mean “moodle”"):
        find_format("moddle")


def test_a_students_sheet_carries_no_secret_of_any_kind() -> None:
    [question] = [one for one in bank.all_questions() if one.id == "ch2.q4.g"]
    drafts = (Draft(Student("s1", "Ann"), (Item("1", question.draw(3), 3),)),)
    graded = Exam("graded-x", "Exam", drafts, None, secret="hidden")
    for form in all_formats().values():
        if form.audience != "platform":
            for part in sheet_for(graded, graded.papers[0], form).items[0].parts:
                assert part.solution is part.scoring is part.seal is None
    assert "hidden" not in str(msgspec.to_builtins(sheet_for(graded, drafts[0], find_format("md"))))


def test_a_format_asks_for_what_it_needs_in_one_sentence() -> None:
    script = (
        "import sys; sys.modules['typst'] = None; sys.modules['genanki'] = None\n"
        "from quizbank.errors import QuizbankError; from quizbank.formats import find_format\n"
        "for name in ('pdf', 'anki'):\n"
        "    try: find_format(name).render((__import__('specimen_sheets').sheet(solved=True),))\n"
        "    except QuizbankError as trouble: print(trouble)"
    )
    command = [sys.executable, "-c", script]
    shown = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parent, check=True).stdout

    assert 'pip install "quizbank[pdf]"' in shown and 'pip install "quizbank[anki]"' in shown


def test_the_manual_names_every_format_with_its_ending() -> None:
    manual = (Path(__file__).parent.parent / "docs" / "formats.md").read_text(encoding="utf-8")

    for form in all_formats().values():
        assert f"| `{form.name}` | {form.ending} |" in manual
    assert set(re.findall(r"^\| `(\w+)` \| [\w.]+ \|", manual, re.MULTILINE)) == set(all_formats())
