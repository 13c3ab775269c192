"""Values that a question declares but hardly ever draws, and why: `where`, or a slip that equals the truth."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from quizbank.domains import one_of
from quizbank.errors import QuestionError
from quizbank.part import as_plain
from quizbank.question import Question, Variant

DRAWS_A_CHOICE = 15  # 15 n fair draws of n choices miss one of them with a chance of e**-15
RARE = 0.1  # of its fair share: as good as never
TRIES = 40


def taken(variant: Variant) -> Iterator[tuple[str, str]]:
    """Name the values that a variant takes of those its question lists, as they are written."""
    for name, domain in variant.question.parameters.items():
        if domain.choices:
            yield name, repr(variant.values[name])


def undrawn(question: Question, seen: Counter[tuple[str, str]], draws: int) -> Iterator[str]:
    """Name every listed value that (almost) no draw can have; silent where there were too few draws to tell."""
    for name, domain in question.parameters.items():
        many = len(domain.choices)
        if DRAWS_A_CHOICE * many > draws:
            continue
        for written, value in {repr(as_plain(value)): value for value in domain.choices}.items():
            count = seen[name, written]
            if count * many <= RARE * draws and (reason := _reason(question, name, value)):
                yield f"{name} = {value} came {count} times where {draws / many:.0f} were fair: {reason}"


def _reason(question: Question, name: str, value: Any) -> str:
    """Say what keeps a parameter from being a value, and what to do; nothing if it is only rare."""
    fitting = list(_fitting(question, name, value))
    if not fitting:
        return "it is excluded by `where`; take it out of the domain, or let `where` keep it"
    hidden = Counter(f"{rule.part}.{rule.name}" for variant in fitting for rule in variant.collisions()[:1])
    if hidden.total() < (1 - RARE) * len(fitting):
        return ""
    return f"the slip {hidden.most_common(1)[0][0]} equals the truth there; let the slip give None"


def _fitting(question: Question, name: str, value: Any) -> Iterator[Variant]:
    """Draw with one parameter held at a value, whatever the slips say."""
    held = question.changed(parameters={**question.parameters, name: one_of(value)}, slips=())
    for seed in range(TRIES):
        try:
            yield replace(held.draw(seed), question=question)
        except QuestionError:
            continue
