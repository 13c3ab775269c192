"""What NumPy makes of a bias that is stored in one shape or another."""

import numpy as np

from grader.kinds.shape import Shape
from grader.kinds.single_choice import SingleChoice
from quizbank import Question, integers, part, slip, some_of
from solvers.tensor_shapes import broadcast_steps
from solvers.worked import Step

OUTCOMES = {
    "error": (
        "NumPy raises an error.",
        "No size of 1 meets the axis where the sizes differ, so there is nothing to repeat.",
    ),
    "same": (
        "It is $<<N>> \\times <<M>>$, with the bias in its place.",
        "Shapes are aligned at the right: the column's first axis meets the batch.",
    ),
    "square": (
        "It is $<<M>> \\times <<M>>$.",
        "That happens to a batch of one sample only, whose axis of size 1 is repeated.",
    ),
    "column": (
        "It is $<<M>> \\times 1$.",
        "Broadcasting never makes an array smaller.",
    ),
}

question = Question(
    "ch2.bias_broadcast",
    title="A bias in the wrong shape",
    section="II.1",
    points=4,
    difficulty=2,
    minutes=4,
    topics=("broadcasting", "shapes", "numpy"),
    N=integers(2, 40),
    M=integers(2, 40),
    order=some_of(4, "error", "same", "square", "column"),
    text=r"""
In NumPy an array `XW` of shape ($<<N>>$, $<<M>>$) holds one sample a row. A bias for the $<<M>>$ outputs is added by `XW + b`.
NumPy aligns two shapes at the right and repeats axes of size 1.
""",
    hints=(
        "Write the two shapes under each other, right ends together.",
        "Only an axis of size 1, or a missing one, is repeated.",
    ),
)


def where(N, M):
    """Keep the batch and the outputs apart."""
    return N != M


def work(N, M):
    """Align the shapes, axis by axis."""
    titles = {
        "flat": ((N, M), (M,)),
        "column": ((N, M), (M, 1)),
        "single": ((1, M), (M, 1)),
        "per_sample": ((N, M), (N, 1)),
    }
    return tuple(
        Step(step.reason, step.formula, step.numbers, step.result, name)
        for name, shapes in titles.items()
        for step in broadcast_steps(*shapes).steps
    )  # fmt: skip


def check(N, M):
    """Let NumPy add arrays of these shapes."""
    return {
        "flat": (np.zeros((N, M)) + np.zeros(M)).shape,
        "single": (np.zeros((1, M)) + np.zeros((M, 1))).shape,
        "per_sample": (np.zeros((N, M)) + np.zeros((N, 1))).shape,
    }


@part("The bias is stored with shape ($<<M>>$,). The shape of the result?", Shape())
def flat(N, M):
    return N, M


@slip(flat, "Nothing is stacked: the row is added to each of the <<N>> samples.")
def stacked(N, M):
    return N + 1, M


@slip(flat, "The bias is aligned at the right and repeated for every sample; the batch stays.")
def lost_batch(M):
    return 1, M


def outcomes(N, M, order) -> SingleChoice:
    """Show the outcomes in this order."""
    texts = [[text.replace("<<N>>", str(N)).replace("<<M>>", str(M)) for text in OUTCOMES[name]] for name in order]
    return SingleChoice(options=tuple(text for text, _ in texts), explanations=tuple(why for _, why in texts))


@part("The bias is stored as a column, with shape ($<<M>>$, 1). What is the result?", outcomes)
def column(order):
    return order.index("error")


@part(
    "The same column ($<<M>>$, 1) is added for a batch of one sample, so that `XW` is (1, $<<M>>$). The shape of the result?",
    Shape(),
)
def single(M):
    return M, M


@slip(
    single, "Here both arrays have an axis of size 1, and both are repeated: a mistake without an error message."
)
def as_meant(M):
    return 1, M


@slip(single, "The row's axis of size 1 is repeated, but so is the column's.", credit=0.25)
def column_kept(M):
    return M, 1


@part("By mistake the bias has the shape ($<<N>>$, 1). The shape of the result?", Shape())
def per_sample(N, M):
    return N, M


@slip(per_sample, "Broadcasting never makes an array smaller: the column is repeated for every output.")
def column_only(N):
    return N, 1


@slip(per_sample, "The axis of size 1 is repeated up to the size it meets, <<M>>, not up to the batch.")
def square_batch(N):
    return N, N
