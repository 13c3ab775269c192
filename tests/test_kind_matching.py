"""Partners for items on the left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.answer import Target, mark
from grader.kinds.matching import Matching
from grader.verdict import Outcome

KIND = Matching(
    left=("ReLU", "tanh", "sigmoid"), right=("(0, 1)", "kinked", "odd"), explanations=("R.", "T.", "S.")
)
TRUTH = (1, 2, 0)


@pytest.mark.parametrize(
    "text",
    [
        "1-b, 2-c, 3-a",
        "3a 1b 2c",
        "1b2c3a",
        "b-1; c-2; a-3",
        "1: b\n2: c\n3: a",
        "1 → b, 2 → c, 3 → a",
        r"1 \to b, 2 \to c, 3 \to a",
        "(1)-(b), (2)-(c), (3)-(a)",
        "bca",
        "B, C, A",
        "2, 3, 1",
        "relu -> kinked; tanh = odd; sigmoid: a",
        "1=b, 2=c, 3=a.",
    ],
)
def test_pairs_are_read_however_they_are_tied(text: str) -> None:
    assert KIND.read(text).value == TRUTH


@pytest.mark.parametrize(
    "text", ["1-b, 1-c", "4-a", "1-d", "first", "-", "1-b-c", "a" * 9000, "- " * 1400, "1" * 2900]
)
def test_anything_else_is_unreadable(text: str) -> None:
    assert mark(KIND, text, Target(TRUTH)).outcome is Outcome.UNREADABLE


@given(st.tuples(*[st.integers(0, 2)] * 3))
def test_what_is_written_is_read(truth: tuple[int, ...]) -> None:
    assert KIND.read(KIND.write(truth)).value == truth


@given(st.text(alphabet="123abcxyz-:=>→,; \n(){}", max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    assert 0 <= mark(KIND, text, Target(TRUTH)).credit <= 1


def test_each_right_pair_earns_a_share_and_the_others_are_explained() -> None:
    verdict = mark(KIND, "1-b, 2-b", Target([1, 2, 0]))

    assert verdict.credit == pytest.approx(1 / 3)
    assert [note.code for note in verdict.notes] == ["mismatched:2", "missing:3"]
    assert verdict.notes[0].text == "“tanh” does not go with “kinked”. T."


def test_all_or_nothing_where_the_author_says_so() -> None:
    kind = Matching(left=("x", "y"), right=("p", "q"), whole=True)

    assert mark(kind, "1-p, 2-p", Target((0, 1))).credit == 0
    assert mark(kind, "1-p, 2-q", Target((0, 1))).credit == 1


def test_an_author_is_told_of_mistakes() -> None:
    with pytest.raises(ValueError, match="two items"):
        Matching(left=("x",), right=("p", "q"))
    with pytest.raises(ValueError, match="2 items and 1 explanations"):
        Matching(left=("x", "y"), right=("p", "q"), explanations=("why",))
