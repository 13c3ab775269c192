"""Derivations about layers agree with finite differences, PyTorch and following every tap."""

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
from every_derivation import EVERY, TORCH, sigmoid, slope
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers.symbolic.derivation import put_in
from solvers.symbolic.derivations import normalisation
from solvers.symbolic.derivations.affine_entries import affine_entries
from solvers.symbolic.derivations.bptt import bptt
from solvers.symbolic.derivations.highway import activated_residual_gradient, residual_gradient
from solvers.symbolic.derivations.merged_affine import merged_affine
from solvers.symbolic.derivations.receptive_formula import effective_padding, jump, receptive_field

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
