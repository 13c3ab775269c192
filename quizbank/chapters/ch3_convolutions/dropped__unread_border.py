"""Rows and columns of a feature map that no window reads."""

import numpy as np

from grader.kinds.number import Number
from quizbank import Question, derived, integers, one_of, part, slip
from quizbank.usual import under
from solvers.shapes import unvisited, unvisited_steps
from solvers.worked import Step

question = Question(
    "ch3.dropped",
    title="The border that no window reads",
    section="III.1",
    points=4,
    revision=2,
    difficulty=2,
    minutes=5,
    topics=("convolution", "stride", "padding"),
    k=one_of(3, 4, 5, 7),
    s=one_of(2, 3, 4),
    p=one_of(0, 1, 2),
    H=integers(12, 40),
    V=integers(12, 40),
    height=derived(lambda H, p: H + 2 * p),
    text=r"""
A convolution with a $<<k>> \times <<k>>$ kernel and stride $<<s>>$ runs over a map of $<<H>>$ rows and $<<V>>$ columns. Before, $<<p>>$
rows or columns of zeros are added on every side. The first window lies in the upper left corner of the padded map, and a window that does
not fit entirely is dropped.
""",
    hints=(
        "After the first window, how many rows are left? How many whole strides do they make?",
        "What remains of the division is not read by any window.",
    ),
)


def where(H, V, k, s, p):
    """Keep windows without gaps that leave something over in both directions, not alike if more than one can be left."""
    left = unvisited(H, k, s, p), unvisited(V, k, s, p)
    return s <= k and p <= k // 2 and H != V and left[0] > 0 and left[1] > 0 and (left[0] != left[1] or s == 2)


def work(H, V, k, s, p):
    """The remainder along each side, then the area."""
    rows, columns = unvisited(H, k, s, p), unvisited(V, k, s, p)
    high, wide = H + 2 * p, V + 2 * p
    return (
        *under("rows", unvisited_steps(H, k, s, p)),
        Step("The next window begins one whole stride further; the rows left over are a part of it already.", "s - r",
             f"{s} - {rows}", f"{s - rows}", "extra"),
        Step(f"Along the width {columns} {'column is' if columns == 1 else 'columns are'} left over in the same way. What is read is a rectangle; the rest of the padded map "
             "is not.", r"H_p W_p - (H_p - r)(W_p - c)",
             rf"{high} \cdot {wide} - {high - rows} \cdot {wide - columns}",
             f"{high * wide - (high - rows) * (wide - columns)}", "unread"),
    )  # fmt: skip


def check(H, V, k, s, p):
    """Mark every entry that some window covers, and count the others."""
    high, wide = H + 2 * p, V + 2 * p

    def covered(high):
        seen = np.zeros((high, wide), bool)
        for top in range(0, high - k + 1, s):
            for left in range(0, wide - k + 1, s):
                seen[top : top + k, left : left + k] = True
        return seen

    seen = covered(high)
    windows = len(range(0, high - k + 1, s))
    extra = next(n for n in range(1, s + 1) if len(range(0, high + n - k + 1, s)) > windows)
    return {"rows": (~seen.any(axis=1)).sum(), "extra": extra, "unread": (~seen).sum()}


@part("How many rows at the bottom of the padded map are read by no window?", Number(integer=True))
def rows(H, k, s, p):
    return unvisited(H, k, s, p)


@slip(rows, "The first window takes <<k>> rows at once; the strides begin after it.", credit=0.25)
def whole_height(H, k, s, p):
    return (H + 2 * p) % s if k % s else None


@slip(rows, "These are the columns at the right; the rows were asked for.", credit=0.5)
def columns(V, k, s, p):
    return unvisited(V, k, s, p) if s > 2 else None


@slip(rows, "The rows that are left do matter: they do not make a whole stride, so no window reads them.")
def nothing_left():
    return 0


@part(
    "How many more rows of zeros at the bottom, at least, would give one more row of output?", Number(integer=True)
)
def extra(rows, s):
    return s - rows


@slip(extra, "These rows are there already; what is missing is the rest of a stride.", credit=0.25)
def remainder(rows, s):
    return rows if 2 * rows != s else None


@slip(extra, "A whole stride is not needed: some rows are left over already.", credit=0.25)
def whole_stride(s):
    return s


@part(
    "How many entries of the padded map, of <<height>> rows, are read by no window?",
    Number(integer=True),
    points=2,
)
def unread(rows, H, V, k, s, p):
    columns = unvisited(V, k, s, p)
    return (H + 2 * p) * (V + 2 * p) - (H + 2 * p - rows) * (V + 2 * p - columns)


@slip(unread, "The corner where unread rows and unread columns meet was counted twice.", credit=0.5)
def corner_twice(rows, H, V, k, s, p):
    return rows * (V + 2 * p) + unvisited(V, k, s, p) * (H + 2 * p)


@slip(unread, "This is only the corner where unread rows and unread columns meet.", credit=0.25)
def corner_only(rows, V, k, s, p):
    return rows * unvisited(V, k, s, p)


@slip(unread, "The unread columns at the right are missing.", credit=0.25)
def rows_only(rows, V, p):
    return rows * (V + 2 * p)
