"""Numbers as students write them: value, form, digits shown, and what is said about the reading."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.answer import Unreadable
from grader.reading.numbers import read_number

SAME = {
    Fraction(1, 2): ["1/2", "0.5", ".5", "0,5", "50%", r"50\,\%", "½", r"\frac12", r"\frac{1}{2}", "2^-1", "5e-1",
                     "5·10^-1", "1 / 2", "(1/2)", "[1/2]", "p = 0.5", "p = 1/2 = 0.5", "≈ 0.5", "$0.5$", "0.5."],
    Fraction(61706): ["61706", "61,706.0", "61 706", "61'706", "61_706", "6.1706e4", r"6.1706 \times 10^4",
                      "6.1706 x 10^4", "61706.", "２ * 30853".replace("２", "2"), "N = 61706"],
    Fraction(-3, 4): ["-0.75", "−0.75", "–3/4", r"-\frac34", r"\frac{-3}{4}", "-3/4", "3/-4", "-75%", "- 0.75"],
    Fraction(1234567): ["1,234,567", "1.234.567", "1 234 567", "1'234'567"],
    Fraction(2469, 2): ["1234.5", "1.234,5", "1,234.5", "1 234.5"],
    Fraction(120): ["5!", r"\binom{10}{3}", "binom(10, 3)", r"\sum_{i=1}^{15} i", r"\prod_{i=1}^5 i", "max(1, 120)"],
    Fraction(3): ["sqrt(9)", "|-3|", "abs(-3)", "floor(3.9)", r"\lceil 2.1 \rceil", "27^(1/3)", r"\sqrt[3]{27}", "log_2(8)"],
    Fraction(7, 4): ["1.75", "7/4", "1¾"],
}  # fmt: skip


@pytest.mark.parametrize(("value", "text"), [(value, text) for value, texts in SAME.items() for text in texts])
def test_one_number_has_many_spellings(value: Fraction, text: str) -> None:
    assert read_number(text).value == pytest.approx(float(value), rel=1e-15)


TRANSCENDENTAL = {
    1.3862943611198906: [
        "-ln(0.25)",
        "ln 4",
        "2 ln 2",
        r"\ln 4",
        "-np.log(1/4)",
        "2*math.log(2)",
        "log(4)",
        r"2\ln2",
    ],
    0.6931471805599453: ["np.log(2)", "ln(2)", "torch.log(2)", "log(2)", "log10(2)/log10(e)"],
    2.718281828459045: ["e", "exp(1)", "e^1", "np.e", r"\mathrm{e}", "np.exp(1)"],
    1.5707963267948966: ["pi/2", "π/2", r"\frac{\pi}{2}", "90°", r"90^\circ", "np.pi/2", "arcsin(1)"],
    0.7310585786300049: ["sigmoid(1)", "σ(1)", "1/(1+e^-1)", r"\sigma(1)", r"\frac{1}{1+e^{-1}}"],
    0.7615941559557649: ["tanh(1)", "np.tanh(1)", r"\tanh 1", "(e-1/e)/(e+1/e)"],
}


@pytest.mark.parametrize(
    ("value", "text"), [(value, text) for value, texts in TRANSCENDENTAL.items() for text in texts]
)
def test_constants_and_functions_are_known(value: float, text: str) -> None:
    assert read_number(text).value == pytest.approx(value, rel=1e-14)


FORMS = [
    ("1.3860", "decimal", 4, 5),
    ("-0.025", "decimal", 3, 2),
    ("42", "integer", 0, 2),
    ("1.5e-3", "scientific", 4, 2),
    ("12.5%", "percent", 3, 3),
    ("1/3", "fraction", None, None),
    (r"-\frac{1}{3}", "fraction", None, None),
    ("-ln(0.25)", "formula", None, None),
]


@pytest.mark.parametrize(("text", "form", "decimals", "figures"), FORMS)
def test_the_form_is_remembered(text: str, form: str, decimals: int | None, figures: int | None) -> None:
    value = read_number(text).value
    assert (value.form, value.decimals, value.figures) == (form, decimals, figures)


def test_exact_values_stay_exact() -> None:
    assert read_number("0.1 + 0.2").value.exact == Fraction(3, 10)
    assert read_number("2^100 - (2^100 - 1)").value.exact == 1
    assert read_number("170!/169!").value.exact == 170


def test_a_comma_is_a_decimal_comma_unless_a_whole_number_is_asked() -> None:
    assert read_number("61,706").value == 61.706
    assert read_number("61,706", whole=True).value == 61706
    assert [note.code for note in read_number("61,706").notes] == ["comma"]
    assert not read_number("0,25").notes


def test_mixed_numbers_are_read_where_they_are_declared() -> None:
    assert read_number("1 1/2", mixed=True).value == 1.5
    assert read_number(r"-2\frac{1}{4}", mixed=True).value == -2.25
    with pytest.raises(Unreadable, match="an operator is missing"):
        read_number("1 1/2")


def test_a_unit_may_stand_behind() -> None:
    assert read_number("3.2 MB", units=("MB",)).value == 3.2
    assert read_number("3.2 mb", units=("MB",)).value == 3.2
    assert read_number(r"3.2\,\text{MB}", units=("MB",)).value == 3.2
    assert read_number("9.81 m/s", units=("m/s",)).value == 9.81
    assert read_number("50%", units=("%",)).value == 50
    with pytest.raises(Unreadable):
        read_number("3.2 GB", units=("MB",))


def test_sides_of_an_equation_must_agree() -> None:
    assert not read_number("-ln(0.25) = 1.386").notes
    assert [note.code for note in read_number("-ln(0.25) = 1.4786").notes] == ["sides-differ"]


UNDEFINED = ["1/0", "0^-1", "ln(-1)", "sqrt(-1)", "inf - inf", "0*inf", "(-8)^0.1", "arcsin(2)", "(1/2)!", "5 % 2"]


@pytest.mark.parametrize("text", UNDEFINED)
def test_what_has_no_value_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_number(text)


LARGE = ["9^9^9", "171!", "10^400", "exp(1000)", "1e999", "9" * 61, r"\sum_{i=1}^{10^6} i", "2^(10^10)"]


@pytest.mark.parametrize("text", LARGE)
def test_what_is_too_large_is_refused_before_it_is_computed(text: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_number(text)
    assert caught.value.code == "too-large"


def test_infinity_is_a_number() -> None:
    assert read_number("∞").value == read_number("inf").value == read_number("-ln(0)").value == float("inf")
    assert read_number(r"-\infty").value == -float("inf")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_float_is_read_as_python_writes_it(number: float) -> None:
    assert read_number(repr(number)).value == number


@given(st.fractions(max_denominator=10**12))
def test_every_fraction_is_read_exactly(number: Fraction) -> None:
    assert read_number(str(number)).value.exact == number
