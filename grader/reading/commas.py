"""Decimal commas, and marks between thousands, where a single number is expected."""

import re
from collections.abc import Sequence as Items
from typing import NamedTuple

from grader.reading.tokens import Token
from grader.verdict import Note

_LONGEST = 24


class Joined(NamedTuple):
    """Tokens whose commas are gone, and what is worth saying about it."""

    tokens: list[Token]
    notes: tuple[Note, ...] = ()


def join_commas(tokens: Items[Token], whole: bool = False) -> Joined:
    """Read `0,25` as 0.25 and `61,706` as 61.706, or as 61706 where a whole number is asked; not inside brackets.

    >>> from grader.reading.tokens import scan
    >>> [t.text for t in join_commas(scan("1.234,5")).tokens][:-1]
    ['1234.5']
    """
    found: list[Token] = []
    notes: tuple[Note, ...] = ()
    at = depth = 0
    while at < len(tokens):
        depth += {"open": 1, "close": -1}.get(tokens[at].kind, 0)
        end = _run(tokens, at) if depth == 0 else at + 1
        if end > at + 1:
            shown = _shown(tokens[at:end])
            plain, said = plain_number(shown, whole)
            found.append(Token("number", plain, tokens[at].start, tokens[end - 1].end, tokens[at].spaced))
            notes += said
        else:
            found.append(tokens[at])
        at = end
    return Joined(found, notes)


def _run(tokens: Items[Token], at: int) -> int:
    """Give the end of a run of numbers with commas, points or single blanks between them."""
    if tokens[at].kind != "number":
        return at + 1
    end = at + 1
    while end < min(len(tokens), at + _LONGEST):
        token, nxt = tokens[end], tokens[min(end + 1, len(tokens) - 1)]
        comma = token.kind == "comma" or token.text == "'"
        if comma and not token.spaced and nxt.kind == "number" and not nxt.spaced and nxt.text[0] != ".":
            end += 2
        elif token.kind == "number" and (token.text[0] == "." or _thousands(token, end - at)):
            end += 1
        else:
            break
    return end if _shown(tokens[at:end]) is not None and plain_number(_shown(tokens[at:end]), False)[0] else at + 1


def _thousands(token: Token, count: int) -> bool:
    return token.spaced and re.match(r"[0-9]{3}(\.[0-9]*)?\Z", token.text) is not None and count < 9


def _shown(tokens: Items[Token]) -> str:
    return tokens[0].text + "".join(" " * t.spaced + t.text for t in tokens[1:])


def plain_number(shown: str, whole: bool) -> tuple[str, tuple[Note, ...]]:
    """Write a number with a decimal point and no other mark; an empty text if it is none.

    >>> plain_number("1,234,567.5", False)[0], plain_number("0,25", False)[0], plain_number("1 000", False)[0]
    ('1234567.5', '0.25', '1000')
    """
    if re.fullmatch(r"[0-9]+,[0-9]+(?:[eE][+-]?[0-9]+)?", shown):
        return _one_comma(shown, whole)
    for mark, decimal in ((",", "."), (".", ","), (" ", "."), (" ", ","), ("'", ".")):
        pattern = rf"[1-9][0-9]{{0,2}}(?:{re.escape(mark)}[0-9]{{3}})+(?:{re.escape(decimal)}[0-9]*)?"
        if re.fullmatch(pattern, shown):
            return shown.replace(mark, "").replace(decimal, "."), ()
    return "", ()


def _one_comma(shown: str, whole: bool) -> tuple[str, tuple[Note, ...]]:
    grouped = re.fullmatch(r"[1-9][0-9]{0,2},[0-9]{3}", shown) is not None
    plain = shown.replace(",", "" if grouped and whole else ".")
    if not grouped:
        return plain, ()
    other = shown.replace(",", "." if whole else "")
    return plain, (Note("comma", f"“{shown}” was read as {plain}; write {other} if you meant that."),)
