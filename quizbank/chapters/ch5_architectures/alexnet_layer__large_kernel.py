"""What a large kernel costs in the first layer of AlexNet."""

import numpy as np

from grader.kinds.number import Number
from quizbank import Question, integers, one_of, part, slip
from quizbank.usual import under
from solvers.multiply_adds import conv_multiply_adds
from solvers.parameters import conv_parameters, conv_parameters_steps
from solvers.shapes import conv_size, conv_size_steps
from solvers.worked import Step

question = Question(
    "ch5.alexnet_layer",
    title="The cost of a large kernel",
    section="V.2",
    points=3,
    difficulty=2,
    minutes=5,
    topics=("AlexNet", "convolution", "parameters", "multiplications"),
    H=integers(200, 260),
    k=one_of(7, 9, 11),
    s=one_of(2, 3, 4),
    M=one_of(32, 48, 64, 96),
    text=r"""
AlexNet begins with a convolution with large kernels. Let an RGB image of $<<H>> \times <<H>>$ pixels meet $<<M>>$ kernels of $<<k>> \times <<k>>$ pixels with
stride $<<s>>$, without padding and with biases. A window that does not fit is dropped. Multiplications with a weight are counted, additions are not. A calculator may be used.
""",
    hints=(
        "How often does the kernel fit along a side?",
        "A kernel reaches through all three colours.",
        "Every number of the output costs one multiplication for each weight of a kernel.",
    ),
)


def work(H, k, s, M, side, multiplications):
    """The side, the weights, and the weights for every place."""
    count = Step(
        "Every output number needs all weights of one kernel.", r"C_\text{out} H_\text{out}^2 \cdot C_\text{in} k^2",
        rf"{M} \cdot {side}^2 \cdot 3 \cdot {k}^2", str(multiplications), "multiplications",
    )  # fmt: skip
    return (
        *under("side", conv_size_steps(H, k, s).steps[1:]),  # the first adds the padding; there is none
        *under("parameters", conv_parameters_steps(3, M, k)),
        count,
    )


def check(H, k, s, M):
    """List the places, build one kernel, and add up place by place."""
    places = [at for at in range(0, H, s) if at + k <= H]
    kernel = np.ones((3, k, k))
    per_row = sum(kernel.size for _ in places)
    return {
        "side": len(places),
        "parameters": sum(kernel.size + 1 for _ in range(M)),
        "multiplications": sum(per_row for _ in places) * M,
    }


@part("The side of the output map.", Number(integer=True))
def side(H, k, s):
    return conv_size(H, k, s)


@slip(side, "The first place was not counted: add 1 after dividing by the stride.", credit=0.5)
def no_one(H, k, s):
    return (H - k) // s


@slip(side, "The window has to fit: take the kernel off the side before dividing by the stride.", credit=0.25)
def stride_only(H, s):
    return H // s


@slip(side, "This counts all entries of the map; its side length was asked.", credit=0.75)
def square(side):
    return side**2


@part("The number of parameters.", Number(integer=True))
def parameters(k, M):
    return conv_parameters(3, M, k)


@slip(parameters, "The image has three colours, so every kernel is three channels deep.", credit=0.25)
def grey(k, M):
    return conv_parameters(1, M, k)


@slip(parameters, "The biases are missing: one for each kernel.", credit=0.5)
def no_bias(k, M):
    return 3 * k * k * M


@slip(parameters, "A kernel is used at all places: the weights are shared, so the size of the map does not count.")
def per_place(k, M, side):
    return conv_parameters(3, M, k) * side**2


@part("The number of multiplications for one image.", Number(integer=True))
def multiplications(side, k, M):
    return M * side**2 * 3 * k**2


@slip(
    multiplications,
    "The kernel stands only where the stride puts it, in as many places as the output has pixels, not at every pixel of the input.",
    credit=0.25,
)
def every_pixel(H, k, M):
    return conv_multiply_adds((3, H, H), M, k, 1, k // 2)


@slip(multiplications, "Three colours are read: each kernel multiplies three times as often.", credit=0.25)
def grey_work(side, k, M):
    return M * side**2 * k**2


@slip(multiplications, "The output is a square of places: the side enters squared.", credit=0.25)
def one_row(side, k, M):
    return M * side * 3 * k**2
