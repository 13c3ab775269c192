"""Steps of descent by hand agree with the engine's optimisers, PyTorch's runs and published numbers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from published import published, pytorch

from solvers.descent import accumulated_gradient, descent, error_after, loss_after, momentum, nesterov
from solvers.engine.optimisers import optimiser

NUMBERS = st.floats(-3, 3)
GRADIENTS = st.lists(NUMBERS, min_size=1, max_size=4)


def engine_path(kind, theta, gradients, **settings):
    method, theta, path = optimiser(kind, **settings), np.array([theta]), []
    state = method.start(theta)
    for gradient in gradients:
        theta, state = method.step(theta, np.array([gradient]), state)
        path.append(theta.item())
    return path


def path(values):
    return [np.asarray(value).tolist() for name, value in values.items() if name.startswith("theta")]


@settings(max_examples=30, deadline=None)
@given(NUMBERS, GRADIENTS, st.floats(0.01, 1), st.floats(0, 0.95), st.sampled_from(["velocity", "rate-outside"]))
def test_momentum_takes_the_steps_of_the_engine(theta, gradients, lr, beta, form):
    expected = engine_path("momentum", theta, gradients, lr=lr, beta=beta, form=form)

    assert path(momentum(theta, gradients, lr, beta, form=form)) == pytest.approx(expected)


@settings(max_examples=20, deadline=None)
@given(NUMBERS, GRADIENTS, st.floats(0.01, 1))
def test_plain_steps_are_those_of_the_engine(theta, gradients, lr):
    assert path(descent(theta, gradients, lr)) == pytest.approx(engine_path("sgd", theta, gradients, lr=lr))


@pytest.mark.parametrize("case", pytorch("optimizer", "sgd_plain"), ids=lambda case: case["variant"])
def test_plain_steps_are_those_of_pytorch(case):
    gradients = [step["grad"] for step in case["steps"]]

    for found, step in zip(
        path(descent(case["params0"], gradients, case["config"]["lr"])), case["steps"], strict=True
    ):
        assert found == pytest.approx(step["params"])


@pytest.mark.parametrize("case", pytorch("optimizer", "momentum_pytorch"), ids=lambda case: case["variant"])
def test_momentum_outside_is_that_of_pytorch(case):
    gradients = [step["grad"] for step in case["steps"]]
    found = momentum(
        case["params0"], gradients, case["config"]["lr"], case["config"]["momentum"], form="rate-outside"
    )

    for t, step in enumerate(case["steps"], 1):
        assert found[f"theta{t}"].tolist() == pytest.approx(step["params"])
        assert found[f"m{t}"].tolist() == pytest.approx(step["state"]["momentum_buffer"])


@pytest.mark.parametrize("case", pytorch("optimizer", "momentum_textbook"), ids=lambda case: case["variant"])
def test_momentum_inside_and_as_average_are_those_stored(case):
    gradients = [step["grad"] for step in case["steps"]]
    inside, average = (
        momentum(case["params0"], gradients, **case["config"], form=form) for form in ("velocity", "average")
    )

    for t, step in enumerate(case["steps"], 1):
        assert inside[f"m{t}"].tolist() == pytest.approx(step["velocity"])
        assert inside[f"theta{t}"].tolist() == pytest.approx(step["velocity_params"])
        assert average[f"theta{t}"].tolist() == pytest.approx(step["ema_params"])


def test_the_published_paths_down_a_parabola_come_out():
    given, expected = published("momentum_x2")
    lr, mu, x = given["lr"], given["mu"], given["x0"]
    ahead = nesterov(x, lr, mu, curvature=2.0, count=5)
    theta = {"rate-outside": float(x), "average": float(x)}
    velocity = {"rate-outside": 0.0, "average": 0.0}
    paths = {"rate-outside": [], "average": []}
    for _ in range(5):
        for form in theta:
            step = momentum(theta[form], [2 * theta[form]], lr, mu, velocity[form], form)
            theta[form], velocity[form] = step["theta1"].item(), step["m1"].item()
            paths[form].append(theta[form])

    assert [ahead[f"theta{t}"] for t in range(1, 6)] == pytest.approx(expected["textbook_lookahead"])
    assert paths["rate-outside"] == pytest.approx(expected["pytorch_momentum"])
    assert paths["average"] == pytest.approx(expected["ema_momentum"])


def test_a_published_momentum_step_comes_out():
    given, expected = published("deepml_146")
    found = momentum(given["w"], [given["g"]], given["lr"], given["mu"], -given["velocity"])

    assert -found["m1"].item() == pytest.approx(expected["velocity"])
    assert found["theta1"].item() == pytest.approx(expected["w"])


@settings(max_examples=30, deadline=None)
@given(st.floats(0.01, 0.6), st.floats(0.1, 3), st.integers(1, 6))
def test_the_error_on_a_parabola_is_that_of_the_steps_made(lr, curvature, count):
    theta = 2.0
    for _ in range(count):
        theta = descent(theta, [curvature * theta], lr)["theta1"].item()

    assert error_after(2.0, lr, curvature, count) == pytest.approx(theta)


def test_the_loss_of_the_training_loop_falls_as_predicted():
    random = np.random.default_rng(0)
    x, W, b, t = (
        random.normal(size=(1, 4)),
        random.normal(size=(4, 3)),
        random.normal(size=3),
        random.normal(size=(1, 3)),
    )
    losses = []
    for _ in range(6):
        residual = x @ W + b - t
        losses.append((residual**2).sum())
        W, b = W - 0.02 * 2 * x.T @ residual, b - 0.02 * 2 * residual[0]

    assert [loss_after(losses[0], x, 0.02, n) for n in range(6)] == pytest.approx(losses)


def test_unequal_batches_weight_the_gradient_by_their_samples():
    samples = np.array([1.0, 5.0, -2.0, 4.0, 4.0, 6.0, -1.0])
    batches = np.split(samples, [4, 6])
    found = accumulated_gradient([batch.mean() for batch in batches], [len(batch) for batch in batches])

    assert found["per_sample"] == pytest.approx(samples.mean())
    assert found["per_batch"] == pytest.approx(np.mean([2.0, 5.0, -1.0]))


def test_an_unknown_form_of_momentum_is_refused():
    with pytest.raises(ValueError, match="must be one of velocity, rate-outside, average"):
        momentum(1.0, [1.0], 0.1, 0.9, form="nesterov")
