"""Papers that meet their blueprint, and the demand that cannot be met."""

from collections import Counter

import pytest

from quizbank import bank
from quizbank.blueprint import Blueprint, read_blueprint
from quizbank.domains import Stream
from quizbank.errors import FileError, QuizbankError
from quizbank.exam import Slot, Student, distinct_variants, draw_exam
from quizbank.selection import minutes, select, total


def chosen(seed: int = 1, **demands: object) -> list[Slot]:
    return select(Blueprint(**demands), bank.all_questions(), Stream("test", seed))  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(5))
def test_points_are_met_exactly(seed: int) -> None:
    assert total(chosen(seed, points=24.0)) == 24


def test_the_same_seed_gives_the_same_paper() -> None:
    assert [q.id for q, _ in chosen(3, points=20.0)] == [q.id for q, _ in chosen(3, points=20.0)]


def test_chapters_get_their_number_of_questions() -> None:
    slots = chosen(points=20.0, chapters={"2": 3, "III": (1, 2)}, among=("2", "3"))
    counts = Counter(question.chapter for question, _ in slots)

    assert counts["ch2"] == 3 and 1 <= counts["ch3"] <= 2 and set(counts) == {"ch2", "ch3"}


def test_fixed_questions_groups_and_other_points_are_respected() -> None:
    slots = chosen(
        points=15.0,
        fixed=("ch2.q4.k",),
        worth={"ch2.q4.k": 3.0},
        group=_groups(),
        without=("ch2.q2.b",),
    )
    ids = [question.id for question, _ in slots]

    assert {q.id: of for q, of in slots}["ch2.q4.k"] == 3
    assert len({"ch3.q2.a", "ch3.conv_out"} & set(ids)) == 1 and "ch2.q2.b" not in ids


def _groups() -> tuple[object, ...]:
    return read_blueprint("b", b'[[group]]\none_of = ["ch3.q2.a", "ch3.conv_out"]\n').group


def test_time_is_met_within_a_tenth() -> None:
    assert abs(minutes(chosen(points=30.0, minutes=36.0)) - 36) <= 3.6


def test_kinds_can_be_excluded() -> None:
    slots = chosen(points=8.0, kinds=read_blueprint("b", b'[kinds]\nwithout = ["matrix"]').kinds)

    assert all("matrix" not in [part.kind_name for part in question.parts] for question, _ in slots)


@pytest.mark.parametrize(
    ("demands", "words"),
    [
        ({"points": 1e6}, "all questions that fit have"),
        ({"questions": 10**6}, "ask for fewer"),
        ({"points": 20.0, "chapters": {"7": 99}}, "Chapter ch7 has"),
        ({"fixed": ("ch2.q4.kk",)}, "Did you mean “ch2.q4.k”?"),
        ({"points": 20.0, "minutes": 2.0}, "takes about"),
        ({"difficulty": {"4": 1.0}}, "There is no difficulty “4”"),
        ({"points": 0.25}, "the nearest has"),
    ],
)
def test_a_demand_that_cannot_be_met_is_named(demands: dict[str, object], words: str) -> None:
    with pytest.raises(QuizbankError) as caught:
        chosen(**demands)
    assert words in str(caught.value)


@pytest.mark.parametrize("text", [b"points = 'many'", b"point = 3", b"points = ", b"\xff"])
def test_a_blueprint_with_a_mistake_is_refused(text: bytes) -> None:
    with pytest.raises(FileError, match="this is not a blueprint"):
        read_blueprint("b.toml", text)


def test_no_two_students_share_a_variant_where_the_space_allows_it() -> None:
    slots = [(bank.find(id), 1.0) for id in ("ch3.q2.a", "ch2.q2.b")]
    exam = draw_exam(slots, "T", seed=3, students=[Student(f"s{n}", "") for n in range(60)])

    assert distinct_variants(exam) == (60, 60)


def test_seeds_lead_to_papers_of_other_questions() -> None:
    papers = [{question.id for question, _ in chosen(seed)} for seed in range(6)]
    shared = [len(one & other) / len(one) for one in papers for other in papers if one is not other]

    assert max(shared) < 0.6 and sum(shared) / len(shared) < 0.4
    assert len(set.union(*papers)) > 2.5 * len(papers[0])


def test_a_default_paper_has_every_chapter_and_meets_points_and_time() -> None:
    slots = chosen(2)

    assert {f"ch{n}" for n in range(1, 7)} <= {question.chapter for question, _ in slots}
    assert total(slots) == 90 and abs(minutes(slots) - 90) <= 9
