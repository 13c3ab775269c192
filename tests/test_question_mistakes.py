"""A mistake in a question file is refused when the file is loaded, with what is wrong and what to do."""

from types import ModuleType
from typing import Any

import pytest

from grader.kinds.number import Number
from quizbank import Conceptual, Question, one_of, part, slip
from quizbank.bank import assemble, refuse_twins
from quizbank.errors import QuestionError


def module(**declared: Any) -> ModuleType:
    made = ModuleType("question_file")
    vars(made).update(declared, __file__="planted.py")
    return made


@part("What is $x$?", Number(integer=True))
def answer(x: int) -> int:
    return x


@part("What is $y$?", Number(integer=True))
def stray(y: int) -> int:
    return y


@slip(answer, "One too many.")
def one_more(answer: int) -> int:
    return answer + 1


@slip(stray, "Belongs nowhere.")
def lost(answer: int) -> int:
    return answer + 2


def question(**changes: Any) -> Question:
    given = {
        "section": "I",
        "text": "Take $<<x>>$.",
        "x": one_of(1, 2, 3),
        "solution": "It is $<<x>>$.",
        **changes,
    }
    return Question("ch1.planted", **given)


@pytest.mark.parametrize(
    ("declared", "words"),
    [
        ({}, "declares no `question"),
        ({"question": question()}, "it has no part"),
        ({"question": question(text="Take $<<z>>$."), "a": answer}, "the hole <<z>> has no value"),
        ({"question": question(text="Take $<<x:plian>>$."), "a": answer}, "no way of writing named “:plian”"),
        ({"question": question(), "a": answer, "s": stray}, "part stray asks for “y”"),
        ({"question": question(), "a": answer, "l": lost}, "the slip lost belongs to “stray”"),
        ({"question": question(solution=""), "a": answer}, "it has no worked solution"),
        ({"question": question(notes={"z": 1}), "a": answer}, "notes give “z”, which is no parameter"),
        ({"question": question(text="The slope \alpha of $<<x>>$."), "a": answer}, "a backslash was lost in “… slope ⟨?⟩lpha"),
        ({"question": question(hints=("Think of \theta.",)), "a": answer}, "write the text as a raw string"),
    ],
)  # fmt: skip
def test_a_mistake_is_refused_with_its_remedy(declared: dict[str, Any], words: str) -> None:
    with pytest.raises(QuestionError) as refused:
        assemble(module(**declared))

    assert words in str(refused.value)


def test_a_sound_file_is_taken() -> None:
    assert assemble(module(question=question(), a=answer, s=one_more)).parts[0].name == "answer"


def test_a_field_that_does_not_exist_and_one_that_is_missing_are_refused_at_once() -> None:
    with pytest.raises(QuestionError, match=r"“sectoin” is neither a field nor a domain\. Did you mean “section”"):
        question(sectoin="I")
    with pytest.raises(QuestionError, match="has no text"):
        Question("ch1.planted", section="I")


def test_two_questions_with_one_id_are_refused() -> None:
    with pytest.raises(QuestionError, match=r"the id ch1\.planted is taken by"):
        refuse_twins([question(), question()])


def test_a_lost_backslash_in_a_rubric_is_refused() -> None:
    with pytest.raises(QuestionError, match="a backslash was lost"):
        Conceptual(
            "ch1.planted", section="I", text="Why?", key_points="one: one => Because of \beta.", models=("One.",) * 3,
            samples="1.0 | one", statements="+ One. | One.",
        )  # fmt: skip
