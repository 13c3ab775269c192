"""The Moodle file is read back by its published syntax, and every right answer earns all its marks."""

import html
import re
from typing import Any

import pytest
from specimen_sheets import PARTS, paper, sheet

from grader.scoring import Weights
from quizbank.formats import moodle
from quizbank.formats.moodle import field, remarks, render
from quizbank.platforms import GRADES, grade

etree = pytest.importorskip("lxml.etree", reason="lxml reads XML")
FIELD = re.compile(r"\{(\d+):(NM|SA|MCV|MR):((?:[^{}]|\\\})+)\}", re.DOTALL)


def questions(**shown: bool) -> list[Any]:
    return list(etree.fromstring(render((sheet(scored=True, solved=True, **shown),))).findall("question"))


def of_type(kind: str) -> list[Any]:
    return [one for one in questions() if one.get("type") == kind]


def alternatives(text: str) -> list[tuple[float, str]]:
    """Read the alternatives of a cloze field: grade and answer, entities decoded as Moodle does."""
    found = []
    for alternative in text.split("~"):
        share, answer = re.fullmatch(r"(=|%-?[\d.]+%)(.+)", alternative, re.DOTALL).groups()  # type: ignore[union-attr]
        found.append((100.0 if share == "=" else float(share.strip("%")), html.unescape(answer)))
    return found


def field_score(kind: str, text: str, given: str | set[str]) -> float:
    """Score what a student enters: text, or the set of options ticked."""
    known = alternatives(text)
    if kind == "NM":
        value, margin = known[0][1].split(":")
        return 100.0 * (abs(float(given) - float(value)) <= float(margin))  # type: ignore[arg-type]
    if kind == "SA":
        return max((share for share, answer in known if answer.lower() == str(given).lower()), default=0.0)
    ticked = given if isinstance(given, set) else {given}
    return sum(share for share, answer in known if answer in ticked)


def test_the_file_is_well_formed_with_one_category_a_question() -> None:
    kinds = [one.get("type") for one in questions()]

    assert kinds.count("category") == 11
    assert kinds[1:4] == ["cloze", "essay", "essay"]
    assert kinds[5::2] == ["numerical", "numerical", "shortanswer", "cloze", "multichoice", "multichoice",
                           "matching", "matching", "essay", "essay"]  # fmt: skip
    assert of_type("category")[0].findtext("category/text").startswith("$course$/top/Deep <Learning> & $ 100%/1 ")


def test_papers_of_a_class_are_variants_in_one_category() -> None:
    papers = tuple(paper(number, scored=True, solved=True) for number in (1, 2, 3))
    found = etree.fromstring(render(papers)).findall("question")
    names = [one.findtext("name/text") for one in found if one.get("type") == "numerical"]
    ids = [one.findtext("idnumber") for one in found if one.get("type") != "category"]

    assert names[:3] == [f"2 Only number (variant {n})" for n in (1, 2, 3)]
    assert len(set(ids)) == len(ids)


def test_cloze_fields_score_right_answers_fully_and_wrong_ones_not() -> None:
    [text] = [one.findtext("questiontext/text") for one in of_type("cloze")][:1]
    found = FIELD.findall(text)
    right: list[str | set[str]] = [
        "1.3867", "-72", "8X192", "5.004", "3.5", "6.0", "-5.25", "ReLU &amp; friends",
        {"bounded", "odd", "smooth ~ {nearly}"},
        "kinked = bent", r"range \((0, 1)\)", "odd", "3", "1", "2",
    ]  # fmt: skip
    wrong = [
        "1.38692",
        "72",
        "8x191",
        "5.0051",
        "3.6",
        "6.1",
        "5.25",
        "a &lt; b",
        {"convex"},
        *("odd",) * 2,
        "x",
        *"111",
    ]

    assert [kind for _, kind, _ in found] == ["NM", "NM", "SA", *("NM",) * 4, "MCV", "MR", *("MCV",) * 6]
    assert all(
        field_score(kind, text, answer) >= 99.99 for (_, kind, text), answer in zip(found, right, strict=True)
    )
    scores = [field_score(kind, text, answer) for (_, kind, text), answer in zip(found, wrong, strict=True)]
    assert scores == [0, 0, 0, 0, 0, 0, 0, 0, -100, 0, 0, 0, 0, 100, 0]


def test_weights_of_the_fields_of_each_part_share_its_points() -> None:
    text = of_type("cloze")[0].findtext("questiontext/text")
    weights = [int(weight) for weight, _, _ in FIELD.findall(text)]

    assert weights == [12, 12, 12, 3, 3, 3, 3, 12, 12, 4, 4, 4, 4, 4, 4]


def test_nothing_that_looks_like_a_field_is_left_unread() -> None:
    for one in of_type("cloze"):
        text = one.findtext("questiontext/text")
        assert len(re.findall(r"\{\d+:", text)) == len(FIELD.findall(text))


@pytest.mark.parametrize(
    "nasty", ["a}b", "x~y", "50%", "=3", "#1", r"\frac{1}{2}", "&lt;", 'say "hi"', "{1:NM:=3}"]
)
def test_signs_of_moodles_own_survive_in_answers(nasty: str) -> None:
    [(_, kind, text)] = FIELD.findall(field(1, "SA", [(nasty, 100.0), ("other", 0.0)]))

    assert (kind, alternatives(text)) == ("SA", [(100.0, nasty), (0.0, "other")])


def test_numbers_have_their_tolerance() -> None:
    value, margin = (of_type("numerical")[0].findtext(f"answer/{name}") for name in ("text", "tolerance"))

    assert (float(value), float(margin)) == (1.3863, pytest.approx(0.0005, rel=1e-4))
    assert of_type("numerical")[1].findtext("answer/tolerance") == "0"


def test_grades_are_those_moodle_knows_and_add_up() -> None:
    for one in of_type("multichoice"):
        shares = [float(answer.get("fraction")) for answer in one.findall("answer")]
        assert all(abs(share) in GRADES for share in shares)
        assert sum(share for share in shares if share > 0) == pytest.approx(100, abs=0.01)
    assert [grade(1 / n) for n in range(1, 11)] == pytest.approx([100 / n for n in range(1, 11)], abs=1e-5)


def test_partners_are_matched_and_spare_ones_offered() -> None:
    pairs = [
        [(one.findtext("text"), one.findtext("answer/text")) for one in question.findall("subquestion")]
        for question in of_type("matching")
    ]

    assert pairs[0] == [("ReLU", "kinked = bent"), (r"\(\sigma\)", "range (0, 1)"), ("tanh", "odd")]
    assert pairs[1] == [("update", "3"), ("forward", "1"), ("backward", "2")]


def test_pictures_are_inside_and_the_solution_is_the_general_feedback() -> None:
    first = questions()[1]

    assert "@@PLUGINFILE@@/figure.svg" in first.findtext("questiontext/text")
    assert first.find("questiontext/file").get("encoding") == "base64"
    for name in PARTS:
        one = next(
            q for q in questions() if q.findtext("name/text", "").partition(",")[0].endswith(f"Only {name}")
        )
        assert "Multiply" in one.findtext("generalfeedback/text") and "Put the numbers in" in one.findtext(
            "generalfeedback/text"
        )


def test_what_moodle_cannot_score_is_remarked() -> None:
    said = list(remarks(sheet(scored=True, solved=True)))

    assert ("a person scores it, as an essay question of its own.", "1 i") in said
    assert ("a person scores it, as an essay question of its own.", "11") in said
    assert [one.place for one in said if "whole marks" in one.text] == ["1", "5"]


def test_ticking_nothing_becomes_an_option() -> None:
    from dataclasses import replace

    part = replace(sheet(scored=True, solved=True).items[6].parts[0], scoring=Weights((-0.25,) * 4))
    one = replace(sheet(scored=True, solved=True), items=(replace(sheet().items[6], parts=(part,)),))
    found = etree.fromstring(render((one,))).findall("question/answer")

    assert [answer.get("fraction") for answer in found] == ["-25"] * 4 + ["100"]
    assert any("None of these" in remark.text for remark in remarks(one))
    assert moodle.FORMAT.audience == "platform"
