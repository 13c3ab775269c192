"""An Anki deck: a card for each question and variant, the worked solution on its back."""

import json
import sqlite3
from collections.abc import Iterator
from hashlib import sha256
from html import escape
from itertools import count
from typing import Any

from markupsafe import Markup

from quizbank.errors import QuizbankError
from quizbank.formats import Format, Remark, points, template
from quizbank.markup import tex_in_html, to_html, to_inline_html
from quizbank.packing import zip_files
from quizbank.platforms import solution_html
from quizbank.sheet import Sheet, SheetItem

MODEL = 1_607_392_319
BORN = 1_700_000_000  # seconds; notes are dated by their content, so that the same exam gives the same file
YEARS = 100_000_000
STYLE = """
.card { font-family: Georgia, serif; font-size: 18px; line-height: 1.5; max-width: 42em; margin: 0 auto; padding: 1em; }
.about { color: #777; font-size: .8em; }
.solution { border-left: 3px solid #1d4e79; padding-left: 1em; }
"""


def render(sheets: tuple[Sheet, ...]) -> bytes:
    """Render sheets with solutions as one deck; importing it again updates its cards."""
    try:
        import genanki
    except ImportError:
        raise QuizbankError('Anki decks need genanki; install it with: pip install "quizbank[anki]"') from None
    deck = genanki.Deck(_number(sheets[0].title, sheets[0].exam), sheets[0].title)
    for sheet in sheets:
        for item in sheet.items:
            fields = [escape(f"{item.number} {item.title}"), _front(item), solution_html(item, tex_in_html)]
            deck.add_note(genanki.Note(_model(genanki), fields, guid=_guid(sheet, item)))
    date = BORN + _number(*(field for note in deck.notes for field in note.fields)) % YEARS
    return zip_files({"collection.anki2": _database(genanki.Package(deck), date), "media": b"{}"})


def _database(package: Any, date: int) -> bytes:
    """Give the bytes of the collection; Anki updates a note only if its date is another one."""
    with sqlite3.connect(":memory:") as connection:
        package.write_to_db(connection.cursor(), date, count(BORN * 1000))
        connection.commit()
        return bytes(connection.serialize())


def _model(genanki: Any) -> Any:
    front = '<p class="about">{{Title}}</p>{{Question}}'
    back = '{{FrontSide}}<hr id="answer"><div class="solution">{{Solution}}</div>'
    names = [{"name": name} for name in ("Title", "Question", "Solution")]
    return genanki.Model(MODEL, "quizbank", names, [{"name": "Card", "qfmt": front, "afmt": back}], STYLE)


def _front(item: SheetItem) -> str:
    page: str = template("card.html.jinja").render(
        item=item,
        blocks=lambda text: Markup(to_html(text, tex_in_html)),
        inline=lambda text: Markup(to_inline_html(text, tex_in_html)),
        worth=points,
    )
    return page.strip()


def _guid(sheet: Sheet, item: SheetItem) -> str:
    """Name a note by exam, student and question, so that the same one is found again."""
    return sha256(json.dumps([sheet.exam, sheet.student, item.number]).encode()).hexdigest()[:20]


def _number(*names: str) -> int:
    """Make a stable number out of names, as Anki wants for decks."""
    return int(sha256("\x1f".join(names).encode()).hexdigest()[:11], 16)


def remarks(sheet: Sheet) -> Iterator[Remark]:
    """Say how a deck is brought up to date, and that nothing is scored."""
    yield Remark("the learner alone scores a card; to update a deck, import it with “Update notes: Always”.")


FORMAT = Format("anki", "apkg", render, audience="platform", remarks=remarks)
