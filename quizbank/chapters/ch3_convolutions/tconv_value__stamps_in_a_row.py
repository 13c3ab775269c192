"""A transposed convolution of a short vector by hand."""

import numpy as np

from grader.kinds.matrix import Matrix
from grader.kinds.number import Number
from quizbank import Figure, Question, integers, one_of, part, slip
from quizbank.usual import under
from solvers.convolution import correlate_row, spread_row, spread_row_steps
from solvers.drawing.canvas import indexed
from solvers.drawing.grid import Grid, grids
from solvers.worked import Step

question = Question(
    "ch3.tconv_value",
    title="A transposed convolution by hand",
    section="III.2.f",
    points=4,
    difficulty=2,
    minutes=5,
    topics=("transposed convolution", "stride"),
    x=integers(-2, 4, shape=(3,), nonzero=True),
    w=integers(-2, 3, shape=(3,)),
    s=one_of(1, 2),
    text=r"""
A transposed convolution in one dimension has the stride $<<s>>$ and no padding. Every input entry lays the kernel, times its value, on the
output; the stamps begin $<<s>>$ apart, and where they overlap they add up. Input and kernel are

$$x = <<x>>, \qquad w = <<w>> .$$
""",
    hints=(
        "Write the three stamps below each other, each shifted by the stride.",
        "Then add the columns.",
    ),
)


def where(x, w, s):
    """Keep kernels that are not symmetric, and outputs that show how they were made."""
    return (
        np.count_nonzero(w) >= 2 and w[0] != w[2] and x[0] != x[2] and np.count_nonzero(spread_row(x, w, s)) >= 4
    )


def figure(x, w, s):
    """Input and kernel, and where the first two stamps lie."""
    first, second = ([indexed("x", i) + indexed("w", j) for j in (1, 2, 3)] for i in (1, 2))
    stamps = [first + [None] * s, [None] * s + second]
    return Figure(
        grids((Grid("x", [x]), Grid("w", [w]), Grid("", stamps, rows=("1st stamp", "2nd stamp")))),
        f"Input and kernel as rows of cells; beside them the first two stamps, the second begins {s} further right than the first.",
    )


def work(x, w, s):
    """Count the places, then stamp."""
    length = Step("The last stamp begins two strides from the left and is as long as the kernel.", "(n - 1) s + k",
                  rf"2 \cdot {s} + 3", f"{2 * s + 3}", "length")  # fmt: skip
    return (length, *under("y", spread_row_steps(x, w, s)))


def check(x, w, s):
    """The engine's layer; and as the transpose of the matrix of a convolution."""
    from solvers.engine.layers.conv1d import conv1d

    size = next(n for n in range(3, 20) if len(range(0, n - 2, s)) == 3)
    rows = [conv1d(unit[None, None], w[None, None].astype(float), stride=s)[0, 0] for unit in np.eye(size)]
    return {"length": size, "y": np.array(rows) @ x}


@part("How many entries has the output?", Number(integer=True))
def length(x, w, s):
    return (len(x) - 1) * s + len(w)


@slip(length, "This is the length after an ordinary convolution without padding.", credit=0.25)
def shorter(x, w, s):
    return (len(x) - len(w)) // s + 1


@slip(length, "Stamps overlap: they begin one stride apart, not one kernel.", credit=0.25)
def side_by_side(x, w):
    return len(x) * len(w)


@slip(length, "Between three stamps there are two strides.", credit=0.5)
def three_strides(x, w, s):
    return len(x) * s + len(w)


@part("The output $y$.", Matrix(integer=True, hide_shape=True), points=3)
def y(x, w, s):
    return spread_row(x, w, s)


@slip(y, "The kernel was flipped: each entry lays it down as it is printed.", credit=0.5)
def flipped(x, w, s):
    return spread_row(x, w[::-1], s)


@slip(
    y, "This is an ordinary convolution of the padded input; the stamps have to be laid down instead.", credit=0.25
)
def correlated(x, w, s):
    return correlate_row(spread_row(x, np.array([1]), s), w, padding=2)


@slip(y, "Stamps that overlap add up; here the later one covers the earlier.", credit=0.25)
def covered(x, w, s):
    result = np.zeros(2 * s + 3)
    for place, value in enumerate(x):
        result[place * s : place * s + 3] = value * w
    return result
