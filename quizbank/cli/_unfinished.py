"""An exam that was interrupted: what was drawn, and which papers are written, so that a second run goes on."""

import os
import secrets
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import msgspec

from quizbank.blueprint import Blueprint
from quizbank.errors import FileError
from quizbank.exam import Student
from quizbank.files import append_line, read_bytes, read_key, write_file

NAME = ".unfinished"


class _Head(msgspec.Struct, frozen=True):
    """The first line of the file: a digest of all demands, and what the papers are drawn from."""

    demands: str
    seed: int | None
    secret: str


class Begun(NamedTuple):
    """What the papers are drawn from, and the digests of those that are written already, by student."""

    head: _Head
    written: Mapping[str, str]

    @property
    def seed(self) -> int | None:
        """The seed of practice papers."""
        return self.head.seed

    @property
    def secret(self) -> str:
        """The secret of graded papers, else empty."""
        return self.head.secret


def digest_of(value: object) -> str:
    """Give a short digest of plain data."""
    return blake2b(msgspec.json.encode(value), digest_size=12).hexdigest()


def begin(
    out: Path, plan: Blueprint, roster: tuple[Student, ...], formats: tuple[str, ...], seed: int | None
) -> Begun:
    """Go on with what was begun in a folder with the same demands, or begin anew.

    Raises `FileError` where the folder holds a graded exam, or an unfinished one with other demands.
    """
    demands = digest_of((plan, [(one.id, one.name) for one in roster], formats, seed))
    if (out / NAME).exists():
        return _go_on(out, demands)
    _refuse_graded(out)
    secret = secrets.token_hex(16) if roster and seed is None else ""
    drawn = None if secret else secrets.randbelow(10**6) if seed is None else seed
    return Begun(_Head(demands, drawn, secret), {})


def note_begun(out: Path, begun: Begun) -> None:
    """Keep in mind what the papers are drawn from and which are written, before another one is."""
    lines = map(msgspec.json.encode, (begun.head, *begun.written.items()))
    write_file(out / NAME, b"".join(line + b"\n" for line in lines), 0o600)


def note_written(out: Path, student: str, digest: str) -> None:
    """Keep in mind that a student's paper is written."""
    append_line(out / NAME, msgspec.json.encode((student, digest)).decode())


def finish(out: Path) -> None:
    """Forget the notes: everything is written."""
    os.unlink(out / NAME)


def _go_on(out: Path, demands: str) -> Begun:
    first, *lines = read_bytes(out / NAME).splitlines(keepends=True)
    head = msgspec.json.decode(first, type=_Head)
    if head.demands != demands:
        raise FileError(
            f"{out}: it holds an exam that was interrupted and asked for something else; give the same command again "
            f"to finish it, or remove {out / NAME} to begin anew."
        )
    whole = (line for line in lines if line.endswith(b"\n"))
    return Begun(head, dict(map(msgspec.json.decode, whole)))


def _refuse_graded(out: Path) -> None:
    if (out / "key.json").exists() and (key := read_key(out / "key.json")).secret:
        raise FileError(
            f"{out}: it holds the graded exam {key.exam}, whose key would be lost; choose another folder."
        )
