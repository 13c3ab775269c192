"""k-means, principal components, regression, scaling and splits agree with brute force and independent routes."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from published import published

from solvers.data_split import (
    augmented_counts,
    batches,
    grid_search,
    matrix_memory,
    new_head,
    split_counts,
    updates,
)
from solvers.kmeans import inertia, kmeans
from solvers.pca import components, covariance, kept_share_steps, project, variance_along
from solvers.regression import boundary, least_squares, logistic, logistic_descent
from solvers.scaling import rescale, standardise

SEEDS = st.integers(0, 1000)


@settings(max_examples=30, deadline=None)
@given(SEEDS)
def test_k_means_never_raises_the_inertia_and_ends_at_the_best_assignment(seed):
    random = np.random.default_rng(seed)
    points = random.normal(size=(7, 2))
    centroids, scores = points[:2], []
    for _ in range(8):
        found = kmeans(points, centroids)
        scores.append(inertia(points, found["labels"]))
        centroids = found["centroids"]

    assert all(after <= before + 1e-12 for before, after in pairwise(scores))
    nearest = [min((0, 1), key=lambda k: ((p - centroids[k]) ** 2).sum()) for p in points]
    assert found["labels"].tolist() == nearest
    assert kmeans(points, points[:2], 8)["labels"].tolist() == found["labels"].tolist()


def test_two_clear_clusters_are_the_best_of_all_assignments():
    points = [1.0, 2.0, 1.5, 9.0, 10.0]
    best = min(product((0, 1), repeat=5), key=lambda labels: inertia(points, labels))
    found = kmeans(points, [1.0, 2.0], 10)["labels"].tolist()

    assert found in (list(best), [1 - label for label in best])


def test_an_empty_cluster_keeps_its_centroid():
    assert kmeans([1.0, 2.0], [1.5, 99.0])["centroids"].tolist() == [1.5, 99.0]


@settings(max_examples=30, deadline=None)
@given(SEEDS)
def test_the_first_component_is_the_direction_of_largest_variance(seed):
    X = np.random.default_rng(seed).normal(size=(9, 2)) @ [[2.0, 0.5], [0.0, 1.0]]
    angles = np.linspace(0, np.pi, 2001)
    swept = [variance_along(X, (np.cos(a), np.sin(a))) for a in angles]
    found = components(covariance(X))

    assert found["variances"][0] == pytest.approx(max(swept), rel=1e-5)
    assert found["variances"][1] == pytest.approx(min(swept), rel=1e-4)
    assert kept_share_steps(covariance(X)).value == pytest.approx(max(swept) / X.var(axis=0).sum(), rel=1e-5)


@settings(max_examples=30, deadline=None)
@given(SEEDS)
def test_the_projection_is_that_of_the_singular_values(seed):
    X = np.random.default_rng(seed).normal(size=(6, 3))
    centred = X - X.mean(axis=0)
    U, s, Vt = np.linalg.svd(centred, full_matrices=False)
    restored = U[:, :2] * s[:2] @ Vt[:2] + X.mean(axis=0)

    np.testing.assert_allclose(project(X, 2)["restored"], restored, atol=1e-10)
    np.testing.assert_allclose(covariance(X, sample=True), np.cov(X.T), atol=1e-12)


@settings(max_examples=30, deadline=None)
@given(SEEDS)
def test_least_squares_is_that_of_numpy_and_no_nudge_improves_it(seed):
    random = np.random.default_rng(seed)
    X, y = random.normal(size=(6, 2)), random.normal(size=6)
    w = least_squares(X, y)
    A = np.hstack([X, np.ones((6, 1))])

    np.testing.assert_allclose(w, np.linalg.lstsq(A, y)[0])
    for nudge in 0.01 * np.vstack([np.eye(3), -np.eye(3)]):
        assert ((A @ (w + nudge) - y) ** 2).sum() > ((A @ w - y) ** 2).sum()


def test_leaving_the_intercept_out_changes_the_line():
    x, y = [0.0, 1.0, 2.0, 3.0], [7.0, 9.0, 11.0, 13.0]

    np.testing.assert_allclose(least_squares(x, y), [2, 7])
    np.testing.assert_allclose(least_squares(x, y, intercept=False), np.dot(x, y) / np.dot(x, x))


def test_the_published_logistic_regression_comes_out():
    given, expected = published("deepml_106")
    found = logistic_descent(given["X_with_ones"], given["y"], given["lr"], given["steps"], mean=False)

    np.testing.assert_allclose(found["losses"], expected["losses"], rtol=1e-9)
    np.testing.assert_allclose(found["w"], expected["w"], rtol=1e-9)


@settings(max_examples=30, deadline=None)
@given(st.floats(0.2, 3), st.floats(-3, 3), st.floats(0.1, 0.9))
def test_the_boundary_is_where_the_decision_changes(w, b, threshold):
    x = boundary(w, b, threshold)

    assert logistic([w], b, [x])["probability"] == pytest.approx(threshold)
    assert [logistic([w], b, [x + shift], threshold)["decision"] for shift in (-0.01, 0.01)] == [0, 1]


def test_standardised_training_data_has_mean_zero_and_deviation_one():
    train = np.random.default_rng(0).normal(3, 2, size=(50, 3))
    z = standardise(train, train)

    np.testing.assert_allclose([z.mean(axis=0), z.std(axis=0)], [np.zeros(3), np.ones(3)], atol=1e-12)
    np.testing.assert_allclose(standardise(train, train, sample=True).std(axis=0, ddof=1), 1)


def test_rescaling_maps_the_ends_to_the_ends():
    assert rescale([-3, 7], -3, 7, (-1, 1)).tolist() == [-1, 1]
    assert rescale(2, -3, 7) == pytest.approx(0.5)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 500), st.integers(1, 70), st.integers(1, 4))
def test_batches_and_updates_are_counted_by_cutting_the_data(samples, size, epochs):
    cut = [list(range(samples))[start : start + size] for start in range(0, samples, size)]

    assert batches(samples, size) == {"batches": len(cut), "last": len(cut[-1])}
    assert updates(samples, size, epochs) == {"full": epochs, "minibatch": epochs * len(cut)}


@given(st.integers(10, 5000), st.sampled_from([(70, 15, 15), (60, 20, 20), (98, 1, 1), (34, 33, 33)]))
def test_every_sample_lands_in_exactly_one_part(samples, shares):
    counts = split_counts(samples, shares)

    assert sum(counts) == samples
    assert all(
        abs(count - samples * share / 100) < len(shares) for count, share in zip(counts, shares, strict=True)
    )


def test_counts_of_a_training_run_are_those_of_a_simulation():
    assert grid_search([3, 4, 2], 30) == {"runs": len(list(product(range(3), range(4), range(2)))), "hours": 12}
    assert matrix_memory(1000, 8, 4)["gigabytes"] == pytest.approx(np.zeros((1000, 8), np.float32).nbytes / 1e9)
    assert new_head(100, 7, 3) == {"trainable": np.zeros((7, 3)).size + 3, "total": 100 + 24}
    seen = np.random.default_rng(1).random((40, 500)) < 0.3
    assert augmented_counts(500, 0.3, 40)["transformed"] == pytest.approx(seen.sum(), rel=0.05)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: kmeans([[1, 2]], [1.0]), "points have 2 coordinates"),
        (lambda: kmeans([1.0], [1.0], 0), "at least 1 iteration"),
        (lambda: inertia([1, 2], [0]), "one label for each of 2 points"),
        (lambda: components([[1, 2], [0, 1]]), "must be symmetric"),
        (lambda: least_squares([[1, 2], [2, 4], [3, 6]], [1, 2, 3]), "not unique"),
        (lambda: boundary(0.0, 1.0), "a weight other than 0"),
        (lambda: standardise([1.0], [2.0, 2.0]), "constant"),
        (lambda: rescale(1.0, 2.0, 2.0), "above the lowest"),
        (lambda: split_counts(10, (50, 40)), "add up to 100"),
        (lambda: batches(0, 5), "at least 1"),
    ],
)
def test_impossible_values_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
