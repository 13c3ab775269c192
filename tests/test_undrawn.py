"""No value that a question declares is silently never drawn."""

from collections.abc import Callable
from typing import Any

import pytest

from grader.kinds.number import Number
from quizbank import Question, integers, one_of, part, slip
from quizbank.domains import Domain, tenths
from quizbank.verify import prove

SEEDS = 200


@part("The product.", Number(integer=True))
def product(a: int, b: int) -> int:
    return a * b


@slip(product, "This is the other factor alone.")
def other_alone(b: int) -> int:
    return b


@slip(product, "This is the other factor alone.")
def other_alone_if_told(a: int, b: int) -> int | None:
    return b if a != 1 else None


@slip(product, "The factors multiply.")
def summed(a: int, b: int) -> int | None:
    return a + b if (a, b) != (2, 2) else None


def planted(a: Domain, *slips: Any, where: Callable[..., bool] | None = None, b: Domain | None = None) -> Question:
    parameters = {"a": a, "b": b or integers(2, 99)}
    return Question(
        "ch9.planted", section="I", text="$<<a>>$ times $<<b>>$.", solution="Multiply.", file="planted.py",
        parts=(product,), slips=slips, where=where, check=lambda a, b: sum([b] * a), **parameters,
    )  # fmt: skip


def found(question: Question, seeds: int = SEEDS) -> list[str]:
    return [one.text for one in prove(question, range(seeds)).findings if one.law == "every value drawn"]


@pytest.mark.parametrize("a", [one_of(1, 2, 3, 4), integers(1, 4)])
def test_a_value_at_which_a_slip_equals_the_truth_is_named_with_the_slip(a: Domain) -> None:
    (text,) = found(planted(a, other_alone, summed))

    assert text.startswith("a = 1 came 0 times where 50 were fair: the slip product.other-alone equals the truth")
    assert text.endswith("let the slip give None")


@pytest.mark.parametrize("a", [one_of(1, 2, 3, 4), integers(1, 4)])
def test_a_value_that_where_never_keeps_is_named_as_excluded(a: Domain) -> None:
    (text,) = found(planted(a, summed, where=lambda a: a != 3))

    assert text == (
        "a = 3 came 0 times where 50 were fair: it is excluded by `where`; "
        "take it out of the domain, or let `where` keep it"
    )


def test_a_slip_that_gives_none_there_mends_it() -> None:
    assert found(planted(one_of(1, 2, 3, 4), other_alone_if_told, summed)) == []


def test_a_value_that_where_makes_rare_is_left_alone() -> None:
    question = planted(one_of(1, 2, 3, 4), summed, where=lambda a, b: a != 3 or b > 95)

    assert found(question) == []


def test_values_kept_apart_from_one_another_are_left_alone() -> None:
    question = planted(integers(2, 6), summed, where=lambda a, b: a != b, b=integers(2, 6))

    assert found(question) == []


def test_few_draws_tell_nothing() -> None:
    question = planted(one_of(1, 2, 3, 4), other_alone)

    assert found(question, 59) == []
    assert len(found(question, 60)) == 1


def test_the_values_of_a_long_range_or_of_an_array_are_not_told_one_by_one() -> None:
    assert integers(1, 50).choices == tenths(1, 3, shape=(2,)).choices == ()
    assert tenths(-1, 1, nonzero=True).choices == (-0.1, 0.1)
