"""Declare questions, draw exams, print sheets; the words a question file needs."""

from quizbank.conceptual import Conceptual
from quizbank.domains import (
    depending,
    derived,
    integers,
    mask,
    multiples,
    one_of,
    some_of,
    statements,
    tenths,
)
from quizbank.part import accept, part, slip
from quizbank.question import Figure, Question

__all__ = [
    "Conceptual",
    "Figure",
    "Question",
    "accept",
    "depending",
    "derived",
    "integers",
    "mask",
    "multiples",
    "one_of",
    "part",
    "slip",
    "some_of",
    "statements",
    "tenths",
]
