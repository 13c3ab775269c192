"""Parameters of depth-wise and depth-wise separable convolutions."""

import numpy as np

from grader.kinds.number import Number
from quizbank import Question, one_of, part, slip
from quizbank.usual import under
from solvers.parameters import separable_parameters_steps

question = Question(
    "ch3.depthwise",
    title="A convolution taken apart",
    section="III.2.d",
    points=4,
    difficulty=2,
    minutes=5,
    topics=("depth-wise convolution", "1x1 convolution", "parameters"),
    inputs=one_of(8, 12, 16, 24, 32, 48, 64),
    outputs=one_of(10, 16, 20, 32, 64, 96, 128),
    k=one_of(3, 5, 7),
    text=r"""
A convolution with $<<k>> \times <<k>>$ kernels from $<<inputs>>$ to $<<outputs>>$ channels is replaced by two layers: a depth-wise
convolution with $<<k>> \times <<k>>$ kernels (one kernel of depth 1 for each channel), followed by a $1 \times 1$ convolution that brings
the channels to $<<outputs>>$. None of the layers has a bias. A calculator may be used.
""",
    hints=(
        "The depth-wise layer keeps the number of channels, and each kernel sees one channel only.",
        "A full filter reaches through all input channels, in all its pixels.",
    ),
)


def where(inputs, outputs):
    """Keep the channels apart."""
    return inputs != outputs


def work(inputs, outputs, k):
    """Both layers, then the comparison."""
    deep, point, both, share = separable_parameters_steps(inputs, outputs, k).steps
    return (deep, *under("total", (point, both)), share)


def check(inputs, outputs, k):
    """Lay the kernels out and count their entries."""
    flat = [np.ones((1, k, k)) for _ in range(inputs)]
    points = [np.ones((inputs, 1, 1)) for _ in range(outputs)]
    full = [np.ones((inputs, k, k)) for _ in range(outputs)]
    count = {name: sum(a.size for a in layer) for name, layer in (("d", flat), ("p", points), ("f", full))}
    both = count["d"] + count["p"]
    return {"depthwise": count["d"], "total": both, "ratio": both / count["f"]}


@part("The parameters of the depth-wise layer.", Number(integer=True))
def depthwise(inputs, k):
    return inputs * k * k


@slip(
    depthwise,
    "These are the parameters of the full convolution; a depth-wise kernel sees one channel only.",
    credit=0.25,
)
def full_layer(inputs, outputs, k):
    return inputs * outputs * k * k


@slip(depthwise, "Every channel has a kernel of its own, and this is one kernel.", credit=0.25)
def one_kernel(k):
    return k * k


@slip(
    depthwise,
    "There is one kernel for each input channel; the number of outputs comes with the second layer.",
    credit=0.25,
)
def output_kernels(outputs, k):
    return outputs * k * k


@part("The parameters of both layers together.", Number(integer=True))
def total(depthwise, inputs, outputs):
    return depthwise + inputs * outputs


@slip(total, "Both layers have parameters, which add; they do not multiply.", credit=0.25)
def multiplied(depthwise, inputs, outputs):
    return depthwise * inputs * outputs


@slip(total, "This is the second layer alone.", credit=0.25)
def point_only(inputs, outputs):
    return inputs * outputs


@slip(total, "A $1 \\times 1$ filter has a weight for every input channel.", credit=0.5)
def one_weight(depthwise, outputs):
    return depthwise + outputs


@part(
    "Which fraction of the full convolution's parameters is this, to three significant figures?",
    Number(significant=3),
    points=2,
)
def ratio(total, inputs, outputs, k):
    return total / (inputs * outputs * k * k)


@slip(ratio, "This is the fraction that is saved; the fraction that remains was asked for.", credit=0.5)
def saved(total, inputs, outputs, k):
    return 1 - total / (inputs * outputs * k * k)


@slip(ratio, "The full convolution has a weight for each pixel of the kernel, too.", credit=0.25)
def against_pointwise(total, inputs, outputs):
    return total / (inputs * outputs)


@slip(ratio, "The fraction is turned upside down.", credit=0.25)
def upside_down(total, inputs, outputs, k):
    return inputs * outputs * k * k / total
