"""Squared error, absolute error and Euclidean distance of the same residuals."""

import math

import numpy as np

from grader.kinds.matrix import Matrix
from grader.kinds.number import Number
from quizbank import Question, integers, part, slip
from solvers.engine.losses.mae import Mae
from solvers.engine.losses.mse import Mse
from solvers.losses import residual_loss_steps
from solvers.worked import Step

question = Question(
    "ch2.mse",
    title="Squared and absolute error",
    section="II.3.b",
    points=4,
    difficulty=1,
    minutes=5,
    topics=("losses", "regression"),
    y=integers(-3, 5, shape=(2, 3)),
    h=integers(-3, 5, shape=(2, 3)),
    text=r"""
A network with three outputs made predictions $\hat y$ for two samples, one a row; the targets are $y$.

$$\hat y = <<h>>, \qquad y = <<y>> .$$

MSE is the mean of the squared, MAE the mean of the absolute residuals, over all residuals and without further factors.
""",
    hints=("How many numbers are compared?", "Square first, then add up, then divide."),
)


def where(y, h):
    """Keep residuals of several sizes and both signs."""
    r = h - y
    return (
        len(set(abs(r).ravel().tolist())) >= 3
        and r.min() < 0 < r.max()
        and abs(r).sum() != (r**2).sum()
        and r.sum() != 0
    )


def work(y, h, distance):
    """Residuals, their squares, their sizes, and the length of the whole."""
    squared, absolute = residual_loss_steps(h, y).steps, residual_loss_steps(h, y, "absolute").steps
    return (
        *(Step(s.reason, s.formula, s.numbers, s.result, name) for s, name in zip(squared, ("residuals", "", "", "mse"), strict=True)),
        *(Step(s.reason, s.formula, s.numbers, s.result, "mae") for s in absolute[1:]),
        Step("The Euclidean distance is the root of the sum of squares: neither divided, nor the same as the MSE.",
             r"\sqrt{\sum_i r_i^2}", rf"\sqrt{{{((h - y) ** 2).sum()}}}", f"{distance:.6g}", "distance"),
    )  # fmt: skip


def check(y, h):
    """Use the engine's losses, and the length of a vector."""
    return {
        "residuals": [[int(h[n, m]) - int(y[n, m]) for m in range(3)] for n in range(2)],
        "mse": Mse().forward(y.astype(float), h.astype(float))[0],
        "mae": Mae().forward(y.astype(float), h.astype(float))[0],
        "distance": math.dist(h.ravel().tolist(), y.ravel().tolist()),
    }


@part(r"The residuals $\hat y - y$.", Matrix(integer=True), points=0.5)
def residuals(y, h):
    return h - y


@slip(residuals, "The signs are reversed: prediction minus target was asked.", credit=0.5)
def reversed_residuals(y, h):
    return y - h


@slip(residuals, "Residuals have a sign; the sizes come later.", credit=0.25)
def sizes(y, h):
    return abs(h - y)


@part("The MSE.", Number(decimals=2))
def mse(residuals):
    return (residuals**2).mean()


@slip(mse, "The mean has no factor ½ in this question.", credit=0.5)
def half(residuals):
    return (residuals**2).mean() / 2


@slip(mse, "This is the root of the MSE.", credit=0.25)
def root(residuals):
    return math.sqrt((residuals**2).mean())


@slip(mse, "This divides by the number of samples; six residuals were squared.", credit=0.5)
def by_samples(residuals):
    return (residuals**2).sum() / len(residuals)


@slip(mse, "This is the sum; the mean divides it by the number of residuals.", credit=0.25)
def total(residuals):
    return (residuals**2).sum()


@slip(mse, "Every residual is squared before the mean is taken.")
def squared_mean(residuals):
    return residuals.mean() ** 2


@part("The MAE.", Number(decimals=2))
def mae(residuals):
    return abs(residuals).mean()


@slip(mae, "Signs must not cancel: add up the sizes of the residuals.", credit=0.25)
def with_signs(residuals):
    return residuals.mean()


@slip(mae, "This divides by the number of samples; six residuals were added.", credit=0.5)
def mae_by_samples(residuals):
    return abs(residuals).sum() / len(residuals)


@part(
    "The Euclidean distance of the six predictions from their targets, taken as two points with six coordinates.",
    Number(decimals=2),
)
def distance(residuals):
    return np.sqrt((residuals**2).sum())


@slip(distance, "This is the MSE; the distance is the root of the sum of squares.")
def the_mse(residuals):
    return (residuals**2).mean()


@slip(
    distance, "This is the root of the mean; a distance does not divide by the number of coordinates.", credit=0.5
)
def root_mean(residuals):
    return np.sqrt((residuals**2).mean())


@slip(distance, "This is the Manhattan distance, which adds the sizes.", credit=0.25)
def manhattan(residuals):
    return abs(residuals).sum()
