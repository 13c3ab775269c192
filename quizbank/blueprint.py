"""A blueprint: what a teacher demands of a paper, written in TOML."""

from typing import Literal

import msgspec

from quizbank.errors import FileError

TITLE = "Introduction to Deep Learning"
POINTS = 90.0
MINUTES = 90.0


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """So many questions out of these."""

    one_of: tuple[str, ...]
    choose: int = 1


class Kinds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Kinds of answer wanted (no others), or not wanted."""

    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


class Blueprint(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a paper must meet.

    `points` and `minutes` are for the whole paper; `questions` fixes their number instead of the points.
    `chapters` gives the number of questions of a chapter, or the fewest and the most; `among` restricts the
    chapters without counting. `difficulty` gives the share of the points that each difficulty should have.
    `fixed` questions are always asked, `without` never; `worth` gives a question other points.
    `form` is the face of conceptual questions, `order` how the paper is arranged.
    """

    title: str = TITLE
    text: str = ""
    points: float | None = None
    minutes: float | None = None
    questions: int | None = None
    among: tuple[str, ...] = ()
    chapters: dict[str, int | tuple[int, int]] = {}
    difficulty: dict[str, float] = {}
    kinds: Kinds = Kinds()
    form: Literal["open", "closed", "mixed"] = "open"
    order: Literal["chapter", "shuffled"] = "chapter"
    fixed: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    worth: dict[str, float] = {}
    group: tuple[Group, ...] = ()

    @property
    def target(self) -> float | None:
        """The points to reach; without any demand, those of the course's own paper."""
        return self.points if self.points is not None or self.questions is not None else POINTS

    @property
    def time(self) -> float | None:
        """The minutes to meet; without any demand, those of the course's own paper."""
        return MINUTES if self.minutes is None and self.target == POINTS else self.minutes


def read_blueprint(name: str, data: bytes) -> Blueprint:
    """Read a blueprint; raises `FileError` naming file, place and remedy."""
    try:
        return msgspec.toml.decode(data, type=Blueprint)
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError) as trouble:
        raise FileError(f"{name}: this is not a blueprint ({trouble}); docs/exams.md shows one.") from None
