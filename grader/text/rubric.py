"""What an author says of a short text: key points, claims that are wrong, models and graded samples."""

from typing import Literal

import msgspec

Groups = tuple[tuple[str, ...], ...]
Polarity = Literal["said", "denied", "either"]


class KeyPoint(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing a right answer says.

    `groups` must all be met, each by any one of its stems: words or phrases matched from their beginning
    (`centr` meets "centred"), numbers by value, and `not …` meets what is denied. `polarity` says whether the
    answer must say it, must deny it, or may do either. `weight` counts towards what is needed; `feedback` is
    the sentence for whoever missed it.
    """

    name: str
    groups: Groups
    feedback: str
    weight: float = 1.0
    polarity: Polarity = "said"


class Forbidden(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A wrong claim: an answer that makes it earns at most `cap`, and is told `text`."""

    groups: Groups
    text: str
    cap: float = 0.5


class Sample(msgspec.Struct, frozen=True):
    """An answer that a person has graded, with its score in [0, 1]."""

    score: float
    text: str


class Rubric(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All that is known of how to grade a short text.

    `need` is the weight of key points that earns full credit (0: all of them). `swap` holds pairs whose roles
    must not be exchanged; the first of a pair is what the question is about. `steps` is the number of steps of
    the scale (0: as many as key points are needed). A `word_limit` of 0 sets none.
    """

    question: str = ""
    key_points: tuple[KeyPoint, ...] = ()
    need: float = 0.0
    forbid: tuple[Forbidden, ...] = ()
    swap: tuple[tuple[str, str], ...] = ()
    models: tuple[str, ...] = ()
    samples: tuple[Sample, ...] = ()
    word_limit: int = 0
    steps: int = 0

    def __post_init__(self) -> None:
        """Refuse a rubric that cannot grade anything."""
        if not self.models:
            raise ValueError("A rubric needs a model answer: add one that earns full credit.")
        total = sum(point.weight for point in self.key_points)
        if self.need > total:
            raise ValueError(f"need={self.need:g} exceeds the key points' {total:g}: add key points or lower it.")

    @property
    def needed(self) -> float:
        """The weight of key points that earns full credit."""
        return self.need or sum(point.weight for point in self.key_points)

    @property
    def scale(self) -> int:
        """The number of steps credit is rounded to."""
        return self.steps or (max(1, round(self.needed)) if self.key_points else 4)


def rounded(credit: float, steps: int) -> float:
    """Round a credit to a scale; halves go up.

    >>> rounded(0.4, 2), rounded(0.9, 4)
    (0.5, 1.0)
    """
    return min(1.0, max(0.0, int(credit * steps + 0.5) / steps))
