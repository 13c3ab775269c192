"""How far the output moves when the input moves."""

from math import prod

import numpy as np

from grader.kinds.number import Number
from quizbank import Question, derived, integers, one_of, part, slip
from quizbank.usual import under
from solvers.shapes import shifted_output, shifted_output_steps
from solvers.worked import Step

question = Question(
    "ch3.equivariance",
    title="When the input moves",
    section="III",
    points=3,
    difficulty=2,
    minutes=4,
    topics=("equivariance", "stride"),
    s1=one_of(1, 2, 3),
    s2=one_of(1, 2, 4),
    s3=one_of(1, 2, 3),
    strides=derived(lambda s1, s2, s3: (s1, s2, s3)),
    moved=integers(2, 9),
    shift=derived(lambda moved, s1, s2, s3: moved * s1 * s2 * s3),
    further=integers(3, 12),
    text=r"""
Three convolution layers with the strides $<<s1>>$, $<<s2>>$ and $<<s3>>$ follow each other. The object in the image moves to the right;
borders are ignored.
""",
    hints=(
        "How many input pixels lie between two neighbouring pixels of the output?",
        "Convolution is equivariant: what moves at the input moves at the output.",
    ),
)


def where(strides):
    """Keep stacks in which at least two strides are larger than 1."""
    return sum(stride > 1 for stride in strides.tolist()) >= 2


def work(shift, further, strides):
    """The product of the strides is the exchange rate."""
    total = prod(strides.tolist())
    return (
        *under("out", shifted_output_steps(shift, strides.tolist())),
        Step("The output moves by whole pixels only when the input moves by a multiple of this product; for less the values change "
             "in another way.", r"\prod_l s_l", r" \cdot ".join(map(str, strides)), f"{total}", "least"),
        Step("The other way round: output pixels times the product.", "", rf"{further} \cdot {total}", f"{further * total}", "needed"),
    )  # fmt: skip


def check(shift, further, strides):
    """Send a random row through three layers, and look by how much the output has moved when the row moves."""
    row = np.random.default_rng(5).normal(size=(further + 1) * prod(strides.tolist()) + shift + 60)

    def response(values):
        for stride in strides.tolist():
            values = (values[:-1] + 2 * values[1:])[::stride]
        return values

    still = response(row)

    def moved(by):
        """Give the pixels by which the output has moved, or None if its values are others."""
        seen = response(row[by:])[:3]
        return next((at for at in range(len(still) - 2) if np.allclose(seen, still[at : at + 3])), None)

    least = next(by for by in range(1, 99) if moved(by) is not None)
    needed = next(by for by in range(0, len(row), least) if moved(by) == further)
    return {"out": moved(shift), "least": least, "needed": needed}


@part(
    "The object moves by $<<shift>>$ pixels. By how many of its own pixels does the response in the last map move?",
    Number(integer=True, unit="pixels"),
)
def out(shift, strides):
    return shifted_output(shift, strides.tolist())


@slip(out, "A pixel of the last map stands for several input pixels: divide by the strides.")
def unchanged(shift):
    return shift


@slip(out, "Convolution is equivariant, not invariant: the response moves along.")
def still():
    return 0


@slip(out, "The strides multiply; here they were added.", credit=0.5)
def added(shift, strides):
    return shift // sum(strides.tolist())


@part("What is the smallest movement of the input, in pixels, by which the last map moves as a whole without changing its values?",
      Number(integer=True, unit="pixels"))  # fmt: skip
def least(strides):
    return prod(strides.tolist())


@slip(least, "The strides multiply; here they were added.", credit=0.5)
def sum_of_strides(strides):
    return sum(strides.tolist())


@slip(least, "The earlier layers have strides, too.", credit=0.25)
def last_stride(s3):
    return s3


@slip(least, "Only layers with stride 1 follow every single pixel.")
def one_pixel():
    return 1


@part("By how many pixels must the object move so that its response moves by $<<further>>$?", Number(integer=True, unit="pixels"))
def needed(further, least):
    return further * least


@slip(needed, "This many output pixels stand for more input pixels.")
def same(further):
    return further


@slip(needed, "The strides multiply; here they were added.", credit=0.5)
def times_sum(further, strides):
    return further * sum(strides.tolist())
