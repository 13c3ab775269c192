"""What a teacher decides after marking, and what a new marking changes."""

import json
from pathlib import Path

import msgspec
import pytest
from test_cli import refused, run

from grader.answer import Slip, Target
from grader.decisions import (
    Acceptance,
    Decisions,
    Override,
    amended,
    attempt_credit,
    best_of,
    decided,
    drop_lowest,
    grade,
    negative_marks,
)
from grader.key import Key, KeyItem, KeyPart, Paper
from grader.kinds.number import Number
from grader.paper import Report, mark_paper
from grader.verdict import Outcome, Verdict, partial
from quizbank.regrading import changes, missing
from quizbank.report import gradebook_csv

LOSS = KeyPart("loss", Number(decimals=3), Target(1.386, (Slip("log10", 0.602, "Base 10."),)), 2.0)
COUNT = KeyPart("count", Number(integer=True), Target(768), 1.0)
ITEMS = (KeyItem("1", "x.y@1:1", {}, (LOSS,)), KeyItem("2", "x.z@1:1", {}, (COUNT,)))
KEY = Key("e", "T", (Paper("ada", "Ada", ITEMS), Paper("ben", "Ben", ITEMS)))


def report(student: str, loss: str, count: str, key: Key = KEY) -> Report:
    paper = key.paper(student)
    assert paper is not None
    return mark_paper(paper, {"1": {"loss": loss}, "2": {"count": count}})


def test_a_void_part_counts_for_nobody() -> None:
    found = decided(report("ada", "1.386", "7"), Decisions(void=("2.count",)))

    assert (found.points, found.of) == (2, 2)


def test_a_further_answer_is_accepted_with_its_remark() -> None:
    decisions = Decisions(accept=(Acceptance("1", "loss", "1.4", 0.5, "Rounded more than asked."),))
    found = report("ada", "1.4", "768", amended(KEY, decisions))

    assert found.points == 2 and found.items[0].parts[0].verdict.notes[0].text == "Rounded more than asked."


def test_an_answer_accepted_for_one_student_is_wrong_for_the_other() -> None:
    key = amended(KEY, Decisions(accept=(Acceptance("1", "loss", "1.9", student="ada"),)))

    assert report("ada", "1.9", "768", key).points == 3 and report("ben", "1.9", "768", key).points == 1


@pytest.mark.parametrize("one", [Acceptance("9", "loss", "1"), Acceptance("1", "loss", "1 + (")])
def test_an_acceptance_that_does_not_fit_is_refused(one: Acceptance) -> None:
    with pytest.raises(ValueError, match=r"no part|cannot be read"):
        amended(KEY, Decisions(accept=(one,)))


def test_an_override_gives_the_points_and_says_why() -> None:
    found = decided(report("ada", "9", "768"), Decisions(override=(Override("ada", "1", "loss", 1.5, "Seen."),)))
    part = found.items[0].parts[0]

    assert (found.points, part.verdict.outcome) == (2.5, Outcome.PARTIAL)
    assert part.verdict.notes[0].text == "Marked by the teacher: Seen."


def test_policies() -> None:
    half, full = report("ada", "9", "768"), report("ada", "1.386", "768")

    assert best_of([half, full, half]) is full
    assert drop_lowest(half, 1).of == 1 and drop_lowest(half, 1).points == 1
    assert negative_marks(half, 0.5) == 1 and negative_marks(report("ada", "", "768"), 0.5) == 1
    assert (
        attempt_credit(partial(0.8), 2) == pytest.approx(0.6)
        and attempt_credit(Verdict(Outcome.WRONG, 0.0), 9) == 0
    )


def test_grades_by_a_free_scale_and_none_where_there_are_no_points() -> None:
    assert (
        grade(5, 10, {"pass": 0.5, "fail": 0.0}) == "pass" and grade(4, 10, {"pass": 0.5, "fail": 0.0}) == "fail"
    )
    assert grade(0, 0) == "–"


def test_a_gradebook_is_safe_to_open() -> None:
    evil = msgspec.structs.replace(report("ada", "1.386", "768"), name="=cmd()")

    assert "'=cmd()" in gradebook_csv([evil])


def test_changes_name_who_where_and_why() -> None:
    before = [report("ada", "0.602", "768"), report("ben", "1.386", "768")]
    after = [
        decided(one, Decisions(override=(Override("ada", "1", "loss", 2.0, "Base stated."),))) for one in before
    ]
    (change,) = changes(before, after)

    assert (change.student, change.item, change.before, change.after) == ("ada", "1", 0, 2)
    assert "Base stated" in change.reason
    assert missing(before, after[:1]) == ("ben",)


@pytest.fixture
def marked(tmp_path: Path) -> Path:
    """A class of three, marked once."""
    (tmp_path / "class.csv").write_text("id,name\na,Ada\nb,Ben\nc,Cy\n")
    run("exam", "-o", str(tmp_path / "e"), "--students", str(tmp_path / "class.csv"), "--seed", "3", "--questions", "2",
        "--chapters", "2")  # fmt: skip
    result = run("grade", str(tmp_path / "e/key.json"), str(tmp_path / "e/papers"), "-o", str(tmp_path / "out"))
    assert result.returncode == 0, result.stderr
    return tmp_path


def test_regrading_lists_changes_and_keeps_the_history(marked: Path) -> None:
    item = json.loads((marked / "e/key.json").read_text())["papers"][0]["items"][0]
    (marked / "d.toml").write_text(
        f"[[override]]\nstudent = 'b'\nitem = '1'\npart = '{item['parts'][0]['name']}'\npoints = 0.5\nreason = 'By hand.'\n"
    )
    key, papers, out = str(marked / "e/key.json"), str(marked / "e/papers"), str(marked / "out")
    result = run("regrade", key, papers, "-o", out, "--decisions", str(marked / "d.toml"), "--json")
    (change,) = json.loads(result.stdout)

    assert (change["student"], change["after"]) == ("b", 0.5) and "By hand" in change["reason"]
    assert (marked / "out/history/results-1.json").exists() and (marked / "out/class.html").exists()
    assert "Cronbach" in (marked / "out/class.html").read_text()


def test_regrading_never_loses_a_submission(marked: Path) -> None:
    alone = str(marked / "e/papers/a/answers.toml")

    assert "was marked before" in refused("regrade", str(marked / "e/key.json"), alone, "-o", str(marked / "out"))


@pytest.mark.parametrize(
    "text", ["void = 3", "[[override]]\nstudent='zz'\nitem='1'\npart='x'\npoints=1\nreason='r'"]
)
def test_decisions_with_a_mistake_are_refused(marked: Path, text: str) -> None:
    (marked / "d.toml").write_text(text)
    sentence = refused(
        "grade", str(marked / "e/key.json"), str(marked / "e/papers"), "--decisions", str(marked / "d.toml")
    )

    assert "d.toml" in sentence
