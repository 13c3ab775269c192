"""Weight shape and parameters of a convolution layer that changes the number of channels."""

import numpy as np

from grader.kinds.number import Number
from grader.kinds.shape import Shape
from quizbank import Question, one_of, part, slip
from solvers.parameters import conv_parameters_steps
from solvers.worked import Step

question = Question(
    "ch3.q2.a",
    also=("ch3.q2.b", "ch3.conv_params"),
    title="Weights of a convolution layer",
    section="III.5",
    points=2,
    difficulty=1,
    minutes=2,
    topics=("convolution", "parameters", "shapes"),
    inputs=one_of(3, 4, 6, 8, 10, 12, 16, 24, 32, 64),
    outputs=one_of(2, 4, 5, 6, 8, 10, 16, 20, 32, 48),
    kernel=one_of(1, 3, 5, 7),
    notes=dict(inputs=10, outputs=5, kernel=1),
    text=r"""
A convolution layer takes a feature map with $<<inputs>>$ channels and gives one with $<<outputs>>$ channels. Its kernels are
$<<kernel>> \times <<kernel>>$ pixels large, and every output channel has a bias.
""",
    hints=(
        "One filter sees all input channels at once.",
        "There is one filter, and one bias, for each output channel.",
    ),
)


def where(inputs, outputs):
    """Keep the channels apart, so that their order shows."""
    return inputs != outputs


def work(inputs, outputs, kernel):
    """First the shape of all filters together, then the count."""
    filters = Step(
        "There is one filter for each output channel, and each filter reaches through all input channels.",
        r"W \in \mathbb{R}^{c_{out} \times c_{in} \times k \times k}",
        "", rf"W \in \mathbb{{R}}^{{{outputs} \times {inputs} \times {kernel} \times {kernel}}}", "weight",
    )  # fmt: skip
    return filters, *conv_parameters_steps(inputs, outputs, kernel).steps


def check(inputs, outputs, kernel):
    """Build the filters and count."""
    filters = np.stack([np.zeros((inputs, kernel, kernel)) for _ in range(outputs)])
    return {"weight": filters.shape, "parameters": sum(1 for _ in filters.flat) + len(filters)}


@part("The shape of the weight tensor, as (output channels, input channels, height, width).", Shape())
def weight(inputs, outputs, kernel):
    return outputs, inputs, kernel, kernel


@slip(weight, "The order asked for is output channels first.", credit=0.5)
def swapped(inputs, outputs, kernel):
    return inputs, outputs, kernel, kernel


@slip(weight, "A filter reaches through all input channels; they are missing.", credit=0.25)
def flat_filters(outputs, kernel):
    return outputs, kernel, kernel


@part("The number of parameters, biases included.", Number(integer=True))
def parameters(weight):
    return np.prod(weight) + weight[0]


@slip(parameters, "The biases are missing: one for each output channel.", credit=0.5)
def no_bias(weight):
    return np.prod(weight)


@slip(parameters, "There is one bias for each output channel, not for each input channel.", credit=0.5)
def bias_per_input(weight):
    return np.prod(weight) + weight[1]


@slip(parameters, "Every filter reaches through all input channels; this counts one channel only.")
def one_channel(weight):
    return weight[0] * weight[2] * weight[3] + weight[0]
