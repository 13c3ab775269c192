"""Every example of docs/answers.md does what the manual says."""

import functools
import operator
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest

from grader.answer import Answer, Target, mark
from grader.kinds import all_kinds

MANUAL = (Path(__file__).parent.parent / "docs" / "answers.md").read_text(encoding="utf-8")
KINDS: Any = functools.reduce(operator.or_, all_kinds())


class Example(NamedTuple):
    answer: Answer
    truth: Any
    text: str
    outcome: str
    code: str


def examples() -> Iterator[Example]:
    for box in re.findall(r"```answers\n(.*?)```", MANUAL, re.DOTALL):
        asked, *lines = box.strip("\n").split("\n")
        question, _, right = asked.partition("   right: ")
        answer, truth = msgspec.json.decode(question, type=KINDS), plain(msgspec.json.decode(right))
        for line in lines:
            text, end = re.split(r" {2,}(?=correct|partial|wrong|unreadable|review)", line, maxsplit=1)
            outcome, _, code = end.partition(" ")
            yield Example(answer, truth, text.replace("⏎", "\n"), outcome, code.strip())


def plain(truth: Any) -> Any:
    return tuple(map(plain, truth)) if isinstance(truth, list) else truth


EXAMPLES = list(examples())


def test_the_manual_has_examples_of_every_kind_but_prose() -> None:
    assert len(EXAMPLES) > 150
    assert {type(example.answer) for example in EXAMPLES} >= {k for k in all_kinds() if k.__name__ != "ShortText"}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.text[:30]!r}-{example.outcome}")
def test_the_manual_is_right(example: Example) -> None:
    verdict = mark(example.answer, example.text, Target(example.truth))
    assert verdict.outcome == example.outcome, verdict
    codes = [note.code for note in verdict.notes]
    assert example.code in ("", *codes), codes
