"""One iteration of k-means on a line, and how tight the clusters are."""

import numpy as np

from grader.kinds.matrix import Matrix
from grader.kinds.number import Number
from quizbank import Figure, Question, integers, part, slip
from quizbank.usual import under
from solvers.drawing.plot import number_line
from solvers.kmeans import inertia, inertia_steps, kmeans, kmeans_steps

question = Question(
    "ch1.kmeans_step",
    also=("ch1.kmeans_inertia",),
    title="One step of k-means",
    section="I.3",
    points=4,
    revision=2,
    difficulty=2,
    minutes=5,
    topics=("k-means", "unsupervised learning"),
    points_x=integers(0, 30, shape=(6,), distinct=True),
    start=integers(2, 28, shape=(1, 2), distinct=True),
    text=r"""
K-means with two clusters works on the points $<<points_x:list>>$ of the real line. The centres start at $<<start>>$, first and second in this order.
""",
    hints=("Each point goes to the nearer centre.", "A new centre is the mean of its points."),
)


def where(points_x, start):
    """Keep at least two points a cluster, none halfway between the centres."""
    gaps = np.abs(points_x[:, None] - start)
    owners = gaps.argmin(axis=1)
    return (gaps[:, 0] != gaps[:, 1]).all() and 2 <= owners.sum() <= 4


def figure(points_x, start):
    """The points and the centres on the real line."""
    marks = ("first centre", start[0, 0]), ("second centre", start[0, 1])
    return Figure(
        number_line(points_x, marks, range(0, 31, 5)),
        "The real line from 0 to 30 with a dot for each of the six points and a dashed mark for each of the two centres.",
    )


def work(points_x, start, centres):
    """Assign, average, then measure the scatter."""
    labels = np.abs(points_x[:, None] - start).argmin(axis=1)
    steps, scattered = kmeans_steps(points_x, start[0]).steps, inertia_steps(points_x, labels).steps
    count = len(points_x)
    return (
        *under("sizes", steps[:count]),
        *under("centres", steps[count:]),
        *under("scatter", [step for step in scattered if not step.name.startswith("mean")]),  # known from before
    )


def check(points_x, start):
    """Sort the points by hand, and search the best centres on a fine grid."""
    groups = [[p for p in points_x if abs(p - own) < abs(p - other)] for own, other in (start[0], start[0][::-1])]
    grid = np.arange(0, 30.0001, 0.05)
    scatter = [[sum((p - c) ** 2 for p in group) for c in grid] for group in groups]
    best = [np.polynomial.Polynomial.fit(grid, values, 2) for values in scatter]
    lowest = [fit.deriv().roots()[0].real for fit in best]
    return {
        "sizes": [len(group) for group in groups],
        "centres": lowest,
        "scatter": sum(fit(low) for fit, low in zip(best, lowest, strict=True)),
    }


@part("How many points go to the first and to the second centre?", Matrix(integer=True))
def sizes(points_x, start):
    labels = np.abs(points_x[:, None] - start).argmin(axis=1)
    return [[(labels == 0).sum(), (labels == 1).sum()]]


@slip(sizes, "The order is that of the centres: the first one first.", credit=0.5)
def swapped(sizes):
    return None if sizes[0, 0] == sizes[0, 1] else sizes[:, ::-1]


@slip(sizes, "Points go to the nearer centre; the clusters need not be equally large.")
def halves(sizes):
    return None if sizes[0, 0] == sizes[0, 1] else [[3, 3]]


@part("The new centres, first and second.", Matrix(decimals=2), points=2)
def centres(points_x, start):
    return kmeans(points_x, start[0])["centroids"].reshape(1, 2)


@slip(centres, "The order is that of the centres: the first one first.", credit=0.5)
def exchanged(centres):
    return centres[:, ::-1]


@slip(centres, "A centre is the mean of its points, not their median.", credit=0.25)
def medians(points_x, start):
    labels = np.abs(points_x[:, None] - start).argmin(axis=1)
    return [[np.median(points_x[labels == 0]), np.median(points_x[labels == 1])]]


@slip(centres, "The old centre is no point of its cluster; it does not enter the mean.", credit=0.25)
def old_counted(points_x, start):
    labels = np.abs(points_x[:, None] - start).argmin(axis=1)
    return [[np.append(points_x[labels == own], start[0, own]).mean() for own in (0, 1)]]


@part(
    "The sum of the squared distances of all points from the new centre of their cluster, before points are assigned anew.",
    Number(decimals=2),
)
def scatter(points_x, start):
    return inertia(points_x, np.abs(points_x[:, None] - start).argmin(axis=1))


@slip(scatter, "The distances are squared before they are added.", credit=0.25)
def absolute(points_x, start):
    labels = np.abs(points_x[:, None] - start).argmin(axis=1)
    return sum(np.abs(points_x[labels == own] - points_x[labels == own].mean()).sum() for own in (0, 1))


@slip(scatter, "Each point is compared with the centre of its own cluster, not with the mean of all.")
def global_mean(points_x):
    return ((points_x - points_x.mean()) ** 2).sum()
