"""A fully connected layer written as a convolution."""

import numpy as np

from grader.kinds.number import Number
from grader.kinds.shape import Shape
from quizbank import Question, one_of, part, slip
from solvers.worked import Step

question = Question(
    "ch3.q1.a",
    also=("ch3.q1.b", "ch3.fc_as_conv"),
    title="A fully connected layer as a convolution",
    section="III.5",
    points=4,
    difficulty=2,
    minutes=4,
    topics=("convolution", "fully connected", "shapes"),
    B=one_of(2, 4, 6, 8, 16),
    C=one_of(2, 3, 4, 6),
    H=one_of(4, 6, 8, 10, 12),
    V=one_of(5, 7, 8, 9, 16),
    M=one_of(5, 7, 10, 11, 20),
    notes=dict(B=4, C=3, H=8, V=8, M=5),
    text=r"""
A batch of images has the shape $<<B>> \times <<C>> \times <<H>> \times <<V>>$ (batch, channels, height, width). A fully connected
layer with $<<M>>$ output neurons is to be written as a convolution in two ways, each with biases.
Give shapes as (output channels, input channels, height, width) for weights and as (batch, channels, height, width) for
feature maps.
""",
    hints=("One kernel as large as the image makes one weighted sum over everything.",
           "With $1 \\times 1$ kernels, all values of an image must stand in the channels first."),
)  # fmt: skip


def where(C, H, V, M):
    """Keep the sizes apart."""
    return len({C, H, V, M}) == 4


def work(B, C, H, V, M):
    """One kernel a neuron; the same with everything moved into the channels."""
    D = C * H * V
    return (
        Step("A kernel as large as the image has one weight for every value, like a neuron. There is one kernel for each neuron.",
             "", "", rf"{M} \times {C} \times {H} \times {V}", "large"),
        Step("It fits in one place only, so the map has one pixel.", "", "", rf"{B} \times {M} \times 1 \times 1", "output"),
        Step("Reshape each image so that all its values (channels times height times width) become channels of one pixel; then the "
             "kernels are $1 \\times 1$.", rf"c_{{in}} = {C} \cdot {H} \cdot {V} = {D}", "",
             rf"W \in \mathbb{{R}}^{{{M} \times {D} \times 1 \times 1}}", "small"),
        Step("Both have as many parameters as the fully connected layer.",
             r"c_{out} \cdot c_{in} + c_{out}", rf"{M} \cdot {D} + {M}", f"{M * D + M}", "parameters"),
    )  # fmt: skip


def check(B, C, H, V, M):
    """Run both convolutions over a batch of ones with the engine, and count the weights."""
    from solvers.engine.layers.conv2d import conv2d

    images, large = np.ones((B, C, H, V)), np.ones((M, C, H, V))
    small = large.reshape(M, -1, 1, 1)
    one, other = conv2d(images, large), conv2d(images.reshape(B, -1, 1, 1), small)
    assert np.array_equal(one, other)
    return {"large": large.shape, "output": one.shape, "small": small.shape, "parameters": small.size + M}


@part("The weight's shape if the kernels are as large as the image, without padding.", Shape())
def large(C, H, V, M):
    return M, C, H, V


@slip(large, "Output channels come first: one for each neuron.", credit=0.5)
def channels_swapped(C, H, V, M):
    return C, M, H, V


@slip(large, "The batch is no part of the weight.")
def batch_in_weight(B, C, H, V):
    return B, C, H, V


@part("The shape of the output.", Shape())
def output(B, M):
    return B, M, 1, 1


@slip(output, "This keeps the image's size; a kernel as large as the image fits in one place only.")
def kept_size(B, M, H, V):
    return B, M, H, V


@slip(
    output, "The values are right, but a convolution keeps its height and width axes, of size 1 here.", credit=0.5
)
def no_spatial(B, M):
    return B, M


@part("The weight's shape if the kernels are $1 \\times 1$ and the images are reshaped first.", Shape())
def small(C, H, V, M):
    return M, C * H * V, 1, 1


@slip(
    small,
    "With only the channels as input, each pixel would be weighted alike; all values must become channels.",
    credit=0.25,
)
def channels_only(C, M):
    return M, C, 1, 1


@slip(small, "Output channels come first: one for each neuron.", credit=0.5)
def small_swapped(C, H, V, M):
    return C * H * V, M, 1, 1


@part("The number of parameters, the same in both ways.", Number(integer=True))
def parameters(small):
    return small[0] * small[1] + small[0]


@slip(parameters, "The biases are missing: one for each neuron.", credit=0.5)
def no_bias(small):
    return small[0] * small[1]


@slip(parameters, "The batch shares its weights; it does not multiply them.")
def times_batch(small, B):
    return B * (small[0] * small[1] + small[0])
