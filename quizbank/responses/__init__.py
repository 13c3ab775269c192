"""What platforms report of a quiz, read back: one file per platform.

Each module of this folder has a `PLATFORM` that recognises its report by the first line and reads the lines below.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from quizbank.codes import Code, find_code


class Reported(NamedTuple):
    """What a student entered, and the code of the question where the report shows its text."""

    code: Code | None
    text: str


class Row(NamedTuple):
    """One student's line: whatever may be the id on the roster, the name in both orders, and the answers."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    answers: tuple[Reported, ...]

    @property
    def shown(self) -> str:
        """Name the student in a message."""
        known = [*self.names[:1], *self.ids[:1]]
        return " ".join(f"({one})" if place else one for place, one in enumerate(known)) or "no name"


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform: its name, how its report is known, how it is read, and how to ask for the questions' texts.

    - `recognises` takes the first line's cells;
    - `read` takes that line and one of the others, and gives the row.
    """

    name: str
    recognises: Callable[[Sequence[str]], bool]
    read: Callable[[Sequence[str], Sequence[str]], Row]
    remedy: str


@cache
def all_platforms() -> tuple[Platform, ...]:
    """Import every file of this folder and give the platforms."""
    modules = (importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__))
    return tuple(module.PLATFORM for module in modules)


def find_platform(head: Sequence[str]) -> Platform | None:
    """Tell whose report begins with this line."""
    return next((one for one in all_platforms() if one.recognises(head)), None)


def cells_named(head: Sequence[str], row: Sequence[str], *columns: str) -> Iterator[str]:
    """Give what stands in the columns of these names, in their order; what is empty or "-" is left out."""
    places = {name.strip().casefold(): place for place, name in enumerate(head)}
    for name in columns:
        text = row[places[name]].strip() if name in places else ""
        if text not in ("", "-"):
            yield text


def reported(shown: str, text: str) -> Reported:
    """Make what was reported from the text of the question and the answer; platforms write "-" for none."""
    answer = text.strip()
    return Reported(find_code(shown), "" if answer == "-" else answer)
