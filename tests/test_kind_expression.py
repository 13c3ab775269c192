"""Formulas judged: equal where they should be, different where they are, undecided where nobody can tell."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.answer import Target, mark
from grader.formulas.equality import World, compare
from grader.formulas.samples import DOMAINS, points, sample
from grader.kinds.expression import Expression
from grader.reading.formulas import read_formula
from grader.reading.names import Vocabulary
from grader.verdict import Outcome, Verdict


def decision(given_text: str, wanted: str, domain: str = "real") -> str:
    names = ("x", "y", "n")
    vocabulary = Vocabulary(names=names)
    trees = [read_formula(text, vocabulary).tree for text in (given_text, wanted)]
    return compare(*trees, World(tuple((name, domain) for name in names))).decision


EQUAL = [
    ("(x+1)^2", "x^2+2x+1", "real"),
    ("sin(x)^2+cos(x)^2-1", "0", "real"),
    ("0", "sin(x)^2+cos(x)^2-1", "real"),
    ("exp(x)exp(y)", "exp(x+y)", "real"),
    ("(1-cos x)/x^2", "2 sin(x/2)^2/x^2", "real"),
    ("1-tanh(x)^2", "4/(e^x+e^-x)^2", "real"),
    ("x^(1/3)", "cbrt(x)", "real"),
    ("sqrt(x^2)", "|x|", "real"),
    ("sqrt(x^2)", "x", "positive"),
    ("2 ln x", "ln(x^2)", "positive"),
    ("ln(x^2)", "2 ln x", "positive"),
    ("(x^2-1)/(x-1)", "x+1", "real"),
    ("x+1", "(x^2-1)/(x-1)", "real"),
    ("log(y^x, y)", "x", "positive"),
    ("(x+10^8)^2-10^16-2*10^8 x", "x^2", "real"),
    ("exp(exp(exp(x)))", "exp(exp(e^x))", "real"),
    ("1.5^n * 2^n", "3^n", "natural"),
    ("(-1)^(2n)", "1", "natural"),
    ("n!/(n-1)!", "n", "natural"),
    ("binom(n, 2)", "n(n-1)/2", "natural"),
    (r"\sum_{i=1}^n i^2", "n(n+1)(2n+1)/6", "natural"),
    ("where(x>0,x,0)", "relu(x)", "real"),
    ("x^100/x^99", "x", "nonzero"),
    ("0.1x+0.2x", "0.3x", "real"),
    ("x/3*3", "x", "real"),
    ("ln(e^x)", "x", "real"),
]


@pytest.mark.parametrize(("given_text", "wanted", "domain"), EQUAL)
def test_equal_formulas_are_equal(given_text: str, wanted: str, domain: str) -> None:
    assert decision(given_text, wanted, domain) == "equal"


DIFFERENT = [
    ("x+10^-15", "x", "real"),
    ("x+10^-300", "x", "real"),
    ("x+10^-15 sin x", "x", "real"),
    ("x^1.0000001", "x", "positive"),
    ("0.333333333333 x", "x/3", "real"),
    ("2.718281828459 x", "e x", "real"),
    ("3.14159265358979 x", "pi x", "real"),
    ("sqrt(x^2)", "x", "real"),
    ("2 ln x", "ln(x^2)", "real"),
    ("relu(x-50)+x", "x", "real"),
    ("max(x, -50)", "x", "real"),
    ("tanh(200x)", "sign(x)", "real"),
    ("sigmoid(100x)", "step(x)", "real"),
    ("floor(x)", "x", "real"),
    ("x+1-1+0.000000001", "x", "real"),
    ("sin(x)", "x-x^3/6", "real"),
    ("(1+x/1000)^1000", "e^x", "real"),
    ("n^2-n+41", "n", "natural"),
    ("1/x", "1/y", "nonzero"),
    ("5", "x", "real"),
]


@pytest.mark.parametrize(("given_text", "wanted", "domain"), DIFFERENT)
def test_different_formulas_are_not_equal(given_text: str, wanted: str, domain: str) -> None:
    assert decision(given_text, wanted, domain) == "different"


UNDECIDED = ["x+exp(-900)", "x+exp(-10^5)", "x+10^-70 sin(x)", "x + 1/e^(10^9)"]


@pytest.mark.parametrize("given_text", UNDECIDED)
def test_what_hides_behind_huge_constants_is_left_to_a_person(given_text: str) -> None:
    assert decision(given_text, "x") == "undecided"


def test_a_formula_without_values_is_left_to_a_person() -> None:
    assert decision("ln(-x^2)", "ln(-x^2)") == "undecided"


@pytest.mark.parametrize("given_text", ["ln(x^2)/2", "ln|x|"])
def test_values_where_none_are_wanted_are_left_to_a_person(given_text: str) -> None:
    found = mark(Expression(variables={"x": "real"}), given_text, Target("ln x"))
    assert (found.outcome, found.credit, found.notes[0].code) == (Outcome.REVIEW, 1.0, "wider")
    assert mark(Expression(variables={"x": "positive"}), given_text, Target("ln x")).outcome is Outcome.CORRECT


@pytest.mark.parametrize("domain", [*DOMAINS, "(0, 2)", "[-1, 1]", "(0, inf)", "(-inf, 3]"])
def test_samples_stay_in_their_domain(domain: str) -> None:
    found = [sample(domain, at, chance / 16) for at in range(24) for chance in range(16)]
    inside = {
        "positive": lambda v: v > 0, "negative": lambda v: v < 0, "probability": lambda v: 0 < v < 1,
        "natural": lambda v: v >= 1 and v.denominator == 1, "integer": lambda v: v.denominator == 1,
        "size": lambda v: 2 <= v <= 5, "nonzero": lambda v: v != 0, "nonnegative": lambda v: v >= 0,
        "(0, 2)": lambda v: 0 < v < 2, "[-1, 1]": lambda v: -1 <= v <= 1, "(0, inf)": lambda v: v > 0,
        "(-inf, 3]": lambda v: v <= 3,
    }.get(domain, lambda v: True)  # fmt: skip
    assert all(map(inside, found))
    assert len(set(found)) >= 4


def test_points_are_the_same_every_time_and_spread_over_scales() -> None:
    domains = (("x", "real"), ("y", "real"))
    assert points(domains, "seed") == points(domains, "seed") != points(domains, "other")
    sizes = sorted(abs(point["x"]) for point in points(domains, "seed"))
    assert sizes[0] < Fraction(1, 100) and sizes[-1] > 50
    assert {value > 0 for value in (point["x"] for point in points(domains, "seed"))} == {True, False}


PLAIN = Expression(variables={"x": "real", "y": "real"})


def verdict(answer: Expression, truth: str, text: str) -> Verdict:
    return mark(answer, text, Target(truth))


FORMS = [
    ("factored", "(x-1)(x+1)", "(x+1)(x-1)", True),
    ("factored", "(x-1)(x+1)", "x^2-1", False),
    ("factored", "(x-1)(x+1)", "1*(x^2-1)", False),
    ("factored", "x^2(x+1)", "x*x*(x+1)", True),
    ("expanded", "x^2-1", "x^2-1", True),
    ("expanded", "x^2-1", "(x-1)(x+1)", False),
    ("expanded", "x^2+2x+1", "(x+1)^2", False),
    ("expanded", "x/2+y/2", "(x+y)/2", True),
    ("single fraction", "(x+y)/(x y)", "(x+y)/(x y)", True),
    ("single fraction", "(x+y)/(x y)", "1/x+1/y", False),
    ("single fraction", "(x+y)/(x y)", "1/(1/(1/x+1/y))", False),
    ("simplified", "2x", "2x", True),
    ("simplified", "2x", "x+x+x-x", False),
    ("simplified", "2x", "2x+0", False),
]


@pytest.mark.parametrize(("form", "truth", "text", "fits"), FORMS)
def test_the_form_is_judged_apart_from_the_value(form: str, truth: str, text: str, fits: bool) -> None:
    answer = Expression(variables={"x": "nonzero", "y": "nonzero"}, form=form, form_credit=0.25)
    assert verdict(answer, truth, text).credit == (1.0 if fits else 0.25)


def test_names_that_should_not_appear_are_named() -> None:
    answer = Expression(variables={"x": "real"}, shorthands={"sigma": "sigmoid(x)"}, only=("sigma",))
    assert verdict(answer, "sigma(1-sigma)", "σ - σ²").outcome is Outcome.CORRECT
    found = verdict(answer, "sigma(1-sigma)", "e^-x/(1+e^-x)^2")
    assert (found.outcome, found.notes[0].code) == (Outcome.PARTIAL, "other-names")


SLIPS = [
    ("-2x(x+y)", "sign"),
    ("x(x+y)", "factor"),
    ("2y(x+y)", "swapped"),
    ("2x(x-y)", ""),
    ("2x", "missing-factor"),
    ("1/(2x(x+y))", "reciprocal"),
    ("2x(x+y)+1", "constant"),
]


@pytest.mark.parametrize(("text", "name"), SLIPS)
def test_usual_slips_are_named(text: str, name: str) -> None:
    codes = [note.code for note in verdict(PLAIN, "2x(x+y)", text).notes]
    assert codes == ([f"slip:{name}"] if name else ["counterexample"])


def test_slips_in_sums_and_logarithms() -> None:
    assert verdict(PLAIN, "x^2 - 3y + 1", "x^2 + 3y + 1").notes[0].code == "slip:sign-of-term"
    assert verdict(PLAIN, "x^2 - 3y + 1", "x^2 + 1").notes[0].code == "slip:missing-term"
    positive = Expression(variables={"x": "positive", "y": "positive"})
    assert verdict(positive, "x ln(y) + x", "x log10(y) + x").notes[0].code == "slip:log-base"


def test_a_counterexample_shows_a_point_and_both_values() -> None:
    text = verdict(PLAIN, "x^2", "x^3").notes[0].text
    assert text.startswith("At x = ") and "yours is" in text and "expected" in text


def test_a_constant_does_not_give_the_answer_away() -> None:
    assert verdict(Expression(), "42", "43") == verdict(Expression(), "44", "43")


def test_the_other_reading_of_a_division_goes_to_a_person() -> None:
    found = verdict(PLAIN, "1/(2x)", "1/2x")
    assert found.outcome is Outcome.REVIEW
    assert {note.code for note in found.notes} >= {"other-reading", "ambiguous-division"}
    assert verdict(PLAIN, "x/2", "1/2x").outcome is Outcome.CORRECT


def test_functions_of_the_question() -> None:
    known = Expression(variables={"x": "real"}, functions={"f": "u^2 + 1", "g": "u v"})
    assert verdict(known, "x^2 + 2", "f(x) + 1").outcome is Outcome.CORRECT
    assert verdict(known, "2x", "g(x, 2)").outcome is Outcome.CORRECT
    unknown = Expression(variables={"x": "real"}, functions={"f": "", "f'": ""})
    assert verdict(unknown, "2 f(x) f'(x)", "f'(x) f(x) + f(x) f'(x)").outcome is Outcome.CORRECT
    assert verdict(unknown, "2 f(x) f'(x)", "2 f'(x)").outcome is Outcome.WRONG


@pytest.mark.parametrize("trouble", [{"variables": {"x": "complex"}}, {"form": "pretty"}])
def test_authors_are_told_of_words_that_mean_nothing(trouble: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="one of"):
        Expression(**trouble)  # type: ignore[arg-type]


polynomials = st.lists(st.integers(-5, 5), min_size=1, max_size=4).map(
    lambda factors: "*".join(f"(x - {c})" for c in factors)
)


@settings(max_examples=40, deadline=None)
@given(polynomials, st.integers(-4, 4), st.integers(1, 10**6))
def test_adding_anything_makes_a_difference(polynomial: str, power: int, part: int) -> None:
    assert decision(polynomial, polynomial) == "equal"
    assert decision(f"{polynomial} + x^{abs(power)}/{part}", polynomial) == "different"
