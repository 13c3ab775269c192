"""The small fixed model: a weighted sum of a few features, and how sure it is that an answer is right."""

import math
from functools import cache
from pathlib import Path

import msgspec

from grader.text.features import Features

FILE = Path(__file__).parent / "model.json"


class Model(msgspec.Struct, frozen=True):
    """Coefficients, fitted on openly licensed answers by `benchmarks/fit_short_text.py`.

    `weights` and `bias` give a credit; `slope` and `cut` turn it into the log-odds of being right. `likeness`
    says how much a graded sample counts beside it, and `rubric` how much key points do.
    """

    bias: float
    weights: dict[str, float]
    slope: float
    cut: float
    likeness: float
    rubric: "Opinion"

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
