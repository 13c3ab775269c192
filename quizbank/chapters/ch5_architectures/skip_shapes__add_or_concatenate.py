"""Adding or concatenating the feature maps that a skip connection joins."""

import numpy as np

from grader.kinds.number import Number
from grader.kinds.shape import Shape
from grader.kinds.true_false import TrueFalse
from quizbank import Question, one_of, part, slip
from quizbank.usual import under
from solvers.parameters import conv_parameters, conv_parameters_steps
from solvers.tensor_shapes import joined_shape
from solvers.typeset import shape as typeset_shape
from solvers.worked import Step

question = Question(
    "ch5.skip_shapes",
    title="Adding or concatenating",
    section="V.4",
    points=3,
    difficulty=1,
    minutes=4,
    topics=("skip connections", "shapes", "parameters"),
    B=one_of(2, 4, 8),
    a=one_of(16, 32, 64),
    b=one_of(16, 32, 64),
    H=one_of(12, 24, 48),
    M=one_of(10, 20, 40),
    text=r"""
A skip connection joins two tensors, given as (batch, channels, height, width):

$$<<B>> \times <<a>> \times <<H>> \times <<H>> \qquad \text{and} \qquad <<B>> \times <<b>> \times <<H>> \times <<H>> .$$
""",
    hints=(
        "Concatenation puts the channels side by side and leaves the other sizes.",
        "A sum needs a partner for every entry; an axis of length 1 would be repeated, others are not.",
    ),
)


def work(a, b, M, concatenated):
    """Side by side, entry by entry, and what the next layer reads."""
    fits = (
        "are equal, so the sum is possible"
        if a == b
        else r"differ, so no sum is possible; a $1 \times 1$ convolution could make them equal"
    )
    return (
        Step("The channels are put side by side.", "C_1 + C_2", f"{a} + {b}", str(a + b), "concatenated"),
        Step("Batch and sides stay.", "", "", typeset_shape(concatenated), "concatenated"),
        Step(
            f"A sum needs equal sizes everywhere. Here the channels decide: ${a}$ and ${b}$ {fits}.",
            name="addable",
        ),
        *under("parameters", conv_parameters_steps(a + b, M, 3)),
    )


def check(B, a, b, H, M):
    """Join arrays, and count the kernels' entries."""
    first, second = np.zeros((B, a, H, H), np.int8), np.zeros((B, b, H, H), np.int8)
    kernels = np.zeros((M, a + b, 3, 3))
    return {
        "concatenated": np.concatenate((first, second), axis=1).shape,
        "addable": first.shape == second.shape,
        "parameters": sum(kernel.size + 1 for kernel in kernels),
    }


@part("They are concatenated along the channels. The shape of the result.", Shape())
def concatenated(B, a, b, H):
    return joined_shape((B, a, H, H), (B, b, H, H))["concatenated"]


@slip(concatenated, "This joins them along the batch; the channels were asked for.", credit=0.25)
def along_batch(B, a, H):
    return 2 * B, a, H, H


@slip(concatenated, "This is the shape of a sum; a concatenation keeps the channels of both.")
def like_a_sum(B, a, b, H):
    return B, max(a, b), H, H


@slip(concatenated, "Only the channels are put side by side; height and width stay.", credit=0.25)
def wider(B, a, b, H):
    return B, a + b, 2 * H, 2 * H


@part("True or false: they can be added as they are, entry by entry.", TrueFalse())
def addable(B, a, b, H):
    return joined_shape((B, a, H, H), (B, b, H, H))["addable"]


@part(
    "A convolution with $<<M>>$ kernels of $3 \\times 3$ pixels and biases reads the concatenation. Its number of parameters.",
    Number(integer=True),
)
def parameters(concatenated, M):
    return conv_parameters(int(concatenated[1]), M, 3)


@slip(parameters, "The kernels reach through the channels of both tensors, not of one.", credit=0.25)
def one_tensor(a, M):
    return conv_parameters(a, M, 3)


@slip(parameters, "The biases are missing: one for each kernel.", credit=0.5)
def no_bias(a, b, M):
    return 9 * (a + b) * M
