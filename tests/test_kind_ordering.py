"""Items put in order."""

from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.answer import Target, mark
from grader.kinds.ordering import Ordering, longest_chain
from grader.verdict import Outcome

KIND = Ordering(items=("loss", "forward", "update", "backward"))
TRUTH = (1, 0, 3, 2)


@pytest.mark.parametrize(
    "text",
    [
        "b, a, d, c",
        "badc",
        "b a d c",
        "B<A<D<C",
        "b → a → d → c",
        "b-a-d-c",
        "b - a - d - c",
        "[b, a, d, c]",
        "2, 1, 4, 3",
        "2>1>4>3",
        "forward, loss, backward, update",
        "forward\nloss\nbackward\nupdate",
        "forward then loss then backward then update",
        "a: 2, b: 1, c: 4, d: 3",
        "1-b, 2-a, 3-d, 4-c",
        r"b \to a \to d \to c",
    ],
)
def test_an_order_is_read_however_it_is_written(text: str) -> None:
    assert KIND.read(text).value == TRUTH


@pytest.mark.parametrize(
    "text", ["b, b", "e", "5", "a: 1, b: 1", "a<b, ?", "b" * 4000, "- " * 1400, "first the loss"]
)
def test_anything_else_is_unreadable(text: str) -> None:
    assert mark(KIND, text, Target(TRUTH)).outcome is Outcome.UNREADABLE


@given(st.permutations(range(7)))
def test_the_chain_is_as_long_as_the_longest_found_by_counting(places: list[int]) -> None:
    rising = (
        size for size in range(7, 0, -1) for some in combinations(places, size) if list(some) == sorted(some)
    )

    chain = longest_chain(places)
    assert chain == sorted(chain)
    assert len(chain) == next(rising)


def test_a_bare_list_of_numbers_is_not_guessed() -> None:
    """As items in order 2, 3, 1 is b, c, a; as places of a, b, c it is c, a, b."""
    three, numbers = Ordering(items=("x", "y", "z")), Ordering(items=("10", "2", "30"))

    assert mark(three, "2, 3, 1", Target((1, 2, 0))).notes[0].code == "ambiguous"
    assert mark(three, "2, 1, 3", Target((1, 0, 2))).outcome is Outcome.CORRECT
    assert mark(three, "2 < 3 < 1", Target((1, 2, 0))).outcome is Outcome.CORRECT
    assert mark(three, "a: 3, b: 1, c: 2", Target((1, 2, 0))).outcome is Outcome.CORRECT
    assert mark(numbers, "2, 10, 30", Target((1, 0, 2))).outcome is Outcome.CORRECT


def test_reversal_earns_nothing_and_only_the_right_order_everything() -> None:
    credits = {order: KIND.judge(order, TRUTH).credit for order in permutations(range(4))}

    assert credits[tuple(reversed(TRUTH))] == 0
    assert [order for order, credit in credits.items() if credit == 1] == [TRUTH]


def test_one_item_astray_loses_one_share_and_is_named() -> None:
    verdict = mark(KIND, "c, b, a, d", Target(list(TRUTH)))

    assert verdict.credit == pytest.approx(2 / 3)
    assert verdict.notes[0].text == "b, a, d follow one another rightly; c stands elsewhere."


def test_all_or_nothing_where_the_author_says_so() -> None:
    assert mark(Ordering(items=KIND.items, whole=True), "c, b, a, d", Target(TRUTH)).credit == 0
