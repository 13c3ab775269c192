"""Labels of options: `b`, `B)`, `(b)`, `2`, an option's own words, or several of them."""

import re
import string
import unicodedata
from collections.abc import Sequence

from grader.answer import Unreadable

LONGEST = 4000
LETTERS = string.ascii_lowercase

_LEAD = re.compile(r"(?:answer|option|choice|statement)s?\b\s*(?:is\b|are\b)?[\s:=]*", re.IGNORECASE)
_LABEL = re.compile(r"[(\[{]?\s*([a-z]|\d{1,3})\s*[)\]}.:]*", re.IGNORECASE)
_LABEL_AND_WORDS = re.compile(r"[(\[{]?\s*([a-z]|\d{1,3})\s*[)\]}.:]+\s*(\S.*)", re.IGNORECASE | re.DOTALL)
_MARK = re.compile(r"\band\b|[a-z]+|\d+|[^\s\w,;&+/|()\[\]{}.:'\"]", re.IGNORECASE)
_NOTHING = {"none", "none of them", "none of these", "nothing", "[]", "{}", "()", "∅", "-"}
_EVERYTHING = {"all", "all of them", "all of these", "everything"}


def label(index: int) -> str:
    """Give the letter of an option (0 is `a`); options beyond the alphabet get their number.

    >>> label(0), label(25), label(26)
    ('a', 'z', '27')
    """
    return LETTERS[index] if index < len(LETTERS) else str(index + 1)


def plain(text: str) -> str:
    """Give a text without case, math dollars, outer punctuation and runs of blanks, for comparing words.

    >>> plain(" It  saturates for large $x$. ")
    'it saturates for large x'
    """
    return " ".join(unicodedata.normalize("NFKC", text).replace("$", "").casefold().split()).strip(" .;,:!\"'")


def read_label(text: str, options: Sequence[str]) -> int:
    """Read which one option is meant, as an index from 0.

    >>> options = "the sigmoid", "the tanh"
    >>> read_label("B)", options), read_label("(1)", options), read_label("The tanh.", options)
    (1, 0, 1)
    """
    trimmed = _trimmed(text)
    meant = {index for index, option in enumerate(options) if plain(option) == plain(trimmed)}
    if match := _LABEL.fullmatch(trimmed):
        meant |= _labelled(match[1], options)
    elif match := _LABEL_AND_WORDS.fullmatch(trimmed):
        meant |= _labelled(match[1], options)
        meant |= {index for index, option in enumerate(options) if plain(option) == plain(match[2])}
    if len(meant) == 1:
        return meant.pop()
    if meant:
        either = " or ".join(label(index) for index in sorted(meant))
        raise Unreadable(f"This could mean {either}: write one letter only.", 0, len(text), "ambiguous")
    raise Unreadable(f"One option was expected: write its letter, {_range(options)}.", 0, len(text), "no-option")


def read_labels(text: str, options: Sequence[str]) -> tuple[int, ...]:
    """Read which options are ticked, as sorted indices from 0; `none` ticks nothing.

    >>> options = "one", "two", "three"
    >>> read_labels("a, c", options), read_labels("ca", options), read_labels("[1, 2]", options)
    ((0, 2), (0, 2), (0, 1))
    >>> read_labels("none", options), read_labels("all", options)
    ((), (0, 1, 2))
    """
    trimmed = _trimmed(text)
    words = plain(trimmed)
    if words in _NOTHING:
        return ()
    if words in _EVERYTHING:
        return tuple(range(len(options)))
    if single := [index for index, option in enumerate(options) if plain(option) == words and len(words) > 3]:
        return (single[0],)
    ticked: set[int] = set()
    for mark in _MARK.finditer(text, len(text.rstrip()) - len(trimmed)):
        if mark[0].lower() != "and":
            ticked |= _ticks(mark, options)
    if not ticked:
        raise Unreadable(
            f"Letters were expected, such as a, c; write none if nothing is right ({_range(options)})."
        )
    return tuple(sorted(ticked))


def check_options(options: Sequence[str], explanations: Sequence[str]) -> None:
    """Raise `ValueError` unless there are two options or more, and as many explanations or none."""
    if len(options) < 2:
        raise ValueError(f"A choice needs two options or more, and got {len(options)}: add statements.")
    if explanations and len(explanations) != len(options):
        raise ValueError(
            f"There are {len(options)} options and {len(explanations)} explanations: give one for each."
        )


def _ticks(mark: re.Match[str], options: Sequence[str]) -> set[int]:
    written = mark[0]
    parts = [written] if written.isdigit() else list(written)
    found = [_labelled(part, options) for part in parts]
    if all(found):
        return set().union(*found)
    sentence = f"“{written[:30]}” names no option: write letters such as a, c ({_range(options)})."
    raise Unreadable(sentence, mark.start(), mark.end(), "no-option")


def _labelled(written: str, options: Sequence[str]) -> set[int]:
    index = int(written) - 1 if written.isdecimal() else LETTERS.find(written.lower())
    return {index} if 0 <= index < len(options) else set()


def _trimmed(text: str) -> str:
    if len(text) > LONGEST:
        raise Unreadable(f"The answer is longer than {LONGEST} characters: write letters only.", code="too-long")
    stripped = text.strip()
    lead = _LEAD.match(stripped)
    return stripped[lead.end() :] if lead and lead.end() < len(stripped) else stripped


def _range(options: Sequence[str]) -> str:
    return f"{label(0)} to {label(len(options) - 1)}"
