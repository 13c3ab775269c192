"""Which names a reader knows, and how a typed name becomes one of them."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache

import msgspec

from grader.answer import Unreadable
from grader.reading.functions import ARRAY, KEYWORDS, NUMERIC
from grader.reading.tokens import Token, plain_name

CONSTANTS = {"pi": "pi", "e": "e", "inf": "inf", "infinity": "inf", "infty": "inf", "Inf": "inf", "oo": "inf"}
_SUMS = {"Sum": "sum", "Prod": "prod"}
WORDS = ("if", "for", "when", "else", "otherwise", "falls", "sonst")
"""Words between the cases of a formula."""

_LONGEST = 40


class Vocabulary(msgspec.Struct, frozen=True):
    """What may be named in an answer, and a few habits of its notation.

    - `names`: the declared variables, as the author writes them (`x`, `W_1`, `sigma`, `y_hat`, `dL/dy`).
    - `aliases`: other spellings, as pairs (spelling, declared name).
    - `functions`: further function names of the question (`f`, `g`).
    - `families`: names that always carry an index (`x` for `x_i`).
    - `ranges`: indices of sums with their last values, as pairs ("i", "n"), for sums that do not say it.
    - `matrices`: array functions are known, `T` in an exponent, `.T` and `'` transpose.
    - `cells`: blanks and line ends separate the entries of a matrix.
    - `mixed`: `1 1/2` is one and a half.
    - `free`: unknown names are taken as they are (for the left side of `loss = 1.39`).
    """

    names: tuple[str, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    functions: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    ranges: tuple[tuple[str, str], ...] = ()
    matrices: bool = False
    cells: bool = False
    mixed: bool = False
    free: bool = False


PLAIN = Vocabulary()


def key(name: str) -> str:
    r"""Reduce a name to what all its spellings share: `x_1`, `x1` and `x_{1}` are one.

    >>> key("x_{1}"), key("ŷ"), key("W_out")
    ('x1', 'yhat', 'Wout')
    """
    return re.sub(r"[_{}\\\s]", "", plain_name(name)).replace("∂", "d")


@lru_cache(512)
def meanings(vocabulary: Vocabulary) -> Mapping[str, tuple[str, str]]:
    """Give kind and plain name for the key of every name known: "name", "constant", "function", "sum" …"""
    functions = {**NUMERIC, "sigma": "sigmoid", **(ARRAY if vocabulary.matrices else {})}
    functions = {spelling.capitalize(): name for spelling, name in functions.items()} | functions
    known = {key(spelling): ("function", name) for spelling, name in functions.items()}
    known |= {key(spelling): ("sum", name) for spelling, name in _SUMS.items()}
    known |= {} if vocabulary.matrices else {name: ("sum", name) for name in _SUMS.values()}
    known |= {word: ("word", word) for word in WORDS}
    known |= {key(spelling): ("constant", name) for spelling, name in CONSTANTS.items()}
    known |= {name: ("keyword", name) for name in KEYWORDS if vocabulary.matrices}
    known |= {key(name): ("function", name) for name in vocabulary.functions}
    indices = (index for index, _ in vocabulary.ranges)
    known |= {key(name): ("name", name) for name in (*indices, *vocabulary.families, *vocabulary.names)}
    return known | {key(spelling): ("name", name) for spelling, name in vocabulary.aliases}


def resolve(token: Token, vocabulary: Vocabulary) -> list[Token]:
    """Turn a name that was typed into names, constants and functions that are known; raises `Unreadable`."""
    known = meanings(vocabulary)
    kind, name = known.get(key(token.text), ("", ""))
    if kind:
        return [token._replace(kind=kind, text=name)]
    stem, bar, low = token.text.partition("_")
    if bar and (known.get(key(stem), ("", ""))[0] in ("function", "sum") or stem in vocabulary.families):
        return _with_subscript(token, stem, low, vocabulary)
    parts = split(token.text, known) if len(token.text) <= _LONGEST else None
    if parts is not None and any(known[key(part)][0] == "name" for part in parts):
        return list(_spread(token, parts, known))
    if vocabulary.free:
        return [token._replace(kind="free")]
    raise unknown(token, vocabulary)


def split(text: str, known: Mapping[str, tuple[str, str]]) -> tuple[str, ...] | None:
    """Cut a run of letters into known names, as few as possible (`xy` is x y, `lnx` is ln x).

    >>> split("xlnx", meanings(Vocabulary(names=("x",))))
    ('x', 'ln', 'x')
    """
    best: list[tuple[str, ...] | None] = [(), *[None] * len(text)]
    for end in range(1, len(text) + 1):
        for start in range(end):
            head, piece, found = best[start], text[start:end], best[end]
            if head is None or (found is not None and len(found) <= len(head) + 1):
                continue
            if piece[0] != "_" and piece[-1] != "_" and key(piece) in known:
                best[end] = (*head, piece)
    return best[-1]


def _with_subscript(token: Token, stem: str, low: str, vocabulary: Vocabulary) -> list[Token]:
    """Read `log_b`, `softmax_i` and, of a family, `x_i` as a name and its subscript."""
    at = token.start + len(stem)
    head = resolve(token._replace(text=stem, end=at), vocabulary)
    kind = "number" if low.isdigit() else "name"
    return [*head, Token("op", "_", at, at + 1), Token(kind, low, at + 1, token.end)]


def _spread(token: Token, parts: tuple[str, ...], known: Mapping[str, tuple[str, str]]) -> Iterator[Token]:
    at = token.start
    for number, part in enumerate(parts):
        kind, name = known[key(part)]
        yield Token(kind, name, at, at + len(part), token.spaced and number == 0)
        at += len(part)


def unknown(token: Token, vocabulary: Vocabulary) -> Unreadable:
    """Make the error for a name that is not known, with the nearest one that is."""
    own = [*vocabulary.names, *vocabulary.families, *(s for s, _ in vocabulary.aliases), *vocabulary.functions]
    functions = [*NUMERIC, *(ARRAY if vocabulary.matrices else ())]
    close = [s for s in own if key(s).lower() == key(token.text).lower()]
    stem, end = token.text.rstrip("0123456789"), min(token.end, token.start + _LONGEST)
    if key(stem) in map(key, own):
        hint = (
            f"For a product write {stem}*{token.text[len(stem) :]}, for a power {stem}^{token.text[len(stem) :]}."
        )
        return Unreadable(
            f"The name “{token.text}” is not known here. {hint}", token.start, token.end, "unknown-name"
        )
    close = close or _nearest(token.text[:_LONGEST], own, functions)
    if close:
        hint = f"Did you mean “{close[0]}”?"
    elif own:
        hint = f"Known here: {', '.join(own[:12])}."
    else:
        hint = "A number was expected here."
    shown = token.text if len(token.text) <= _LONGEST else token.text[:_LONGEST] + "…"
    return Unreadable(f"The name “{shown}” is not known here. {hint}", token.start, end, code="unknown-name")


def _nearest(text: str, own: list[str], functions: list[str]) -> list[str]:
    """Give the known name most like a text; a function must be very like it."""
    strict = get_close_matches(text, functions, 1, 0.75) if len(text) > 2 else []
    return get_close_matches(text, [*own, *strict], 1, 0.6)
