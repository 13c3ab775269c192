"""What a higher resolution does to the parameters of convolutions and of fully connected layers."""

import numpy as np

from grader.kinds.number import Number
from quizbank import Question, one_of, part, slip
from quizbank.usual import under
from solvers.parameters import conv_parameters, resolution_parameters_steps
from solvers.worked import Step

question = Question(
    "ch3.params_vs_resolution",
    title="Parameters and resolution",
    section="III.5",
    points=4,
    difficulty=2,
    minutes=5,
    topics=("convolution", "fully connected", "parameters"),
    C=one_of(3, 4, 8),
    M=one_of(6, 8, 12, 16),
    k=one_of(3, 5),
    H=one_of(8, 12, 16, 20, 24, 32),
    f=one_of(2, 3, 4),
    classes=one_of(5, 10, 20),
    text=r"""
A network takes images with $<<C>>$ channels and $<<H>> \times <<H>>$ pixels. It has one convolution with $<<M>>$ filters of
$<<k>> \times <<k>>$ pixels and biases, which keeps the height and the width (stride 1, suitable padding), and then a fully connected layer
that reads the whole flattened map and has $<<classes>>$ outputs. Now the images get $<<f>>$ times as high and $<<f>>$ times as wide, and
the network is built anew for them. A calculator may be used.
""",
    hints=(
        "Where does the size of the image enter the shape of a filter?",
        "A fully connected neuron has a weight for every number that it reads.",
    ),
)


def work(C, M, k, H, f, classes):
    """Count both layers; compare with before."""
    return (
        *under("conv", resolution_parameters_steps(C, M, k, H, f, classes).steps[:1]),
        *under("linear", resolution_parameters_steps(C, M, k, H, f, classes).steps[1:]),
        Step("The number of pixels grows with the square of the factor, and the weights with it.", "f^2",
             f"{f}^2", f"{f * f}", "growth"),
    )  # fmt: skip


def check(C, M, k, H, f, classes):
    """Send an image of each size through the filters, and give a weight to every number that comes out."""
    from solvers.engine.layers.conv2d import conv2d

    filters, biases = np.ones((M, C, k, k)), np.ones(M)
    small, large = (
        conv2d(np.zeros((1, C, side, side)), filters, biases, padding=k // 2).size * classes for side in (H, f * H)
    )
    return {"conv": filters.size + biases.size, "linear": large, "growth": large / small}


@part("The number of parameters of the convolution, with biases, for the larger images.", Number(integer=True))
def conv(C, M, k):
    return conv_parameters(C, M, k)


@slip(conv, "A filter does not get larger with the image: it is only laid down in more places.")
def grows(C, M, k, f):
    return conv_parameters(C, M, k) * f * f


@slip(conv, "The biases are missing: one for each filter.", credit=0.5)
def no_bias(C, M, k):
    return conv_parameters(C, M, k, bias=False)


@slip(conv, "A filter reaches through all input channels.", credit=0.25)
def one_channel(M, k):
    return M * k * k + M


@part(
    "The number of weights of the fully connected layer, without biases, for the larger images.",
    Number(integer=True),
    points=2,
)
def linear(M, H, f, classes):
    return M * (f * H) ** 2 * classes


@slip(
    linear,
    "This is the count for the smaller images; a fully connected neuron has a weight for every pixel it reads.",
    credit=0.25,
)
def unchanged(M, H, classes):
    return M * H * H * classes


@slip(linear, "Height and width both grow, so the pixels grow with the square of the factor.", credit=0.5)
def grows_once(M, H, f, classes):
    return M * H * H * f * classes


@slip(linear, "The map has <<M>> channels, one for each filter, and all of them are read.", credit=0.25)
def one_map(H, f, classes):
    return (f * H) ** 2 * classes


@part("By which factor has the number of weights of the fully connected layer grown?", Number(integer=True))
def growth(linear, M, H, classes):
    return linear / (M * H * H * classes)


@slip(growth, "Height and width both grow by this factor.", credit=0.5)
def single(f):
    return f


@slip(growth, "The layer reads every number of the map, so it grows with the image.")
def none_at_all():
    return 1
