"""How telling a term is: rare ones more than common ones, those of the question less, joining words hardly."""

import math
from collections.abc import Container, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from grader.text.terms import function_stems

FILE = Path(__file__).parent / "rarity.txt"
JOINING, ASKED, LEAST = 0.1, 0.4, 0.02


class Rarity(NamedTuple):
    """In how many of so many questions each stem occurs."""

    questions: int
    counts: Mapping[str, int]

    def weight(self, term: str, question: Container[str] = ()) -> float:
        """Weigh a term; those in the question count less."""
        base = math.log((self.questions + 1) / (self.counts.get(term, 0) + 0.5))
        base *= (JOINING if term in function_stems() else 1.0) * (ASKED if term in question else 1.0)
        return max(base, LEAST)


@cache
def rarity() -> Rarity:
    """Load the fitted table: the number of questions, then a stem and its count a line."""
    first, *lines = FILE.read_text(encoding="utf-8").splitlines()
    pairs = (line.split() for line in lines)
    return Rarity(int(first.split()[0]), {stem: int(count) for stem, count in pairs})
