"""The Canvas package is complete, and its response processing scores right answers fully and wrong ones not."""

import io
import re
import zipfile
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest
from specimen_sheets import paper, sheet

from quizbank.formats.canvas import FORMAT, render


def files(*sheets: Any) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(render(tuple(sheets or (sheet(scored=True, solved=True),))))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def plain(text: str) -> Element:
    """Parse without namespaces."""
    return fromstring(re.sub(r'\sxmlns(:\w+)?="[^"]*"', "", text).replace("imsmd:", ""))


def items(*sheets: Any) -> dict[str, Element]:
    return {one.get("title", ""): one for one in plain(files(*sheets)["quiz/quiz.xml"]).iter("item")}


def metadata(item: Element, name: str) -> str:
    fields = {one.findtext("fieldlabel"): one.findtext("fieldentry") for one in item.iter("qtimetadatafield")}
    return fields[name] or ""


def holds(condition: Element, given: dict[str, Any]) -> bool:
    """Evaluate a condition of QTI 1.2 on the responses given."""
    values = given.get(condition.get("respident", ""))
    if condition.tag == "varequal":
        return condition.text in (values if isinstance(values, set) else {values})
    if condition.tag in ("vargte", "varlte"):
        bound = float(condition.text or "")
        return values is not None and (
            float(values) >= bound if condition.tag == "vargte" else float(values) <= bound
        )
    results = [holds(one, given) for one in condition]
    if condition.tag == "not":
        return not results[0]
    return all(results) if condition.tag == "and" else any(results)


def score(item: Element, **given: Any) -> float:
    """Run the response processing of an item, in percent."""
    total = 0.0
    for rule in item.iter("respcondition"):
        condition, action = rule.find("conditionvar"), rule.find("setvar")
        assert condition is not None
        if action is not None and holds(condition, given):
            total = float(action.text or "") + (total if action.get("action") == "Add" else 0)
            if rule.get("continue") == "No":
                break
    return total


def test_the_manifest_names_every_file() -> None:
    package = files()
    listed = [one.get("href") for one in plain(package["imsmanifest.xml"]).iter("file")]

    assert sorted(listed) == sorted(name for name in package if name != "imsmanifest.xml")
    assert plain(package["quiz/assessment_meta.xml"]).findtext("quiz_type") == "practice_quiz"
    assert "$IMS-CC-FILEBASE$/images/q1-v1.svg" in package["quiz/quiz.xml"]


def test_every_part_is_a_question_of_a_type_canvas_has() -> None:
    kinds = {title: metadata(item, "question_type") for title, item in items().items()}

    assert kinds["2 Only number"] == "numerical_question" and kinds["4 Only shape"] == "short_answer_question"
    assert kinds["5 (2, 2) Only grid"] == "numerical_question"
    assert (
        kinds["6 Only one"] == "multiple_choice_question"
        and kinds["7 Only several"] == "multiple_answers_question"
    )
    assert kinds["8 Only matching"] == kinds["9 Only order"] == "matching_question"
    assert kinds["10 Only words"] == "essay_question"
    assert metadata(items()["5 (2, 2) Only grid"], "points_possible") == "0.375"


def test_right_answers_earn_everything_and_wrong_ones_nothing() -> None:
    one = items()

    assert [score(one["2 Only number"], response1=text) for text in ("1.3858", "1.3868", "1.3869")] == [
        100,
        100,
        0,
    ]
    assert [score(one["3 Only whole"], response1=text) for text in ("-72", "-72.5", "72")] == [100, 0, 0]
    assert [score(one["4 Only shape"], response1=text) for text in ("8x192", "192x8")] == [100, 0]
    assert [score(one["5 (2, 2) Only grid"], response1=text) for text in ("-5.254", "5.25")] == [100, 0]
    assert [score(one["6 Only one"], response1=text) for text in ("2", "1")] == [100, 0]
    assert [score(one["7 Only several"], response1=set(text)) for text in ("124", "12", "1234")] == [100, 0, 0]
    assert score(one["8 Only matching"], response_1="2", response_2="1", response_3="3") == pytest.approx(
        100, abs=0.1
    )
    assert score(one["9 Only order"], response_1="3", response_2="1", response_3="3") == pytest.approx(
        66.7, abs=0.1
    )
    assert score(one["10 Only words"], response1="anything") == 0


def test_papers_of_a_class_become_groups_of_which_one_is_drawn() -> None:
    quiz = plain(files(*(paper(number, scored=True, solved=True) for number in (1, 2, 3)))["quiz/quiz.xml"])
    groups = [one for one in quiz.iter("section") if one.get("ident", "").startswith("group-")]
    identifiers = [one.get("ident") for one in quiz.iter("item")]

    assert all(group.findtext("selection_ordering/selection/selection_number") == "1" for group in groups)
    assert all(len(group.findall("item")) == 3 for group in groups) and len(groups) == 9
    assert len(set(identifiers)) == len(identifiers)


def test_what_canvas_draws_apart_has_the_same_numbers_for_everybody() -> None:
    papers = tuple(paper(number, scored=True, solved=True) for number in (1, 2, 3))
    quiz = plain(files(*papers)["quiz/quiz.xml"])
    entries = [item.get("title") for item in quiz.iter("item") if (item.get("title") or "").endswith("Only grid")]

    assert entries == [f"5 {place} Only grid" for place in ("(1, 1)", "(1, 2)", "(2, 1)", "(2, 2)")]
    assert "5" in [one.place for one in FORMAT.remarks(papers[0]) if "the same numbers" in one.text]


def test_the_worked_solution_is_the_general_comment() -> None:
    for item in items().values():
        assert "Multiply" in "".join(item.find("itemfeedback").itertext())  # type: ignore[union-attr]


def test_what_canvas_cannot_hold_is_remarked() -> None:
    said = list(FORMAT.remarks(sheet(scored=True, solved=True)))

    assert ("every entry of the matrix is a question of its own.", "5") in said
    assert ("a person scores it, as an essay.", "11") in said
