"""Expected initial losses agree with simulated untrained networks and with stored framework values."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from solvers import initial_loss

RANDOM = np.random.default_rng(3)


@pytest.mark.parametrize("classes", [2, 3, 10, 100, 1000])
def test_cross_entropy_is_that_of_nearly_equal_logits(classes):
    logits = RANDOM.normal(0, 1e-3, (64, classes))
    losses = np.log(np.exp(logits).sum(axis=1)) - logits[:, 0]

    assert initial_loss.cross_entropy(classes) == pytest.approx(losses.mean(), abs=1e-3)
    assert initial_loss.cross_entropy_steps(classes).value == initial_loss.cross_entropy(classes)


def test_binary_cross_entropy_averages_over_both_classes():
    labels = np.array([1, 1, 1, 0, 0, 0, 0, 0, 0, 0])
    losses = -np.where(labels == 1, np.log(0.2), np.log(0.8))

    assert initial_loss.binary_cross_entropy(0.2, 0.3) == pytest.approx(losses.mean())
    assert initial_loss.binary_cross_entropy() == pytest.approx(math.log(2))
    assert initial_loss.binary_cross_entropy_steps(0.2, 0.3).value == pytest.approx(losses.mean())


def test_squared_error_splits_into_variance_and_bias():
    targets = [3.0, 5.0, 10.0]
    work = initial_loss.mean_squared_error_steps(targets, output=1.0)

    assert work.value == pytest.approx((4 + 16 + 81) / 3)
    assert [step.result for step in work.steps] == ["1", "6", "8.66667", "33.6667"]


def test_expected_squared_error_is_that_of_independent_draws():
    outputs, targets = RANDOM.normal(1, 2, 400_000), RANDOM.normal(-1, 3, 400_000)
    expected = initial_loss.expected_squared_error(4, 9, difference=2)

    assert expected == pytest.approx(((outputs - targets) ** 2).mean(), rel=0.01)
    assert initial_loss.expected_squared_error_steps(4, 9, difference=2).value == expected == 17


@pytest.mark.parametrize(("margin", "per_class"), [(1.0, False), (2.0, True)])
def test_hinge_counts_every_wrong_class(margin, per_class):
    scores, true = np.zeros(10), 3
    violations = [max(0.0, scores[j] - scores[true] + margin) for j in range(10) if j != true]
    expected = sum(violations) / (10 if per_class else 1)

    assert initial_loss.hinge(10, margin, per_class) == pytest.approx(expected)
    assert initial_loss.hinge_steps(10, margin, per_class).steps[-1].name == "L"


def test_perplexity_undoes_the_logarithm():
    assert initial_loss.perplexity(initial_loss.cross_entropy(37)) == pytest.approx(37)
    assert initial_loss.perplexity_steps(math.log(8)).steps[0].result == "8"


def test_stored_cases_have_these_losses():
    path = Path(__file__).parent / "data" / "pytorch_oracle.jsonl"
    cases = [case for line in path.read_text().splitlines() if (case := json.loads(line))["op"] == "initial_loss"]

    assert cases
    for case in cases:
        classes, stored = case["config"]["classes"], case["outputs"]
        found = {
            "ce": initial_loss.cross_entropy(classes),
            "cs231n_svm": initial_loss.hinge(classes),
            "pytorch_multi_margin": initial_loss.hinge(classes, per_class=True),
            "bce_with_logits_per_unit": initial_loss.binary_cross_entropy(),
            "mse_onehot_vs_uniform": initial_loss.mean_squared_error(np.eye(classes)[0], output=1 / classes),
        }
        assert found == pytest.approx({name: stored[name] for name in found})


def test_impossible_values_are_refused():
    with pytest.raises(ValueError, match="at least 2 classes"):
        initial_loss.cross_entropy(1)
    with pytest.raises(ValueError, match="probability must lie in"):
        initial_loss.binary_cross_entropy(1.0)
