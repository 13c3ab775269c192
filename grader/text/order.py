"""Whether words stand in an order that people use: pairs of word classes that like or avoid each other."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from math import log
from pathlib import Path

from grader.text.language import english
from grader.text.passage import Passage

FILE = Path(__file__).parent / "order.json"
ENDINGS = ("ing", "ed", "ly", "er", "s")
EDGE = "|"
Order = Mapping[str, float]


@lru_cache(65536)
def word_class(text: str) -> str:
    """Give the class of a word: itself if it is a joining word, else its ending.

    >>> [word_class(text) for text in ("the", "largest", "gradients", "0.25", "loss")]
    ['the', '-', '-s', '#', '-']
    """
    if text in english().function_words:
        return text
    if text[-1:].isdigit():
        return "#"
    found = next((ending for ending in ENDINGS if text.endswith(ending) and len(text) > len(ending) + 2), "")
    return "-" if text.endswith("ss") else f"-{found}"


def classes(found: Passage) -> list[list[str]]:
    """Give the classes of the words of each phrase, with its edges."""
    phrases: list[list[str]] = []
    for word in found.words:
        if word.gap or not phrases:
            phrases.append([])
        phrases[-1].append(word_class(word.text))
    return [[EDGE, *phrase, EDGE] for phrase in phrases]


def naturalness(found: Passage, order: Order) -> float:
    """Give the mean liking of neighbours, in nats a pair; shuffled words come out near or below 0."""
    pairs = [pair for phrase in classes(found) for pair in pairwise(phrase)]
    return sum(order.get(f"{left} {right}", 0.0) for left, right in pairs) / max(len(pairs), 1)


def fit_order(texts: Iterable[Passage], strength: float = 1.0, rare: int = 4) -> dict[str, float]:
    """Measure how much more often classes follow each other than by chance, shrunk towards no liking."""
    firsts: Counter[str] = Counter()
    seconds: Counter[str] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    for found in texts:
        for phrase in classes(found):
            _count(phrase, firsts, seconds, both)
    total = sum(both.values())
    table = {}
    for left in firsts:
        for right in seconds:
            chance = firsts[left] * seconds[right] / total
            if chance + both[left, right] >= rare:
                table[f"{left} {right}"] = round(log((both[left, right] + strength) / (chance + strength)), 1)
    return {pair: liking for pair, liking in table.items() if liking}


def _count(
    phrase: Sequence[str], firsts: Counter[str], seconds: Counter[str], both: Counter[tuple[str, str]]
) -> None:
    for left, right in pairwise(phrase):
        firsts[left] += 1
        seconds[right] += 1
        both[left, right] += 1


@cache
def fitted_order() -> Order:
    """Load the fitted table."""
    table: dict[str, float] = json.loads(FILE.read_text(encoding="utf-8"))
    return table
