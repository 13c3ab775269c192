"""The key of an exam: the only bridge from those who set questions to those who mark, and the only secret."""

from collections.abc import Mapping
from typing import Any

import msgspec

from grader.answer import Answer, Target
from grader.kinds import all_kinds


class KeyPart(msgspec.Struct, frozen=True):
    """One part: how it is answered, what it is judged against, and what it is worth.

    `answer` is an `Answer` (which of its kinds, the stored tag says), `needs` names the earlier parts it is
    built on, and `model` is the right answer as LaTeX.
    """

    name: str
    answer: Any
    target: Target
    points: float
    needs: tuple[str, ...] = ()
    model: str = ""


class KeyItem(msgspec.Struct, frozen=True):
    """One numbered question of a paper, with its identity and its parameters."""

    number: str
    identity: str
    values: Mapping[str, Any]
    parts: tuple[KeyPart, ...]

    @property
    def points(self) -> float:
        """What the whole item is worth."""
        return sum(part.points for part in self.parts)

    def part(self, name: str) -> KeyPart | None:
        """Find a part by name."""
        return next((part for part in self.parts if part.name == name), None)


class Paper(msgspec.Struct, frozen=True):
    """The key of one student's paper; `student` is empty for a practice paper."""

    student: str
    name: str
    items: tuple[KeyItem, ...]

    @property
    def points(self) -> float:
        """What the whole paper is worth."""
        return sum(item.points for item in self.items)

    def item(self, number: str) -> KeyItem | None:
        """Find an item by its number."""
        return next((item for item in self.items if item.number == number), None)


class Key(msgspec.Struct, frozen=True):
    """The key of an exam, with one paper a student; `secret` is what graded papers were drawn from."""

    exam: str
    title: str
    papers: tuple[Paper, ...]
    secret: str = ""
    format: int = 1

    def paper(self, student: str) -> Paper | None:
        """Find a student's paper; a practice key has one for everybody, given in the student's name."""
        if len(self.papers) == 1 and not self.papers[0].student:
            return msgspec.structs.replace(self.papers[0], student=student)
        return next((paper for paper in self.papers if paper.student == student), None)


def encode_key(key: Key) -> bytes:
    """Write a key as JSON, laid out to be read."""
    return msgspec.json.format(msgspec.json.encode(key), indent=1) + b"\n"


def decode_key(data: bytes) -> Key:
    """Read a key; raises `msgspec.ValidationError` or `msgspec.DecodeError` where it does not fit."""
    return msgspec.convert(_revived(msgspec.json.decode(data)), type=Key)


def decode_answer(data: Mapping[str, Any]) -> Answer:
    """Read an answer kind from plain data, by its tag; raises `msgspec.ValidationError`."""
    tags = {kind.__struct_config__.tag: kind for kind in all_kinds()}
    tag = data.get("kind")
    if tag not in tags:
        raise msgspec.ValidationError(f"There is no answer kind {tag!r}; known are {', '.join(map(str, tags))}.")
    return msgspec.convert(data, type=tags[tag])


def _revived(data: Any) -> Any:
    """Turn lists into tuples and answers into their kinds."""
    if isinstance(data, list):
        return tuple(map(_revived, data))
    if not isinstance(data, dict):
        return data
    return {
        name: decode_answer(value) if name == "answer" and isinstance(value, dict) else _revived(value)
        for name, value in data.items()
    }
