"""Every derivation's last line agrees with another route; every line follows; the notes' slips cannot be derived."""

import itertools
import json
import math
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbank.mathml import mathml
from solvers.arrays import show
from solvers.symbolic.derivation import Setup, derive, put_in
from solvers.symbolic.derivations import activations, normalisation, variance
from solvers.symbolic.derivations.affine_entries import affine_entries
from solvers.symbolic.derivations.binary_cross_entropy import bce_gradient
from solvers.symbolic.derivations.bptt import bptt
from solvers.symbolic.derivations.gaussian_kl import gaussian_kl, standard_normal_kl
from solvers.symbolic.derivations.highway import activated_residual_gradient, residual_gradient
from solvers.symbolic.derivations.merged_affine import merged_affine
from solvers.symbolic.derivations.receptive_formula import effective_padding, jump, receptive_field
from solvers.symbolic.derivations.softmax import cross_entropy_gradient, softmax_jacobian, softmax_shift
from solvers.symbolic.derivations.solving import solve_for
from solvers.worked import Worked

DATA = Path(__file__).parent / "data"
TORCH = {case["id"]: case for case in map(json.loads, (DATA / "pytorch_oracle.jsonl").read_text().splitlines())}
CIRCUITS = {case["id"]: case for case in json.loads((DATA / "circuits.json").read_text())["cases"]}
EVERY: dict[str, Callable[[], Worked]] = {
    **{name: getattr(activations, name) for name in (
        "sigmoid_derivative", "tanh_derivative", "tanh_by_sigmoid", "elu_derivative", "gelu_derivative",
        "gelu_tanh_derivative",
    )},
    **{name: getattr(normalisation, name) for name in (
        "batchnorm_gamma", "batchnorm_beta", "batchnorm_input", "layernorm_gamma", "layernorm_input",
    )},
    **{name: getattr(variance, name) for name in (
        "product_variance", "sum_variance", "xavier_variance", "xavier_compromise", "kaiming_variance",
        "uniform_bound",
    )},
    "softmax_jacobian": softmax_jacobian, "softmax_shift": softmax_shift,
    "cross_entropy_gradient": cross_entropy_gradient, "bce_gradient": bce_gradient,
    "gaussian_kl": gaussian_kl, "standard_normal_kl": standard_normal_kl, "merged_affine": merged_affine,
    "residual_gradient": lambda: residual_gradient(3), "activated_residual_gradient": activated_residual_gradient,
    "receptive_field": lambda: receptive_field(4), "dilated": lambda: receptive_field(3, dilated=True),
    "jump": lambda: jump(3), "effective_padding": lambda: effective_padding(3),
    "bptt": lambda: bptt("W_x", 3, "sigmoid"), "bptt_relu": lambda: bptt("b_h", 2, "relu"),
    "affine_W": affine_entries, "affine_X": lambda: affine_entries("X", (1, 3, 2), (1, 3)),
    "affine_b": lambda: affine_entries("b", (3, 1, 2), (1, 2)),
}  # fmt: skip


@pytest.mark.parametrize("name", EVERY)
def test_every_step_says_why_and_can_be_typeset(name):
    work = EVERY[name]()
    names = [step.name for step in work.steps if step.name]

    assert len(names) == len(set(names))
    for step in work.steps:
        assert step.reason.rstrip()[-1] in ".:"
        assert step.reason.count("$") % 2 == 0
        for text in (step.formula, step.numbers, step.result, *step.reason.split("$")[1::2]):
            mathml(text)


SLIPS = {
    "variance of a product with the mean square (a term too many)": (
        "Var(w * x)", "E(w)^2 * Var(x) + E(x^2) * Var(w) + Var(w) * Var(x)", variance.product_variance,
    ),
    "divergence with the parts of another formula": (
        "E(ln(q(x) / p(x)))", "1/2 * ((mu - mu_t)^2 + ln(sigma^2) - ln(sigma_t^2) - 1)", gaussian_kl,
    ),
    "output weight taken for the recurrent one": ("d(o, W_h)", "W_h * (h_1 + W_h * h_0) + h_2", bptt),
    "no second factor": ("d(sigma(x), x)", "sigma(x)", activations.sigmoid_derivative),
    "softmax without the other logits": ("d(p[i], x[j])", "p[i] * delta(i, j) * (1 - p[i])", softmax_jacobian),
    "sigmoid's derivative twice": ("d(L, z)", "(yhat - y) * yhat * (1 - yhat)", bce_gradient),
    "batch norm with fixed statistics": ("d(L, x[j])", "gamma * g[j] / s", normalisation.batchnorm_input),
    "sum over time cut off": ("d(o, W_h)", "W_o * h_1", bptt),
}  # fmt: skip
POSITIVE = frozenset({"sigma", "sigma_t", "v_w", "v_x"})


@pytest.mark.parametrize("slip", SLIPS)
def test_a_line_that_does_not_follow_cannot_be_built(slip):
    subject, wrong, derivation = SLIPS[slip]
    formula = derivation().value
    loss = {"L": "sum(k, N, g[k] * y[k])"} if "g[" in wrong else {}
    setup = Setup(formula.setting.where, loss, formula.over, formula.lengths, formula.setting.chances, POSITIVE)

    assert derive(subject, ("Right.", formula.plain()), setup=setup).value.plain() == formula.plain()
    with pytest.raises(ValueError, match="line 1 does not follow"):
        derive(subject, ("Wrong.", wrong), setup=setup)


def slope(function: Callable[[float], float], x: float) -> float:
    return (function(x + 1e-6) - function(x - 1e-6)) / 2e-6


def sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def gelu(x: float) -> float:
    return x * (1 + math.erf(x / math.sqrt(2))) / 2


def gelu_tanh(x: float) -> float:
    return x / 2 * (1 + math.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


def elu(x: float) -> float:
    return x if x > 0 else 0.7 * (math.exp(x) - 1)


SLOPES = {
    "sigmoid_derivative": sigmoid,
    "tanh_derivative": math.tanh,
    "gelu_derivative": gelu,
    "gelu_tanh_derivative": gelu_tanh,
    "elu_derivative": elu,
}


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(sorted(SLOPES)), st.floats(-3, 3).filter(lambda x: abs(x) > 1e-3))
def test_activation_derivatives_agree_with_finite_differences(name, x):
    assert EVERY[name]().value.evaluate({"x": x, "alpha": 0.7}) == pytest.approx(slope(SLOPES[name], x), abs=1e-8)


@pytest.mark.parametrize(
    ("name", "variant", "alpha"),
    [("sigmoid_derivative", "sigmoid", 1), ("tanh_derivative", "tanh", 1), ("gelu_derivative", "gelu_exact", 1),
     ("elu_derivative", "elu", 1), ("elu_derivative", "elu_a2", 2)],
)  # fmt: skip
def test_activation_derivatives_agree_with_pytorch(name, variant, alpha):
    cases = [case for case in TORCH.values() if case["op"] == "activation" and case["variant"] == variant]
    assert cases
    for case in cases:
        inputs, upstream, grads = (
            np.ravel(case[key]["x" if key != "grad_out" else "y"]) for key in ("inputs", "grad_out", "grads")
        )
        derivative = EVERY[name]().value
        found = [derivative.evaluate({"x": x, "alpha": alpha}) for x in inputs]
        np.testing.assert_allclose(upstream * found, grads, atol=1e-12)


def test_tanh_is_a_stretched_sigmoid():
    for x in (-2.0, -0.3, 0.0, 1.7):
        assert activations.tanh_by_sigmoid().value.evaluate({"x": x}) == pytest.approx(math.tanh(x), abs=1e-15)


def test_elu_meets_its_own_slope_at_zero_only_for_alpha_1():
    slopes = activations.elu_derivative().value

    for alpha, gap in ((1.0, 0.0), (2.0, 1.0)):
        left, right = (slopes.evaluate({"x": x, "alpha": alpha}) for x in (-1e-12, 1e-12))
        assert left - right == pytest.approx(gap, abs=1e-9)


def softmax(x: Any) -> Any:
    powers = np.exp(x - np.max(x))
    return powers / powers.sum()


def test_the_softmax_jacobian_agrees_with_pytorch():
    case = CIRCUITS["softmax_jacobian_123"]

    np.testing.assert_allclose(
        softmax_jacobian().value.evaluate({"x": case["inputs"]["x"]}), case["expected"]["jacobian"], atol=1e-15
    )


@settings(max_examples=15, deadline=None)
@given(st.lists(st.floats(-3, 3), min_size=2, max_size=4), st.floats(-4, 4))
def test_softmax_does_not_notice_a_shift(x, c):
    value = softmax_shift().value

    np.testing.assert_allclose(value.evaluate({"x": x}), softmax(np.array(x)), rtol=1e-12)
    np.testing.assert_allclose(value.evaluate({"x": np.array(x) - c}), softmax(np.array(x)), rtol=1e-12)


def test_the_cross_entropy_gradient_agrees_with_pytorch():
    case = TORCH["cross_entropy_004"]
    logits, targets = np.array(case["inputs"]["input"]), case["nondiff"]["target"]
    for row, target, grads in zip(logits, targets, case["grads"]["input"], strict=True):
        found = cross_entropy_gradient().value.evaluate({"x": row, "y": np.eye(logits.shape[1])[target]})
        np.testing.assert_allclose(found, grads, atol=1e-12)


def test_the_binary_cross_entropy_gradient_agrees_with_pytorch():
    case = TORCH["bce_with_logits_004"]
    entries = (np.ravel(x) for x in (case["inputs"]["input"], case["nondiff"]["target"], case["grads"]["input"]))
    for z, y, grad in zip(*entries, strict=True):
        assert bce_gradient().value.evaluate({"z": z, "y": y}) == pytest.approx(grad, rel=1e-12)


def test_the_logit_gradient_of_binary_cross_entropy_agrees_with_finite_differences():
    for z, y in ((0.3, 1), (-2.0, 0), (1.5, 0.25)):
        difference = slope(lambda u, y=y: -y * math.log(sigmoid(u)) - (1 - y) * math.log(1 - sigmoid(u)), z)
        assert bce_gradient().value.evaluate({"z": z, "y": y}) == pytest.approx(difference, abs=1e-8)


ACTIVATIONS: dict[str, Callable[[float], float]] = {
    "identity": lambda u: u, "tanh": math.tanh, "sigmoid": sigmoid, "relu": lambda u: max(u, 0.0),
}  # fmt: skip


def unrolled(values: Mapping[str, float], steps: int, activation: str) -> float:
    h = values["h_0"]
    for t in range(1, steps + 1):
        h = ACTIVATIONS[activation](values[f"x_{t}"] * values["W_x"] + h * values["W_h"] + values["b_h"])
    return h * values["W_o"] + values["b_o"]


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(["W_h", "W_x", "b_h"]),
    st.integers(1, 4),
    st.sampled_from(sorted(ACTIVATIONS)),
    st.integers(0, 99),
)
def test_gradients_through_time_agree_with_finite_differences(by, steps, activation, seed):
    draw = np.random.default_rng(seed)
    names = ["h_0", "W_x", "W_h", "b_h", "W_o", "b_o", *(f"x_{t}" for t in range(1, steps + 1))]
    values = {name: float(draw.uniform(0.1, 0.9)) * float(draw.choice([-1, 1])) for name in names}
    difference = slope(lambda w: unrolled({**values, by: w}, steps, activation), values[by])

    assert bptt(by, steps, activation).value.evaluate(values) == pytest.approx(difference, abs=1e-7)


def test_gradients_through_time_agree_with_pytorch():
    case = TORCH["rnn_001"]
    weights = {name: float(np.ravel(value)[0]) for name, value in case["inputs"].items() if name != "x"}
    xs, upstream = np.ravel(case["inputs"]["x"]), np.ravel(case["grad_out"]["y"])
    upstream[-1] += np.ravel(case["grad_out"]["hn"])[0]
    values = {"h_0": weights["h0"], "W_x": weights["weight_ih_l0"], "W_h": weights["weight_hh_l0"]}
    values |= {"b_h": weights["bias_ih_l0"] + weights["bias_hh_l0"], "x_1": xs[0], "x_2": xs[1], "b_o": 0.0}
    for by, name in (("W_h", "weight_hh_l0"), ("W_x", "weight_ih_l0"), ("b_h", "bias_hh_l0")):
        found = sum(bptt(by, t, "tanh").value.evaluate({**values, "W_o": g}) for t, g in enumerate(upstream, 1))
        assert found == pytest.approx(np.ravel(case["grads"][name])[0], rel=1e-12)


def test_two_steps_through_time_give_9_in_the_notes_own_example():
    work = put_in(bptt(), {"W_x": 2, "W_h": 0.5, "W_o": 3, "x_1": 1, "x_2": 1, "h_0": 1, "b_h": 0})

    assert work.value == 9
    assert work.steps[-1].numbers == r"3 \left(2.5 + 0.5 \cdot 1\right)"
    assert [step.result for step in work.steps if step.name in ("y_1", "h_1")] == ["2.5", "2.5"]


def test_batch_norm_gradients_agree_with_pytorch():
    case = next(
        c
        for c in TORCH.values()
        if c["op"] == "batchnorm1d" and c["variant"] == "train" and np.ndim(c["inputs"]["x"]) == 2
    )
    x, g = np.array(case["inputs"]["x"]), np.array(case["grad_out"]["y"])
    gamma, epsilon = case["inputs"]["weight"], case["config"]["eps"]
    for column in range(x.shape[1]):
        values = {"x": x[:, column], "g": g[:, column], "gamma": gamma[column], "epsilon": epsilon, "beta": 0.0}
        for name, grads in (("gamma", case["grads"]["weight"]), ("beta", case["grads"]["bias"])):
            found = EVERY[f"batchnorm_{name}"]().value.evaluate(values)
            assert found == pytest.approx(grads[column], abs=1e-12)
        found = normalisation.batchnorm_input().value.evaluate(values)
        np.testing.assert_allclose(found, np.array(case["grads"]["x"])[:, column], atol=1e-12)


def test_layer_norm_gradients_agree_with_pytorch():
    case = TORCH["layernorm_001"]
    x, g = (np.reshape(case[key][name], (-1, 3)) for key, name in (("inputs", "x"), ("grad_out", "y")))
    total = np.zeros(3)
    for row, upstream, grads in zip(x, g, np.reshape(case["grads"]["x"], (-1, 3)), strict=True):
        values = {"x": row, "g": upstream, "gamma": case["inputs"]["weight"], "epsilon": case["config"]["eps"]}
        np.testing.assert_allclose(normalisation.layernorm_input().value.evaluate(values), grads, atol=1e-12)
        total += normalisation.layernorm_gamma().value.evaluate(values)
    np.testing.assert_allclose(total, case["grads"]["weight"], atol=1e-12)


@pytest.mark.parametrize(
    ("mu", "sigma", "mu_t", "sigma_t"), [(0, 1, 0, 1), (1, 1, 0, 1), (0, 2, 0, 1), (-0.5, 0.7, 1, 1.5)]
)
def test_the_divergence_agrees_with_quadrature(mu, sigma, mu_t, sigma_t):
    def log_density(x: Any, mean: float, deviation: float) -> Any:
        return -0.5 * ((x - mean) / deviation) ** 2 - np.log(deviation * np.sqrt(2 * np.pi))

    x = np.linspace(mu - 12 * sigma, mu + 12 * sigma, 20001)
    q, p = log_density(x, mu, sigma), log_density(x, mu_t, sigma_t)
    integral = float(np.trapezoid(np.exp(q) * (q - p), x))
    values = {"mu": mu, "sigma": sigma, "mu_t": mu_t, "sigma_t": sigma_t}

    assert gaussian_kl().value.evaluate(values) == pytest.approx(integral, abs=1e-9)
    if (mu_t, sigma_t) == (0, 1):
        assert standard_normal_kl().value.evaluate(values) == pytest.approx(integral, abs=1e-9)


def test_the_merged_layer_does_what_both_layers_do():
    draw = np.random.default_rng(1)
    X, W1, b1, W2, b2 = (draw.normal(size=s) for s in ((5, 3), (3, 4), (1, 4), (4, 2), (1, 2)))
    merged, arrays = merged_affine().value, {"W1": W1, "b1": b1, "W2": W2, "b2": b2}

    np.testing.assert_allclose(
        X @ merged.weight.evaluate(arrays) + merged.bias.evaluate(arrays), (X @ W1 + b1) @ W2 + b2, atol=1e-12
    )


def test_residual_blocks_agree_with_finite_differences():
    weights = (0.3, -0.8, 1.2)

    def run(x: float) -> list[float]:
        states = [x]
        for w in weights:
            states.append(states[-1] + math.tanh(w * states[-1]))
        return states

    slopes = [w * (1 - math.tanh(w * x) ** 2) for w, x in zip(weights, run(0.4), strict=False)]
    values = {"g": 2.0, **{f"s_{n}": s for n, s in enumerate(slopes, 1)}}

    assert residual_gradient(3).value.evaluate(values) == pytest.approx(
        2 * slope(lambda x: run(x)[-1], 0.4), rel=1e-8
    )


def test_a_relu_after_the_addition_can_close_the_highway():
    for x, open_gate in ((0.5, 1.0), (-0.5, 0.0)):
        difference = slope(lambda u: max(u + 0.5 * u, 0.0), x)
        found = activated_residual_gradient().value.evaluate({"g": 3, "s": 0.5, "r": open_gate})
        assert found == pytest.approx(3 * difference)


Chances = list[tuple[float, float]]


def moments(chances: Chances) -> tuple[float, float]:
    mean = sum(p * v for p, v in chances)
    return mean, sum(p * (v - mean) ** 2 for p, v in chances)


def test_the_variance_of_a_product_agrees_with_enumeration():
    w, x = [(0.2, -1.0), (0.5, 0.5), (0.3, 3.0)], [(0.6, 2.0), (0.4, -1.5)]
    both = [(p * q, a * b) for (p, a), (q, b) in itertools.product(w, x)]
    values = {"m_w": moments(w)[0], "v_w": moments(w)[1], "m_x": moments(x)[0], "v_x": moments(x)[1]}

    assert variance.product_variance().value.evaluate(values) == pytest.approx(moments(both)[1])


def centred(variance_wanted: float) -> Chances:
    """A symmetric distribution with three values and this variance."""
    return [(0.25, -math.sqrt(2 * variance_wanted)), (0.5, 0.0), (0.25, math.sqrt(2 * variance_wanted))]


def weighted_sum(weights: Chances, inputs: Chances, n: int) -> Chances:
    single = [(p * q, a * b) for (p, a), (q, b) in itertools.product(weights, inputs)]
    return [
        (math.prod(p for p, _ in terms), sum(v for _, v in terms)) for terms in itertools.product(single, repeat=n)
    ]


def test_the_sum_of_products_has_n_times_the_variance_and_xavier_keeps_it():
    sums = weighted_sum(centred(0.4), centred(2.5), 3)
    predicted = variance.sum_variance().value.evaluate({"n": 3, "v_w": 0.4, "v_x": 2.5})
    kept = variance.xavier_variance().value.evaluate({"n": 3})

    assert predicted == pytest.approx(moments(sums)[1])
    assert moments(weighted_sum(centred(kept), centred(2.5), 3))[1] == pytest.approx(2.5)


@pytest.mark.parametrize("a", [0.0, 0.3])
def test_kaiming_keeps_the_variance_through_a_leaky_relu(a):
    before = centred(1.7)
    after = [(p, v if v > 0 else a * v) for p, v in before]
    weights = centred(variance.kaiming_variance().value.evaluate({"n": 2, "a": a}))

    assert moments(weighted_sum(weights, after, 2))[1] == pytest.approx(1.7)


def test_the_compromise_and_the_uniform_bound_are_the_published_ones():
    compromise = variance.xavier_compromise().value.evaluate({"n_in": 20, "n_out": 30})
    bound = variance.uniform_bound().value.evaluate({"V": compromise})
    x = np.linspace(-bound, bound, 200001)

    assert compromise == 2 / 50
    assert bound == pytest.approx(math.sqrt(6 / 50))
    assert float(np.mean(x**2)) == pytest.approx(compromise, rel=1e-4)


def seen(layers: list[tuple[int, int, int, int]], unit: int) -> set[int]:
    """The inputs one output depends on, by following every tap."""
    found = {unit}
    for k, s, p, d in reversed(layers):
        found = {place * s - p + tap * d for place in found for tap in range(k)}
    return found


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 4), st.integers(1, 3), st.integers(0, 2), st.integers(1, 2)),
        min_size=1,
        max_size=4,
    )
)
def test_receptive_field_jump_and_padding_agree_with_following_every_tap(layers):
    values = {
        f"{letter}_{n}": float(v) for n, l in enumerate(layers, 1) for letter, v in zip("kspd", l, strict=True)
    }
    first, second = seen(layers, 0), seen(layers, 1)

    assert receptive_field(len(layers), dilated=True).value.evaluate(values) == max(first) - min(first) + 1
    assert jump(len(layers)).value.evaluate(values) == min(second) - min(first)
    assert effective_padding(len(layers)).value.evaluate(values) == -min(first)
    if all(d == 1 for *_, d in layers):
        assert receptive_field(len(layers)).value.evaluate(values) == max(first) - min(first) + 1


@pytest.mark.parametrize(
    ("by", "sizes", "entry"), [("W", (2, 2, 3), (2, 3)), ("X", (3, 2, 2), (3, 1)), ("b", (4, 1, 2), (1, 2))]
)
def test_the_affine_layers_entries_make_up_the_matrix_product(by, sizes, entry):
    draw = np.random.default_rng(3)
    N, D, M = sizes
    arrays = {"X": draw.normal(size=(N, D)), "W": draw.normal(size=(D, M)), "G": draw.normal(size=(N, M))}
    work = affine_entries(by, sizes, entry)
    one, every = work.steps[4].result, work.steps[5].result
    gradient = work.value.evaluate(arrays)

    assert entry_value(one, arrays) == pytest.approx(gradient[entry[0] - 1, entry[1] - 1])
    rows = every.removeprefix(r"\begin{bmatrix} ").removesuffix(r" \end{bmatrix}").split(r" \\ ")
    found = [[entry_value(cell, arrays) for cell in row.split(" & ")] for row in rows]
    np.testing.assert_allclose(found, gradient, atol=1e-12)


def entry_value(text: str, arrays: Mapping[str, Any]) -> float:
    """Read a printed sum of products of entries, such as `∂L/∂y_{1,2} x_{1,1}`."""
    total = 0.0
    for term in text.split(" + "):
        value = 1.0
        for factor in term.replace(r"\frac{\partial L}{\partial y_", "G_").replace("}}", "}").split():
            letter, place = factor[0].upper(), factor[3:-1].split(",")
            value *= arrays[letter][int(place[0]) - 1, int(place[1]) - 1]
        total += value
    return total


@pytest.mark.parametrize(
    "call",
    [lambda: bptt("W_o"), lambda: bptt(steps=7), lambda: bptt(activation="gelu"), lambda: residual_gradient(0),
     lambda: receptive_field(9), lambda: affine_entries("Z"), lambda: affine_entries("W", (2, 9, 2)),
     lambda: affine_entries("W", (2, 2, 2), (3, 1)), lambda: solve_for("c", "c^2", "c^2", reason="?")],
)  # fmt: skip
def test_what_cannot_be_derived_is_refused_with_a_sentence(call):
    with pytest.raises(ValueError, match=r"expected|entries"):
        call()


def test_numbers_are_put_into_every_entry_and_into_the_forward_pass():
    work = put_in(softmax_jacobian(), {"x": [1, 2]}, name="J")

    assert work.steps[-1].name == "J"
    assert work.value.shape == (2, 2)
    assert work.steps[-1].numbers.count("&") == 2
    assert work.steps[-2].name == "p"
    picked = put_in(softmax_jacobian(), {"x": [1, 2], "i": 1, "j": 2})
    assert picked.value == pytest.approx(work.value[0, 1])


def test_long_sums_are_not_written_out():
    values = {"x": np.arange(10) / 10, "g": np.ones(10), "gamma": 1, "epsilon": 0}
    step = put_in(normalisation.batchnorm_gamma(), values).steps[-1]

    assert "+" not in step.numbers


NUMBERS = {
    "softmax_jacobian": {"x": [1, 2, -1]},
    "cross_entropy_gradient": {"x": [1, 2, -1], "y": [0, 1, 0]},
    "bce_gradient": {"z": -0.5, "y": 1},
    "batchnorm_input": {"x": [1, 2, 4], "g": [1, -1, 2], "gamma": 2, "beta": 0, "epsilon": 0.1},
    "layernorm_gamma": {"x": [1, 2, 4], "g": [1, -1, 2], "epsilon": 0.1},
    "gaussian_kl": {"mu": 1, "sigma": 2, "mu_t": -1, "sigma_t": 0.5},
    "receptive_field": {"k_1": 3, "k_2": 2, "k_3": 1, "k_4": 4, "s_1": 1, "s_2": 2, "s_3": 1, "s_4": 2},
    "bptt": {"x_1": 1, "x_2": -1, "x_3": 2, "W_x": 0.5, "W_h": -0.3, "b_h": 0, "W_o": 2, "b_o": 0, "h_0": 0},
    "elu_derivative": {"x": -1, "alpha": 0.5},
    "gelu_tanh_derivative": {"x": 0.5},
    "kaiming_variance": {"n": 8, "a": 0.1},
    "product_variance": {"m_w": 0, "v_w": 1, "m_x": 2, "v_x": 3},
}  # fmt: skip


@pytest.mark.parametrize("name", NUMBERS)
def test_numbers_put_in_can_be_typeset_and_have_their_own_names(name):
    work = put_in(EVERY[name](), NUMBERS[name], name="numbers")
    names = [step.name for step in work.steps if step.name]

    assert len(names) == len(set(names))
    assert work.steps[-1].result == show(np.asarray(work.value))
    for step in work.steps:
        assert step.reason.endswith(".")
        for text in (step.formula, step.numbers, step.result):
            mathml(text)


def test_importing_the_derivations_does_not_import_sympy():
    package = Path(__file__).parent.parent / "solvers" / "symbolic"
    modules = [
        ".".join(("solvers.symbolic", *path.relative_to(package).with_suffix("").parts))
        for path in package.rglob("*.py")
    ]
    script = (
        f"import sys, {', '.join(m.removesuffix('.__init__') for m in modules)}\nsys.exit('sympy' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", script], cwd=package.parent.parent, check=False).returncode == 0
