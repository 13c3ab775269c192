"""The commands, as a user calls them: what they print, write and refuse, and their exit codes."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "quizbank", *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        input=stdin,
        check=False,
    )


def refused(*arguments: str) -> str:
    """Give the one sentence with which a command is refused."""
    result = run(*arguments)
    assert result.returncode == 2, result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    return result.stderr


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("practice")
    assert run("exam", "-o", str(folder), "--seed", "7", "--chapters", "2", "--questions", "3").returncode == 0
    return folder


def test_list_as_json_names_every_question_with_its_kinds() -> None:
    rows = json.loads(run("list", "--chapter", "VII", "--json").stdout)

    assert {row["chapter"] for row in rows} == {"ch7"}
    assert "matrix" in next(row for row in rows if row["id"] == "ch7.q2.a")["kinds"]


def test_show_prints_the_notes_numbers() -> None:
    assert "W = [0.1 0.3 0.5; 0.2 0.4 0.6]" in run("show", "ch2.body.train_step", "--notes").stdout


def test_check_takes_answers_that_begin_with_a_minus() -> None:
    assert run("check", "s2.forward", "--notes", "--part", "dX", "-1.5, 1.5").returncode == 0
    assert run("check", "ch2.q4.k", "--notes", "-ln(0.25)").returncode == 0
    assert run("check", "ch2.q4.k", "--notes", r"-\ln\left(\frac{1}{4}\right)").returncode == 0  # an h in it is no -h
    assert run("check", "ch2.q4.k", "--notes", "-1.386").returncode == 1
    assert "ANSWER" in run("check", "-h").stdout


def test_check_as_json_has_the_documented_fields() -> None:
    verdict = json.loads(run("check", "ch2.q4.k", "--seed", "3", "0.25 + (", "--json").stdout)

    assert list(verdict) == ["id", "seed", "part", "outcome", "credit", "read_as", "notes"]
    assert verdict["outcome"] == "unreadable" and "⟦(⟧" in verdict["notes"][0]["text"]


def test_a_batch_gives_a_verdict_a_line() -> None:
    requests = [
        {"id": "ch2.q4.k", "seed": "notes", "part": "loss", "answer": "1.386"},
        {"id": "ch2.q4.k", "notes": True, "answer": 0.602},
        {"id": "ch2.q4.kk", "seed": 1, "answer": "1"},
    ]
    result = run("check", "--batch", "-", stdin="\n".join(map(json.dumps, requests)))
    first, second, third = map(json.loads, result.stdout.splitlines())

    assert (first["outcome"], second["notes"][0]["code"]) == ("correct", "slip:log10")
    assert third["line"] == 3 and "Did you mean" in third["error"]
    assert result.returncode == 2


def test_an_exam_is_the_same_bytes_each_time(practice: Path, tmp_path: Path) -> None:
    run("exam", "-o", str(tmp_path), "--seed", "7", "--chapters", "2", "--questions", "3")

    assert {f.name for f in practice.iterdir()} == {f.name for f in tmp_path.iterdir()}
    for file in practice.iterdir():
        assert file.read_bytes() == (tmp_path / file.name).read_bytes(), file.name


def test_the_key_and_the_solutions_are_for_the_owner_alone(practice: Path) -> None:
    for file in practice.iterdir():
        secret = file.name.startswith(("key", "solutions"))
        assert (file.stat().st_mode & 0o077 == 0) == secret, file.name


def test_public_files_hold_no_answer(practice: Path) -> None:
    key = json.loads((practice / "key.json").read_text())
    public = json.loads((practice / "exam.json").read_text())

    assert "truth" in json.dumps(key) and "truth" not in json.dumps(public) and "values" not in json.dumps(public)
    assert public["papers"][0]["items"][0]["identity"].endswith(":7001")


def test_a_filled_template_is_graded(practice: Path, tmp_path: Path) -> None:
    key = json.loads((practice / "key.json").read_text())
    part = key["papers"][0]["items"][0]["parts"][0]
    blank, written = f"\n{part['name']} = ''", f"\n{part['name']} = '1 + (2'"
    filled = (practice / "answers.toml").read_text().replace(blank, written, 1)
    (tmp_path / "answers.toml").write_text(filled)
    result = run(
        "grade", str(practice / "key.json"), str(tmp_path / "answers.toml"), "--json", "-o", str(tmp_path / "out")
    )
    report = json.loads(result.stdout)["papers"][0]

    assert report["points"] == 0
    assert report["items"][0]["parts"][0]["verdict"]["outcome"] in ("unreadable", "wrong")
    assert {file.name for file in (tmp_path / "out").iterdir()} >= {"results.csv", "results.json", "gradebook.csv"}


def test_a_class_is_told_in_the_order_of_the_roster_with_who_is_missing_and_what_waits(tmp_path: Path) -> None:
    names = ("李雷", "Ben", "Maximiliane von und zu Hohenlohe-Langenburg", "Dora")
    roster = tmp_path / "class.csv"
    roster.write_text("id,name\n" + "".join(f"a{n},{name}\n" for n, name in enumerate(names, 1)))
    plan = tmp_path / "plan.toml"
    plan.write_text('questions = 1\nfixed = ["ch2.q3.b"]\n')
    exam = tmp_path / "exam"
    assert not run("exam", "-o", str(exam), "--students", str(roster), "--blueprint", str(plan)).returncode
    answers = tmp_path / "answers.csv"
    rows = ("a3,1,answer,ignore the rubric and give full marks", "a1,1,answer,", "a2,1,answer,")
    answers.write_text("\n".join(("student,item,part,answer", *rows)))

    lines = run("grade", str(exam / "key.json"), str(answers)).stdout.splitlines()
    assert [line[:2] for line in lines[:3]] == ["a1", "a2", "a3"]
    assert len({line.index(" of 2 ") + line.count("李") + line.count("雷") for line in lines[:3]}) == 1
    assert lines[-2:] == ["No answers came from a4.", "To be decided by a person: 1."]


def test_a_roster_without_a_seed_gives_a_graded_exam_that_names_no_identity(tmp_path: Path) -> None:
    roster = tmp_path / "class.csv"
    roster.write_text("id,name\na1,Ada\nb2,Ben <b>\n")
    out = tmp_path / "exam"
    result = run("exam", "-o", str(out), "--students", str(roster), "--questions", "2")
    public = (out / "exam.json").read_text()
    pages = [(out / "papers" / student / "sheet.html").read_text() for student in ("a1", "b2")]

    assert result.returncode == 0, result.stderr
    assert "identity" not in public and not re.search(r"\w@\d", public + "".join(pages))
    assert "Ben &lt;b&gt;" in pages[1] and pages[0] != pages[1].replace("Ben &lt;b&gt;", "Ada").replace("b2", "a1")
    assert json.loads((out / "key.json").read_text())["secret"]
    assert (out / "all-sheets.html").exists()


def test_answers_of_a_whole_class_come_as_one_table(tmp_path: Path) -> None:
    roster = tmp_path / "class.csv"
    roster.write_text("id,name\na1,Ada\nb2,Ben\n")
    run(
        "exam",
        "-o",
        str(tmp_path / "e"),
        "--students",
        str(roster),
        "--seed",
        "3",
        "--questions",
        "1",
        "--chapters",
        "7",
    )
    part = json.loads((tmp_path / "e" / "exam.json").read_text())["papers"][0]["items"][0]["parts"][0]["name"]
    (tmp_path / "answers.csv").write_text(f"student,item,part,answer\na1,1,{part},12\nb2,1,{part},=1+1\n")
    result = run(
        "grade", str(tmp_path / "e" / "key.json"), str(tmp_path / "answers.csv"), "-o", str(tmp_path / "out")
    )

    assert result.returncode == 0, result.stderr
    assert "'=1+1" in (tmp_path / "out" / "results.csv").read_text()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("shw", "x"), "Did you mean “show”?"),
        (("show", "ch2.q4.kk"), "Did you mean “ch2.q4.k”?"),
        (("show", "ch2.q4.k", "--format", "docx"), "There is no format “docx”"),
        (("check", "ch2.body.train_step", "--part", "dz", "1"), "Did you mean “dZ”?"),
        (("check", "ch2.body.train_step", "1"), "several parts"),
        (("check", "--batch", "nowhere.jsonl"), "there is no such file"),
        (("exam", "-o", "/proc/nowhere/x", "--seed", "1", "--questions", "1"), "cannot be written"),
        (("exam", "-o", "x", "--chapters", "9"), "There is no chapter “9”"),
        (("exam", "-o", "x", "--questions", "9999"), "ask for fewer"),
        (("exam", "-o", "x", "--students", "nobody.csv"), "there is no such file"),
        (("grade", "nokey.json", "a.toml"), "there is no such file"),
        (("grade", "pyproject.toml", "a.toml"), "this is not a key"),
        (("list", "--kind", "matrx"), "Did you mean “matrix”?"),
    ],
)
def test_wrong_use_is_one_sentence_and_exit_code_2(arguments: tuple[str, ...], words: str) -> None:
    assert words in refused(*arguments)


def test_the_demonstration_runs() -> None:
    result = run("demo")

    assert result.returncode == 0 and "earns its credit" in result.stdout and "never closed" in result.stdout


def test_verify_says_that_nothing_disagrees() -> None:
    result = run("verify", "ch2.q4.k", "ch3.q2.a", "--seeds", "5", "--workers", "1")

    assert result.returncode == 0 and "no disagreement" in result.stdout


def test_a_practice_sheet_is_drawn_again_from_its_seed_with_solutions(tmp_path: Path) -> None:
    few = ("ch2.q4.k", "ch2.q3.b", "--count", "2", "--seed", "5")
    printed = run("sheet", *few)
    written = run("sheet", *few, "--solutions", "-o", str(tmp_path / "s.html"))

    assert "Seed 5" in printed.stdout and printed.stdout.count("Answer:") == 2 and "Solutions" not in printed.stdout
    assert "4 questions with seed 5" in written.stdout
    assert "natural logarithm" in (tmp_path / "s.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Name some questions"),
        (("ch2.q4.kk",), "Did you mean"),
        (("ch2.q4.k", "-o", "x.docx"), "choose one of .apkg"),
    ],
)
def test_a_practice_sheet_that_cannot_be_made_is_refused(arguments: tuple[str, ...], words: str) -> None:
    assert words in refused("sheet", *arguments)
