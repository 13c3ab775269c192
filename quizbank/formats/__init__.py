"""One file per output format; a file dropped here is found by itself.

A format module defines `FORMAT`. It sees only a `Sheet`: texts, widgets and, on a solutions sheet, solutions.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, NamedTuple

from quizbank.errors import UnknownName
from quizbank.keys import written_points
from quizbank.sheet import Sheet

LATEX_MARKS: dict[str, Any] = {
    "variable_start_string": "<<",
    "variable_end_string": ">>",
    "block_start_string": "<%",
    "block_end_string": "%>",
    "comment_start_string": "<#",
    "comment_end_string": "#>",
}


class Remark(NamedTuple):
    """What a format leaves out or simplifies, and of which question or part; of the whole sheet if no place is named."""

    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Format:
    """An output: its name, the ending of its files, and the function that renders sheets.

    - `render` takes one or several sheets (a class's papers for the printer) and gives the file's bytes.
    - `audience`: `people`, who get a sheet and its solutions; `practice`, the same with sealed answers on practice
      papers; `platform`, which shows and scores by itself and gets all papers, with scorings, in one file.
    - `remarks` says what the format leaves out or simplifies of a sheet, and how.
    """

    name: str
    ending: str
    render: Callable[[tuple[Sheet, ...]], bytes]
    audience: Literal["people", "practice", "platform"] = "people"
    remarks: Callable[[Sheet], Iterable[Remark]] = lambda sheet: ()


@cache
def all_formats() -> dict[str, Format]:
    """Import every file of this folder and give the formats by name."""
    modules = (importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__))
    return {module.FORMAT.name: module.FORMAT for module in modules if hasattr(module, "FORMAT")}


def find_format(name: str) -> Format:
    """Find a format by its name or ending; raises `UnknownName`."""
    formats = all_formats()
    for one in formats.values():
        if name.lower() in (one.name, one.ending):
            return one
    raise UnknownName("format", name, formats, f"There are {', '.join(formats)}.")


@cache
def template(name: str) -> Any:
    """Load a Jinja template of `formats/templates`; HTML and XML ones escape what is put in.

    In LaTeX, whose braces would be taken for Jinja's, holes are `<<…>>` and commands `<%…%>`.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    environment = Environment(
        loader=PackageLoader("quizbank.formats"),
        autoescape=select_autoescape(("html.jinja", "xml.jinja"), default=False),
        undefined=StrictUndefined,
        **(LATEX_MARKS if name.endswith(".tex.jinja") else {}),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["points"] = points
    environment.filters["number"] = written_points
    environment.filters["widget"] = lambda widget: type(widget).__name__.lower()
    return environment.get_template(name)


def points(value: float) -> str:
    """Write points as a reader would.

    >>> points(1.0), points(2.5)
    ('1 point', '2.5 points')
    """
    return f"{written_points(value)} point{'' if value == 1 else 's'}"
