"""Reading and writing files: whole or not at all."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

import msgspec

from grader.key import Key, decode_key
from quizbank.errors import FileError

FORBIDDEN = set('/\\:*?"<>|\0')
# Pages of a class's results, and what some systems keep for themselves.
TAKEN = ("class", "report", "con", "prn", "aux", "nul")


def can_name_file(id: str) -> bool:
    """Say whether an id can name a file or a folder on every system, none of ours and none outside of its own folder.

    >>> can_name_file("a.b-1"), can_name_file("../a"), can_name_file(".a"), can_name_file("Class")
    (True, False, False, False)
    """
    plain = id.isprintable() and len(id) <= 80 and not id.startswith(".") and not FORBIDDEN & set(id)
    return plain and id.casefold() not in TAKEN


def read_bytes(path: Path) -> bytes:
    """Read a file; raises `FileError` saying what to do."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise FileError(f"{path}: there is no such file; check the path.") from None
    except IsADirectoryError:
        raise FileError(f"{path}: this is a folder; name a file in it.") from None
    except OSError as trouble:
        raise FileError(f"{path}: it cannot be read ({trouble.strerror}).") from None


def read_key(path: Path) -> Key:
    """Read the key of an exam; raises `FileError` where the file is none."""
    try:
        return decode_key(read_bytes(path))
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError) as trouble:
        raise FileError(
            f"{path}: this is not a key made by `quizbank exam` ({trouble}); use its key.json."
        ) from None


def write_files(folder: Path, files: Mapping[str, bytes], secret: frozenset[str] = frozenset()) -> None:
    """Write files below a folder, each under a temporary name first; those named `secret` for the owner alone."""
    for name, data in files.items():
        write_file(folder / name, data, 0o600 if name in secret else 0o644)


def append_line(path: Path, line: str) -> None:
    """Add a line to a file; raises `FileError` saying what to do. A line without its end was interrupted."""
    try:
        with path.open("a", encoding="utf-8") as stream:
            stream.write(f"{line}\n")
    except OSError as trouble:
        raise FileError(f"{path}: it cannot be written ({trouble.strerror}); run the command again.") from None


def append_text(path: Path, text: str) -> None:
    """Add text to a file, or begin one; what was there before is never lost."""
    before = read_bytes(path) if path.exists() else b""
    write_file(path, before + text.encode())


def write_file(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Write one file whole or not at all; raises `FileError` saying what to do."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            os.chmod(temporary, mode)
            os.replace(temporary, path)
        except BaseException:
            os.unlink(temporary)
            raise
    except OSError as trouble:
        raise FileError(
            f"{path}: it cannot be written ({trouble.strerror}); nothing was left half-written."
        ) from None
