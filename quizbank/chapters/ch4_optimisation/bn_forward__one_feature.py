"""Batch norm of one feature over a batch."""

from fractions import Fraction

import numpy as np

from grader.kinds.matrix import Matrix
from grader.kinds.number import Number
from quizbank import Question, integers, one_of, part, slip
from solvers.engine.layers.batchnorm import Batchnorm
from solvers.norms import batch_norm_steps

question = Question(
    "ch4.bn_forward",
    title="Batch norm of one feature",
    section="IV.2.e",
    points=4,
    difficulty=2,
    minutes=6,
    topics=("batch norm",),
    x=integers(-6, 12, shape=(4,)),
    gamma=one_of(0.5, 2, 3),
    beta=integers(-3, 3, nonzero=True),
    text=r"""
In a batch of four samples one feature has the values $x = <<x>>$. Batch norm in training computes

$$\hat x = \frac{x - \mu}{\sqrt{\sigma^2 + \varepsilon}}, \qquad y = \gamma \hat x + \beta, \qquad \gamma = <<gamma>>, \quad \beta = <<beta>>,$$

with the batch's mean $\mu$, its population variance $\sigma^2$ (divided by the number of samples) and an ε so small that it can be left out. A calculator may be used.
""",
    hints=(
        "Mean first, then the mean of the squared deviations.",
        "Divide by the standard deviation, not by the variance.",
    ),
)


def where(x):
    """Keep a whole mean and a spread that is felt."""
    return x.sum() % 4 == 0 and x.var() > 1.5


def work(x, gamma, beta):
    """Statistics, normalisation, scale and shift."""
    return batch_norm_steps(x, gamma, beta)


def check(x, gamma, beta):
    """Exact fractions for the statistics, the engine's layer for the rest."""
    values = [Fraction(v) for v in x.tolist()]
    mean = sum(values) / 4
    params = {"gamma": np.array([gamma], float), "beta": np.array([beta], float)}
    (y,), _ = Batchnorm(eps=0.0).forward(params, x[:, None].astype(float))
    (x_hat,), _ = Batchnorm(eps=0.0).forward({}, x[:, None].astype(float))
    return {
        "mean": float(mean),
        "variance": float(sum((v - mean) ** 2 for v in values) / 4),
        "x_hat": x_hat[:, 0],
        "y": y[:, 0],
    }


@part(r"The mean $\mu$.", Number(decimals=2), points=0.5)
def mean(x):
    return x.mean()


@slip(mean, "This is the sum; divide by the number of samples.", credit=0.25)
def total(x):
    return x.sum()


@slip(mean, "This is the median; the mean adds all values up.")
def median(x):
    return np.median(x)


@part(r"The variance $\sigma^2$.", Number(decimals=2))
def variance(x, mean):
    return ((x - mean) ** 2).mean()


@slip(
    variance,
    "This divides by one less than the number of samples; batch norm uses the population variance.",
    credit=0.5,
)
def sample_variance(x):
    return x.var(ddof=1)


@slip(variance, "This is the mean square; take the mean off first.", credit=0.25)
def mean_square(x):
    return (x**2).mean()


@slip(variance, "This is the standard deviation; the variance is its square.", credit=0.5)
def deviation(x):
    return x.std()


@part(r"The normalised values $\hat x$.", Matrix(decimals=3), points=1.5)
def x_hat(x, mean, variance):
    return (x - mean) / np.sqrt(variance)


@slip(x_hat, "This divides by the variance; the root is missing.", credit=0.25)
def by_variance(x, mean, variance):
    return (x - mean) / variance


@slip(x_hat, "The values are centred but not divided by the standard deviation.", credit=0.25)
def centred_only(x, mean):
    return x - mean


@slip(x_hat, "The mean was not taken off.", credit=0.25)
def not_centred(x, variance):
    return x / np.sqrt(variance)


@part("The output $y$.", Matrix(decimals=3))
def y(x_hat, gamma, beta):
    return gamma * x_hat + beta


@slip(y, "This scales and shifts the raw values; the layer does it to the normalised ones.", credit=0.25)
def raw(x, gamma, beta):
    return gamma * x + beta


@slip(y, "Scale and shift are exchanged.", credit=0.25)
def exchanged(x_hat, gamma, beta):
    return beta * x_hat + gamma


@slip(y, "The shift comes after the scaling and is not scaled itself.", credit=0.5)
def shifted_first(x_hat, gamma, beta):
    return gamma * (x_hat + beta)
