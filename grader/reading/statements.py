"""Cut tokens into statements: at line ends, `;`, arrows and words such as `or`, and drop the left sides of `x = …`."""

from collections.abc import Callable
from collections.abc import Sequence as Items

from grader.reading.tokens import Token

Cut = Callable[[Token], bool]


def is_word(token: Token, *words: str) -> bool:
    """Tell if a token is one of these words.

    >>> is_word(Token("name", "Or", 0, 2), "or", "and")
    True
    """
    return token.kind == "name" and token.text.lower() in words


def cut(tokens: Items[Token], here: Cut) -> list[list[Token]]:
    """Cut tokens outside brackets where `here` says so; each part ends with a stop, and empty parts are dropped."""
    parts, depth = [list[Token]()], 0
    for token in tokens:
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        if depth <= 0 and here(token):
            parts.append([])
        elif token.kind != "stop":
            parts[-1].append(token)
    return [[*part, Token("stop", "", part[-1].end, part[-1].end)] for part in parts if part]


def without_left_sides(tokens: Items[Token]) -> list[Token]:
    """Drop what stands before each `=` up to the last separator or bracket: `{x = 1, x = 2}` gives `{1, 2}`."""
    kept: list[Token] = []
    starts = [0]
    for token in tokens:
        if token.text in ("=", "≈") and token.kind == "op":
            del kept[starts[-1] :]
            continue
        kept.append(token)
        if token.kind == "open":
            starts.append(len(kept))
        elif token.kind == "close" and len(starts) > 1:
            starts.pop()
        elif token.kind in ("comma", "row", "line"):
            starts[-1] = len(kept)
    return kept
