"""k-means by hand: assignment, new centroids, inertia.

Points are numbers or rows of coordinates; distances are Euclidean, a tie goes to the first centroid. Each `…_steps`
function returns the working, the function beside it only the values.
"""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from solvers.arrays import Array, real, show, signed, total
from solvers.worked import Step, Worked, worked


def kmeans(points: ArrayLike, centroids: ArrayLike, iterations: int = 1) -> dict[str, Any]:
    """Labels (counted from 0) and new centroids after at most so many iterations; an empty cluster stays put.

    >>> found = kmeans([1, 2, 9], [0, 10])
    >>> found["labels"].tolist(), found["centroids"].tolist()
    ([0, 0, 1], [1.5, 9.0])
    """
    x, c = _rows(points), _rows(centroids)
    if x.shape[1] != c.shape[1]:
        raise ValueError(f"points have {x.shape[1]} coordinates, centroids {c.shape[1]}: they must be equal")
    if iterations < 1:
        raise ValueError(f"expected at least 1 iteration, got {iterations}")
    for _ in range(iterations):
        labels = _nearest(x, c)
        c = np.array([x[labels == k].mean(axis=0) if (labels == k).any() else c[k] for k in range(len(c))])
    return {"labels": labels, "centroids": c.reshape(np.shape(centroids))}


def kmeans_steps(points: ArrayLike, centroids: ArrayLike, iterations: int = 1) -> Worked:
    """Work out so many iterations of k-means; the names are those of the last one."""
    steps: list[Step] = []
    here = centroids
    for count in range(1, iterations + 1):
        found = kmeans(points, here)
        now = [*_assignments(_rows(points), _rows(here)), *_moves(_rows(points), _rows(here), found["labels"])]
        if count < iterations:
            now = [replace(step, name="", reason=f"Iteration {count}. {step.reason}") for step in now]
        steps += now
        here = found["centroids"]
    return worked(kmeans(points, centroids, iterations), steps)


def inertia(points: ArrayLike, labels: ArrayLike) -> float:
    """Squared distances of all points to the mean of their own cluster, added up.

    >>> inertia([1, 3, 10], [0, 0, 1])
    2.0
    """
    return float(sum(_scatter(members) for members in _clusters(points, labels)))


def inertia_steps(points: ArrayLike, labels: ArrayLike) -> Worked:
    """Work out the within-cluster sum of squares."""
    value, steps = inertia(points, labels), []
    for k, members in enumerate(_clusters(points, labels), 1):
        mean = members.mean(axis=0)
        steps += [
            Step(f"Cluster {k}: its mean.", r"\mu_k = \frac{1}{N_k} \sum x", _mean(members), show(_plain(mean)), f"mean{k}"),
            Step(f"Cluster {k}: the squared distances from its mean.", r"\sum \|x - \mu_k\|^2",
                 " + ".join(_distance(x, mean) for x in members), show(_scatter(members)), f"scatter{k}"),
        ]  # fmt: skip
    parts = [_scatter(members) for members in _clusters(points, labels)]
    return worked(value, (*steps, Step("All clusters together.", "", total(parts), show(value), "inertia")))


def _assignments(x: Array, c: Array) -> list[Step]:
    labels, squares = _nearest(x, c), _distances(x, c)
    return [
        Step(f"Point {i + 1} goes to centre {labels[i] + 1}, from which its squared distance is least.",
             r"\|x - c_k\|^2", r",\; ".join(_distance(point, one) for one in c), show(squares[i]), f"point{i + 1}")
        for i, point in enumerate(x)
    ]  # fmt: skip


def _moves(x: Array, c: Array, labels: NDArray[np.int_]) -> list[Step]:
    steps = []
    for k, old in enumerate(c):
        members, name = x[labels == k], f"centroid{k + 1}"
        if len(members):
            steps.append(Step(f"Centre {k + 1} moves to the mean of its points.", r"c_k = \frac{1}{N_k} \sum x",
                              _mean(members), show(_plain(members.mean(axis=0))), name))  # fmt: skip
        else:
            steps.append(Step(f"Centre {k + 1} has no points and stays.", "", "", show(_plain(old)), name))
    return steps


def _nearest(x: Array, c: Array) -> NDArray[np.int_]:
    return np.asarray(_distances(x, c).argmin(axis=1))


def _rows(points: ArrayLike) -> Array:
    points = real(points, "the points")
    return points.reshape(-1, 1) if points.ndim < 2 else points


def _plain(row: Array) -> Array:
    return np.asarray(row[0] if row.size == 1 else row)


def _distances(x: Array, c: Array) -> Array:
    return np.asarray(((x[:, None] - c[None]) ** 2).sum(axis=2))


def _scatter(members: Array) -> float:
    return float(((members - members.mean(axis=0)) ** 2).sum())


def _clusters(points: ArrayLike, labels: ArrayLike) -> list[Array]:
    x, k = _rows(points), np.asarray(labels)
    if len(k) != len(x):
        raise ValueError(f"there must be one label for each of {len(x)} points, got {len(k)}")
    return [x[k == label] for label in np.unique(k)]


def _distance(x: Array, c: Array) -> str:
    return " + ".join(f"({show(a)} - {signed(b)})^2" for a, b in zip(x, c, strict=True))


def _mean(members: Array) -> str:
    parts = [rf"\frac{{{total(column)}}}{{{len(members)}}}" for column in members.T]
    return parts[0] if len(parts) == 1 else rf"\left({', '.join(parts)}\right)"
