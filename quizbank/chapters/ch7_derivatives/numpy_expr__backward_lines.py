"""One line of a backward pass in NumPy."""

from typing import NamedTuple

import numpy as np

from grader.kinds.numpy_program import NumpyProgram
from grader.kinds.shape import Shape
from quizbank import Question, derived, integers, one_of, part, slip
from solvers.worked import Step

SHAPES = {"x": "N D", "w": "D M", "b": "1 M", "dout": "N M", "s": "N M", "xn": "N M"}


class Line(NamedTuple):
    """What is asked, the code, the axes of its result, and a mistake with the axes that it leads to."""

    task: str
    code: str
    axes: str
    why: str
    mistake: str
    mistaken_axes: str
    remark: str
    terms: str


LINES = {
    "dx": Line("the gradient with respect to the input `x` of the affine layer", "dout @ w.T", "ND",
               "Each input collects from all outputs through its own weights.", "dout @ w", "DN",
               "The weights lead back from outputs to inputs: transpose them.", "nm,dm->nd"),
    "dw": Line("the gradient with respect to the weights `w` of the affine layer", "x.T @ dout", "DM",
               "Each weight collects input times upstream gradient over the samples.", "dout.T @ x", "MD",
               "This has the shape of the transposed weights.", "nd,nm->dm"),
    "db": Line("the gradient with respect to the bias `b` of the affine layer, as one row of shape (1, M)",
               "dout.sum(axis=0, keepdims=True)", "1M", "The bias is added to every sample, so the samples add up.",
               "dout.sum(axis=1, keepdims=True)", "N1", "The sum goes over the samples, which is axis 0.", "nm,no->om"),
    "dgamma": Line("the gradient with respect to the factors of batch normalisation, which multiply the columns of the normalised `xn`, as an "
                   "array with one axis", "(dout * xn).sum(axis=0)", "M", "Each factor multiplies one column, in every sample.",
                   "(dout * xn).sum(axis=1)", "N", "The sum goes over the samples, which is axis 0.", "nm,nm->m"),
    "dsigmoid": Line("the gradient with respect to the input of a sigmoid layer, from its kept output `s`", "dout * s * (1 - s)", "NM",
                     "An elementwise function multiplies its slope in entry by entry.", "s * (1 - s)", "MN",
                     "The upstream gradient is missing.", "nm,nm->nm"),
    "drelu": Line("the gradient with respect to the input of a ReLU layer, from its kept input `xn`", "dout * (xn > 0)", "NM",
                  "The gradient passes where the input was positive.", "(xn > 0) * 1.0", "MN", "The upstream gradient is missing.",
                  "nm,nm->nm"),
    "copies": Line("the matrix that broadcasting adds to `x @ w`, as a product of matrices with a column of ones",
                   "np.ones((len(x), 1)) @ b", "NM", "A column of ones times a row copies the row.", "b.T @ np.ones((1, len(x)))", "MN",
                   "This is the transpose: the copies stand side by side.", "no,om->nm"),
}  # fmt: skip


def sizes_of(letters, N, D, M):
    """The shape that letters stand for."""
    return tuple({"N": N, "D": D, "M": M, "1": 1}[letter] for letter in letters)


question = Question(
    "ch7.numpy_expr",
    title="A backward pass in NumPy, line by line",
    section="VII.1.c",
    points=3,
    difficulty=2,
    minutes=4,
    topics=("NumPy", "backpropagation", "matrix gradients"),
    what=one_of(*LINES),
    task=derived(lambda what: LINES[what].task),
    remark=derived(lambda what: LINES[what].remark),
    N=integers(2, 12),
    D=integers(13, 40),
    M=integers(41, 90),
    text=r"""
The affine layer $Y = XW + b$ of a network has $<<D>>$ inputs and $<<M>>$ outputs and meets $<<N>>$ samples. The arrays are `x` of shape
(N, D), `w` (D, M), `b` (1, M), and the upstream gradient `dout` (N, M); other layers of the network keep `s` or `xn`, both (N, M).
Wanted is <<task>>.
""",
    hints=(
        "A gradient has the shape of what it is taken for.",
        "`@` multiplies matrices, `*` multiplies entry by entry, `sum(axis=0)` adds over the samples.",
    ),
)


def work(what, N, D, M):
    """The shape first; it leaves few ways to put the arrays together."""
    sizes = ", ".join(map(str, sizes_of(LINES[what].axes, N, D, M)))
    code = LINES[what].code.replace("_", r"\_")
    return (
        Step("It is added to `x @ w` and has its shape." if what == "copies" else "A gradient has the shape of what it is taken for.", "", "", rf"({sizes}{',' if what == 'dgamma' else ''})", "shape"),
        Step(LINES[what].why, rf"\texttt{{{code}}}", name="program"),
    )  # fmt: skip


def check(what, N, D, M):
    """Let NumPy sum over the axes that do not stay."""
    sizes = {"n": N, "d": D, "m": M, "o": 1}
    arrays = [np.ones([sizes[axis] for axis in axes]) for axes in LINES[what].terms.split("->")[0].split(",")]
    return {"shape": np.einsum(LINES[what].terms, *arrays).shape}


@part("The shape of the result, in numbers.", Shape())
def shape(what, N, D, M):
    return sizes_of(LINES[what].axes, N, D, M)


@slip(
    shape, "The result has the axes of what it stands for; these belong to something else.", credit=0.25
)
def other_axes(what, N, D, M):
    return sizes_of(LINES[what].mistaken_axes, N, D, M)


@slip(shape, "The samples get no axis of their own here: they are summed over, or there already.", credit=0.25)
def batch_axis(shape, N):
    return N, *shape


def code(N, D, M) -> NumpyProgram:
    """An expression in the arrays named."""
    return NumpyProgram(shapes=SHAPES, sizes={"N": N, "D": D, "M": M}, ranges={"s": (0.0, 1.0)})


@part("One line of NumPy that computes it. It is tried on batches and layers of other sizes, too.", code, points=2)
def program(what):
    return LINES[what].code


@slip(program, "<<remark>>", credit=0.25)
def usual(what):
    return LINES[what].mistake
