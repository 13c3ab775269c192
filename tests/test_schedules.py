"""Learning-rate schedules and gradient clipping against stored PyTorch values and their defining properties."""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solvers.engine.clipping import clip_norm, clip_value, total_norm
from solvers.engine.schedules import (
    Cosine,
    Exponential,
    InverseTime,
    MultiStep,
    Polynomial,
    Schedule,
    StepDecay,
    Warmup,
)

DATA = Path(__file__).parent / "data" / "pytorch_oracle.jsonl"
CASES = [json.loads(line) for line in DATA.read_text().splitlines()]


def schedule(case: dict[str, Any]) -> Schedule:
    """Make our schedule for a stored case."""
    config = dict(case["config"])
    lr = config.pop("base_lr")
    if case["variant"] == "step":
        return StepDecay(lr=lr, gamma=config["gamma"], every=config["step_size"])
    if case["variant"] == "multistep":
        return MultiStep(lr=lr, gamma=config["gamma"], milestones=tuple(config["milestones"]))
    return Polynomial(lr=lr, total=config["total_iters"], power=config["power"])


@pytest.mark.parametrize("case", [c for c in CASES if c["op"] == "lr_schedule"], ids=lambda c: c["id"])
def test_a_stored_pytorch_schedule_comes_out(case: dict[str, Any]) -> None:
    expected = case["outputs"]["lr_by_epoch_from_0"]

    np.testing.assert_allclose([schedule(case)(t) for t in range(len(expected))], expected, rtol=1e-12, atol=1e-15)


def test_every_schedule_starts_at_its_rate_and_never_rises_after_the_warm_up() -> None:
    made = [
        Schedule(lr=0.1),
        StepDecay(lr=0.1, gamma=0.3, every=4),
        MultiStep(lr=0.1, gamma=0.3, milestones=(3, 7)),
        Exponential(lr=0.1, gamma=0.9),
        Polynomial(lr=0.1, total=9),
        Cosine(lr=0.1, total=9, lowest=0.01),
        InverseTime(lr=0.1, decay=0.2),
    ]
    for one in made:
        rates = [one(t) for t in range(10)]
        assert rates[0] == 0.1
        assert rates == sorted(rates, reverse=True)
    rates = [Warmup(lr=0.1, warmup=4)(t) for t in range(10)]
    assert rates.index(max(rates)) == 3


def test_the_cosine_is_symmetric_about_its_middle() -> None:
    cosine = Cosine(lr=0.3, total=8, lowest=0.1)

    assert [math.isclose(cosine(t) + cosine(8 - t), 0.4) for t in range(9)] == [True] * 9


def test_a_schedule_refuses_a_length_of_zero() -> None:
    with pytest.raises(ValueError, match="total must be positive; got 0"):
        Cosine(lr=0.1, total=0)
    with pytest.raises(ValueError, match="every must be positive; got 0"):
        StepDecay(lr=0.1, gamma=0.5, every=0)


def test_clipping_by_norm_agrees_with_the_stored_case() -> None:
    (case,) = (c for c in CASES if c["op"] == "clip_grad_norm")
    gradients = [np.array(g) for g in case["inputs"]["grads"]]
    clipped = clip_norm(gradients, case["config"]["max_norm"], eps=1e-6)

    assert math.isclose(total_norm(gradients), case["outputs"]["total_norm"], rel_tol=1e-12)
    for ours, theirs in zip(clipped, case["outputs"]["clipped"], strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-9)


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=5), st.floats(0.01, 50))
def test_clipping_by_norm_keeps_the_direction_and_bounds_the_length(entries: list[float], bound: float) -> None:
    gradient = np.array(entries)
    (clipped,) = clip_norm([gradient], bound)

    assert total_norm([clipped]) <= bound * (1 + 1e-12)
    np.testing.assert_allclose(clipped * total_norm([gradient]), gradient * total_norm([clipped]), atol=1e-9)


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=5), st.floats(0.01, 50))
def test_clipping_by_value_bounds_every_entry_and_no_other(entries: list[float], limit: float) -> None:
    (clipped,) = clip_value([np.array(entries)], limit)

    assert [max(-limit, min(limit, entry)) for entry in entries] == clipped.tolist()


@pytest.mark.parametrize("clip", [clip_norm, clip_value])
def test_clipping_refuses_a_bound_that_is_not_positive(clip: Any) -> None:
    with pytest.raises(ValueError, match="must be positive; got 0"):
        clip([np.ones(2)], 0)
