"""What `quizbank solve --format json` prints, as types: for the published schema, and for programs that read it."""

from typing import Any

import msgspec

Numbers = float | int | list[Any] | None
"""A number, or numbers in nested lists, row by row; None where there is none (no gradient arrives)."""


class SolvedStep(msgspec.Struct):
    """One line of the working; formula, numbers and result are LaTeX."""

    phase: str
    layer: str
    name: str
    reason: str
    formula: str
    numbers: str
    result: str
    shapes: dict[str, list[int]]


class SolvedLayer(msgspec.Struct, omit_defaults=True):
    """One layer's values and gradients; a block has its parts under `layers` and their parameters as `affine1.W`.

    `grad_input` is by the name of what is read where that is more than one value.
    """

    kind: str
    name: str
    output: Numbers
    grad_output: Numbers
    grad_input: Numbers | dict[str, Numbers]
    params: dict[str, Numbers]
    grads: dict[str, Numbers]
    updated: dict[str, Numbers]
    outputs: list[Numbers] | None = None
    grad_outputs: list[Numbers] | None = None
    state: dict[str, Numbers] | None = None
    state_after: dict[str, Numbers] | None = None
    layers: list["SolvedLayer"] | None = None


class SolvedInput(msgspec.Struct):
    """An input and the gradient that arrives there."""

    value: Numbers
    grad: Numbers


class CheckedValue(msgspec.Struct):
    """One of a student's values: right, convention, slip, follows or wrong."""

    name: str
    outcome: str
    code: str
    text: str
    place: str
    given: Numbers
    expected: Numbers


class CheckedValues(msgspec.Struct):
    """All of a student's values, and the name of the first that is not right."""

    right: bool
    first: str | None
    findings: list[CheckedValue]


class SolvedProblem(msgspec.Struct, omit_defaults=True):
    """A training step, worked out; `update` has the kind, the settings, and the recursion as LaTeX."""

    loss: float | None
    output: Numbers
    layers: list[SolvedLayer]
    inputs: dict[str, SolvedInput]
    update: dict[str, Any] | None
    loss_after: float | None
    steps: list[SolvedStep]
    remarks: list[str]
    check: CheckedValues | None = None
