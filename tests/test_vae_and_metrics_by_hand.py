"""Divergences, latent samples, accuracies and tensor shapes agree with quadrature, counting and NumPy itself."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers import tensor_shapes
from solvers.gaussians import kl_gaussians, reparametrise
from solvers.metrics import binary_counts, binary_metrics, fit_diagnosis, ranks, top_k

SIZES = st.integers(1, 4)


@pytest.mark.parametrize(("mu1", "s1", "mu2", "s2"), [(0, 1, 0, 1), (1, 1, 0, 1), (0, 2, 0, 1), (-1, 0.5, 2, 1.5)])
def test_the_divergence_is_that_of_the_integral(mu1, s1, mu2, s2):
    x = np.linspace(-30, 30, 600_001)

    def log_density(mu, s):
        return -((x - mu) ** 2) / (2 * s * s) - np.log(s * np.sqrt(2 * np.pi))

    p, q = log_density(mu1, s1), log_density(mu2, s2)
    integral = (np.exp(p) * (p - q)).sum() * (x[1] - x[0])
    assert kl_gaussians(mu1, s1, mu2, s2) == pytest.approx(integral, abs=1e-9)


def test_dimensions_add_up_and_spreads_have_three_names():
    assert kl_gaussians([1, -2], [0.5, 2]) == pytest.approx(kl_gaussians(1, 0.5) + kl_gaussians(-2, 2))
    by_name = [
        reparametrise([1], spread, [0.3], kind)
        for kind, spread in (("std", 2), ("variance", 4), ("log-variance", np.log(4)))
    ]
    np.testing.assert_allclose(by_name, [[1.6]] * 3)
    with pytest.raises(ValueError, match="must be above 0"):
        kl_gaussians(0, 0)
    with pytest.raises(ValueError, match="must be one of std, variance, log-variance"):
        reparametrise(0, 1, 0, "sigma")


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 1000), st.integers(1, 5))
def test_top_k_is_that_of_sorted_scores(seed, k):
    random = np.random.default_rng(seed)
    scores, targets = random.permuted(np.tile(np.arange(6.0), (8, 1)), axis=1), random.integers(0, 6, 8)
    places = [sorted(row, reverse=True).index(row[t]) for row, t in zip(scores.tolist(), targets, strict=True)]
    found = top_k(scores, targets, k)

    assert ranks(scores, targets).tolist() == places
    assert found["topk"] == pytest.approx(np.mean([place < k for place in places]))
    assert found["error"] == pytest.approx(1 - found["topk"])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1)), min_size=1, max_size=12))
def test_binary_metrics_count_the_pairs(pairs):
    predictions, labels = zip(*pairs, strict=True)
    tp, fp, fn, tn = (pairs.count(pair) for pair in ((1, 1), (1, 0), (0, 1), (0, 0)))
    found = binary_metrics(predictions, labels)

    assert binary_counts(predictions, labels) == {"tp": tp, "fp": fp, "fn": fn, "tn": tn}
    assert found["accuracy"] == pytest.approx((tp + tn) / len(pairs))
    assert found["f1"] == pytest.approx(2 * tp / (2 * tp + fp + fn) if tp else 0)


def test_losses_are_diagnosed():
    assert fit_diagnosis(0.05, 0.9, gap=0.5) == "overfitting"
    assert fit_diagnosis(2.0, 2.1) == "underfitting"
    with pytest.raises(ValueError, match="one class from 0 to 1"):
        top_k([[1, 2]], [2], 1)


@settings(max_examples=60, deadline=None)
@given(st.lists(SIZES, max_size=3), st.lists(SIZES, max_size=3))
def test_broadcasting_is_what_numpy_does(first, second):
    try:
        expected = (np.zeros(first) + np.zeros(second)).shape
    except ValueError:
        expected = None
    work = tensor_shapes.broadcast_steps(tuple(first), tuple(second))

    assert work.value == expected
    assert (expected is None) == any("error" in step.result for step in work.steps)


@settings(max_examples=40, deadline=None)
@given(st.tuples(SIZES, SIZES, SIZES), st.data())
def test_an_index_after_flattening_is_where_the_entry_lands(sizes, data):
    position = tuple(data.draw(st.integers(0, size - 1)) for size in sizes)
    marked = np.zeros(sizes)
    marked[position] = 1

    assert tensor_shapes.flat_index(position, sizes) == marked.ravel().argmax()


def test_shapes_of_attention_heads_and_layers_are_those_of_arrays():
    batch, tokens, features, head = 2, 5, 12, 4
    split = np.zeros((batch, tokens, features)).reshape(batch, tokens, 3, head).swapaxes(1, 2)
    found = tensor_shapes.head_shapes(batch, tokens, features, head)
    assert found == {"heads": 3, "split": split.shape, "scores": (split @ split.swapaxes(2, 3)).shape}

    Q, K = np.zeros((4, 8)), np.zeros((7, 8))
    assert tensor_shapes.attention_shapes(4, 7, 8) == {"scores": (Q @ K.T).shape, "output": (Q @ K.T @ K).shape}

    images, conv = np.zeros((4, 3, 6, 6)), tensor_shapes.layer_as_conv((3, 6, 6), 5, 4)
    flat = tensor_shapes.flat_layer_shapes((3, 6, 6), 5, 4)
    assert flat["X"] == images.reshape(4, -1).shape
    assert np.zeros(conv["weights"]).size == np.zeros(conv["pointwise"]).size == np.zeros(flat["W"]).size
    assert tensor_shapes.jacobian_entries(4, 3, 2)["jacobian"] == np.zeros((4, 2, 3, 2)).size


def test_joined_maps_are_those_numpy_can_join():
    a, b = np.zeros((2, 3, 4, 4)), np.zeros((2, 5, 4, 4))

    assert tensor_shapes.joined_shape(a.shape, b.shape) == {
        "concatenated": np.concatenate([a, b], axis=1).shape, "addable": False,
    }  # fmt: skip
    assert tensor_shapes.joined_shape(a.shape, (2, 3, 8, 8))["concatenated"] is None
    assert tensor_shapes.unet_shape((8, 32, 32), 2) == (64, 8, 8)
    with pytest.raises(ValueError, match="not inside an array"):
        tensor_shapes.flat_index((3,), (3,))
    with pytest.raises(ValueError, match="cannot be split into heads"):
        tensor_shapes.head_shapes(1, 2, 10, 4)
