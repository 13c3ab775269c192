"""Cut a text into words that know their stem, their number and where they stood."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from grader.text.language import Language, english

SENTENCE, PHRASE = 2, 1


class Word(NamedTuple):
    """One word as it will be compared: spelling made even, with its stem and, for numerals, its value.

    `start` and `end` are places in the text as written; `gap` says what stands before it: `SENTENCE` for the
    end of a sentence, `PHRASE` for a comma or bracket, else 0.
    """

    text: str
    stem: str
    number: float | None
    start: int
    end: int
    gap: int


class Form(NamedTuple):
    """What a written word is compared as."""

    text: str
    stem: str
    number: float | None


def words(text: str) -> tuple[Word, ...]:
    """Cut a text into words.

    >>> [word.text for word in words("It isn't zero-centered, but non-linear.")]
    ['it', 'is', 'not', 'zero', 'centred', 'but', 'nonlinear']
    >>> [word.number for word in words("1/4 = 25% = 0,25")]
    [0.25, None, 0.25, None, 0.25]
    """
    return tuple(_words(text))


def _words(text: str) -> Iterator[Word]:
    gap = SENTENCE
    for found in _tokens().finditer(text):
        kind, token = found.lastgroup, found.group()
        if kind in ("end", "pause"):
            gap = max(gap, SENTENCE if kind == "end" else PHRASE)
            continue
        forms = number_forms(token) if kind == "number" else word_forms(token)
        for form in forms:
            yield Word(*form, found.start(), found.end(), gap)
            gap = 0


@lru_cache(1)
def _tokens() -> re.Pattern[str]:
    signs = "|".join(re.escape(sign) for sign in sorted(english().signs, key=len, reverse=True) if sign[0] != "\\")
    slip = r"[\"^](?=(?:t|s|re|ve|ll|m|d)\b)"  # the key beside the apostrophe
    letters = rf"[^\W\d_][^\W_]{{0,60}}(?:(?:['’´`]|{slip})[^\W\d_]{{1,60}}){{0,3}}"
    joined = r"(?:(?:non|over|under|pre|re|un|multi|semi|sub|auto|hyper|down|up|back|mini|anti)[-‐‑]|"
    joined += r"(?:non|pre|multi|semi|hyper|auto|mini)[ ])?"
    return re.compile(
        rf"(?P<short>\b(?:e\.g|i\.e|w\.r\.t|etc|vs)\b\.?|\bw/o\b|\bb/c\b|\bw/)"
        rf"|(?P<number>\\frac\{{-?\d{{1,15}}\}}\{{\d{{1,15}}\}}|(?:(?<=[\s(\[=,])|(?<!.))[-−]\d{NUMERAL}|\d{NUMERAL})"
        rf"|(?P<word>\\[a-zA-Z]+|(?<![^\W_]){joined}{letters}|{letters})"
        rf"|(?P<end>[.!?;\n•●]+|:(?=\s))|(?P<pause>[,()\[\]\"“”–—:]|(?<=\s)-(?=\s))"
        rf"|(?P<sign>{signs})",
        re.IGNORECASE,
    )


NUMERAL = r"\d{0,14}(?:(?:,\d{3}){1,5}(?!\d)|,\d(?<=\b0,\d)\d{0,14})?(?:\.\d{1,15})?(?:/\d{1,15}(?:\.\d{1,15})?)?(?:\s?%)?"
SILENT = frozenset(
    ("mathbf", "mathrm", "mathit", "mathcal", "text", "textbf", "left", "right", "operatorname", "frac")
)


@lru_cache(65536)
def word_forms(token: str) -> tuple[Form, ...]:
    """Give the forms of one written word: none for mere mark-up, several for a contraction."""
    language = english()
    plain = unicodedata.normalize("NFKC", token).lower().translate(APOSTROPHES)
    if plain.startswith("\\"):
        sign = language.signs.get(plain, "" if plain[1:] in SILENT else plain[1:])
        return tuple(_form(part, language) for part in sign.split())
    plain = language.signs.get(token, language.whole_contractions.get(plain, plain))
    return tuple(_form(part, language) for word in plain.split() for part in _parts(word, language))


APOSTROPHES = str.maketrans(dict.fromkeys('’´`"^', "'") | dict.fromkeys("‐‑- .", ""))


def _parts(word: str, language: Language) -> tuple[str, ...]:
    for ending, full in language.contractions.items():
        if word.endswith(ending) and len(word) > len(ending):
            return (word[: -len(ending)], full)
    return (re.sub(r"'s?$", "", word),)


def _form(word: str, language: Language) -> Form:
    for old, new in language.spelling:
        word = old.sub(new, word)
    value = language.numbers.get(word)
    return Form(word, f"{value:g}" if value is not None else "1" if word == "one" else language.stem(word), value)


@lru_cache(4096)
def number_forms(token: str) -> tuple[Form, ...]:
    """Give the form of a numeral: `1/4`, `25 %` and `0,25` are one number."""
    value = _value(token)
    return (Form(f"{value:g}", f"{value:g}", value),)


def _value(token: str) -> float:
    token = token.replace("−", "-").replace(r"\frac{", "").replace("}{", "/").replace("}", "")
    percent = token.endswith("%")
    token = token.rstrip("% \t\n")
    token = re.sub(r"^(-?0),", r"\1.", token).replace(",", "")
    above, _, below = token.partition("/")
    value = float(above) / float(below) if below and float(below) else float(above)
    return value / 100 if percent else value
