"""Answers files: what is read, and the one sentence for what is not."""

import json
import time
from pathlib import Path

import pytest

from grader.answer import Target
from grader.key import Key, KeyItem, KeyPart, Paper
from grader.kinds.single_choice import SingleChoice
from quizbank.cli._grading import answer_files
from quizbank.errors import FileError
from quizbank.exam import Student
from quizbank.roster import read_roster
from quizbank.submission import (
    check_submission,
    read_submissions,
    refuse_twice,
    repair_escapes,
    without_blank_twins,
)

PART = KeyPart("loss", SingleChoice(options=("one", "two")), Target(0), 1.0)
ITEM = KeyItem("1", "x.y@1:1", {}, (PART,))
KEY = Key("exam-1", "T", (Paper("ada", "Ada", (ITEM,)), Paper("ben", "Ben", (ITEM,))))


def refusal(name: str, text: str | bytes) -> str:
    """Give the sentence with which a file is refused."""
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(FileError) as caught:
        for submission in read_submissions(name, data):
            check_submission(submission, KEY)
    sentence = str(caught.value)
    assert sentence.startswith(name) and "\n" not in sentence
    return sentence


def test_toml_json_and_csv_say_the_same() -> None:
    toml = b"exam = 'exam-1'\nstudent = 'ada'\n[answers.1]\nloss = 'a'\n"
    json = b'{"exam": "exam-1", "student": "ada", "answers": {"1": {"loss": "a"}}}'
    table = b"student,item,part,answer,exam\nada,1,loss,a,exam-1\n"
    read = [
        read_submissions(f"x.{kind}", data)[0] for kind, data in (("toml", toml), ("json", json), ("csv", table))
    ]

    assert {(one.exam, one.student) for one in read} == {("exam-1", "ada")}
    assert [one.responses for one in read] == [{"1": {"loss": "a"}}] * 3


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r'"\frac{1}{2}"', r"\frac{1}{2}"),
        (r'"\sigma(x)"', r"\sigma(x)"),
        (r'"x + \theta"', r"x + \theta"),
        (r'"-\beta \cdot 2"', r"-\beta \cdot 2"),
        (r"'\frac{1}{2}'", r"\frac{1}{2}"),
        ('"plain"', "plain"),
        ("[[1, 2], [3, 4]]", "[[1, 2], [3, 4]]"),
        ("-1.5", "-1.5"),
    ],
)
def test_latex_in_double_quotes_is_repaired(written: str, meant: str) -> None:
    (read,) = read_submissions("x.toml", f"[answers.1]\nloss = {written}\n".encode())

    assert read.responses["1"]["loss"] == meant


@pytest.mark.parametrize(
    "text",
    ['loss = "' + r"\aa" * 40_000, "\n" * 100_000, "loss = " + " " * 100_000],
    ids=["no end", "empty lines", "blanks"],
)
def test_a_file_that_goes_on_and_on_is_looked_through_at_once(text: str) -> None:
    began = time.process_time()

    assert repair_escapes(text) == text
    assert time.process_time() - began < 5  # it took minutes


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.toml", "exam = 'other'\nstudent = 'ada'\n[answers.1]\nloss = 'a'", "answers to the exam other"),
        ("a.toml", "student = 'adda'\n[answers.1]\nloss = 'a'", "Did you mean “ada”?"),
        ("a.toml", "[answers.1]\nloss = 'a'", "names no student"),
        ("a.toml", "student = 'ada'\n[answers.7]\nloss = 'a'", "line 2: there is no question 7"),
        (
            "a.toml",
            "student = 'ada'\n[answers.1]\nlos = 'a'",
            "line 3: question 1 has no part “los”. Did you mean “loss”?",
        ),
        ("a.toml", "student = 'ada'\nanswers = 3", "there are no answers in it"),
        ("a.toml", "student = 'ada\n", "this is not TOML"),
        ("a.toml", "student = 'ada'\nwhat = 1\n[answers.1]", "“what” is not known here"),
        ("a.toml", b"student = 'ada'\n# \xff\xfe\n", "line 2: this is not UTF-8"),
        ("a.json", "{", "line 1: this is not JSON"),
        ("a.json", "[" * 100_000, "this is not JSON"),
        ("a.csv", "student,item,part\nada,1,loss", "the column “answer” is missing"),
        ("a.csv", "student,item,part,answer\nada,1,loss", "line 2: this line has not 4 cells"),
        ("a.csv", "student,item,part,answer\nada,1,loss,a\nada,1,loss,b", "line 3: ada answers 1.loss twice"),
        ("a.csv", "student,item,part,answer\nada,9,loss,a", "line 2: there is no question 9"),
        ("a.xlsx", "x", "answers come as .toml, .json, .csv or .ipynb"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence(name: str, text: str | bytes, words: str) -> None:
    assert words in refusal(name, text)


@pytest.mark.parametrize("student", ["../../ada", "a/b", ".ada", "a\\nb", "a" * 81])
def test_on_a_practice_paper_no_student_names_a_file_elsewhere(student: str) -> None:
    practice = Key("exam-1", "T", (Paper("", "", (ITEM,)),))
    [one] = read_submissions("a.json", json.dumps({"student": student, "answers": {}}).encode())

    with pytest.raises(FileError, match=r"a\.json: the id “.*” cannot name a file"):
        check_submission(one, practice)


def test_the_same_student_twice_is_refused() -> None:
    one = read_submissions("a.toml", b"student = 'ada'\n[answers.1]\nloss = 'a'\n")
    with pytest.raises(FileError, match=r"“ada” already handed in a\.toml"):
        refuse_twice(one + read_submissions("b.toml", b"student = 'ada'\n[answers.1]\nloss = 'b'\n"))


def test_of_templates_that_nobody_filled_one_is_kept_for_each_student() -> None:
    texts = {"a.toml": ("ada", ""), "b.toml": ("ben", ""), "c.toml": ("ada", ""), "d.toml": ("ben", "a")}
    handed_in = [
        one
        for name, (student, answer) in texts.items()
        for one in read_submissions(name, f"student = '{student}'\n[answers.1]\nloss = '{answer}'".encode())
    ]

    assert [one.source for one in without_blank_twins(handed_in)] == ["a.toml", "d.toml"]


def test_a_folder_stands_for_all_that_was_handed_in_whatever_its_name_but_for_our_own_files(tmp_path: Path) -> None:
    ours = {"exam.json", "key.json", "r/results.json", "r/changes.json", "r/history/results-2.json", "r/ada.html"}
    theirs = {"ada/solutions.ipynb", "questions.toml", "Ben.TOML", "key-ada.json"}
    for name in ours | theirs:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()

    assert {str(file.relative_to(tmp_path)) for file in answer_files((tmp_path,))} == theirs


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_tables_saved_by_a_spreadsheet_are_read(delimiter: str) -> None:
    roster = '\ufeffid,name,"e, mail"\r\na1,"Löwe\n Ada",\r\n,,\r\n'.replace(",", delimiter)
    answers = "student,item,part,answer\r\na1,1,loss,0.5\r\n,,,\r\n".replace(",", delimiter)

    assert read_roster("r.csv", roster.encode()) == (Student("a1", "Löwe Ada"),)
    (submission,) = read_submissions("a.csv", answers.encode())
    assert submission.responses == {"1": {"loss": "0.5"}} and submission.lines["1.loss"] == 2


def test_a_roster_is_read() -> None:
    students = read_roster("r.csv", "\ufeffid,name\na1,Ada Łovelace\nb2,Ben\n".encode())

    assert [(student.id, student.name) for student in students] == [("a1", "Ada Łovelace"), ("b2", "Ben")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id,name\n", "the roster is empty"),
        ("name\nAda\n", "the column “id” is missing"),
        ("id,name\na,Ada\na,Ben\n", "line 3: the student “a” stands here a second time"),
        ("id,name\na,Ada\nA,Ben\n", "would share a folder"),
        ("id,name\n../a,Ada\n", "cannot name a folder"),
        ("id,name\n,Ada\n", "line 2: this student has no id"),
        ("id,name\na\n", "line 2: this line has not 2 cells"),
    ],
)
def test_a_roster_with_a_mistake_is_refused(text: str, words: str) -> None:
    with pytest.raises(FileError) as caught:
        read_roster("r.csv", text.encode())
    assert words in str(caught.value)
