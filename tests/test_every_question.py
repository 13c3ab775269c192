"""The laws that every question of the bank keeps; a new question is found by itself."""

from collections.abc import Callable

import msgspec
import pytest

from grader.answer import mark
from grader.key import decode_key, encode_key
from grader.paper import mark_paper
from grader.verdict import Outcome
from quizbank import bank
from quizbank.exam import Draft, Exam, Item, Student
from quizbank.follow import follow
from quizbank.formats.markdown import render
from quizbank.question import Question
from quizbank.sheet import exam_sheet
from quizbank.verify import prove

FACES = [question.face(form) for question in bank.all_questions() for form in question.forms or ("",)]
SEEDS = 25


def label(question: Question) -> str:
    return f"{question.id}{'+' if question.form else ''}{question.form}"


def paper_of(question: Question, seed: int | None) -> tuple[Exam, Draft]:
    draft = Draft(Student(), (Item("1", question.variant(seed), question.points),))
    return Exam("exam", question.title or question.id, (draft,), seed), draft


@pytest.mark.parametrize("question", FACES, ids=label)
def test_its_keys_are_proven(question: Question) -> None:
    proof = prove(question, range(SEEDS))

    assert not proof.findings, "\n".join(f"{f.identity}: {f.law}: {f.text}" for f in proof.findings[:5])


@pytest.mark.parametrize("question", FACES, ids=label)
def test_it_is_fully_described(question: Question) -> None:
    assert question.title and question.section and question.topics
    assert 2 <= len(question.hints) <= 3
    assert question.points > 0 and question.difficulty in (1, 2, 3) and question.minutes > 0


@pytest.mark.parametrize("question", FACES, ids=label)
def test_the_same_seed_gives_the_same_question(question: Question) -> None:
    assert question.draw(7).values == question.draw(7).values
    assert question.draw(7).text == question.draw(7).text


@pytest.mark.parametrize("question", FACES, ids=label)
def test_a_student_sheet_holds_no_answer(question: Question) -> None:
    exam, draft = paper_of(question, 3)
    sheet = exam_sheet(exam, draft)

    assert all(part.solution is None for item in sheet.items for part in item.parts)
    assert not any(item.steps or item.explanation for item in sheet.items)


@pytest.mark.parametrize("question", FACES, ids=label)
def test_its_key_survives_the_file_and_its_answers_earn_all_points(question: Question) -> None:
    exam, _ = paper_of(question, 3)
    key = exam.key()
    stored = decode_key(encode_key(key))
    right = {part.name: part.answer.write(part.target.truth) for part in key.papers[0].items[0].parts}
    report = mark_paper(stored.papers[0], {"1": right}, follow)

    assert msgspec.to_builtins(stored) == msgspec.to_builtins(key)
    assert report.points == pytest.approx(report.of)


@pytest.mark.parametrize("question", FACES, ids=label)
def test_nothing_and_nonsense_earn_nothing(question: Question) -> None:
    exam, _ = paper_of(question, 3)
    for part in exam.key().papers[0].items[0].parts:
        assert mark(part.answer, "", part.target).outcome is Outcome.BLANK
        assert mark(part.answer, "§ ?!", part.target).credit == 0


@pytest.mark.parametrize("question", FACES, ids=label)
def test_its_solutions_page_is_as_it_was(question: Question, golden: Callable[[str, str], None]) -> None:
    exam, draft = paper_of(question, 1)
    page = render((exam_sheet(exam, draft, solved=True),)).decode()

    golden(f"{label(question).replace('+', '.')}.md", page)


def test_every_identity_leads_back_to_its_question() -> None:
    for question in FACES:
        for id in question.ids:
            assert bank.find(id).id == question.id
