"""Parts of a question and the slips one may make in them, declared by decorators on plain functions.

The arguments of such a function are parameters of the question or earlier parts, by name. That is how the
framework knows which earlier result a later one is built on, and can judge it against the student's own.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.answer import Answer
from quizbank.domains import arguments_of

Kind = Answer | Callable[..., Answer]
WORDED = (
    "short text",
    "single choice",
    "multiple choice",
    "true/false",
    "matching",
    "ordering",
    "derivation",
    "numpy program",
)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing asked: its text, the kind of answer, and the function that computes the truth."""

    name: str
    text: str
    kind: Kind
    compute: Callable[..., Any]
    points: float = 1.0
    hint: str = ""

    @property
    def needs(self) -> tuple[str, ...]:
        """The parameters and earlier parts it is computed from."""
        return arguments_of(self.compute)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Compute the truth, as the plain function would."""
        return self.compute(*args, **kwargs)

    @property
    def kind_name(self) -> str:
        """The name of the kind; a function that makes it from the parameters must say what it returns."""
        kind = type(self.kind) if isinstance(self.kind, Answer) else inspect.signature(self.kind).return_annotation
        return str(kind.__struct_config__.tag)

    @property
    def computed(self) -> bool:
        """Say whether the answer is computed, so that it can be proven by another route and slips have values."""
        return self.kind_name not in WORDED

    def answer(self, values: Mapping[str, Any]) -> Answer:
        """Give the kind of answer; one that depends on the parameters is made from them."""
        return self.kind if isinstance(self.kind, Answer) else call(self.kind, values)


@dataclass(frozen=True, slots=True)
class SlipRule:
    """A value that is not the truth but has a name: a mistake, or something accepted with a remark.

    `notes_only` restricts it to the variant with the notes' own numbers.
    """

    part: str
    name: str
    text: str
    compute: Callable[..., Any]
    credit: float
    accepted: bool = False
    notes_only: bool = False

    @property
    def needs(self) -> tuple[str, ...]:
        """The parameters and earlier parts it is computed from."""
        return arguments_of(self.compute)


def part(text: str, kind: Kind, *, points: float = 1.0, hint: str = "") -> Callable[[Callable[..., Any]], Part]:
    """Declare a part; the decorated function computes its truth, and its name is the part's."""
    return lambda function: Part(function.__name__, text, kind, function, points, hint)


def slip(
    of: Part, text: str, *, credit: float = 0.0, notes_only: bool = False
) -> Callable[[Callable[..., Any]], SlipRule]:
    """Declare a mistake in a part: the value it leads to, and the sentence that explains it."""
    return lambda function: SlipRule(of.name, _label(function), text, function, credit, False, notes_only)


def accept(
    of: Part, text: str, *, credit: float = 1.0, notes_only: bool = False
) -> Callable[[Callable[..., Any]], SlipRule]:
    """Declare another value that is accepted with a remark: a second convention, or the notes' own number."""
    return lambda function: SlipRule(of.name, _label(function), text, function, credit, True, notes_only)


def call(function: Callable[..., Any], values: Mapping[str, Any]) -> Any:
    """Call a function with the values its arguments name, nested tuples as arrays.

    Arguments with a default are filled too where a value has their name.
    """
    for name in arguments_of(function):
        if name not in values:
            raise KeyError(f"{function.__name__} needs {name}")
    return function(**{n: as_array(values[n]) for n in arguments_of(function, optional=True) if n in values})


def as_array(value: Any) -> Any:
    """Give nested tuples of numbers as a NumPy array; anything else as it is."""
    if isinstance(value, tuple) and value and _numeric(value):
        return np.array(value)
    return value


def as_plain(value: Any) -> Any:
    """Give arrays as nested tuples and NumPy numbers as Python's, so that values can be stored and compared.

    >>> as_plain(np.array([[1.0, 2.0]])), as_plain(np.float64(0.5)), as_plain([1, (2, 3)])
    (((1.0, 2.0),), 0.5, (1, (2, 3)))
    """
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    plain = isinstance(value, list | tuple) and not hasattr(value, "_fields")
    return tuple(as_plain(entry) for entry in value) if plain else value


def _numeric(value: Any) -> bool:
    if isinstance(value, tuple):
        return all(_numeric(entry) for entry in value)
    return isinstance(value, int | float)


def _label(function: Callable[..., Any]) -> str:
    return function.__name__.replace("_", "-").strip("-")
