"""Answers that come back from Moodle and Canvas are matched with roster and key, and marked like any others."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from platform_reports import Asked, canvas_questions, canvas_report, moodle_questions, moodle_report

from grader.key import Key, encode_key
from grader.paper import Report, mark_paper
from grader.verdict import Outcome
from quizbank import bank
from quizbank.cli.grade import command
from quizbank.codes import find_code
from quizbank.errors import FileError
from quizbank.exam import Exam, Student, draw_exam
from quizbank.fields import options_named, pairs_named
from quizbank.follow import follow
from quizbank.formats import find_format
from quizbank.handed_back import HandedBack, read_report
from quizbank.platforms import is_manual
from quizbank.sheet import Sheet, scored_sheet
from quizbank.submission import check_submission, refuse_twice

CLASS = (("Ada", "Łovelace", "a1"), ("Ben", "Ohm", "b2"))
FEW = ("ch2.body.train_step", "ch2.q4.k", "ch3.q2.a", "ch2.q3.b")
QUESTIONS: dict[str, Callable[[bytes], Iterator[Asked]]] = {"moodle": moodle_questions, "canvas": canvas_questions}


def class_exam(*ids: str, students: bool = True) -> Exam:
    slots = [(bank.find(id).face("closed" if bank.find(id).forms else ""), 2.0) for id in ids]
    roster = [Student(number, f"{first} {last}") for first, last, number in CLASS] if students else []
    return draw_exam(slots, "Quiz", seed=3, students=roster)


def exported(exam: Exam, platform: str) -> list[Asked]:
    sheets = tuple(scored_sheet(exam, draft) for draft in exam.papers)
    return list(QUESTIONS[platform](find_format(platform).render(sheets)))


def report_of(platform: str, asked: list[Asked]) -> str:
    names = [(f"{first} {last}", number) for first, last, number in CLASS]
    return moodle_report(asked, CLASS) if platform == "moodle" else canvas_report(asked, names)


def read(text: str, key: Key, **known: str) -> HandedBack:
    back = read_report("report.csv", text.encode(), key, known)
    assert back is not None
    return back


def marked(back: HandedBack, key: Key) -> list[Report]:
    return [mark_paper(check_submission(one, key), one.responses, follow) for one in back.submissions]


@cache
def whole_bank() -> tuple[Exam, tuple[Sheet, ...], Key]:
    slots = [(question.face(form), 2.0) for question in bank.all_questions() for form in question.forms or ("",)]
    exam = draw_exam(slots, "Bank", seed=3, students=[Student(number, first) for first, _, number in CLASS])
    return exam, tuple(scored_sheet(exam, draft) for draft in exam.papers), exam.key()


@pytest.mark.parametrize("platform", QUESTIONS)
def test_right_answers_to_every_question_of_the_bank_come_back_right(platform: str) -> None:
    _, sheets, key = whole_bank()
    asked = list(QUESTIONS[platform](find_format(platform).render(sheets)))
    scored = {(item.number, part.name) for item in sheets[0].items for part in item.parts if not is_manual(part)}
    back = read(report_of(platform, asked), key)
    wrong = [
        (item.identity, part.name, part.response)
        for report in marked(back, key)
        for item in report.items
        for part in item.parts
        if (item.number, part.name) in scored and part.verdict.outcome is not Outcome.CORRECT
    ]

    assert not back.unmatched and len(back.submissions) == 2 and len(scored) > 500
    assert not wrong


@pytest.mark.parametrize("platform", QUESTIONS)
def test_a_student_is_marked_by_the_variant_that_the_platform_drew(platform: str) -> None:
    exam = class_exam("ch2.q4.k")
    key = exam.key()
    back = read(report_of(platform, exported(exam, platform)), key)
    [ada, ben] = [one.paper for one in back.submissions if one.paper]

    assert (ada.items[0].identity, ben.items[0].identity) == tuple(
        key.papers[other].items[0].identity for other in (1, 0)
    )
    assert [report.points for report in marked(back, key)] == [2.0, 2.0]


def test_a_question_of_several_fields_keeps_its_errors_carried_forward_on_moodle() -> None:
    exam = class_exam("ch2.body.train_step")
    key, asked = exam.key(), exported(exam, "moodle")
    loss = (9.5 - float(key.papers[1].items[0].values["t"])) ** 2 / 2
    slip = {"part 4": "9.5", "part 5": f"{loss:.4f}"}
    slipped = [one._replace(response=re.sub(r"(part \d+): [^;]*", lambda m: f"{m[1]}: {slip.get(m[1], '')}",
                                            one.response)) for one in asked]  # fmt: skip
    [report, _] = marked(read(moodle_report(slipped, CLASS), key), key)
    H, o, L, *_ = report.items[0].parts

    assert (H.verdict.outcome, o.verdict.outcome) == (Outcome.BLANK, Outcome.WRONG)
    assert L.verdict.outcome is Outcome.CORRECT and L.verdict.notes[0].code == "carried-forward"


def test_a_lone_paper_is_read_by_order_where_the_report_has_no_questions() -> None:
    exam = class_exam(*FEW, students=False)
    key = exam.key()
    reports = marked(read(moodle_report(exported(exam, "moodle"), CLASS, texts=False), key), key)

    assert [(report.student, report.name) for report in reports] == [("a1", "Ada Łovelace"), ("b2", "Ben Ohm")]
    assert [report.points for report in reports] == pytest.approx([8.0, 8.0])


def test_on_a_lone_paper_nobody_is_called_by_what_cannot_name_a_file() -> None:
    exam = class_exam("ch2.q4.k", students=False)
    asked = exported(exam, "moodle")
    back = read(moodle_report(asked, [("Ada", "Ł", "../a1"), ("Ben", "Ohm", "12/7")]), exam.key())

    assert [one.student for one in back.submissions] == ["ada@example.org", "ben@example.org"]


def test_without_the_questions_a_class_cannot_be_told_apart() -> None:
    exam = class_exam(*FEW)

    with pytest.raises(
        FileError, match=r"line 2: it does not say which question was asked; .*tick “question text”"
    ):
        read(moodle_report(exported(exam, "moodle"), CLASS, texts=False), exam.key())


def test_students_are_found_by_id_name_or_what_the_teacher_says_and_others_are_named() -> None:
    exam = class_exam("ch2.q4.k")
    key, asked = exam.key(), exported(exam, "moodle")
    strangers = (("Ada", "Lovelace", "-"), ("Benn", "Ohm", "x9"), ("Eve", "Nobody", "e5"))
    back = read(moodle_report(asked, strangers), key)
    told = read(moodle_report(asked, strangers[1:2]), key, x9="b2")

    assert [one.student for one in back.submissions + told.submissions] == ["b2"]
    assert [(one.source, one.who) for one in back.unmatched] == [
        ("report.csv, line 2", "Ada Lovelace (ada@example.org)"),
        ("report.csv, line 3", "Benn Ohm (x9)"),
        ("report.csv, line 4", "Eve Nobody (e5)"),
    ]
    assert "Did you mean “Ada Łovelace”?" in back.unmatched[0].why and "Ben Ohm" in back.unmatched[1].why


def test_the_list_of_strangers_goes_when_the_teacher_has_named_them(tmp_path: Path) -> None:
    exam = class_exam("ch2.q4.k")
    (tmp_path / "key.json").write_bytes(encode_key(exam.key()))
    (tmp_path / "report.csv").write_text(moodle_report(exported(exam, "moodle"), [("Benn", "Ohm", "x9")]))
    (tmp_path / "decisions.toml").write_text('[students]\nx9 = "b2"\n')
    files = [str(tmp_path / "key.json"), str(tmp_path / "report.csv"), "-o", str(tmp_path / "out")]
    alone = CliRunner().invoke(command, files)
    listed = (tmp_path / "out" / "unmatched.csv").read_text()
    told = CliRunner().invoke(command, [*files, "--decisions", str(tmp_path / "decisions.toml")])

    assert (alone.exit_code, told.exit_code) == (1, 0) and "Benn Ohm (x9)" in listed
    assert {file.name for file in (tmp_path / "out").iterdir()} >= {"b2.html", "b2.md", "results.json"}
    assert not (tmp_path / "out" / "unmatched.csv").exists()


def test_a_question_that_the_teacher_added_on_the_platform_is_passed_over_and_named() -> None:
    exam = class_exam("ch2.q4.k")
    key, asked = exam.key(), exported(exam, "moodle")
    own = [*asked, Asked("honour", "Did you work alone?", "yes")]
    back = read(moodle_report(own, CLASS), key)

    assert [report.points for report in marked(back, key)] == [2.0, 2.0]
    assert [(one.source, one.who) for one in back.unmatched] == [("report.csv", "everybody")]


def test_accents_case_and_the_order_of_names_do_not_matter() -> None:
    key = class_exam("ch2.q4.k").key()
    asked = exported(class_exam("ch2.q4.k"), "moodle")
    back = read(moodle_report(asked, (("OHM", "Bén", "-"),)), key)

    assert [one.student for one in back.submissions] == ["b2"]


def test_two_attempts_another_exam_and_a_torn_line_are_refused() -> None:
    exam, other = class_exam("ch2.q4.k"), class_exam("ch3.q2.a")
    key, text = exam.key(), moodle_report(exported(exam, "moodle"), (CLASS[0], CLASS[0]))

    with pytest.raises(FileError, match=r"line 3: the student “a1” already handed in report.csv, line 2"):
        refuse_twice(read(text, key).submissions)
    with pytest.raises(FileError, match="is of another exam"):
        read(text, other.key())
    with pytest.raises(FileError, match="line 4: this line has not"):
        read(text + "torn,line\n", key)


def test_a_blank_attempt_is_blank_and_a_left_out_entry_costs_only_itself() -> None:
    exam = class_exam("ch2.body.train_step")
    key, asked = exam.key(), exported(exam, "moodle")
    holed = [one._replace(response=one.response.replace("part 2: ", "part 2: %").split("%")[0]) for one in asked]
    blank = [one._replace(response="-") for one in asked]
    [some, _] = marked(read(moodle_report(holed, CLASS), key), key)
    [none, _] = marked(read(moodle_report(blank, CLASS), key), key)

    assert 0 < some.points < 2 and some.items[0].parts[0].verdict.outcome is Outcome.PARTIAL
    assert {part.verdict.outcome for part in none.items[0].parts} == {Outcome.BLANK}


def test_an_entry_that_the_quiz_does_not_ask_is_left_out_and_blank_lines_are_nobody() -> None:
    exam = class_exam("ch2.body.train_step")
    asked = [one for one in exported(exam, "canvas") if ".H(1,2)" not in one.text]
    text = report_of("canvas", asked) + "\n,,,\n"
    back = read(text, exam.key())
    [report, _] = marked(back, exam.key())

    assert not back.unmatched and len(back.submissions) == 2
    assert re.fullmatch(r"\[\[[^?]+, \?, [^?]+\]\]", report.items[0].parts[0].response)
    assert report.items[0].parts[0].verdict.outcome is Outcome.PARTIAL


def test_semicolons_in_the_questions_are_not_taken_for_the_ends_of_cells() -> None:
    exam = class_exam("ch2.q4.k")
    asked = [one._replace(text=f"a; b; c; {';' * 40} {one.text}") for one in exported(exam, "canvas")]

    assert len(read(report_of("canvas", asked), exam.key()).submissions) == 2


def test_a_table_of_our_own_is_no_report_and_semicolons_are_read() -> None:
    exam = class_exam("ch2.q4.k")
    key, text = exam.key(), moodle_report(exported(exam, "moodle"), CLASS)

    assert read_report("a.csv", b"student,item,part,answer\na1,1,loss,1\n", key, {}) is None
    assert len(read(text.replace(",", ";") if ";" not in text else text, key).submissions) == 2
    assert len(read(text.replace("Response", "Antwort").replace("Question", "Frage"), key).submissions) == 2


@pytest.mark.parametrize(
    "hostile", ["'; DROP TABLE", "part 1: part 2: ; part", "-> ->", "[" * 5000, "=1+1", "\x00"]
)
def test_hostile_responses_are_answers_that_cannot_be_read(hostile: str) -> None:
    exam = class_exam(*FEW)
    key = exam.key()
    asked = [one._replace(response=hostile) for one in exported(exam, "moodle")]
    reports = marked(read(moodle_report(asked, CLASS), key), key)

    assert all(report.points < 1 for report in reports)


def test_words_of_options_are_told_apart_by_signs() -> None:
    assert options_named("x > 1", ["$x < 1$", "$x > 1$"]) == [1]
    assert options_named("-1, 1", ["1", "−1"]) == [1, 0]
    assert options_named("neither", ["$x < 1$", "$x > 1$"]) is None
    assert pairs_named(r"a\=>b=>odd", ["a=>b"], ["odd"]) == [(0, 0)]


def test_codes_survive_a_platform() -> None:
    assert find_code("Compute it.[5d41a0:3.dW(1,2)#17]") == ("5d41a0", "3", 17, "dW", (1, 2))
    assert find_code("a range [1.5:2] is no code") is None
