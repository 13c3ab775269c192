"""A 1 × 1 convolution on the skip connection, where a block changes the shape."""

import numpy as np

from grader.kinds.number import Number
from grader.kinds.shape import Shape
from quizbank import Figure, Question, one_of, part, slip
from solvers.drawing.blocks import skip_block
from solvers.parameters import conv_parameters
from solvers.shapes import conv_size
from solvers.typeset import shape as typeset_shape
from solvers.worked import Step

question = Question(
    "ch5.projection_shortcut",
    title="A projection on the skip connection",
    section="V.5",
    points=3,
    difficulty=2,
    minutes=4,
    topics=("residual networks", "shapes", "parameters"),
    B=one_of(4, 8, 16, 32),
    inputs=one_of(16, 32, 64, 128, 256),
    outputs=one_of(48, 96, 128, 256, 512),
    H=one_of(14, 28, 32, 56, 64),
    text=r"""
A residual block takes a batch of $<<B>>$ feature maps with $<<inputs>>$ channels of $<<H>> \times <<H>>$ pixels. Its main path consists of two convolutions with $3 \times 3$ kernels
and padding 1: the first has $<<outputs>>$ kernels and stride 2, the second $<<outputs>>$ kernels and stride 1. On the skip connection lies one convolution
with $1 \times 1$ kernels, so that both can be added. No convolution has a bias. A calculator may be used.
""",
    hints=(
        "Two tensors can be added if they agree in all sizes.",
        "How many kernels, and which stride, does the skip connection need?",
    ),
)


def where(inputs, outputs):
    """Keep blocks with more channels behind than before."""
    return inputs < outputs


def figure():
    """The block as boxes, with the convolution on the skip connection."""
    return Figure(
        skip_block(("conv 3 × 3, stride 2", "conv 3 × 3, stride 1"), "conv 1 × 1"),
        "The block: the main path passes two convolutions with 3 by 3 kernels, of stride 2 and 1; the skip connection "
        "passes a convolution with 1 by 1 kernels. Both meet at a plus.",
    )


def work(B, inputs, outputs, H, shape, projection, share):
    """What the main path gives, and what makes the input fit."""
    main = 9 * inputs * outputs + 9 * outputs**2
    return (
        Step("The main path gives one channel for each kernel; the stride of 2 halves the sides, and the second convolution keeps them.", r"\lfloor (H + 2 - 3) / 2 \rfloor + 1",
             rf"\lfloor ({H} - 1) / 2 \rfloor + 1", str(shape[2]), "shape"),
        Step("The skip connection has to give the same shape: $1 \\times 1$ kernels with stride 2.", "", "", typeset_shape(shape), "shape"),
        Step("Each of its kernels has one weight for every input channel.", r"C_\text{in} C_\text{out}", rf"{inputs} \cdot {outputs}", str(projection), "projection"),
        Step("The main path's kernels have nine weights for every channel they read.", r"9\, C_\text{in} C_\text{out} + 9\, C_\text{out}^2",
             rf"9 \cdot {inputs} \cdot {outputs} + 9 \cdot {outputs}^2", str(main), "share"),
        Step("Compared with these, the projection is small.", "", rf"100 \cdot \frac{{{projection}}}{{{main}}}", f"{share:.4g}", "share"),
    )  # fmt: skip


def check(B, inputs, outputs, H):
    """List the places of the 1 × 1 window, and count the entries of all kernels."""
    side = len(range(0, H, 2))
    shortcut = np.zeros((outputs, inputs, 1, 1)).size
    main = np.zeros((outputs, inputs, 3, 3)).size + np.zeros((outputs, outputs, 3, 3)).size
    return {"shape": (B, outputs, side, side), "projection": shortcut, "share": 100 * shortcut / main}


@part("The shape that the skip connection must give, as (batch, channels, height, width).", Shape())
def shape(B, outputs, H):
    return B, outputs, conv_size(H, 3, 2, 1), conv_size(H, 3, 2, 1)


@slip(shape, "The main path has stride 2, so the skip connection must halve the sides, too.", credit=0.25)
def no_stride(B, outputs, H):
    return B, outputs, H, H


@slip(shape, "This is the block's input; what is added must have the shape of the main path's output.")
def identity(B, inputs, H):
    return B, inputs, H, H


@slip(shape, "The channels have to be those of the main path's output.", credit=0.25)
def old_channels(shape, inputs):
    return shape[0], inputs, shape[2], shape[3]


@part("The number of parameters of the $1 \\times 1$ convolution.", Number(integer=True))
def projection(inputs, outputs):
    return conv_parameters(inputs, outputs, 1, bias=False)


@slip(
    projection,
    "Its kernels are one pixel large; this counts nine weights for every pair of channels.",
    credit=0.25,
)
def nine(inputs, outputs):
    return conv_parameters(inputs, outputs, 3, bias=False)


@slip(projection, "One kernel has so many weights; there is one kernel for each output channel.", credit=0.25)
def one_kernel(inputs):
    return inputs


@slip(projection, "The question says that no convolution has a bias.", credit=0.5)
def with_bias(inputs, outputs):
    return conv_parameters(inputs, outputs, 1)


@part("How many percent of the main path's parameters is that?", Number(decimals=2, unit="%"))
def share(projection, inputs, outputs):
    return 100 * projection / (9 * inputs * outputs + 9 * outputs**2)


@slip(share, "The main path has two convolutions; this compares with the first alone.", credit=0.25)
def first_only(projection, inputs, outputs):
    return 100 * projection / (9 * inputs * outputs)


@slip(share, "The second convolution reads <<outputs>> channels, not <<inputs>>.", credit=0.25)
def same_twice(projection, inputs, outputs):
    return 100 * projection / (18 * inputs * outputs)
