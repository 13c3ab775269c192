"""The review queue: near-identical answers are decided together, and decisions survive a new marking."""

import json
import re
import tomllib
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from grader.decisions import Decisions, Override
from grader.paper import ItemReport, PartReport, Report
from grader.verdict import Note, review
from quizbank.cli.review import command
from quizbank.report import report_data
from quizbank.reviewing import decisions_text, models_of, overrides, queue


def report(student: str, answer: str) -> Report:
    part = PartReport(
        "answer", answer, review(0.5, Note("review:unsure", "The machine is not sure enough.")), 1.0, 2.0
    )
    return Report(student, student.title(), (ItemReport("1", "ch2.q3.b@1:1", (part,)),), True)


REPORTS = [
    report("ada", "tanh is zero centred"),
    report("ben", "Tanh is zero-centred."),
    report("cy", "its derivative reaches one at the origin"),
]


def test_near_identical_answers_are_one_case() -> None:
    first, second = queue(REPORTS)

    assert (first.students, second.students) == (("ada", "ben"), ("cy",))
    assert first.provisional == 0.5 and first.reasons == ("The machine is not sure enough.",)


def test_one_decision_serves_all_of_them() -> None:
    decided = overrides(queue(REPORTS)[0], 0.75, 'Half of it, "well said".')

    assert [(one.student, one.points) for one in decided] == [("ada", 1.5), ("ben", 1.5)]
    assert decisions_text(decided).count("[[override]]") == 2


@pytest.mark.parametrize("reason", ["Well done 😀", 'a "b" \\c', "\x7f\x85\u2028", "two\nlines"])
def test_decisions_hold_any_reason(reason: str) -> None:
    text = decisions_text([Override("ada", "1", "answer", 1.5, reason)])

    assert tomllib.loads(text)["override"][0]["reason"] == reason


def test_a_mistyped_share_is_asked_again_and_the_question_stands_with_its_numbers(tmp_path: Path) -> None:
    item = ItemReport("1", "ch2.q4.k@1:1", report("ada", "ln of the classes").items[0].parts)
    (tmp_path / "results.json").write_bytes(
        msgspec.json.encode(report_data("e", [Report("ada", "Ada", (item,), True)]))
    )
    result = CliRunner().invoke(command, [str(tmp_path)], input="much\n0.5\n\n\n")

    assert "“much” is no share of the points" in result.output and result.exit_code == 0
    assert re.search(r"asked: A network classifies into \d+ classes", result.output)
    assert "points = 1.0" in (tmp_path / "decisions.toml").read_text()


def test_deciding_in_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "results.json").write_bytes(msgspec.json.encode(report_data("e", REPORTS)))
    result = CliRunner().invoke(command, [str(tmp_path)], input="1\nRight.\ny\ns\n")
    decided = msgspec.toml.decode((tmp_path / "decisions.toml").read_bytes(), type=Decisions)

    assert result.exit_code == 0, result.output
    assert "(tanh or sigmoid), 2 students, 2 points" in result.output
    assert f"model: {models_of(queue(REPORTS)[0])[0]}" in result.output
    assert {(one.student, one.points) for one in decided.override} == {("ada", 2.0), ("ben", 2.0)}
    assert (tmp_path / "new-samples.txt").read_text() == "ch2.q3.b: 1 | tanh is zero centred\n"
    listed = CliRunner().invoke(command, [str(tmp_path), "--json"]).output
    assert len(json.loads(listed)) == 2
