"""Circuits of scalars agree with published numbers, finite differences and the sum over paths."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbank.mathml import mathml
from solvers.symbolic.backpropagation import backpropagate, path_sum, run
from solvers.symbolic.formulas.vocabulary import FUNCTIONS
from solvers.symbolic.local_derivatives import WHY, local_derivative
from solvers.symbolic.scalar_graph import read_graph

CASES = {
    case["id"]: case
    for case in json.loads((Path(__file__).parent / "data" / "circuits.json").read_text())["cases"]
}
NEURON = "dot = w0*x0 + w1*x1 + w2; neg = -1*dot; e = exp(neg); plus = 1 + e; f = 1/plus"
NEURON_INPUTS = {"w0": 2, "x0": -1, "w1": -3, "x1": -2, "w2": -3}
UDL = """
    f0 = b0 + o0*x; h1 = sin(f0); f1 = b1 + o1*h1; h2 = exp(f1); f2 = b2 + o2*h2; h3 = cos(f2)
    f3 = b3 + o3*h3; l = (f3 - y)^2
"""
MAZUR = """
    net_h1 = w1*i1 + w2*i2 + b1; out_h1 = sigma(net_h1); net_h2 = w3*i1 + w4*i2 + b1; out_h2 = sigma(net_h2)
    net_o1 = w5*out_h1 + w6*out_h2 + b2; out_o1 = sigma(net_o1)
    net_o2 = w7*out_h1 + w8*out_h2 + b2; out_o2 = sigma(net_o2)
    E_o1 = 0.5*(t1 - out_o1)^2; E_o2 = 0.5*(t2 - out_o2)^2; E = E_o1 + E_o2
"""


def rounded(case: str, name: str, value: float) -> bool:
    """Whether a value is what the publication prints."""
    published = CASES[case]["published"][name]
    return round(value, published["decimals"]) == pytest.approx(published["value"], abs=1e-12)


def test_the_add_and_multiply_circuit_comes_out_digit_for_digit():
    passes = backpropagate("q = x + y; f = q * z", CASES["cs231n_add_mul"]["inputs"]).value
    found = {"q": passes.values["q"], "f": passes.values["f"]} | {f"df_d{n}": passes.gradients[n] for n in "qxyz"}

    assert found == CASES["cs231n_add_mul"]["expected"]
    assert all(rounded("cs231n_add_mul", name, value) for name, value in found.items())


def test_the_sigmoid_neuron_comes_out_digit_for_digit_gate_by_gate():
    passes = backpropagate(NEURON, NEURON_INPUTS).value
    names = {"dot": "dot", "exp_gate": "e", "one_plus": "plus", "f": "f"}
    grads = {"ddot": "dot", "grad_at_1_plus": "plus", "grad_at_exp": "e", "grad_at_neg": "neg"}
    expected, published = CASES["cs231n_sigmoid_neuron"]["expected"], CASES["cs231n_sigmoid_neuron"]["published"]
    found = {key: passes.values[name] for key, name in names.items()}
    found |= {key: passes.gradients[name] for key, name in grads.items()}

    for key, value in found.items():
        assert value == pytest.approx(expected[key], abs=1e-15)
        assert rounded("cs231n_sigmoid_neuron", key, value)
    for key in ("dw", "dx"):
        gradients = [passes.gradients[f"{key[1]}{n}"] for n in range(len(expected[key]))]
        assert gradients == pytest.approx(expected[key], abs=1e-15)
        assert [round(g, 2) for g in gradients] == published[key]["value"]


def test_the_gate_patterns_and_the_plain_product_come_out_digit_for_digit():
    patterns = backpropagate("f = 2*(x*y + max(z, w))", CASES["cs231n_gate_patterns"]["inputs"]).value
    product = backpropagate("f = x*y", CASES["cs231n_mul"]["inputs"]).value

    assert {"f": patterns.values["f"]} | {f"d{n}": patterns.gradients[n] for n in "xyzw"} == {
        **CASES["cs231n_gate_patterns"]["expected"]
    }
    assert (product.values["f"], product.gradients["x"], product.gradients["y"]) == (-12, -3, 4)


def test_the_micrograd_programs_agree():
    readme, sanity = CASES["micrograd_readme"], CASES["micrograd_test_sanity"]
    first = backpropagate(readme["inputs"]["program"], {"a": -4, "b": 2}).value
    second = backpropagate(sanity["inputs"]["program"].replace("2x", "2*x"), {"x": -4}).value
    tanh = CASES["micrograd_lecture_tanh_neuron"]
    third = backpropagate("n = x1*w1 + x2*w2 + b; o = tanh(n)", tanh["inputs"]).value

    assert first.values[first.graph.output] == pytest.approx(readme["expected"]["g"])
    assert (first.gradients["a"], first.gradients["b"]) == pytest.approx(
        (readme["expected"]["dg_da"], readme["expected"]["dg_db"])
    )
    assert (second.values["y"], second.gradients["x"]) == (-20, 46)
    for name in ("n", "x1", "w1", "x2", "w2", "b"):
        assert third.gradients[name] == pytest.approx(tanh["expected"][f"d{name}"])


def test_the_chain_of_sine_exponential_and_cosine_agrees():
    case = CASES["udl_7_1_toy"]
    numbers = {f"b{n}": value for n, value in enumerate(case["inputs"]["beta"])}
    numbers |= {f"o{n}": value for n, value in enumerate(case["inputs"]["omega"])}
    passes = backpropagate(UDL, {**numbers, "x": 2.3, "y": 2.0}).value

    for name in ("f0", "h1", "f1", "h2", "f2", "h3", "f3", "l"):
        assert rounded("udl_7_1_toy", name, passes.values[name])
        assert passes.values[name] == pytest.approx(case["expected"][name], rel=1e-14)
    for key, letter in (("dl_dbeta", "b"), ("dl_domega", "o")):
        assert [passes.gradients[f"{letter}{n}"] for n in range(4)] == pytest.approx(
            case["expected"][key], rel=1e-12
        )


def test_the_two_two_two_network_agrees_weight_by_weight():
    case = CASES["mazur_2-2-2"]
    given = case["inputs"]
    numbers = {f"w{n}": value for n, value in enumerate(given["w1_to_w8"], 1)}
    numbers |= {"i1": given["x"][0], "i2": given["x"][1], "t1": given["target"][0], "t2": given["target"][1]}
    passes = backpropagate(MAZUR, {**numbers, "b1": given["b1"], "b2": given["b2"]}).value

    assert [passes.gradients[f"w{n}"] for n in range(1, 9)] == pytest.approx(case["expected"]["dE_dw"], rel=1e-12)
    for name in ("net_h1", "out_h1", "net_o1", "out_o1", "E_o1", "E_o2", "E"):
        assert passes.values[name] == pytest.approx(case["expected"][name], rel=1e-14)
    assert passes.gradients["out_h1"] == pytest.approx(case["expected"]["dE_dout_h1"])
    assert passes.gradients["b1"] == pytest.approx(case["expected"]["dE_db1_shared"])


PROGRAMS = [
    "w = {a} {o} {b}; L = {f}(w) * y + x / (2 + z^2)",
    "u = {f}(x {o} z); v = u * u {o} {b}; L = tanh(v) + u",
    "c = x * z; c += {f}(c); c *= y {o} {a}; L = sigma(c) - max(x, z) + abs(y)",
    "h1 = {f}(x * z + y); h2 = {f}(x * y); L = (h1 {o} h2)^3 + softplus({a}) * min(y, z)",
]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(PROGRAMS),
    st.sampled_from(["+", "-", "*"]),
    st.sampled_from(["exp", "sin", "cos", "tanh", "sigma", "softplus", "Phi", "phi", "erf", "relu"]),
    st.sampled_from(["x", "y", "z", "1.5", "x*y"]),
    st.sampled_from(["x", "z", "0.5", "y*y"]),
    st.tuples(*[st.floats(0.15, 1.4)] * 3),
)
def test_gradients_agree_with_finite_differences(program, o, f, a, b, point):
    text = program.format(o=o, f=f, a=a, b=b)
    graph = read_graph(text)
    values = {n: v for n, v in zip("xyz", point, strict=True) if n in graph.variables}
    passes = run(graph, values)
    inputs = [
        passes.values[s] for g in graph.gates for s in g.inputs if isinstance(s, str) and g.function == "relu"
    ]
    pairs = [g.inputs for g in graph.gates if g.function in ("max", "min")]
    if any(abs(v) < 1e-3 for v in inputs) or any(
        abs(passes.values[p] - passes.values[q]) < 1e-3 for p, q in pairs
    ):
        return  # too near a kink for a difference quotient

    for name in values:
        above, below = ({**values, name: values[name] + sign * 1e-6} for sign in (1, -1))
        difference = (run(graph, above).values["L"] - run(graph, below).values["L"]) / 2e-6
        assert passes.gradients[name] == pytest.approx(difference, rel=1e-5, abs=1e-6)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(PROGRAMS), st.tuples(*[st.floats(0.2, 1.4)] * 3))
def test_the_sum_over_paths_is_the_gradient(program, point):
    graph = read_graph(program.format(o="+", f="tanh", a="x", b="z"))
    values = {n: v for n, v in zip("xyz", point, strict=True) if n in graph.variables}
    passes = run(graph, values)

    for name in graph.variables:
        assert path_sum(graph, values, name).value == pytest.approx(passes.gradients[name], abs=1e-12)


def test_a_weight_of_two_layers_has_one_path_per_output():
    work = path_sum("h = x*w; y1 = h*a; y2 = h*b; L = 3*y1 + 2*y2", {"x": 2, "w": 1, "a": 4, "b": 5}, "w")

    assert work.value == 2 * (3 * 4 + 2 * 5)
    assert [step.result for step in work.steps] == ["24", "20", "44"]
    assert work.steps[0].reason.startswith(r"Path 1: $w \to h \to y_{1}")


def test_a_node_read_twice_adds_its_gradients_up():
    step = backpropagate("q = x * x; f = q * x", {"x": 3}).steps[-1]

    assert step.name == "dx" and step.result == "27"
    assert "3 places" in step.reason
    assert step.formula.count(r"\cdot") == 3


def test_every_step_says_why_and_can_be_typeset():
    for program, values in (
        (NEURON, NEURON_INPUTS),
        ("c = a+b; c += relu(c); c^2 / max(a, b)", {"a": 1, "b": -3}),
    ):
        work = backpropagate(program, values)
        names = [step.name for step in work.steps if step.name]
        assert len(names) == len(set(names))
        for step in work.steps:
            assert step.reason.endswith(".")
            for text in (step.formula, step.numbers, step.result, *step.reason.split("$")[1::2]):
                mathml(text)


def test_edges_carry_local_derivative_and_gradient():
    edges = backpropagate("q = x + y; f = q * z", {"x": -2, "y": 5, "z": -4}).value.edges

    assert [(e.source, e.target, e.local, e.gradient) for e in edges] == [
        ("q", "f", -4, -4), ("x", "q", 1, -4), ("y", "q", 1, -4), ("z", "f", 3, 3),
    ]  # fmt: skip


def test_a_tie_and_a_kink_follow_the_stated_rule():
    tie = backpropagate("f = max(x, y)", {"x": 1, "y": 1}).value
    kink = backpropagate("f = relu(x)", {"x": 0}).value

    assert (tie.gradients["x"], tie.gradients["y"], kink.gradients["x"]) == (1, 0, 0)


@pytest.mark.parametrize(
    ("program", "values", "message"),
    [
        ("f = foo(x)", {"x": 1}, "unknown function 'foo'"),
        ("f = tan(x)", {"x": 1}, "did you mean tanh"),
        ("f = E(x)", {"x": 1}, "unknown function 'E'"),
        ("f = x[1]", {"x": 1}, "no indices"),
        ("f = x + y", {"x": 1}, "expected numbers for x, y; got x"),
        ("f = x", {"x": 1, "y": 2}, "expected numbers for x; got x, y"),
        ("f = x + 1; x = f", {"x": 1}, "read before it is assigned"),
        ("f = 1/x", {"x": 0}, "no finite real value"),
        ("f = exp(x)", {"x": 1e6}, "no finite real value"),
        ("f = 9^9^9^9^x", {"x": 9}, "no finite real value"),
        ("f = x^0.5", {"x": -1}, "no finite real value"),
        ("; ".join(f"a{n} = x" for n in range(600)), {"x": 1}, "500 gates|4000 characters"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(program, values, message):
    with pytest.raises(ValueError, match=message):
        backpropagate(program, values)


def test_too_many_paths_are_refused():
    doubling = "; ".join(["a0 = x"] + [f"a{n} = a{n - 1} + a{n - 1}" for n in range(1, 9)])

    assert backpropagate(doubling, {"x": 1}).value.gradients["x"] == 256
    with pytest.raises(ValueError, match="more than 64 paths"):
        path_sum(doubling, {"x": 1}, "x")


def test_every_reason_belongs_to_a_local_derivative():
    for function, place in WHY:
        assert local_derivative(function, (None,) * FUNCTIONS[function].arity, place)
