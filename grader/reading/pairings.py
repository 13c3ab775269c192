"""Pairs of labels (`1-b, 2-a`) and sequences of labels (`b, a, c`)."""

import re
from collections.abc import Iterator, Sequence

from grader.answer import Unreadable
from grader.reading.labels import LETTERS, label, plain

LONGEST = 3000
_CHUNKS = re.compile(r"[,;\n|]+")
_BRACKETS = "()[]{}\"' \t\r\n."
_TIE = re.compile(r"\s*(?:<->|[-–=]*>|↔|→|⇒|↦|\\(?:to|rightarrow|mapsto)\b|[:=–—-])\s*")
_SIMPLE = re.compile(
    r"\(?\s*([a-z]|\d{1,3})\s*\)?\s*(?:->|=>|→|[:=.–—-])?\s*\(?\s*([a-z]|\d{1,3})\s*\)?", re.IGNORECASE
)
_RUN = re.compile(r"(\d{1,3})\s*[-:=.]?\s*([a-z])(?![a-z])", re.IGNORECASE)
_STEP = re.compile(
    r"\s*(?:[-–=]*>|[<≤→⇒,;\n|]|\\(?:to|rightarrow|mapsto)\b|\bthen\b|\s[-–—]\s|(?<=\w)[-–—](?=\w))+\s*"
)
_NUMBERS = re.compile(r"[\s\d,;|.()\[\]{}]+")

Pair = tuple[int, int]


def index_of(written: str, items: Sequence[str]) -> int:
    """Read a letter, a number or an item's own words as an index from 0; -1 if it names nothing.

    >>> index_of("b", ["ReLU", "tanh"]), index_of("1", ["ReLU", "tanh"]), index_of("relu", ["ReLU", "tanh"])
    (1, 0, 0)
    """
    bare = written.strip(_BRACKETS)
    for index, item in enumerate(items):
        if plain(item) == plain(written):
            return index
    if re.fullmatch(r"[0-9]{1,3}", bare):
        return int(bare) - 1 if int(bare) <= len(items) else -1
    index = LETTERS.find(bare.lower()) if len(bare) == 1 else -1
    return index if index < len(items) else -1


def read_pairs(text: str, left: Sequence[str], right: Sequence[str]) -> tuple[int, ...]:
    """Read the partner of each item on the left (labelled 1, 2, …) among those on the right (a, b, …).

    Gives one index for each item on the left, -1 where none is named. Raises `Unreadable`.

    >>> read_pairs("1-b, 2: a", ["ReLU", "tanh"], ["odd", "kinked"])
    (1, 0)
    >>> read_pairs("b, a", ["ReLU", "tanh"], ["odd", "kinked"])
    (1, 0)
    >>> read_pairs("tanh -> odd", ["ReLU", "tanh"], ["odd", "kinked"])
    (-1, 0)
    """
    bounded = _bounded(text)
    chunks = [chunk for chunk in _CHUNKS.split(bounded) if chunk.strip(_BRACKETS)]
    if len(chunks) == 1 and (run := _RUN.findall(bounded)) and not _RUN.sub("", bounded).strip(_BRACKETS):
        chunks = [f"{number}-{letter}" for number, letter in run]
    listed = [index_of(chunk, right) for chunk in _letters(chunks)]
    if len(listed) == len(left) and min(listed, default=-1) >= 0:
        return tuple(listed)
    return _collected((_pair(chunk, left, right) for chunk in chunks), left, right)


def read_sequence(text: str, items: Sequence[str]) -> tuple[int, ...]:
    """Read items in an order, each at most once: `b, a, c`, `bac`, `2 < 1 < 3` or their own words.

    A bare list of numbers may give the items in order or the place of each; where that differs, it is refused.

    >>> items = ["loss", "data", "step"]
    >>> read_sequence("b < a < c", items), read_sequence("data → loss", items)
    ((1, 0, 2), (1, 0))
    """
    chunks = [chunk for chunk in _STEP.split(_bounded(text).strip("()[]{} \n")) if chunk.strip(_BRACKETS)]
    if any(index_of(chunk, items) < 0 for chunk in chunks):
        chunks = [part for chunk in chunks for part in (chunk.split() if _all(chunk.split(), items) else [chunk])]
    order = [_known(chunk, items) for chunk in _letters(chunks)]
    if not order:
        raise Unreadable("Letters in an order were expected, such as b, a, c.", code="no-order")
    twice = next((index for index in order if order.count(index) > 1), None)
    if twice is not None:
        raise Unreadable(f"{label(twice)} appears twice: name each item once.", code="twice")
    if _NUMBERS.fullmatch(text) and not {plain(chunk) for chunk in chunks} <= set(map(plain, items)):
        _refuse_two_meanings(order, len(items))
    return tuple(order)


def read_places(text: str, items: Sequence[str]) -> tuple[int, ...] | None:
    """Read the place of each item (`a: 2, b: 1, c: 3` or `1-b, 2-a, 3-c`) as an order; None if it is no such list.

    >>> read_places("a: 2, b: 1", ["loss", "data"]), read_places("b, a", ["loss", "data"])
    ((1, 0), None)
    """
    matches = [_SIMPLE.fullmatch(chunk.strip()) for chunk in _CHUNKS.split(_bounded(text)) if chunk.strip()]
    if len(matches) < 2 or not all(
        match and {match[1].isdigit(), match[2].isdigit()} != {False} for match in matches
    ):
        return None
    places = [str(place + 1) for place in range(len(items))]
    at = _collected(((index_of(m[1], items), index_of(m[2], places)) for m in matches if m), items, places)
    order = sorted((place, item) for item, place in enumerate(at) if place >= 0)
    if len({place for place, _ in order}) < len(order):
        raise Unreadable("Two items have the same place: give each its own.", code="twice")
    return tuple(item for _, item in order)


def _refuse_two_meanings(order: list[int], count: int) -> None:
    if len(order) < count or any(order[order[item]] != item for item in range(count)):
        sentence = (
            "Are these items or places? Write letters in order, such as b, a, c, or places, such as a: 2, b: 1."
        )
        raise Unreadable(sentence, code="ambiguous")


def _pair(chunk: str, left: Sequence[str], right: Sequence[str]) -> Pair:
    if match := _SIMPLE.fullmatch(chunk.strip(" \t\r\n.[]{}\"'")):
        one, two = match[1], match[2]
        swapped = not one.isdigit() and two.isdigit()
        return (
            (index_of(two, left), index_of(one, right)) if swapped else (index_of(one, left), index_of(two, right))
        )
    for tie in _TIE.finditer(chunk):
        pair = index_of(chunk[: tie.start()], left), index_of(chunk[tie.end() :], right)
        if min(pair) >= 0:
            return pair
    return -1, -1


def _collected(pairs: Iterator[Pair], left: Sequence[str], right: Sequence[str]) -> tuple[int, ...]:
    partners = [-1] * len(left)
    for item, partner in pairs:
        if item < 0 or partner < 0:
            example = f"1-{label(len(right) - 1)}, 2-a (1 to {len(left)}, a to {label(len(right) - 1)})"
            raise Unreadable(f"Pairs were expected, such as {example}.", code="no-pair")
        if partners[item] not in (-1, partner):
            raise Unreadable(f"Item {item + 1} is given two partners: choose one.", code="twice")
        partners[item] = partner
    if max(partners) < 0:
        raise Unreadable("Pairs were expected, such as 1-b, 2-a.", code="no-pair")
    return tuple(partners)


def _letters(chunks: list[str]) -> list[str]:
    if len(chunks) == 1 and re.fullmatch(r"[A-Za-z]{2,26}", chunks[0].strip(_BRACKETS)):
        return list(chunks[0].strip(_BRACKETS))
    return chunks


def _all(words: list[str], items: Sequence[str]) -> bool:
    return all(index_of(word, items) >= 0 for word in words)


def _known(chunk: str, items: Sequence[str]) -> int:
    index = index_of(chunk, items)
    if index < 0:
        known = f"{label(0)} to {label(len(items) - 1)}"
        raise Unreadable(
            f"“{chunk.strip()[:30]}” names no item: write letters such as b, a, c ({known}).", code="no-item"
        )
    return index


def _bounded(text: str) -> str:
    if len(text) > LONGEST:
        raise Unreadable(f"The answer is longer than {LONGEST} characters: write labels only.", code="too-long")
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.split())
