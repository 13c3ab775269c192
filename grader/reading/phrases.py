r"""Several tokens that mean one thing: `\hat{y}`, `\frac{\partial L}{\partial W}`, `^T`."""

import re
from collections.abc import Callable, Iterator
from collections.abc import Sequence as Items

from grader.answer import Unreadable
from grader.reading.names import Vocabulary, key, meanings
from grader.reading.tokens import Token

Rule = Callable[[list[Token], int, Vocabulary], tuple[int, list[Token]]]
_PERCENT = frozenset(("percent", "pct", "Prozent"))
_TRANSPOSED = frozenset(("T", "⊤", "top", "transpose"))


def join(tokens: Items[Token], vocabulary: Vocabulary) -> list[Token]:
    """Replace every such phrase by the one token it means."""
    joined = list(tokens)
    declared = {key(name) for name in (*vocabulary.names, *(spelling for spelling, _ in vocabulary.aliases))}
    for rule, applies in (
        (_cross, not declared & {"x", "X"}),
        (_accent, any(t.kind == "accent" for t in tokens)),
        (_differential, any("/" in name for name in declared)),
        (_quotient, any("/" in name for name in declared)),
        (_subscript, any(t.text == "_" for t in tokens)),
        (_layer, any("^" in name for name in declared)),
        (_degrees, any(t.text == "^" for t in tokens)),
        (_prime, any("'" in name for name in declared)),
        (_transpose, vocabulary.matrices),
    ):
        joined = _apply(rule, joined, vocabulary) if applies else joined
    return joined


def _apply(rule: Rule, tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        used, made = rule(tokens, at, vocabulary)
        found += made if used else [tokens[at]]
        at += used or 1
    return found


def _ungrouped(tokens: list[Token], at: int) -> tuple[Token | None, int]:
    """Give the name at a place, in braces or not, and where to go on."""
    braced = at < len(tokens) and tokens[at].text == "{"
    end = at + 3 if braced else at + 1
    if end > len(tokens) or tokens[end - 1].kind == "stop" or (braced and tokens[end - 1].text != "}"):
        return None, at
    return tokens[at + braced], end


def _cross(tokens: list[Token], at: int, vocabulary: Vocabulary) -> tuple[int, list[Token]]:
    """Read the x of `8x192` and `1.5 x 10^3`, and `by`, as a cross where no variable is called x, `50 percent` as 50%."""
    cross = tokens[at]
    if cross.kind != "name" or not at or tokens[at - 1].kind != "number":
        return 0, []
    if cross.text in _PERCENT:
        return 1, [cross._replace(kind="op", text="%")]
    if tokens[at - 1].text == "0" and not cross.spaced:
        raise Unreadable(
            "Write the number in decimal notation.", tokens[at - 1].start, cross.end, code="hexadecimal"
        )
    if cross.text in ("x", "X", "by") and tokens[at + 1].kind == "number":
        return 1, [cross._replace(kind="op", text="×")]
    if re.fullmatch("([xX][0-9]+)+", cross.text) is None:
        return 0, []
    return 1, list(_crossed(cross))


def _crossed(cross: Token) -> Iterator[Token]:
    """Cut `x192x3` into crosses and numbers."""
    for piece in re.finditer("[xX]|[0-9]+", cross.text):
        start, end = cross.start + piece.start(), cross.start + piece.end()
        number = piece.group().isdigit()
        yield Token("number" if number else "op", piece.group() if number else "×", start, end)


def _subscript(tokens: list[Token], at: int, vocabulary: Vocabulary) -> tuple[int, list[Token]]:
    r"""Read `W_{out}`, `x_{i,j}` and the three tokens of `\beta_1` as names, if they are declared so."""
    name = tokens[at]
    low, end = _low(tokens, at + 1)
    text = f"{name.text}_{low}"
    braced = end - at > 3
    kind, _ = meanings(vocabulary).get(key(text), ("", ""))
    if name.kind != "name" or not low or not (kind and (braced or kind == "name")):
        return 0, []
    return end - at, [name._replace(text=text, end=tokens[end - 1].end)]


def _low(tokens: list[Token], at: int) -> tuple[str, int]:
    """Give the subscript that begins at a place, with or without braces, and where to go on."""
    if [t.text for t in tokens[at : at + 2]] == ["_", "{"]:
        inner = range(at + 2, len(tokens))
        end = next((end for end in inner if tokens[end].kind not in ("name", "number", "comma")), at)
        return ("".join(t.text for t in tokens[at + 2 : end]), end + 1) if tokens[end].text == "}" else ("", at)
    single = tokens[at].text == "_" and tokens[at + 1].kind in ("name", "number") if at < len(tokens) else False
    return (tokens[at + 1].text, at + 2) if single else ("", at)


def _layer(tokens: list[Token], at: int, vocabulary: Vocabulary) -> tuple[int, list[Token]]:
    """Read `W^{[1]}` and `a^{(2)}` as names, if they are declared so."""
    texts = [t.text for t in tokens[at : at + 7]]
    if tokens[at].kind != "name" or texts[1:2] != ["^"]:
        return 0, []
    inner = texts[3:6] if texts[2:3] == ["{"] and texts[6:7] == ["}"] else texts[2:5]
    text = f"{texts[0]}^{''.join(inner)}"
    if key(text) not in meanings(vocabulary):
        return 0, []
    used = 7 if texts[2] == "{" else 5
    return used, [tokens[at]._replace(text=text, end=tokens[at + used - 1].end)]


def _degrees(tokens: list[Token], at: int, vocabulary: Vocabulary) -> tuple[int, list[Token]]:
    r"""Read `90^\circ` as `90°`."""
    inner, end = _ungrouped(tokens, at + 1)
    if tokens[at].text != "^" or inner is None or inner.text != "⊙":
        return 0, []
    return end - at, [Token("op", "°", tokens[at].start, tokens[end - 1].end)]


def _prime(tokens: list[Token], at: int, vocabulary: Vocabulary) -> tuple[int, list[Token]]:
    """Read `y'` as a name, if it is declared."""
    name, prime = tokens[at], tokens[min(at + 1, len(tokens) - 1)]
    known = name.kind == "name" and prime.text == "'" and key(f"{name.text}'") in meanings(vocabulary)
    return (2, [name._replace(text=f"{name.text}'", end=prime.end)]) if known else (0, [])


def _accent(tokens: list[Token], at: int, vocabulary: Vocabulary) -> tuple[int, list[Token]]:
    r"""Read `\hat{y}_i` and `\hat{y_i}` as `y_hat_i`."""
    mark = tokens[at]
    if mark.kind != "accent":
        return 0, []
    inner, end = _ungrouped(tokens, at + 1)
    if inner is None or inner.kind != "name":
        return 0, []
    stem, bar, low = inner.text.partition("_")
    text = f"{stem}_{mark.text}{bar}{low}"
    return end - at, [Token("name", text, mark.start, tokens[end - 1].end, mark.spaced)]


def _differential(tokens: list[Token], at: int, vocabulary: Vocabulary) -> tuple[int, list[Token]]:
    r"""Read `\partial L` and `\mathrm{d} L` as the name `dL`, `\partial W_1` as `dW_1` where a quotient has it."""
    mark = tokens[at]
    if mark.text not in ("∂", "d") or at + 1 >= len(tokens) or tokens[at + 1].kind != "name":
        return 0, []
    name = tokens[at + 1]
    low, end = _low(tokens, at + 2)
    parts = {part for known in meanings(vocabulary) if "/" in known for part in known.split("/")}
    if low and key(f"d{name.text}_{low}") in parts:
        return end - at, [Token("name", f"d{name.text}_{low}", mark.start, tokens[end - 1].end, mark.spaced)]
    return 2, [Token("name", f"d{name.text}", mark.start, name.end, mark.spaced)]


def _quotient(tokens: list[Token], at: int, vocabulary: Vocabulary) -> tuple[int, list[Token]]:
    r"""Read `dL/dW`, `\frac{dL}{dW}` and `\nabla_W L` as one name, if it is declared."""
    first = tokens[at]
    if first.kind == "frac":
        above, end = _ungrouped(tokens, at + 1)
        below, end = _ungrouped(tokens, end)
    elif first.text == "∇" and tokens[at + 1].text == "_":
        below, end = _ungrouped(tokens, at + 2)
        above, end = _ungrouped(tokens, end)
        above = above and above._replace(text=f"d{above.text}")
        below = below and below._replace(text=f"d{below.text}")
    elif first.kind == "name" and at + 2 < len(tokens) and tokens[at + 1].text == "/":
        above, below, end = first, tokens[at + 2], at + 3
    else:
        return 0, []
    text = f"{above.text}/{below.text}" if above and below else ""
    if meanings(vocabulary).get(key(text), ("", ""))[0] != "name":
        return 0, []
    return end - at, [Token("name", text, first.start, tokens[end - 1].end, first.spaced)]


def _transpose(tokens: list[Token], at: int, vocabulary: Vocabulary) -> tuple[int, list[Token]]:
    r"""Turn `^T`, `^{T}`, `^\top` and `.T` into one mark; `X^TG` is X^T G."""
    sign = tokens[at]
    if sign.text not in ("^", "."):
        return 0, []
    mark, end = _ungrouped(tokens, at + 1)
    if mark is None or "T" in vocabulary.names:
        return 0, []
    made = Token("op", "⊤", sign.start, tokens[end - 1].end, sign.spaced)
    if mark.text in _TRANSPOSED and (sign.text == "^" or mark.text == "T"):
        return end - at, [made]
    if sign.text == "^" and end == at + 2 and re.match("T[A-Za-z]", mark.text):
        rest = mark._replace(text=mark.text[1:], start=mark.start + 1)
        return 2, [made._replace(end=rest.start), rest]
    return 0, []
