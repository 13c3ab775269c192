"""The three arithmetics against each other, against SymPy, and at their bounds."""

import math
from fractions import Fraction

import mpmath
import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.answer import Unreadable
from grader.reading.evaluate import Inexact
from grader.reading.exact import exact_value
from grader.reading.floats import FLOATS, float_value
from grader.reading.functions import DERIVED, FUNCTIONS
from grader.reading.grammar import parse
from grader.reading.names import Vocabulary
from grader.reading.precise import Undefined, precise_value

NAMES = Vocabulary(names=("x", "y"))
x, y = sympy.symbols("x y")
POINT = {"x": Fraction(7, 10), "y": Fraction(13, 10)}

SECOND_OPINIONS = [
    ("x^2 - 3xy/2 + y^-1", x**2 - sympy.Rational(3, 2) * x * y + 1 / y),
    (r"\frac{x+1}{y-2x}", (x + 1) / (y - 2 * x)),
    ("-x^2", -(x**2)),
    ("2^3^x", 2 ** (3**x)),
    ("x/y/2", x / y / 2),
    ("1/2x", x / 2),
    ("e^(-x^2/2)", sympy.exp(-(x**2) / 2)),
    ("ln x + log(y)", sympy.log(x) + sympy.log(y)),
    ("log_2(x) + log10(y) + log(x, y)", sympy.log(x, 2) + sympy.log(y, 10) + sympy.log(x, y)),
    ("log1p(x) - expm1(y)", sympy.log(1 + x) - sympy.exp(y) + 1),
    ("sqrt(x) + cbrt(y) + \\sqrt[4]{x}", sympy.sqrt(x) + sympy.cbrt(y) + sympy.root(x, 4)),
    ("sin x + cos(y) + tan(x)", sympy.sin(x) + sympy.cos(y) + sympy.tan(x)),
    ("cot(x) + sec(x) + csc(x)", sympy.cot(x) + sympy.sec(x) + sympy.csc(x)),
    ("arcsin(x) + arccos(x) arctan(y)", sympy.asin(x) + sympy.acos(x) * sympy.atan(y)),
    ("sinh(x) cosh(y) - tanh(x) + coth(y)", sympy.sinh(x) * sympy.cosh(y) - sympy.tanh(x) + sympy.coth(y)),
    ("arsinh(x) + arcosh(y) + artanh(x)", sympy.asinh(x) + sympy.acosh(y) + sympy.atanh(x)),
    (
        "sigmoid(x) + softplus(y) + logit(x)",
        1 / (1 + sympy.exp(-x)) + sympy.log(1 + sympy.exp(y)) + sympy.log(x / (1 - x)),
    ),
    ("sigmoid'(x) + tanh'(y)", sympy.diff(1 / (1 + sympy.exp(-x)), x) + sympy.diff(sympy.tanh(y), y)),
    ("relu(x - y) + relu(y) + relu'(x)", y + 1),
    ("|x - y| + sign(x - y) + step(x)", y - x - 1 + 1),
    ("max(x, y, 1) min(x, y)", y * x),
    ("floor(3x) + ceil(y) + round(y)", sympy.Integer(2 + 2 + 1)),
    ("where(x > y, x, y) + (x < y)", y + 1),
    ("erf(x)", sympy.erf(x)),
    ("5! + binom(6, 2)", sympy.Integer(120 + 15)),
    ("power(x, y) + square(x)", x**y + x**2),
    (r"\sum_{i=1}^{4} x^i/i", sum(x**i / sympy.Integer(i) for i in range(1, 5))),
    (r"\prod_{i=1}^{3} (x+i)", (x + 1) * (x + 2) * (x + 3)),
    ("50% x + 180°", x / 2 + sympy.pi),
    ("pi e", sympy.pi * sympy.E),
]


@pytest.mark.parametrize(("text", "expected"), SECOND_OPINIONS, ids=[text for text, _ in SECOND_OPINIONS])
def test_values_agree_with_sympy(text: str, expected: sympy.Expr) -> None:
    tree = parse(text, NAMES).tree
    exact = {x: sympy.Rational(7, 10), y: sympy.Rational(13, 10)}
    digits = str(sympy.N(sympy.sympify(expected).subs(exact), 50))
    assert float_value(tree, {k: float(v) for k, v in POINT.items()}) == pytest.approx(float(digits), rel=1e-13)
    with mpmath.workdps(60):
        assert abs(mpmath.mpf(str(precise_value(tree, POINT))) - mpmath.mpf(digits)) < mpmath.mpf(10) ** -44


def test_every_function_has_floats() -> None:
    unindexed = {function.name for function in FUNCTIONS} - {"softmax"}
    assert unindexed | {f"{name}'" for name in DERIVED} == set(FLOATS.functions)


def test_values_are_computed_at_many_points_at_once() -> None:
    values = float_value(parse("x^2/y", NAMES).tree, {"x": np.array([1.0, 2, 3]), "y": np.array([2.0, 2, 0])})
    assert values[:2].tolist() == [0.5, 2.0]
    assert math.isinf(values[2])


def test_odd_roots_of_negative_numbers_are_real() -> None:
    for text in ("(-8)^(1/3)", "cbrt(-8)", r"\sqrt[3]{-8}", r"(-8)^{\frac{1}{3}}"):
        assert float_value(parse(text).tree) == pytest.approx(-2)
    assert float_value(parse("(-8)^(2/3)").tree) == pytest.approx(4)


@pytest.mark.parametrize(
    "text", ["1/0", "ln(0)", "sqrt(-1)", "0^-1", "arcsin(2)", "(-2)^0.5", "artanh(1)", "0.5!"]
)
def test_many_digits_know_where_there_is_no_value(text: str) -> None:
    with pytest.raises((Undefined, Unreadable)):
        precise_value(parse(text).tree)


@pytest.mark.parametrize("text", ["exp(10^6)", "10^(10^6)", "sin(10^20)", "e^e^e^e"])
def test_many_digits_refuse_what_is_out_of_proportion(text: str) -> None:
    with pytest.raises(Inexact):
        precise_value(parse(text).tree)


@pytest.mark.parametrize("text", ["2^4097", "(1/3)^3000", "9^9^9", "170!^40", "10^400^400"])
def test_fractions_give_way_before_they_grow_too_large(text: str) -> None:
    assert exact_value(parse(text).tree) is None


@pytest.mark.parametrize("body", ["1", "i^2 + sin(i) + cos(i) + ln(i) + 1"])
def test_long_sums_are_refused_before_they_are_computed(body: str) -> None:
    terms = 1001 if body == "1" else 900
    with pytest.raises(Unreadable, match="too many terms"):
        float_value(parse(rf"\sum_{{i=1}}^{{{terms}}} ({body})").tree)


numbers = st.integers(-9, 9).map(str)
formulas = st.recursive(
    numbers | st.sampled_from(["x", "y"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda t: f"({t[0]}){t[1]}({t[2]})"),
        st.tuples(inner, st.integers(-3, 4)).map(lambda t: f"({t[0]})^{t[1]}"),
        inner.map(lambda t: f"max({t}, 1)"),
        inner.map(lambda t: f"abs({t})"),
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(formulas)
def test_fractions_and_many_digits_agree(text: str) -> None:
    tree = parse(text, NAMES).tree
    try:
        exact = exact_value(tree, POINT)
        digits = precise_value(tree, POINT)
    except (Unreadable, Undefined):
        return  # it divides by zero
    if exact is not None and 1e-6 < abs(exact) < 1e6:
        assert float(digits) == pytest.approx(float(exact), rel=1e-14)
