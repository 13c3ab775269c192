"""Cut a text into tokens, whatever notation it is in: plain, Python, NumPy, LaTeX or Unicode."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from grader.answer import Unreadable
from grader.reading.characters import (
    ACCENTED,
    GREEK,
    HATS,
    MARKS,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    VULGAR,
    refuse_hidden,
    stranger,
    tidy,
)
from grader.reading.commands import ACCENTS, COMMANDS, IGNORED, STYLES, unknown_command


class Token(NamedTuple):
    """A word of mathematics: its kind, its text in plain notation, where it stood, and if a blank came before.

    Kinds: "number", "name", "op", "open", "close", "comma", "row" (`;` or two backslashes), "cell" (`&`), "line"
    (a line's end), "frac", "binom", "accent", "begin", "end" (of a LaTeX environment), and "stop".
    """

    kind: str
    text: str
    start: int
    end: int
    spaced: bool = False


_GREEK, _LOW = "".join(GREEK), "".join(SUBSCRIPTS)
_PIECES = {
    "blank": r"[^\S\n]+",
    "line": r"\n",
    "number": r"(?:[0-9]+(?:_[0-9]{3})*(?:\.(?![A-Za-z])[0-9]*|\.(?=[eE][+-]?[0-9]))?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?",
    "module": r"(?:np|numpy|math|torch|jnp|tf|scipy|special|linalg|nn|functional|F)\s?\.(?=\s?(?!T\b)[A-Za-z])",
    "command": r"\\(?:[A-Za-z]+\*?|.|\Z)",
    "name": rf"(?:[A-Za-z{ACCENTED}][A-Za-z0-9]*|ℓ|[{_GREEK}][0-9]*)[{''.join(HATS)}]?[{_LOW}]*(?:_[A-Za-z0-9{_GREEK}]+)*",
    "superscript": rf"[{''.join(SUPERSCRIPTS)}]+",
    "vulgar": rf"[{''.join(VULGAR)}]",
    "op": r"\*\*|<=|>=|!=|==|->|=>|:=|\.\.\.|\.[*/^](?![0-9])|[-+*/^@<>!%'|_.:=∂]",
    "comma": r",|\{,\}",
    "open": r"[(\[{]",
    "close": r"[)\]}]",
    "row": r";",
    "cell": r"&",
    "dollar": r"\$",
    "hole": r"\?",
    "mark": rf"[{''.join(map(re.escape, MARKS))}]",
}
_SCANNER = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _PIECES.items()), re.DOTALL)
_SAME = {"**": "^", "==": "=", ":=": "=", ".*": "⊙", "./": "/", ".^": "^"}
_ENVIRONMENT = re.compile(r"\s*\{\s*([a-zA-Z]+\*?)\s*\}(?:\s*\{[clr|\s]*\})?")
_PLAIN_WORDS = re.compile(r"\s*\{([^{}\\$]{0,60})\}")
_LOW_RUN = re.compile(rf"[{_LOW}]+")


def scan(text: str, holes: bool = False) -> list[Token]:
    """Cut a text into tokens, ending with one of kind "stop"; raises `Unreadable` at what belongs nowhere.

    With `holes`, a question mark is a token of its own kind, "hole".

    >>> [token.text for token in scan("2\\\\cdot x_1^2")][:-1]
    ['2', '·', 'x_1', '^', '2']
    """
    text = tidy(text)
    refuse_hidden(text)
    return list(_Scanner(text, holes).tokens())


class _Scanner:
    """A position in a text; `piece` turns each match of the pattern into tokens."""

    def __init__(self, text: str, holes: bool) -> None:
        self.text, self.holes, self.at, self.spaced = text, holes, 0, False

    def tokens(self) -> Iterator[Token]:
        while self.at < len(self.text):
            match = _SCANNER.match(self.text, self.at)
            if match is None or (match.lastgroup == "hole" and not self.holes):
                raise stranger(self.text, self.at)
            start, self.at = self.at, match.end()
            yield from self.piece(match.lastgroup or "", match.group(), start)
        yield Token("stop", "", len(self.text), len(self.text), self.spaced)

    def make(self, kind: str, text: str, start: int) -> Token:
        spaced, self.spaced = self.spaced, False
        return Token(kind, text, start, self.at, spaced)

    def piece(self, kind: str, text: str, start: int) -> Iterator[Token]:
        if kind in ("blank", "module", "dollar"):
            self.spaced = self.spaced or kind == "blank"
        elif kind == "command":
            yield from self.command(text, start)
        elif kind == "superscript":
            yield from self.raised(text, start)
        elif kind == "mark":
            yield self.make(*MARKS[text], start)
        else:
            yield self.make("number" if kind == "vulgar" else kind, _plain(kind, text), start)

    def raised(self, text: str, start: int) -> Iterator[Token]:
        """Read `x²` as `x^{2}` and `Xᵀ` as `X^{T}`."""
        yield self.make("op", "^", start)
        yield self.make("open", "{", start)
        for token in scan("".join(SUPERSCRIPTS[c] for c in text))[:-1]:
            yield Token(token.kind, token.text, start + token.start, start + token.end)
        yield self.make("close", "}", start)

    def command(self, text: str, start: int) -> Iterator[Token]:
        """Turn a LaTeX command into tokens of plain notation."""
        word = text[1:]
        if word in IGNORED:
            self.spaced = True
            if word in ("left", "right") and self.text.startswith(".", self.at):
                self.at += 1
        elif word in ("begin", "end"):
            yield self.make(word, self.environment(text, start), start)
        elif word in STYLES:
            yield from self.styled()
        elif word in ACCENTS:
            yield self.make("accent", ACCENTS[word], start)
        elif word in COMMANDS:
            yield self.make(*COMMANDS[word], start)
        else:
            raise unknown_command(text, start)

    def styled(self) -> Iterator[Token]:
        r"""Read `\mathbf{x}` as `x` and `\text{softmax}` as `softmax`; other styles are dropped."""
        match = _PLAIN_WORDS.match(self.text, self.at)
        if match is not None:
            self.at = match.end()
            for token in scan(match.group(1))[:-1]:
                start = match.start(1) + token.start
                yield token._replace(
                    start=start, end=match.start(1) + token.end, spaced=self.spaced or token.spaced
                )
                self.spaced = False

    def environment(self, text: str, start: int) -> str:
        match = _ENVIRONMENT.match(self.text, self.at)
        if match is None:
            raise Unreadable(
                f"After {text} the name of a matrix in braces was expected.", start, self.at, code="latex"
            )
        self.at = match.end()
        return match.group(1)


def _plain(kind: str, text: str) -> str:
    if kind == "number":
        return text.replace("_", "")
    if kind == "vulgar":
        return VULGAR[text]
    if kind == "op":
        return _SAME.get(text, text)
    if kind == "comma":
        return ","
    return plain_name(text) if kind == "name" else text


def plain_name(text: str) -> str:
    """Write a name without Unicode: `x₁` as `x_1`, `ŷ` as `y_hat`, `α` as `alpha`.

    >>> plain_name("α₁₂")
    'alpha_12'
    """
    if text.isascii():
        return text
    text = _LOW_RUN.sub(lambda run: "_" + "".join(SUBSCRIPTS[c] for c in run.group()), text)
    text = unicodedata.normalize("NFD", text)
    for table in (HATS, GREEK):
        for character, name in table.items():
            text = text.replace(character, f"_{name}" if table is HATS else name)
    return text.replace("ℓ", "ell")
