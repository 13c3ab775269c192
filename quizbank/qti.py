"""IMS QTI packages: items with interactions and response processing, written in 2.1 and renamed for 3.0."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from grader.scoring import Order
from quizbank.formats import Remark, template
from quizbank.markup import to_html, to_inline_html
from quizbank.mathml import xml_mathml
from quizbank.packing import zip_files
from quizbank.platforms import (
    has_none_right,
    is_manual,
    matches,
    middle,
    number_text,
    remarks_on,
    rights,
    several_right,
    solution_html,
    ticks,
    tolerance,
)
from quizbank.sheet import Sheet, SheetItem, SheetPart

TAG = re.compile(r'<(/?)([A-Za-z]\w*)((?:[^<>"]|"[^"]*")*)>')


@dataclass(frozen=True, slots=True)
class Version:
    """What differs between versions besides the names of elements."""

    namespace: str
    packaging: str
    kind: str


VERSION_2 = Version("http://www.imsglobal.org/xsd/imsqti_v2p1", "http://www.imsglobal.org/xsd/imscp_v1p1", "v2p1")
VERSION_3 = Version(
    "http://www.imsglobal.org/xsd/imsqtiasi_v3p0", "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1", "v3p0"
)


@dataclass(frozen=True, slots=True)
class Item:
    """One item file: a variant of a question."""

    identifier: str
    sheet: Sheet
    item: SheetItem

    @property
    def picture(self) -> str:
        """Name the file of the figure, if there is one."""
        return f"images/{self.identifier}.svg" if self.item.figure else ""


@dataclass(frozen=True, slots=True)
class Pool:
    """The variants of one question, of which a test draws one."""

    number: str
    title: str
    items: tuple[Item, ...]


def package(sheets: tuple[Sheet, ...], version: Version) -> bytes:
    """Zip a test whose sections hold the variants of a question each, with manifest, items and pictures."""
    found = pools(sheets)
    items = [item for pool in found for item in pool.items]
    files = {
        "imsmanifest.xml": _page("manifest.qti.xml.jinja", pools=found, items=items, version=version).encode()
    }
    files["test.xml"] = _renamed(_page("test.qti.xml.jinja", pools=found, title=sheets[0].title), version)
    files |= {f"items/{one.identifier}.xml": _renamed(item_xml(one, version), version) for one in items}
    files |= {one.picture: one.item.figure.svg.encode() for one in items if one.item.figure}
    return zip_files(files)


def pools(sheets: tuple[Sheet, ...]) -> list[Pool]:
    """Gather the variants of each question from all papers."""
    found = []
    for place, first in enumerate(sheets[0].items):
        variants = tuple(
            Item(f"q{first.number}-v{variant}", sheet, sheet.items[place])
            for variant, sheet in enumerate(sheets, 1)
        )
        found.append(Pool(first.number, first.title or f"Question {first.number}", variants))
    return found


def item_xml(one: Item, version: Version = VERSION_2) -> str:
    """Write an item in the words of QTI 2.1, with the wrapper that 3.0 wants around feedback."""
    solution = solution_html(one.item, xml_mathml)
    if version is VERSION_3:
        solution = f"<contentBody>{solution}</contentBody>"
    return _page("item.qti.xml.jinja", one=one, item=one.item, solution=Markup(solution))


def _page(name: str, **values: object) -> str:
    text: str = template(name).render(
        **values,
        blocks=lambda text: Markup(to_html(text, xml_mathml)),
        inline=lambda text: Markup(to_inline_html(text, xml_mathml)),
        kind=lambda part: type(part.scoring).__name__.lower(),
        field=field_name,
        several=several_right,
        ticks=ticks,
        matches=matches,
        rights=rights,
        middle=lambda interval: number_text(middle(interval)),
        low=lambda interval: number_text(middle(interval) - tolerance(interval)),
        high=lambda interval: number_text(middle(interval) + tolerance(interval)),
        letters="ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    )
    return re.sub(r"\n{2,}", "\n", text).strip() + "\n"


def field_name(part: SheetPart, row: int = 0, column: int = 0) -> str:
    """Name the response of a part, or of an entry of its matrix."""
    return f"RESPONSE-{part.name}" + (f"-{row}-{column}" if row else "")


def _renamed(text: str, version: Version) -> bytes:
    """Give the bytes of a file in a version's words: 3.0 writes `qti-item-body` for `itemBody`."""
    if version is VERSION_3:
        pieces = re.split(r"(<math .*?</math>)", text, flags=re.DOTALL)
        text = "".join(piece if piece.startswith("<math ") else TAG.sub(_kebab_tag, piece) for piece in pieces)
    return text.replace(VERSION_2.namespace, version.namespace).encode()


def _kebab_tag(match: re.Match[str]) -> str:
    slash, name, attributes = match.groups()
    if name in HTML:
        return match[0]
    renamed = re.sub(r"([\w:]+)(=\"[^\"]*\")", lambda one: kebab(one[1]) + one[2], attributes)
    return f"<{slash}qti-{kebab(name)}{renamed}>"


BLOCKS = ("p", "div", "pre", "ol", "ul", "li", "blockquote", "hr", "table", "thead", "tbody", "tr", "th", "td")
HTML = frozenset((*BLOCKS, "span", "strong", "em", "code", "img", "br", "a", "sub", "sup"))


def kebab(name: str) -> str:
    """Write a name as QTI 3 does.

    >>> kebab("assessmentItem"), kebab("responseIdentifier"), kebab("title")
    ('assessment-item', 'response-identifier', 'title')
    """
    return re.sub(r"([A-Z])", lambda match: "-" + match[1].lower(), name)


def remarks(sheet: Sheet) -> Iterator[Remark]:
    """Say what a person scores, and what earns credit differently."""
    return remarks_on(sheet, _part_remarks)


def _part_remarks(part: SheetPart) -> Iterator[str]:
    if is_manual(part):
        yield "a person scores it."
    if has_none_right(part):
        yield "the option “None of these.” was added."
    if isinstance(part.scoring, Order):
        yield "the order earns all or nothing."
