"""Penalties, clipping and schedules agree with finite differences, PyTorch's cases and sums taken far."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from published import pytorch

from solvers.regularisation import (
    clip_norm,
    clip_value,
    penalised_loss,
    penalised_update,
    robbins_monro,
    step_decay,
)

VECTORS = st.lists(st.floats(-5, 5), min_size=1, max_size=5)


@pytest.mark.parametrize("kind", ["l1", "l2"])
@pytest.mark.parametrize("w", [2.0, -0.7])
def test_the_step_follows_the_slope_of_the_penalised_loss(kind, w):
    def loss(w):
        return penalised_loss(0.5 * w**2 - w, [w], 0.3, kind)

    slope = (loss(w + 1e-6) - loss(w - 1e-6)) / 2e-6

    assert penalised_update(w, w - 1, 0.1, 0.3, kind) == pytest.approx(w - 0.1 * slope)


@settings(max_examples=40, deadline=None)
@given(VECTORS, st.floats(0.1, 5))
def test_clipping_never_enlarges_and_keeps_the_direction(vector, limit):
    clipped, length = clip_norm(vector, limit), np.linalg.norm(vector)

    assert np.linalg.norm(clipped) == pytest.approx(min(length, limit))
    np.testing.assert_allclose(clipped * length, np.array(vector) * np.linalg.norm(clipped), atol=1e-12)
    assert [min(max(v, -limit), limit) for v in vector] == clip_value(vector, limit).tolist()


@pytest.mark.parametrize("case", pytorch("clip_grad_norm"), ids=lambda case: case["variant"])
def test_clipping_is_that_of_pytorch_up_to_its_epsilon(case):
    flat = np.concatenate([np.ravel(grad) for grad in case["inputs"]["grads"]])
    expected = np.concatenate([np.ravel(grad) for grad in case["outputs"]["clipped"]])

    np.testing.assert_allclose(clip_norm(flat, case["config"]["max_norm"]), expected, rtol=1e-5)


@pytest.mark.parametrize("case", pytorch("lr_schedule", "step"), ids=lambda case: case["variant"])
def test_step_decay_is_that_of_pytorch(case):
    config, rates = case["config"], case["outputs"]["lr_by_epoch_from_0"]

    for epoch, expected in enumerate(rates):
        assert step_decay(config["base_lr"], config["gamma"], config["step_size"], epoch) == pytest.approx(
            expected
        )


@pytest.mark.parametrize("power", [0.25, 0.5, 0.75, 1.0, 1.5, 2.0])
def test_the_sums_grow_as_the_conditions_say(power):
    def grows(power):
        n = np.arange(1, 2**20 + 1, dtype=float)
        blocks = [(n[2**k : 2 ** (k + 1)] ** -power).sum() for k in range(10, 20)]
        return blocks[-1] > 0.95 * blocks[0]

    found = robbins_monro(power)
    assert (found["sum_diverges"], found["squares_converge"]) == (grows(power), not grows(2 * power))


def test_unknown_penalties_are_refused():
    with pytest.raises(ValueError, match="must be 'l1' or 'l2'"):
        penalised_loss(1.0, [1.0], 0.1, "l0")
