"""Scalar formulas are read safely, printed as they were written, and mean the same to SymPy."""

import math

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbank.mathml import mathml
from solvers.symbolic.formulas.algebra import Setting, from_sympy, to_sympy
from solvers.symbolic.formulas.formula import Formula
from solvers.symbolic.formulas.printing import latex, name, plain
from solvers.symbolic.formulas.reading import MAX_DEPTH, MAX_LENGTH, names_in, read, read_program
from solvers.symbolic.formulas.tree import Call, Name, Number, Tree, number
from solvers.symbolic.formulas.vocabulary import FUNCTIONS

leaves: st.SearchStrategy[Tree] = st.one_of(
    st.sampled_from(["x", "W_h", "mu", "y"]).map(Name),
    st.sampled_from([0, 1, 2, 7, 0.5, 0.125]).map(number),
    st.sampled_from(["i", "j"]).map(lambda i: Name("x", (Name(i),))),
)
operators = ["+", "-", "*", "/", "^", "neg", "exp", "tanh", "sigma", "max", "sqrt"]


def grown(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    def call(function: str) -> st.SearchStrategy[Tree]:
        arguments = st.tuples(*[inner] * FUNCTIONS[function].arity)
        return arguments.map(lambda found: Call(function, found))

    return st.sampled_from(operators).flatmap(call)


trees = st.recursive(leaves, grown, max_leaves=12)


@given(trees)
def test_text_is_read_back_as_the_same_formula(tree):
    assert read(plain(tree)) == tree


@settings(max_examples=60, deadline=None)
@given(trees)
def test_every_formula_can_be_typeset(tree):
    assert mathml(latex(tree))


@pytest.mark.parametrize(
    ("text", "typeset"),
    [
        ("-x^2", "-x^{2}"),
        ("(-x)^2", r"\left(-x\right)^{2}"),
        ("a - (b - c)", r"a - \left(b - c\right)"),
        ("a / (b * c) * d", r"\frac{a}{b c} d"),
        ("-(a + b) * c", r"-\left(a + b\right) c"),
        ("a * -b", r"a \left(-b\right)"),
        ("2 * 3", r"2 \cdot 3"),
        ("sum(k, K, x[k] + 1)", r"\sum_{k=1}^{K} \left(x_{k} + 1\right)"),
        ("d(L, x[j])", r"\frac{\partial L}{\partial x_{j}}"),
        ("exp(x)^2", r"\left(e^{x}\right)^{2}"),
        ("branch(x, 1, 0)^2", r"\left(\begin{cases} 1 & \text{if } x > 0 \\ 0 & \text{if } x \le 0 \end{cases}\right)^{2}"),
    ],
)  # fmt: skip
def test_latex_has_the_brackets_it_needs_and_no_more(text, typeset):
    assert typeset == latex(read(text))


def test_names_carry_subscripts_hats_and_versions():
    shown = [name("W2", ("k", "v")), name("x_1"), name("xhat", ("i",)), name("c(2)"), name("mu_t")]

    assert shown == ["W_{2,kv}", "x_{1}", r"\hat{x}_{i}", "c^{(2)}", r"\mu_{t}"]


def test_powers_bind_to_the_right_and_tighter_than_a_sign():
    x, two = Name("x"), number(2)

    assert read("-x^2^2") == Call("neg", (Call("^", (x, Call("^", (two, two)))),))
    assert read("2 * x ** -2") == Call("*", (two, Call("^", (x, Call("neg", (two,))))))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "got 'the end'"),
        ("x +", "got 'the end'"),
        ("(x", "expected '\\)'"),
        ("x y", "expected 'the end', got 'y'"),
        ("x.__class__", "does not understand '.'"),
        ("exp(x, y)", "expected 1 argument, got 2"),
        ("max(x)", "expected 2 arguments, got 1"),
        ("x'", "does not understand"),
        ("ｘ", "does not understand"),
        ("1" * 40, "digits"),
        ("x" * (MAX_LENGTH + 1), "4000 characters"),
        ("(" * (MAX_DEPTH + 1) + "x" + ")" * (MAX_DEPTH + 1), "levels of brackets"),
        ("-" * 200 + "x", "levels of brackets"),
    ],
)
def test_what_is_not_understood_is_refused_with_a_sentence(text, message):
    with pytest.raises(ValueError, match=message):
        read(text)


@settings(max_examples=200)
@given(st.text(alphabet="xy12.()[]+-*/^,;=_ e", max_size=40))
def test_no_text_does_more_than_raise_value_error(text):
    try:
        tree = read(text)
    except ValueError:
        return
    assert read(plain(tree)) == tree


def test_a_program_names_every_statement_but_perhaps_the_last():
    assert [assigned for assigned, _ in read_program("a = x\nb += a; a*b")] == ["a", "b", ""]
    assert read_program("b *= 2")[0][1] == Call("*", (Name("b"), number(2)))
    with pytest.raises(ValueError, match="needs a name"):
        read_program("x + 1; y = 2")


def test_names_are_listed_once():
    assert names_in(read("x[i] * x[j] + W_h")) == ("x", "i", "j", "W_h")


@settings(max_examples=60, deadline=None)
@given(trees.filter(lambda tree: "max" not in plain(tree)))
def test_sympy_gives_a_formula_the_value_python_gives_it(tree):
    values = {"x": 0.7, "W_h": 1.3, "mu": 0.4, "y": 0.9, "x_1": 0.7, "x_2": 0.7}
    flat = read(plain(tree).replace("[i]", "").replace("[j]", ""))
    try:
        expected = value(flat, values)
        found = Formula(flat).evaluate(values)
    except (ValueError, ZeroDivisionError, OverflowError):
        return
    if abs(expected) < 1e8:
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-9)


def value(tree: Tree, values: dict[str, float]) -> float:
    """Evaluate with Python floats: the second route."""
    if isinstance(tree, Number):
        return float(tree.value)
    if isinstance(tree, Name):
        return values[tree.text]
    parts = [value(part, values) for part in tree.arguments]
    return {
        "+": lambda: parts[0] + parts[1],
        "-": lambda: parts[0] - parts[1],
        "*": lambda: parts[0] * parts[1],
        "/": lambda: parts[0] / parts[1],
        "^": lambda: math.pow(parts[0], parts[1]),
        "neg": lambda: -parts[0],
        "exp": lambda: math.exp(parts[0]),
        "tanh": lambda: math.tanh(parts[0]),
        "sigma": lambda: 1 / (1 + math.exp(-parts[0])),
        "sqrt": lambda: math.sqrt(parts[0]),
    }[tree.function]()


def test_a_derivative_by_a_defined_quantity_holds_the_rest_fixed():
    setting = Setting(where={"u": "x^2", "f": "u * x"})
    x = sympy.Symbol("x", real=True)

    assert to_sympy(read("d(f, u)"), setting) == x
    assert to_sympy(read("d(f, x)"), setting) == 3 * x**2
    assert sympy.expand(to_sympy(read("d(f, u) * d(u, x)"), setting)) == 2 * x**2


def test_expectations_average_over_independent_variables():
    coin = (("1/2", "0"), ("1/2", "2"))
    setting = Setting(sizes={"n": 2}, chances={"x": coin, "y": (("1/4", "1"), ("3/4", "-1"))})

    assert to_sympy(read("E(x * y)"), setting) == sympy.Rational(-1, 2)
    assert to_sympy(read("Var(x)"), setting) == 1
    assert to_sympy(read("Var(sum(i, n, x[i]))"), setting) == 2
    assert to_sympy(read("Var(x + x)"), setting) == 4


def test_an_array_gives_every_index_its_number():
    formula = Formula(read("x[i] * sum(k, K, y[k]) + x[j]"), over={"i": "K", "j": "K"}, lengths={"K": "x"})

    assert formula.evaluate({"x": [1, 2], "y": [3, 4]}).tolist() == [[8, 9], [15, 16]]
    assert formula.evaluate({"x": [1, 2], "y": [3, 4], "i": 2}).tolist() == [15, 16]


def test_a_missing_number_is_named():
    with pytest.raises(ValueError, match="needs numbers for z"):
        Formula(read("x + z")).evaluate({"x": 1})
    with pytest.raises(ValueError, match="no finite real value"):
        Formula(read("ln(x)")).evaluate({"x": -1})
    with pytest.raises(ValueError, match="too large"):
        Formula(read("9^(9^9) * x")).evaluate({"x": 9})


def test_sympy_expressions_come_back_as_formulas():
    u = sympy.Symbol("u")

    assert plain(from_sympy(sympy.diff(u ** sympy.Symbol("v"), sympy.Symbol("v")))) == "u ^ v * ln(u)"
