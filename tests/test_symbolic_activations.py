"""Derivatives of activations, softmax and cross-entropy agree with finite differences and PyTorch."""

import json
import math
from typing import Any

import numpy as np
import pytest
from every_derivation import DATA, EVERY, TORCH, sigmoid, slope
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers.symbolic.derivations import activations
from solvers.symbolic.derivations.binary_cross_entropy import bce_gradient
from solvers.symbolic.derivations.softmax import cross_entropy_gradient, softmax_jacobian, softmax_shift

CIRCUITS = {case["id"]: case for case in json.loads((DATA / "circuits.json").read_text())["cases"]}


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
