"""A loss that adds the features and averages the samples, against the mean over everything."""

import numpy as np

from grader.kinds.matrix import Matrix
from grader.kinds.number import Number
from quizbank import Question, integers, one_of, part, slip
from solvers.arrays import show
from solvers.worked import Step

question = Question(
    "s1.loss",
    also=("s1.loss_scale",),
    title="Sum over features, mean over samples",
    section="second document",
    points=5,
    difficulty=2,
    minutes=6,
    topics=("losses", "NumPy", "gradient"),
    rows=one_of(2, 4),
    T=integers(-2, 3, shape=("rows", 3)),
    Y=integers(-2, 3, shape=("rows", 3)),
    text=r"""
A script measures its outputs against their targets, one sample a row, with `np.square(T - Y).sum(1).mean()`. The arrays are

$$T = <<T>>, \qquad Y = <<Y>> .$$
""",
    hints=(
        "`sum(1)` adds along each row; `mean()` then averages what is left.",
        "How many numbers are left after `sum(1)`, and how many were there before?",
    ),
)


def where(T, Y):
    """Keep residuals that differ from row to row, not all of one size."""
    squares = (T - Y) ** 2
    return len(np.unique(squares)) >= 3 and np.all(squares.sum(axis=1) > 0) and (T - Y)[0, 0] != 0


def work(T, Y):
    """Square, add along rows, average; then divide by everything; then the slope."""
    rows, columns = T.shape
    sums = ((T - Y) ** 2).sum(axis=1)
    slope = 2 / rows * (Y - T)
    return (
        Step("The squared differences.", r"(T - Y)^2", "", show((T - Y) ** 2), "script"),
        Step("Added along each row, one number a sample.", "", "", show(sums), "script"),
        Step("Their mean.", r"\frac{1}{N} \sum_i \sum_j (t_{ij} - y_{ij})^2",
             rf"\frac{{{' + '.join(map(str, sums))}}}{{{rows}}}", show(sums.mean()), "script"),
        Step(f"The mean over all entries divides by the {columns} features as well.",
             r"\frac{1}{N D} \sum_i \sum_j (t_{ij} - y_{ij})^2", rf"\frac{{{sums.sum()}}}{{{rows} \cdot {columns}}}",
             show(round(sums.sum() / T.size, 4)), "mean"),
        Step("Each entry stands in one square, which is divided by the number of samples; the inner derivative of $t - y$ is $-1$.",
             r"\frac{\partial L}{\partial Y} = \frac{2}{N} (Y - T)", rf"\frac{{2}}{{{rows}}} {show(Y - T)}", show(slope), "dY"),
    )  # fmt: skip


def check(T, Y):
    """NumPy as the script writes it; a plain loop; differences, exact for squares."""

    def loss(Y):
        return np.square(T - Y).sum(1).mean()

    bumps = np.eye(T.size).reshape(T.size, *T.shape)
    entries = [(t - y) ** 2 for t, y in zip(T.flat, Y.flat, strict=True)]
    slopes = [(loss(Y + bump) - loss(Y - bump)) / 2 for bump in bumps]
    return {"script": loss(Y), "mean": sum(entries) / len(entries), "dY": np.reshape(slopes, T.shape)}


@part("The value that the script gives.", Number(decimals=2), points=2)
def script(T, Y):
    return ((T - Y) ** 2).sum() / len(T)


@slip(script, "This averages the features, too; the script adds them.", credit=0.5)
def over_everything(T, Y):
    return ((T - Y) ** 2).mean()


@slip(script, "`sum(1)` adds along each row; here the columns were added and their sums averaged.", credit=0.25)
def other_axis(T, Y):
    return ((T - Y) ** 2).sum() / T.shape[1]


@slip(script, "The mean over the samples is missing.", credit=0.25)
def all_added(T, Y):
    return ((T - Y) ** 2).sum()


@part("The mean squared error over all entries, to two decimals.", Number(decimals=2))
def mean(T, script):
    return script / T.shape[1]


@slip(mean, "The script has divided by the samples already; the features are still to be divided by.", credit=0.25)
def divided_twice(T, script):
    return script / len(T)


@slip(mean, "This is the root of it.", credit=0.25)
def root(T, script):
    return (script / T.shape[1]) ** 0.5


@part(r"The gradient $\partial L / \partial Y$ of the script's loss.", Matrix(decimals=1), points=2)
def dY(T, Y):
    return 2 / len(T) * (Y - T)


@slip(dY, "This is minus the gradient: if the output is above its target, raising it raises the loss.", credit=0.5)
def negated(T, Y):
    return 2 / len(T) * (T - Y)


@slip(dY, "The square's factor 2 is missing.", credit=0.5)
def no_two(T, Y):
    return (Y - T) / len(T)


@slip(dY, "The mean over the samples divides the gradient, too.", credit=0.5)
def undivided(T, Y):
    return 2 * (Y - T)
