"""Problems and students' values as text (TOML, JSON, or a line of calls), read into plain data."""

import json
import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from quizbank.calls import read_calls
from quizbank.errors import FileError, QuizbankError
from quizbank.files import read_bytes

LARGEST_FILE = 20_000_000


def read_network(source: str, standard_input: Any) -> tuple[str, Any]:
    """Give the name and the plain data of a problem: a file, a line of calls, or `-` for standard input."""
    if source == "-":
        return "standard input", read_text(standard_input.read(), "standard input")
    if is_line(source):
        return "", read_calls(source)
    return source, read_file(Path(source))


def read_values(source: str, standard_input: Any) -> Any:
    """Give a student's values as plain data, decimals as they were written."""
    if source == "-":
        return read_text(standard_input.read(), "standard input", Decimal)
    return read_file(Path(source), Decimal)


def is_line(source: str) -> bool:
    """Say whether an argument is a line of calls rather than the name of a file."""
    return not Path(source).suffix.lower().endswith(("toml", "json")) and bool(
        re.search(r"[;(]|^\s*\w+\s*=", source)
    )


def read_file(path: Path, parse_float: Any = float) -> Any:
    """Read a TOML or JSON file as plain data; raises `FileError` naming file and line."""
    data = read_bytes(path)
    if len(data) > LARGEST_FILE:
        raise FileError(f"{path}: the file is larger than {LARGEST_FILE // 10**6} MB; hand in a smaller problem.")
    try:
        return read_text(data.decode("utf-8-sig"), str(path), parse_float)
    except UnicodeDecodeError as trouble:
        raise FileError(f"{path}: byte {trouble.start} is not UTF-8; save the file as UTF-8 text.") from None


def read_text(text: str, name: str, parse_float: Any = float) -> Any:
    """Read TOML, JSON or a line of calls as plain data, whichever it is."""
    try:
        if text.lstrip().startswith("{"):
            return json.loads(text, parse_float=parse_float)
        if is_calls(text):
            return read_calls(text)
        return tomllib.loads(text, parse_float=parse_float)
    except json.JSONDecodeError as trouble:
        raise FileError(
            f"{name}, line {trouble.lineno}, column {trouble.colno}: {_lowered(trouble.msg)}."
        ) from None
    except tomllib.TOMLDecodeError as trouble:
        raise FileError(f"{name}{_place(str(trouble))}.") from None
    except RecursionError:
        raise FileError(f"{name}: brackets are nested too deeply.") from None
    except ValueError as trouble:
        if isinstance(trouble, QuizbankError):
            raise
        raise FileError(f"{name}: a number has too many digits.") from None


def is_calls(text: str) -> bool:
    """Say whether a text is a line of calls: statements between semicolons, without sections of TOML."""
    return ";" in text and not re.search(r"^\s*\[", text, re.MULTILINE)


def _place(message: str) -> str:
    """Put the place that a TOML error ends with in front."""
    found = re.fullmatch(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", message, re.DOTALL)
    if not found:
        return f": {_lowered(message)}"
    where = f", line {found[2]}, column {found[3]}" if found[2] else ", at its end"
    return f"{where}: {_lowered(found[1])}"


def _lowered(message: str) -> str:
    return message[:1].lower() + message[1:]
