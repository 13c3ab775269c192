"""What the machinery knows about a language: its joining words, negators, opposites, signs and spellings."""

import re
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent


class Language(NamedTuple):
    """The word lists of one language; `opposites` gives, for a stem, its line and its camp on that line."""

    function_words: frozenset[str]
    negators: frozenset[str]
    not_negators: tuple[tuple[str, ...], ...]
    clause_words: frozenset[str]
    fresh_starts: frozenset[str]
    after_instead: frozenset[str]
    comparing: frozenset[str]
    both: frozenset[str]
    opposites: tuple[tuple[str, int, int], ...]
    numbers: Mapping[str, float]
    contractions: Mapping[str, str]
    whole_contractions: Mapping[str, str]
    spelling: tuple[tuple[re.Pattern[str], str], ...]
    signs: Mapping[str, str]
    unanswered: re.Pattern[str]
    instruction: re.Pattern[str]
    disclaimer: re.Pattern[str]
    stem: Callable[[str], str]


@cache
def english() -> Language:
    """Load the English lists."""
    return _language(tomllib.loads((HERE / "english.toml").read_text(encoding="utf-8")))


def _language(lists: dict[str, Any]) -> Language:
    guards = lists["guards"]
    return Language(
        **{name: frozenset(lists[name].split()) for name in SETS},
        not_negators=tuple(tuple(phrase.split()) for phrase in lists["not_negators"]),
        opposites=tuple(_opposites(lists["opposites"])),
        numbers={word: float(value) for word, value in lists["numbers"].items()},
        contractions=lists["contractions"],
        whole_contractions=lists["whole_contractions"],
        spelling=tuple((re.compile(old), new) for old, new in lists["spelling"].items()),
        signs=lists["signs"],
        unanswered=re.compile(guards["unanswered"], re.IGNORECASE),
        instruction=re.compile(guards["instruction"], re.IGNORECASE | re.DOTALL),
        disclaimer=re.compile(guards["disclaimer"], re.IGNORECASE),
        stem=_stemmer(lists["stemmer"]),
    )


SETS = ("function_words", "negators", "clause_words", "fresh_starts", "after_instead", "comparing", "both")


def _opposites(lines: str) -> list[tuple[str, int, int]]:
    pairs = [line.split(":") for line in lines.strip().splitlines()]
    return [
        (stem, row, camp) for row, camps in enumerate(pairs) for camp in (0, 1) for stem in camps[camp].split()
    ]


def _stemmer(name: str) -> Callable[[str], str]:
    import snowballstemmer

    stem_word: Callable[[str], str] = snowballstemmer.stemmer(name).stemWord
    return stem_word
