"""What every solver returns: a value together with the steps that lead to it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

Shape = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a worked solution.

    `reason` is a plain sentence (it may hold `$…$`); `formula`, `numbers` and `result` are LaTeX without
    dollars: the rule in symbols, the same with the numbers put in, and what comes out. Empty ones are not shown.
    `name` says which quantity the step finds, so that a part of a question can be matched with its steps.
    `shapes` names the shapes of the arrays involved, as `(("X", (1, 2)), ("W", (2, 3)))`.
    """

    reason: str
    formula: str = ""
    numbers: str = ""
    result: str = ""
    name: str = ""
    shapes: tuple[tuple[str, Shape], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Worked:
    """A value and its working.

    >>> Worked(3.0, (Step("Add the two numbers.", "a + b", "1 + 2", "3"),)).value
    3.0
    """

    value: Any
    steps: tuple[Step, ...]


def worked(value: Any, steps: Iterable[Step]) -> Worked:
    """Join a value with its steps, given in any iterable."""
    return Worked(value, tuple(steps))
