"""How much variance the first principal component keeps."""

import numpy as np

from grader.kinds.number import Number
from quizbank import Question, integers, part, slip
from quizbank.usual import under
from solvers.pca import components, kept_share_steps

question = Question(
    "ch1.pca_ratio",
    title="What the first principal component keeps",
    section="I.3",
    points=3,
    difficulty=2,
    minutes=5,
    topics=("PCA", "dimensionality reduction"),
    v1=integers(2, 12),
    v2=integers(1, 11),
    c=integers(-6, 6, nonzero=True),
    text=r"""
Two centred features have the covariance matrix

$$C = \begin{bmatrix} <<v1>> & <<c>> \\ <<c>> & <<v2>> \end{bmatrix} .$$

The data is reduced to one dimension by principal component analysis. A calculator may be used.
""",
    hints=(
        "The variances along the components are the eigenvalues of $C$.",
        "For a 2 × 2 matrix they follow from trace and determinant.",
    ),
)


def where(v1, v2, c):
    """Keep proper covariance matrices with a clear first component."""
    return v1 * v2 - c * c > 0 and v1 != v2


def work(v1, v2, c):
    """Eigenvalues, then the share of the larger one."""
    steps = kept_share_steps([[v1, c], [c, v2]]).steps
    return (*under("largest", steps[:2]), *under("share", steps[2:]))


def check(v1, v2, c):
    """Turn a direction through half a circle in small steps, and refine where the variance is largest."""

    def variance(angle):
        return v1 * np.cos(angle) ** 2 + 2 * c * np.cos(angle) * np.sin(angle) + v2 * np.sin(angle) ** 2

    low, high = 0.0, np.pi
    for _ in range(12):
        angles = np.linspace(low, high, 41)
        best = angles[variance(angles).argmax()]
        low, high = best - (high - low) / 40, best + (high - low) / 40
    return {"largest": variance(best), "share": variance(best) / (v1 + v2)}


@part("The variance of the data along the first principal component.", Number(decimals=2), points=2)
def largest(v1, v2, c):
    return components([[v1, c], [c, v2]])["variances"].max()


@slip(
    largest,
    "This is the larger variance of a single feature; the component is a combination of both.",
    credit=0.25,
)
def larger_feature(v1, v2):
    return max(v1, v2)


@slip(largest, "This is the variance along the second component.", credit=0.5)
def smallest(v1, v2, c):
    return components([[v1, c], [c, v2]])["variances"].min()


@part("The share of the whole variance that it keeps.", Number(decimals=3))
def share(largest, v1, v2):
    return largest / (v1 + v2)


@slip(share, "Shares are taken of variances, not of standard deviations.", credit=0.25)
def of_deviations(largest, v1, v2):
    rest = max(v1 + v2 - largest, 0)
    return np.sqrt(largest) / (np.sqrt(largest) + np.sqrt(rest))


@slip(share, "This is the share that is lost.", credit=0.5)
def lost(largest, v1, v2):
    return 1 - largest / (v1 + v2)
