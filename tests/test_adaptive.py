"""RMSprop and Adam by hand agree with the engine's optimisers, PyTorch's runs and published numbers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from published import published, pytorch

from solvers.adaptive import adam, correction_ratio, eps_effect, rmsprop
from solvers.engine.optimisers import optimiser

ADAM = [
    case
    for case in pytorch("optimizer", "adam")
    if "amsgrad" not in case["variant"] and "conventions" not in case["variant"]
]
GRADIENTS = st.lists(st.floats(0.1, 3) | st.floats(-3, -0.1), min_size=1, max_size=4)


@pytest.mark.parametrize("case", ADAM, ids=lambda case: case["variant"])
def test_adam_and_its_decays_are_those_of_pytorch(case):
    config, gradients = case["config"], [step["grad"] for step in case["steps"]]
    decoupled = case["variant"].startswith("adamw")
    found = adam(
        case["params0"], gradients, config["lr"], *config["betas"], config["eps"], False,
        config.get("weight_decay", 0.0), decoupled,
    )  # fmt: skip

    for t, step in enumerate(case["steps"], 1):
        assert found[f"theta{t}"].tolist() == pytest.approx(step["params"], rel=1e-12)
        assert found[f"m{t}"].tolist() == pytest.approx(step["state"]["exp_avg"])
        assert found[f"v{t}"].tolist() == pytest.approx(step["state"]["exp_avg_sq"])


@settings(max_examples=30, deadline=None)
@given(GRADIENTS, st.floats(0.01, 1), st.sampled_from(["inside", "outside"]), st.sampled_from([0.0, 0.1]))
def test_adam_takes_the_steps_of_the_engine(gradients, lr, place, decay):
    method, theta = optimiser("adamw", lr=lr, eps=0.01, eps_place=place, weight_decay=decay), np.array([0.7])
    found, state = adam(0.7, gradients, lr, eps=0.01, inside=place == "inside", decay=decay), method.start(theta)

    for t, gradient in enumerate(gradients, 1):
        theta, state = method.step(theta, np.array([gradient]), state)
        assert found[f"theta{t}"].item() == pytest.approx(theta.item())


@settings(max_examples=30, deadline=None)
@given(GRADIENTS, st.floats(0.5, 0.99), st.sampled_from(["inside", "outside"]))
def test_rmsprop_takes_the_steps_of_the_engine(gradients, beta, place):
    method, theta = optimiser("rmsprop", lr=0.1, beta=beta, eps=0.01, eps_place=place), np.array([0.7])
    found, state = rmsprop(0.7, gradients, 0.1, beta, eps=0.01, inside=place == "inside"), method.start(theta)

    for t, gradient in enumerate(gradients, 1):
        theta, state = method.step(theta, np.array([gradient]), state)
        assert found[f"theta{t}"].item() == pytest.approx(theta.item())


def test_the_published_first_step_of_adam_comes_out():
    given, expected = published("deepml_87")
    found = adam(given["w"], [given["g"]], given["lr"], eps=1e-8, inside=False)

    assert {
        name: found[f"{ours}1"].item() for name, ours in (("w", "theta"), ("m", "m"), ("v", "v"))
    } == pytest.approx(expected)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.floats(0.5, 3) | st.floats(-3, -0.5), min_size=1, max_size=5))
def test_the_first_step_of_adam_has_the_length_of_the_learning_rate(gradient):
    found = adam(np.zeros(len(gradient)), [gradient], lr=0.01)

    np.testing.assert_allclose(found["theta1"], -0.01 * np.sign(gradient))


@pytest.mark.parametrize(("t", "beta1", "beta2"), [(1, 0.9, 0.999), (12, 0.9, 0.999), (3, 0.9, 0.9)])
def test_the_correction_ratio_is_that_of_two_runs(t, beta1, beta2):
    steps = []
    for corrected in (False, True):
        values = adam(0.0, [2.0] * t, 0.1, beta1, beta2, corrected=corrected)
        steps.append(values[f"theta{t}"] - (values[f"theta{t - 1}"] if t > 1 else 0.0))

    assert correction_ratio(t, beta1, beta2) == pytest.approx(steps[0] / steps[1])


@pytest.mark.parametrize("gradient", [1.0, 1e-4, -1e-6])
def test_the_place_of_epsilon_matters_for_small_gradients(gradient):
    found = eps_effect(gradient, 1e-8)

    for place in found:
        assert found[place] == pytest.approx(
            -adam(0.0, [gradient], 1.0, eps=1e-8, inside=place == "inside")["theta1"].item()
        )


@pytest.mark.parametrize("case", pytorch("optimizer", "adam_epsilon"), ids=lambda case: case["variant"])
def test_moments_are_those_stored_whatever_the_place_of_epsilon(case):
    config = case["config"]
    gradients = [step["grad"] for step in case["steps"]]
    found = adam(case["params0"], gradients, config["lr"], *config["betas"], config["eps"])

    for t, step in enumerate(case["steps"], 1):
        for name in ("m", "v", "m_hat", "v_hat"):
            assert found[f"{name}{t}"].tolist() == pytest.approx(step[name])


def test_a_gradient_of_zero_needs_an_epsilon():
    with pytest.raises(ValueError, match="give an epsilon above 0"):
        rmsprop(1.0, [0.0], 0.1)
