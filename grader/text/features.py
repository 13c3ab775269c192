"""What a small model looks at: how much of a model answer is met, in which order, and what speaks against it."""

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from grader.text.rarity import Rarity
from grader.text.terms import Terms

NEAR = 0.6
ALIKE = 0.03
PREFIX = 5


class Reference(NamedTuple):
    """A model answer, with its terms weighed once and for all."""

    terms: Terms
    weights: tuple[tuple[str, float], ...]
    news: tuple[tuple[str, float], ...]
    pairs: tuple[tuple[tuple[str, str], float], ...]
    grams: frozenset[str]


class Features(NamedTuple):
    """Shares in [0, 1] unless said otherwise; the best over all model answers where several are given.

    `news`: what the question does not say itself, met (square root); `recall`: all terms met (square root);
    `pairs`: neighbouring terms met (square root); `letters`: letter triples met (square root); `precision`:
    how much of the answer is in the model; `denial`: shared terms that one denies and the other does not;
    `length`: logarithm of the number of terms; `brief`: how much shorter than the model; `mass`: weight of all
    that was met (logarithm).
    """

    news: float
    recall: float
    pairs: float
    letters: float
    precision: float
    denial: float
    length: float
    brief: float
    mass: float


def reference(terms: Terms, question: Terms, rarity: Rarity) -> Reference:
    """Weigh a model answer."""
    weigh = {term: rarity.weight(term, question.content) for term in dict.fromkeys(terms.sequence)}
    news = {term: weight for term, weight in weigh.items() if term in terms.content - question.content}
    pairs = {pair: weigh[pair[0]] + weigh[pair[1]] for pair in pairwise(terms.sequence)}
    return Reference(
        terms, tuple(weigh.items()), tuple((news or weigh).items()), tuple(pairs.items()), grams(terms.content)
    )


@lru_cache(65536)
def _grams(term: str) -> frozenset[str]:
    term = f"_{term}_"
    return frozenset(term[place : place + 3] for place in range(len(term) - 2))


def grams(terms: Iterable[str]) -> frozenset[str]:
    """Give the letter triples of some terms."""
    return frozenset().union(*(_grams(term) for term in terms))


def features(answer: Terms, references: Sequence[Reference], question: Terms, rarity: Rarity) -> Features:
    """Compare an answer with model answers; terms of no model weigh by their rarity alone."""
    overlaps = [_overlap(answer, one, question, rarity) for one in references]
    most = max(overlap[1] for overlap in overlaps)
    near = [one.terms for one, overlap in zip(references, overlaps, strict=True) if overlap[1] >= most - ALIKE]
    denial, closest = min(((_denial(answer, one, rarity, question), one) for one in near), key=itemgetter(0))
    news, recall, pairs, letters, precision, mass = (max(column) for column in zip(*overlaps, strict=True))
    return Features(
        news=math.sqrt(news),
        recall=math.sqrt(recall),
        pairs=math.sqrt(pairs),
        letters=math.sqrt(letters),
        precision=precision,
        denial=denial,
        length=math.log1p(len(answer.content)),
        brief=max(0.0, 1 - len(answer.content) / max(1, len(closest.content))),
        mass=math.log1p(mass),
    )


Overlap = tuple[float, float, float, float, float, float]


def _overlap(answer: Terms, one: Reference, question: Terms, rarity: Rarity) -> Overlap:
    """Give news, recall, pairs, letters, precision and mass against one model answer."""
    own = frozenset(answer.sequence)
    starts = frozenset(term[:PREFIX] for term in own if len(term) >= PREFIX)
    met = {term: weight * _met(term, own, starts) for term, weight in one.weights}
    mass = sum(met.values())
    said = sum(rarity.weight(term, question.content) for term in dict.fromkeys(answer.sequence))
    neighbours = frozenset(pairwise(answer.sequence))
    return (
        sum(weight * _met(term, own, starts) for term, weight in one.news) / max(_total(one.news), 1e-9),
        mass / max(_total(one.weights), 1e-9),
        sum(weight for pair, weight in one.pairs if pair in neighbours) / max(_total(one.pairs), 1e-9),
        len(one.grams & grams(answer.content)) / max(len(one.grams), 1),
        min(1.0, mass / max(said, 1e-9)),
        mass,
    )


def _met(term: str, own: frozenset[str], starts: frozenset[str]) -> float:
    return 1.0 if term in own else NEAR if len(term) >= PREFIX and term[:PREFIX] in starts else 0.0


def _total(table: Sequence[tuple[object, float]]) -> float:
    return sum(weight for _, weight in table)


def _denial(answer: Terms, closest: Terms, rarity: Rarity, question: Terms) -> float:
    """Give the share of the common terms, by weight, that one of the two denies and the other says."""
    common = sorted(answer.content & closest.content)
    turned = [
        term
        for term in common
        if (term not in answer.said and term in closest.said) or (term in answer.said and term not in closest.said)
    ]
    whole = sum(rarity.weight(term, question.content) for term in common)
    return sum(rarity.weight(term, question.content) for term in turned) / whole if whole else 0.0
