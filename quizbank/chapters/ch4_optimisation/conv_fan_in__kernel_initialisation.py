"""The fan-in of a convolution and its initial weights."""

import math
from dataclasses import replace

import numpy as np

from grader.kinds.number import Number
from quizbank import Question, one_of, part, slip
from solvers.engine.initialisers import fans, kaiming_variance
from solvers.variance import conv_deviation_steps, fan_in

question = Question(
    "ch4.conv_fan_in",
    title="Initial weights of a convolution",
    section="IV.2.g",
    points=2,
    difficulty=2,
    minutes=3,
    topics=("initialisation", "convolutions", "fan-in"),
    C=one_of(3, 8, 16, 24, 32, 48, 64, 96, 128),
    M=one_of(10, 20, 40, 80, 100, 192, 256),
    k=one_of(3, 5, 7),
    side=one_of(14, 28, 32, 56),
    text=r"""
A convolution takes $<<C>>$ channels of size $<<side>> \times <<side>>$ to $<<M>>$ channels; its kernels are $<<k>> \times <<k>>$. It is followed by ReLU and gets
Kaiming initialisation: normally distributed weights of mean 0 and variance $2 / n_\text{in}$. A calculator may be used.
""",
    hints=(
        "$n_\\text{in}$ counts the numbers that are added up for one output number.",
        "A kernel reads a window of every input channel.",
    ),
)


def work(C, M, k):
    """Count the window, then take the root."""
    return tuple(
        replace(step, name={"fan_in": "inputs"}.get(step.name, step.name))
        for step in conv_deviation_steps(C, k, outputs=M).steps
    )


def check(C, M, k, side):
    """Count the entries of an image that one output number depends on."""
    seen = np.zeros((C, side, side), bool)
    seen[:, :k, :k] = True
    return {"inputs": int(seen.sum()), "std": math.sqrt(kaiming_variance(fans((M, C, k, k))[0]))}


@part(r"$n_\text{in}$ of this convolution.", Number(integer=True))
def inputs(C, k):
    return fan_in(int(C), int(k))


@slip(inputs, "A kernel reads a whole window of each channel, not one number.", credit=0.25)
def channels_only(C):
    return C


@slip(inputs, "A kernel reads all input channels, not one.", credit=0.25)
def one_channel(k):
    return k * k


@slip(inputs, "This counts with the output channels: it is the fan-out.", credit=0.25)
def fan_out(M, k):
    return M * k * k


@slip(inputs, "An output number sees one window, not the whole image.")
def whole_image(C, side):
    return C * side * side


@part("The standard deviation of its weights.", Number(decimals=4))
def std(inputs):
    return math.sqrt(2 / inputs)


@slip(std, "This is the variance; take the root.", credit=0.5)
def as_variance(inputs):
    return 2 / inputs


@slip(std, "The factor 2 for ReLU is missing.", credit=0.5)
def no_two(inputs):
    return math.sqrt(1 / inputs)
