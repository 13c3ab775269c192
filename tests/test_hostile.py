"""Hostile answers, made by hand, each with a clear outcome: in the main thread and in another, within bounds."""

import json
import threading
from pathlib import Path
from typing import Any

import pytest

from grader.answer import Answer, Target, mark
from grader.kinds.expression import Expression
from grader.kinds.integer_list import IntegerList
from grader.kinds.matrix import Matrix
from grader.kinds.number import Number
from grader.kinds.shape import Shape
from grader.verdict import Outcome, Verdict

LINES = (Path(__file__).parent / "data" / "hostile.jsonl").read_text(encoding="utf-8").splitlines()
CASES: list[dict[str, Any]] = [json.loads(line) for line in LINES]
QUESTIONS: dict[str, tuple[Answer, Any]] = {
    "number": (Number(decimals=3), 1.386),
    "matrix": (Matrix(decimals=2), ((1.0, 2.0), (3.0, 4.0))),
    "shape": (Shape(), (8, 192)),
    "integer list": (IntegerList(), (1, 2, 3)),
    "expression": (Expression(variables={"x": "real", "y": "real"}), "2x(x+y)"),
}
LONGEST_NOTE = 1000
PATIENCE = 120  # seconds for all of them; a hang is an hour


def text_of(case: dict[str, Any]) -> str:
    return str(case.get("before", "") + case["text"] * case.get("repeat", 1) + case.get("after", ""))


def marked(case: dict[str, Any]) -> Verdict:
    answer, truth = QUESTIONS[case["kind"]]
    return mark(answer, text_of(case), Target(truth))


def named(case: dict[str, Any]) -> str:
    return ascii(f"{case['kind']}: {text_of(case)[:40]}")


def test_the_corpus_is_large_and_mixed() -> None:
    assert len({(case["kind"], text_of(case)) for case in CASES}) == len(CASES) >= 300
    assert {case["kind"] for case in CASES} == set(QUESTIONS)
    assert sum(case["outcome"] == "unreadable" for case in CASES) > len(CASES) / 2


@pytest.mark.parametrize("why", sorted({case["why"] for case in CASES}))
def test_each_has_its_outcome(why: str) -> None:
    for case in (case for case in CASES if case["why"] == why):
        verdict = marked(case)
        assert verdict.outcome == case["outcome"], (named(case), verdict)
        assert case.get("code", "") in ["", *(note.code for note in verdict.notes)], (named(case), verdict)


def test_feedback_on_them_is_short_and_visible() -> None:
    for case in CASES:
        for note in marked(case).notes:
            assert len(note.text) < LONGEST_NOTE, named(case)


def test_another_thread_comes_to_the_same_end() -> None:
    outcomes: list[Outcome] = []
    worker = threading.Thread(target=lambda: outcomes.extend(marked(case).outcome for case in CASES), daemon=True)
    worker.start()
    worker.join(PATIENCE)
    assert not worker.is_alive()
    assert outcomes == [case["outcome"] for case in CASES]
