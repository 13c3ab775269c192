"""The small fixed model: a weighted sum of a few features, and how sure it is that an answer is right."""

import math
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from grader.text.features import Features

FILE = Path(__file__).parent / "model.json"
FULL = 0.99


class Model(msgspec.Struct, frozen=True):
    """Coefficients, fitted on openly licensed answers by `benchmarks/fit_short_text.py`.

    `weights` and `bias` give a credit; `slope` and `cut` turn it into the log-odds of being right. `likeness`
    says how much a graded sample counts beside it, `rubric` how much key points do, and `trust` how far the credit
    they give can be relied on.
    """

    bias: float
    weights: dict[str, float]
    slope: float
    cut: float
    likeness: float
    rubric: "Opinion"
    trust: "Trust"

    def credit(self, seen: Features) -> float:
        """Give a provisional credit, unbounded."""
        values: dict[str, float] = seen._asdict()
        return self.bias + sum(weight * values[name] for name, weight in self.weights.items())

    def odds(self, credit: float) -> float:
        """Give the log-odds that an answer with this provisional credit is right."""
        return self.slope * (credit - self.cut)


class Opinion(msgspec.Struct, frozen=True):
    """How key points and model are put together: log-odds of being right.

    `bias` for none of what is needed, up to `met` more for all of it, `against` for each point turned round or wrong claim,
    and `model` times the model's own log-odds.
    """

    bias: float
    met: float
    against: float
    model: float

    def odds(self, met: float, against: int, model: float) -> float:
        """Give the log-odds that an answer earns full credit."""
        return self.bias + self.met * met + self.against * against + self.model * model


class Doubt(NamedTuple):
    """What tells how far a credit can be relied on.

    `against` counts what speaks against the key points found, `second` are the log-odds of the model, and `words` is
    the logarithm of the answer's length: the longer it is, the more may have been overlooked.
    """

    against: float
    second: float
    words: float


class Line(msgspec.Struct, frozen=True):
    """A weighted sum, as log-odds."""

    bias: float
    weights: dict[str, float]

    def odds(self, seen: Doubt) -> float:
        """Give the log-odds."""
        values: dict[str, float] = seen._asdict()
        return self.bias + sum(weight * values[name] for name, weight in self.weights.items())


class Trust(msgspec.Struct, frozen=True):
    """How far a credit from key points can be relied on: the log-odds that a person would give it, too.

    One line for full credit, one for a part, one for none: each goes wrong in a way of its own.
    """

    full: Line
    part: Line
    none: Line

    def odds(self, credit: float, seen: Doubt) -> float:
        """Give the log-odds that a person's credit is within a sixth of this one."""
        line = self.full if credit >= FULL else self.part if credit > 0 else self.none
        return line.odds(seen)


def chance(odds: float) -> float:
    """Turn log-odds into a probability.

    >>> chance(0.0)
    0.5
    """
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


@cache
def fitted_model() -> Model:
    """Load the fitted coefficients."""
    return msgspec.json.decode(FILE.read_bytes(), type=Model)
