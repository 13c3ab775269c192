"""How alike two answers are, and what graded samples say of an answer."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from grader.text.terms import Terms

SHARPNESS = 3


class Neighbours(NamedTuple):
    """What graded samples suggest: a credit, and how near the nearest one is, from 0 to 1."""

    credit: float
    near: float


def alikeness(one: Terms, other: Terms) -> float:
    """Give the share of terms, said or denied, and of their neighbours that two texts share; 1 if they say the same.

    >>> from grader.text.passage import passage
    >>> from grader.text.terms import terms
    >>> said, turned = terms(passage("It is steep.")), terms(passage("It is not steep."))
    >>> alikeness(said, said), alikeness(said, turned)
    (1.0, 0.0)
    """
    left, right = _marked(one), _marked(other)
    return len(left & right) / len(left | right) if left or right else 0.0


def neighbours(answer: Terms, samples: Sequence[tuple[float, Terms]]) -> Neighbours:
    """Weigh the scores of graded samples by how near they are."""
    nears = [alikeness(answer, given) for _, given in samples]
    near = max(nears, default=0.0)
    weights = [one**SHARPNESS for one in nears]
    total = sum(weights)
    return Neighbours(
        sum(score * weight for (score, _), weight in zip(samples, weights, strict=True)) / total if total else 0.0,
        near if total else 0.0,
    )


def _marked(one: Terms) -> frozenset[str]:
    telling = [f"not {term}" if term in one.denied else term for term in one.sequence if term in one.content]
    return frozenset(telling) | {f"{left} {right}" for left, right in pairwise(telling)}
