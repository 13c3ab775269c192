"""A least-squares line by the normal equation."""

import numpy as np

from grader.kinds.matrix import Matrix
from grader.kinds.number import Number
from quizbank import Figure, Question, integers, part, slip
from solvers.arrays import signed
from solvers.drawing.plot import Axes, Curve, plots
from solvers.regression import least_squares_steps
from solvers.worked import Step

question = Question(
    "ch2.body.closed_form",
    also=("ch2.linreg_fit",),
    title="Fitting a line in one step",
    section="II.4",
    points=5,
    difficulty=2,
    minutes=8,
    topics=("linear regression", "normal equation"),
    x=integers(-2, 5, shape=(1, 4), distinct=True),
    y=integers(-3, 9, shape=(1, 4)),
    at=integers(6, 9),
    text=r"""
The line $\hat y = wx + b$ is fitted to four points, $x = <<x>>$ and $y = <<y>>$, so that the sum of the squared residuals is as small as possible. For the
closed form, $X$ is the matrix with the points' $x$ in its first column and ones in its second, and

$$\begin{bmatrix} w \\ b \end{bmatrix} = (X^\top X)^{-1} X^\top Y .$$
""",
    hints=(
        r"$X^\top X$ is a $2 \times 2$ matrix of sums.",
        "Two equations with two unknowns are left.",
    ),
)


def where(x, y, fit):
    """Keep points off a line, in no order that would make the ends special, and fits with humane numbers."""
    n, total, squares = x.size, x.sum(), (x**2).sum()
    fine = 100 % int(n * squares - total**2) == 0 or (n * squares - total**2) in (20, 40, 56, 80)
    return fine and total != 0 and (abs(fit) > 0.05).all() and abs(np.ptp(y)) > 2


def figure(x, y):
    """The points, without the line."""
    points = Curve(list(zip(x[0], y[0], strict=True)), joined=False)
    axes = Axes("", (points,), (-3, -1, 1, 3, 5, 7, 9), (-4, -2, 0, 2, 4, 6, 8, 10), "x")
    return Figure(
        plots((axes,), 280, 150),
        "The four points in a plane, x to the right and y upwards; the line is not drawn.",
    )


def in_line(formula):
    """Write the weights as the column of w and b, and the targets as the question does."""
    column = r"\begin{bmatrix} w \\ b \end{bmatrix}"
    return formula.replace("X w", f"X {column}").replace("w = (", f"{column} = (").replace(" y", " Y").replace("X^T", r"X^\top")


def work(x, y, at, gram, rhs, prediction, fit):
    """The matrix, the right-hand side, the solution."""
    names = {"XX": "gram", "Xy": "rhs"}
    squares, total, products, heights = (int(value) for value in (*gram[0], *rhs.ravel()))
    return (
        *(Step(s.reason, in_line(s.formula), s.numbers, s.result, names.get(s.name, ""), s.shapes) for s in least_squares_steps(x[0], y[0]).steps[:-1]),
        Step("Two equations with two unknowns. Eliminate $b$: four times the first equation less the sum of the $x$ times the second.",
             rf"{squares} w {total:+} b = {products}, \quad {total} w + 4 b = {heights}", "",
             rf"w = \frac{{4 \cdot {signed(products)} - {signed(total)} \cdot {signed(heights)}}}{{4 \cdot {squares} - {signed(total)}^2}} = {fit[0]:.6g}", "fit"),
        Step("The second equation then gives the intercept.", "b",
             rf"\frac{{{heights} - {signed(total)} \cdot {signed(fit[0])}}}{{4}}", f"{fit[1]:.6g}", "fit"),
        Step("Put the new point into the line.", r"w x + b", rf"{fit[0]:.6g} \cdot {at} {fit[1]:+.6g}", f"{prediction:.6g}", "prediction"),
    )  # fmt: skip


def check(x, y, at):
    """Slope and intercept from means and covariances, sums one by one."""
    points = list(zip(x[0].tolist(), y[0].tolist(), strict=True))
    mean_x, mean_y = sum(a for a, _ in points) / 4, sum(b for _, b in points) / 4
    w = sum((a - mean_x) * (b - mean_y) for a, b in points) / sum((a - mean_x) ** 2 for a, _ in points)
    b = mean_y - w * mean_x
    return {
        "gram": [[sum(a * a for a, _ in points), sum(a for a, _ in points)], [sum(a for a, _ in points), 4]],
        "rhs": [sum(a * c for a, c in points), sum(c for _, c in points)],
        "fit": [w, b],
        "prediction": w * at + b,
    }


@part(r"$X^\top X$.", Matrix(integer=True, hide_shape=True))
def gram(x):
    X = np.stack([x[0], np.ones(4)], axis=1)
    return X.T @ X


@slip(gram, "The column of ones is missing: without it there is no $b$.", credit=0.25)
def no_ones(x):
    return (x**2).sum(keepdims=True)


@slip(gram, r"This is $X X^\top$, which compares points; the normal equation compares columns.", credit=0.25)
def other_product(x):
    X = np.stack([x[0], np.ones(4)], axis=1)
    return X @ X.T


@part(r"$X^\top Y$.", Matrix(integer=True))
def rhs(x, y):
    return [[(x * y).sum()], [y.sum()]]


@slip(rhs, "The second entry is the column of ones times $Y$: the sum of the $y$, not of the $x$.", credit=0.5)
def sum_of_x(x, y):
    return [[(x * y).sum()], [x.sum()]]


@slip(rhs, "These are the sums; the first column weighs every $y$ with its $x$.", credit=0.25)
def sums(x, y):
    return [[x.sum()], [y.sum()]]


@part("$w$ and $b$, in this order.", Matrix(decimals=2), points=2)
def fit(gram, rhs):
    return np.linalg.solve(gram, rhs)[:, 0]


@slip(fit, "This is the slope of a line through the origin: the column of ones is missing.", credit=0.25)
def through_origin(x, y):
    return [(x * y).sum() / (x**2).sum(), 0]


@slip(
    fit, "The intercept is the mean of $y$ less $w$ times the mean of $x$; here nothing was taken off.", credit=0.5
)
def mean_as_intercept(x, y, fit):
    return [fit[0], y.mean()]


@slip(fit, "This line joins two of the points; all four have to count.", credit=0.25)
def through_ends(x, y):
    first, last = x[0].argmin(), x[0].argmax()
    w = (y[0, last] - y[0, first]) / (x[0, last] - x[0, first])
    return [w, y[0, first] - w * x[0, first]]


@part("What does the line predict at $x = <<at>>$?", Number(decimals=2))
def prediction(fit, at):
    return fit[0] * at + fit[1]


@slip(prediction, "The intercept is missing.", credit=0.25)
def no_intercept(fit, at):
    return fit[0] * at


@slip(prediction, "Slope and intercept are exchanged.", credit=0.25)
def exchanged(fit, at):
    return fit[1] * at + fit[0]
