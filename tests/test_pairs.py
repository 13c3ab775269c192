"""The grader on pairs of what was wanted and what was written, half of them wrong: no wrong acceptance at all."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from grader.answer import Answer, Target, mark
from grader.formulas.equality import compare
from grader.kinds.expression import Expression
from grader.kinds.number import Number
from grader.reading.echo import latex
from grader.reading.formulas import read_formula
from grader.verdict import Outcome

LINES = (Path(__file__).parent / "data" / "pairs.jsonl").read_text(encoding="utf-8").splitlines()
PAIRS: list[dict[str, Any]] = [json.loads(line) for line in LINES]


def answer_of(pair: dict[str, Any]) -> Answer:
    return Expression(variables=pair["variables"]) if pair["variables"] else Number()


def outcomes(pairs: list[dict[str, Any]]) -> Counter[tuple[bool, str]]:
    return Counter(
        (pair["right"], mark(answer_of(pair), pair["answer"], Target(pair["truth"])).outcome) for pair in pairs
    )


def test_the_pairs_are_many_and_half_of_them_wrong() -> None:
    assert len({(pair["truth"], pair["answer"]) for pair in PAIRS}) == len(PAIRS) >= 800
    assert sum(not pair["right"] for pair in PAIRS) >= len(PAIRS) / 2


def test_nothing_wrong_is_accepted_and_nearly_all_is_decided() -> None:
    found = outcomes(PAIRS)
    assert found[False, Outcome.CORRECT] == 0
    assert found[True, Outcome.CORRECT] + found[False, Outcome.WRONG] >= 0.97 * len(PAIRS)
    assert outcomes(PAIRS[::-1]) == found  # nothing is remembered that changes a verdict


def test_what_is_echoed_means_what_was_read() -> None:
    for pair in PAIRS:
        answer = Expression(variables=pair["variables"])
        tree = read_formula(pair["answer"], answer.vocabulary).tree
        again = read_formula(latex(tree), answer.vocabulary).tree
        assert compare(again, tree, answer.world).decision == "equal", (pair["answer"], latex(tree))
