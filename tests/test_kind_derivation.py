"""Derivations: chains of equal expressions, equations, and matrices."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.answer import Target, mark
from grader.canonical import same_form
from grader.equations import compare_equations
from grader.formulas.equality import World
from grader.kinds.derivation import Derivation
from grader.reading.grammar import parse
from grader.reading.names import Vocabulary
from grader.reading.tree import Node
from grader.verdict import Outcome

SIGMOID = Derivation(variables={"z": "real"}, shorthands={"s": "sigmoid(z)"}, labels=("ds/dz",))
MODEL = ("exp(-z)/(1 + exp(-z))^2", "s * exp(-z)/(1 + exp(-z))", "s (1 - s)")
SOLVE = Derivation(variables={"x": "real", "a": "positive"}, unknown="x")
MERGE = Derivation(shapes={"X": "N D", "V": "D M", "W": "M K", "b": "1 M", "c": "1 K"})
MERGED = ("(X V + b) W + c", "X V W + b W + c", "X (V W) + (b W + c)")


@pytest.mark.parametrize(
    "text",
    [
        "ds/dz = e^-z/(1+e^-z)^2\n = s e^-z/(1+e^-z)\n = s(1-s)",
        "e^-z/(1+e^-z)^2 = s e^-z/(1+e^-z) = s(1-s)",
        r"\frac{ds}{dz} = \frac{e^{-z}}{(1+e^{-z})^2} = \sigma(z) \frac{e^{-z}}{1+e^{-z}} = \sigma(z)(1-\sigma(z))",
        r"\begin{align} &= s \frac{e^{-z}}{1+e^{-z}} \\ &= (1-s) s \end{align}",
        "s e^-z/(1+e^-z)  # split the fraction\ns (1+e^-z-1)/(1+e^-z)\ns(1-s)",
        "d/dz s = s e^-z/(1+e^-z) => s(1-s)",
    ],
)
def test_a_chain_is_read_however_its_lines_are_joined(text: str) -> None:
    verdict = mark(SIGMOID, text, Target(MODEL))

    assert verdict.outcome is Outcome.CORRECT, verdict


@pytest.mark.parametrize(
    "text, credit, code",
    [
        ("= s e^-z/(1+e^-z) = s(1+s)", 0.25, "step:1"),
        ("= s e^-z/(1+e^-z)\n= s(1+s)\n= s(1-s)", 1 / 6, "step:2"),
        ("= s e^-z\n= s(1-s)", 0, "step:1"),
        ("= s e^-z/(1+e^-z)\n= s (1 - 1/(1+e^-z))", 0.5, "unfinished"),
        ("= s - s^2\n= s(1-s) + 0", 0.5, "unfinished"),
        ("= s(1-s)", 0.5, "too-few"),
        ("exp(-z)/(1 + exp(-z))^2", 0.5, "unfinished"),
        ("= s e^-z/(1+e^-z) + exp(-900)\n = s(1-s)", 1, "undecided:1"),
    ],
)
def test_the_step_that_does_not_follow_is_named(text: str, credit: float, code: str) -> None:
    verdict = mark(SIGMOID, text, Target(list(MODEL)))

    assert verdict.credit == pytest.approx(credit)
    assert code in [note.code for note in verdict.notes]


def test_missing_steps_are_counted_in_good_english() -> None:
    kind = Derivation(variables={"s": "real"}, least=1)
    verdict = mark(kind, "s (1 + s)", Target(["s (1 + s)", "s + s^2"]))

    assert "After the start at least 1 more step must be shown." in [note.text for note in verdict.notes]


def test_a_false_step_comes_with_numbers() -> None:
    note = mark(SIGMOID, "= 2 s e^-z/(1+e^-z)\n= s(1-s)", Target(MODEL)).notes[0]

    assert note.text.startswith("Line 1 does not follow from the start: at z = ")


@pytest.mark.parametrize(
    "text", ["= s(1-", "s = q\n= q", "= [1, 2]\n= s", "= s > 1", "# nothing", "= " * 4000, "s\n" * 60]
)
def test_other_texts_are_unreadable(text: str) -> None:
    assert mark(SIGMOID, text, Target(MODEL)).outcome is Outcome.UNREADABLE


@pytest.mark.parametrize(
    "text, outcome, code",
    [
        ("x^2 = a^2\nx = a or x = -a", Outcome.CORRECT, ""),
        ("(x-a)(x+a) = 0 => x = a or x = -a", Outcome.CORRECT, ""),
        ("x^2 = a^2\nx = a", Outcome.PARTIAL, "loses:2"),
        ("x^2 - a^2 = 0\nx^2 = a\nx = sqrt(a) or x = -sqrt(a)", Outcome.WRONG, "step:2"),
        ("x^2 = a^2\n|x| = a", Outcome.PARTIAL, "unfinished"),
        ("x^4 = a^4\nx = a or x = -a", Outcome.CORRECT, ""),
        ("x^3 = a^2 x\nx = 0 or x = a or x = -a", Outcome.PARTIAL, "extra-solution"),
        ("x = a or x = -a", Outcome.PARTIAL, "too-few"),
        ("x^2 - a^2", Outcome.UNREADABLE, "no-equation"),
        ("x = a = 2", Outcome.UNREADABLE, "no-equation"),
    ],
)
def test_equations_are_judged_by_their_solutions(text: str, outcome: Outcome, code: str) -> None:
    verdict = mark(SOLVE, text, Target(("x^2 - a^2 = 0", "x^2 = a^2", "x = a or x = -a")))

    assert verdict.outcome is outcome, verdict
    assert not code or code in [note.code for note in verdict.notes]


CHANGES = [
    ("2x + 3 = 7", "2x = 4", "equivalent"),
    ("x/3 = a", "x = 3a", "equivalent"),
    ("exp(x) = a", "x = ln(a)", "equivalent"),
    ("1/x = 2", "2x = 1", "equivalent"),
    ("1/(1+exp(-x)) = 1/4", "x = -ln(3)", "equivalent"),
    ("x = 3", "x^2 = 9", "implied"),
    ("sqrt(x) = x - 2", "x = (x-2)^2", "implied"),
    ("x = 2", "0 = 0", "implied"),
    ("x^2 = 9", "x = 3", "loses"),
    ("x(x-1) = 0", "x - 1 = 0", "loses"),
    ("x^2 = 0", "x = 0", "equivalent"),
    ("(x-1)^2 (x+2) = 0", "(x-1)(x+2) = 0", "equivalent"),
    ("2x = 4", "x = 4", "fails"),
    ("x^2 = a", "x = a", "fails"),
    ("tan(x) = 1", "x = 1", "fails"),
    ("x^2 + 1 = 0", "x^2 = -1", "equivalent"),
    ("x^2 + 1 = 0", "x^4 = -3", "undecided"),
]
NAMES = Vocabulary(names=("x", "a"))


def sides(text: str) -> tuple[tuple[Node, Node], ...]:
    left, right = text.split("=")
    return ((parse(left, NAMES).tree, parse(right, NAMES).tree),)


@pytest.mark.parametrize("before, after, finding", CHANGES)
def test_what_a_step_does_to_the_solutions(before: str, after: str, finding: str) -> None:
    world = World((("x", "real"), ("a", "positive")))

    assert compare_equations(sides(before), sides(after), "x", world).finding == finding


@given(st.lists(st.integers(-6, 6), min_size=1, max_size=3), st.lists(st.integers(-6, 6), min_size=1, max_size=3))
def test_polynomials_are_compared_by_their_zeros(one: list[int], other: list[int]) -> None:
    world = World((("x", "real"),))
    before, after = (sides("*".join(f"(x - ({root}))" for root in roots) + " = 0") for roots in (one, other))
    lost, added = set(one) - set(other), set(other) - set(one)
    expected = "fails" if lost and added else "loses" if lost else "implied" if added else "equivalent"

    assert compare_equations(before, after, "x", world).finding == expected


@pytest.mark.parametrize(
    "text, outcome, code",
    [
        ("= XVW + bW + c\n= X(VW) + (bW + c)", Outcome.CORRECT, ""),
        ("(XV + b)W + c = X V W + b W + c = X (V W) + (b W + c)", Outcome.CORRECT, ""),
        ("= XVW + bW + c\n= X(WV) + (bW + c)", Outcome.PARTIAL, "step:2"),
        ("= XVW + bW + c\n= (bW + c) + X(VW)", Outcome.CORRECT, ""),
        ("= XVW + b + c\n= X(VW) + (bW + c)", Outcome.WRONG, "step:1"),
        ("= XVW + bW + c\n= XVW + 2bW - bW + c", Outcome.PARTIAL, "unfinished"),
        ("= XVQ", Outcome.UNREADABLE, "unknown-name"),
    ],
)
def test_matrices_are_tried_on_random_ones(text: str, outcome: Outcome, code: str) -> None:
    verdict = mark(MERGE, text, Target(MERGED))

    assert verdict.outcome is outcome, verdict
    assert not code or code in [note.code for note in verdict.notes]


@pytest.mark.parametrize(
    "one, other, same",
    [
        ("a(1-x)/2", r"\frac{(1-x)a}{2}", True),
        ("a - x", "-x + a", True),
        ("-(a x)", "(-a) x", True),
        ("1/x * a", "a/x", True),
        ("x^2", "x^{2}", True),
        ("e^x", "exp(x)", True),
        ("a + (x + 1)", "1 + a + x", True),
        ("a(1-x)", "a - a x", False),
        ("x*x", "x^2", False),
        ("a/x", "x/a", False),
        ("a - x", "x - a", False),
        ("0.5 x", "x/2", False),
    ],
)
def test_forms_differ_by_more_than_order_and_notation(one: str, other: str, same: bool) -> None:
    assert same_form(parse(one, NAMES).tree, parse(other, NAMES).tree) == same


def test_the_order_of_matrices_matters() -> None:
    names = Vocabulary(names=("A", "B"), matrices=True)

    assert not same_form(parse("A B", names).tree, parse("B A", names).tree, ordered=True)
    assert same_form(parse("A B + B", names).tree, parse("B + A @ B", names).tree, ordered=True)
    assert not same_form(parse("A ⊙ B", names).tree, parse("A B", names).tree, ordered=True)


@given(st.text(alphabet="sze^-()+*/= 12\n,dx>", max_size=40))
def test_no_text_breaks_the_kind(text: str) -> None:
    for kind, truth in ((SIGMOID, MODEL), (SOLVE, ("x = a", "x = a", "x = a")), (MERGE, MERGED)):
        assert 0 <= mark(kind, text, Target(truth)).credit <= 1


def test_authors_are_told_of_mistakes_and_the_kind_survives_json() -> None:
    assert msgspec.json.decode(msgspec.json.encode(SIGMOID), type=Derivation) == SIGMOID
    with pytest.raises(ValueError, match="is no variable"):
        Derivation(unknown="q")
    with pytest.raises(ValueError, match="has shapes only"):
        Derivation(shapes={"X": "N D"}, variables={"z": "real"})
