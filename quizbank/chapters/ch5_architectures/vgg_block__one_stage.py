"""Shape and parameters of one stage of VGG."""

import numpy as np

from grader.kinds.number import Number
from grader.kinds.shape import Shape
from quizbank import Question, integers, one_of, part, slip
from quizbank.usual import under
from solvers.parameters import conv_parameters
from solvers.receptive_field import receptive_field_steps, stack
from solvers.typeset import shape as typeset_shape
from solvers.worked import Step

question = Question(
    "ch5.vgg_block",
    title="One stage of VGG",
    section="V.3",
    points=4,
    difficulty=2,
    minutes=5,
    topics=("VGG", "shapes", "parameters", "receptive field"),
    H=one_of(28, 56, 112, 224),
    inputs=one_of(3, 32, 64, 128),
    outputs=one_of(64, 96, 128, 256),
    n=integers(2, 4),
    text=r"""
A stage of VGG takes a feature map with $<<inputs>>$ channels of $<<H>> \times <<H>>$ pixels. It has $<<n>>$ convolutions with $<<outputs>>$ kernels of
$3 \times 3$ pixels each (stride 1, padding 1, with biases), every one followed by ReLU, and after the last one a max pooling with a $2 \times 2$ window and stride 2. A calculator may be used.
""",
    hints=(
        "What does a padding of 1 do for a $3 \\times 3$ kernel?",
        "Only the first convolution reads the channels of the stage's input.",
    ),
)


def where(inputs, outputs):
    """Keep the channels apart."""
    return inputs != outputs


def work(H, inputs, outputs, n, shape, parameters):
    """The size, the layers' parameters, and the field of the convolutions."""
    first, other = conv_parameters(inputs, outputs, 3), conv_parameters(outputs, outputs, 3)
    one = r"9\, C_\text{in} C_\text{out} + C_\text{out}"
    return (
        Step("A padding of 1 makes up for what a kernel of 3 pixels takes off: the convolutions keep the size.", "(H + 2p - k) / s + 1",
             rf"({H} + 2 - 3) / 1 + 1", str(H), "shape"),
        Step("The pooling halves both sides; there is one channel for each kernel.", "", rf"{outputs} \times {H}/2 \times {H}/2",
             typeset_shape(shape), "shape"),
        Step("The first convolution reads the channels of the input.", one, rf"9 \cdot {inputs} \cdot {outputs} + {outputs}", str(first), "parameters"),
        Step("Each of the others reads the channels that the one before it gives.", one, rf"9 \cdot {outputs} \cdot {outputs} + {outputs}", str(other), "parameters"),
        Step("All convolutions together; ReLU and pooling learn nothing.", "", rf"{first} + {n - 1} \cdot {other}", str(parameters), "parameters"),
        *under("field", receptive_field_steps(stack([3] * n))),
    )  # fmt: skip


def check(H, inputs, outputs, n):
    """List places, build the weights, and trace the pixels that one unit reads."""
    side, depth, count, pixels = H, inputs, 0, {0}
    for _ in range(n):
        side = len([at for at in range(-1, side) if at + 3 <= side + 1])
        count += np.zeros((outputs, depth, 3, 3)).size + outputs
        depth = outputs
        pixels = {pixel + step for pixel in pixels for step in (-1, 0, 1)}
    return {"shape": (depth, len(range(0, side, 2)), side // 2), "parameters": count, "field": len(pixels)}


@part("The shape of the stage's output, as (channels, height, width).", Shape())
def shape(H, outputs):
    return outputs, H // 2, H // 2


@slip(shape, "With a padding of 1 the convolutions keep the size; only the pooling halves it.", credit=0.25)
def no_padding(H, outputs, n):
    return outputs, (H - 2 * n) // 2, (H - 2 * n) // 2


@slip(shape, "There is one pooling at the end of the stage, not one after each convolution.", credit=0.25)
def pooled_each(H, outputs, n):
    return outputs, H >> n, H >> n


@slip(shape, "The pooling at the end is missing: it halves both sides.", credit=0.5)
def not_pooled(H, outputs):
    return outputs, H, H


@part("The number of parameters of the stage.", Number(integer=True), points=2)
def parameters(inputs, outputs, n):
    return conv_parameters(inputs, outputs, 3) + (n - 1) * conv_parameters(outputs, outputs, 3)


@slip(
    parameters, "Only the first convolution reads <<inputs>> channels; the others read <<outputs>>.", credit=0.25
)
def same_inputs(inputs, outputs, n):
    return n * (9 * inputs * outputs + outputs)


@slip(parameters, "The biases are missing: one for each kernel.", credit=0.5)
def no_biases(parameters, outputs, n):
    return parameters - n * outputs


@slip(parameters, "This is the first convolution alone; there are <<n>>.", credit=0.25)
def first_only(inputs, outputs):
    return 9 * inputs * outputs + outputs


@part(
    "How many pixels wide is the receptive field of a unit of the last convolution, seen from the stage's input?",
    Number(integer=True, unit="pixels"),
)
def field(n):
    return 2 * n + 1


@slip(field, "The first kernel sees 3 pixels, each further one only 2 more: the windows overlap.", credit=0.25)
def threefold(n):
    return 3 * n


@slip(field, "Behind a layer the next kernel looks at neighbours, so the field grows.")
def three():
    return 3


@slip(field, "This counts the pixels of the whole square; its side length was asked.", credit=0.75)
def square(field):
    return field**2
