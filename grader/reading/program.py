"""Untrusted program text to a checked tree: bounded before it is parsed, and refused unless every word is known."""

import ast
import re
from typing import NamedTuple

from grader.answer import Unreadable
from grader.programs.language import MODULES

LENGTH = 4000  # characters
LINES = 80
DEPTH = 20  # brackets in brackets
SIGNS = 12  # operators in a row
TREE = 60  # operations in operations
NODES = 1500

_FENCE = re.compile(r"\A\s*```[a-z]*\s*\n(.*?)\n?```\s*\Z", re.DOTALL | re.IGNORECASE)
_FAMILIAR = str.maketrans({"−": "-", "–": "-", "\xa0": " ", "“": '"', "”": '"', "’": "'", "‘": "'", "\r": " "})
_QUOTED = re.compile(r"#[^\n]*|\"\"\".*?\"\"\"|'''.*?'''|\"[^\"\n]*\"|'[^'\n]*'", re.DOTALL)
_STRANGE = re.compile(r"[^\x20-\x7e\n\tα-ωΑ-Ω]|[$\\]")
_GLUED = re.compile(r"(?<![\w.])\d[\d_.]*(?!e[+-]?\d|[\d_.])[^\W\d_]")
_SIGNS = re.compile(rf"(?:(?:[-+~*]|\bnot\b)\s*){{{SIGNS},}}")
_WORDS = re.compile(r"\b(?:lambda|await|async|yield|match|global|nonlocal|class|with|try|raise|del|assert|exec)\b")
_HINTS = (
    (re.compile(r"[A-Za-z0-9_)\]]'"), "Write .T for the transpose."),
    (re.compile(r"\.\*|\./|\.\^"), "NumPy's * and / are element-wise already: write no dot."),
)


class Body(NamedTuple):
    """A text without its fence and common indentation, and where it stood in what was typed."""

    text: str
    offset: int = 0
    indent: int = 0

    def trouble(self, sentence: str, start: int, end: int = -1, code: str = "unreadable") -> Unreadable:
        """Make an error at these characters of the text."""
        return Unreadable(sentence, self._typed(start), self._typed(end if end >= 0 else start + 1), code)

    def _typed(self, at: int) -> int:
        return self.offset + at + self.indent * self.text.count("\n", 0, at)


class Source(NamedTuple):
    """A program that may be run: its text and its tree."""

    body: Body
    tree: ast.Module

    def placed(self, trouble: Unreadable, node: ast.AST) -> Unreadable:
        """Give an error its place and, where it speaks of the code at fault, that code."""
        start, end = self.span(node)
        code = " ".join(self.body.text[start:end].split())
        quoted = code if len(code) <= 60 else code[:59] + "…"
        lead = f"`{quoted}` " if trouble.sentence[:1].islower() else ""
        return self.body.trouble(lead + trouble.sentence, start, end, trouble.code)

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Give the characters a node stands for."""
        line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0)
        last, end = getattr(node, "end_lineno", line), getattr(node, "end_col_offset", column)
        return place(self.body.text, line, column), place(self.body.text, last, end)


def place(text: str, line: int, column: int) -> int:
    """Turn a line (from 1) and a column in bytes into a position in the text.

    >>> place("α = 1\\nβ = α", 2, 5)
    10
    """
    lines = text.split("\n")
    before = lines[line - 1].encode()[:column].decode(errors="ignore")
    return sum(len(earlier) + 1 for earlier in lines[: line - 1]) + len(before)


def read_program(text: str) -> Source:
    """Parse a program into a tree of bounded size; raises `Unreadable`.

    The words in it are checked by `check_program`.
    """
    if len(text) > LENGTH or text.count("\n") > LINES:
        raise Unreadable(
            f"The program is too long: at most {LENGTH} characters and {LINES} lines are read.", code="too-long"
        )
    body = _unwrapped(text)
    _check_characters(body)
    source = Source(body, _parsed(body))
    if not source.tree.body:
        raise Unreadable("No program was found, only remarks.", code="empty")
    _check_size(source)
    return source


def library_name(node: ast.AST) -> str:
    """Give `sum` for `np.sum` and `linalg.norm` for `np.linalg.norm`; empty for anything else.

    >>> library_name(ast.parse("np.sum", mode="eval").body)
    'sum'
    """
    if not isinstance(node, ast.Attribute):
        return ""
    if isinstance(node.value, ast.Name):
        return node.attr if node.value.id in MODULES else ""
    inner = library_name(node.value)
    return f"{inner}.{node.attr}" if inner == "linalg" else ""


def _unwrapped(text: str) -> Body:
    fenced = _FENCE.match(text)
    inner, start = (fenced[1], fenced.start(1)) if fenced else (text, 0)
    lines = [(number, line) for number, line in enumerate(inner.split("\n")) if line.strip()]
    if not lines:
        raise Unreadable("No program was found.", code="empty")
    first, last = lines[0][0], lines[-1][0]
    indent = min(len(line) - len(line.lstrip(" ")) for _, line in lines)
    kept = [line[indent:] if line.strip() else "" for line in inner.split("\n")[first : last + 1]]
    skipped = sum(len(line) + 1 for line in inner.split("\n")[:first])
    return Body("\n".join(kept).rstrip().translate(_FAMILIAR), start + skipped + indent, indent)


def _check_characters(body: Body) -> None:
    if strange := _STRANGE.search(body.text):
        shown = strange[0] if strange[0].isprintable() else f"U+{ord(strange[0]):04X}"
        sentence = f"The character “{shown}” does not belong in a program."
        raise body.trouble(sentence, strange.start(), code="strange-character")
    bare = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), body.text)
    _check_brackets(body, bare)
    for pattern, sentence in (
        (_GLUED, "Between a number and a name a * is missing."),
        (_SIGNS, "There are too many operators in a row."),
        (_WORDS, "This word is not part of the language of answers."),
    ):
        if match := pattern.search(bare):
            raise body.trouble(sentence, match.start(), min(match.end(), match.start() + 30))


def _check_brackets(body: Body, bare: str) -> None:
    pairs, opened = {")": "(", "]": "[", "}": "{"}, list[tuple[str, int]]()
    for at, character in enumerate(bare):
        if character in "([{":
            opened.append((character, at))
        elif character in pairs and (not opened or opened.pop()[0] != pairs[character]):
            raise body.trouble(f"This “{character}” closes nothing.", at)
        if len(opened) > DEPTH:
            raise body.trouble(f"Brackets may be nested {DEPTH} deep.", at)
    if opened:
        raise body.trouble(f"This “{opened[-1][0]}” is never closed.", opened[-1][1])


def _parsed(body: Body) -> ast.Module:
    try:
        return ast.parse(body.text)
    except SyntaxError as error:
        hint = next((words for pattern, words in _HINTS if pattern.search(body.text)), "")
        sentence = f"This is not a program: {_cause(error)}. {hint}".strip()
        line = min(error.lineno or 1, body.text.count("\n") + 1)
        raise body.trouble(sentence, place(body.text, line, (error.offset or 1) - 1), code="syntax") from None
    except (ValueError, MemoryError, RecursionError, OverflowError):
        raise Unreadable("This is not a program.", code="syntax") from None


def _cause(error: SyntaxError) -> str:
    return str(error.msg or "invalid syntax").rstrip(".")[:120]


def _check_size(source: Source) -> None:
    count, depth, layer = 0, 0, list[ast.AST]([source.tree])
    while layer:
        count, depth = count + len(layer), depth + 1
        if count > NODES or depth > TREE:
            raise Unreadable("The program is too large or too deeply nested.", code="too-long")
        layer = [child for node in layer for child in ast.iter_child_nodes(node)]
