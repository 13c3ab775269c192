"""Shapes and parameters of a network in the manner of LeNet."""

import numpy as np

from grader.kinds.integer_list import IntegerList
from grader.kinds.number import Number
from quizbank import Question, accept, derived, integers, one_of, part, slip
from solvers.parameters import conv_parameters, linear_parameters, mlp_parameters
from solvers.worked import Step

DENSE = (
    "Fully connected: every input has a weight to every output, and every output a bias.",
    "The second fully connected layer in the same way.",
    "And the third.",
)

question = Question(
    "ch5.body.lenet",
    also=("ch5.lenet_like",),
    title="Shapes and size of LeNet",
    section="V.1",
    points=4,
    difficulty=2,
    minutes=7,
    topics=("LeNet", "shapes", "parameters"),
    quarter=integers(5, 12),
    H=derived(lambda quarter: 4 * quarter),
    c1=one_of(4, 6, 8, 10),
    c2=one_of(12, 16, 20, 24),
    f1=one_of(60, 100, 120),
    f2=one_of(30, 50, 84),
    classes=one_of(10, 26),
    notes=dict(quarter=8, c1=6, c2=16, f1=120, f2=84, classes=10),
    text=r"""
A network in the manner of LeNet reads grey images of $<<H>> \times <<H>>$ pixels:

1. a convolution with $<<c1>>$ kernels of $5 \times 5$ pixels, then pooling with a $2 \times 2$ window and stride 2,
2. a convolution with $<<c2>>$ kernels of $5 \times 5$ pixels, then the same pooling again,
3. flattening, and three fully connected layers with $<<f1>>$, $<<f2>>$ and $<<classes>>$ outputs.

Convolutions have stride 1 and no padding, every kernel reads all channels, pooling learns nothing, and the other layers have biases.
A calculator may be used.
""",
    hints=(
        "A $5 \\times 5$ kernel without padding loses two pixels on each side of the image.",
        "Flattening multiplies channels, height and width.",
        "A kernel of the second convolution reads all channels of the first.",
    ),
)


def work(H, c1, c2, f1, f2, classes, sides, flat, parameters):
    """Side by side, then layer by layer."""
    a, b, c, d = sides
    widths = [flat, f1, f2, classes]
    counts = [conv_parameters(1, c1, 5), conv_parameters(c1, c2, 5), *map(linear_parameters, widths, widths[1:])]
    return (
        Step("A kernel of 5 pixels without padding fits in 4 places fewer than there are pixels.", "H - 4", f"{H} - 4", str(a), "sides"),
        Step("Pooling halves the side.", "", f"{a} / 2", str(b), "sides"),
        Step("The second convolution.", "", f"{b} - 4", str(c), "sides"),
        Step("The second pooling.", "", f"{c} / 2", str(d), "sides"),
        Step("Flattening multiplies channels, height and width.", "C H W", rf"{c2} \cdot {d} \cdot {d}", str(flat), "flat"),
        Step("The first convolution reads one channel.", r"25\, C_\text{in} C_\text{out} + C_\text{out}", rf"25 \cdot {c1} + {c1}", str(counts[0]), "parameters"),
        Step("The second reads all channels of the first.", "", rf"25 \cdot {c1} \cdot {c2} + {c2}", str(counts[1]), "parameters"),
        *(Step(reason, "D M + M", rf"{before} \cdot {after} + {after}", str(count), "parameters")
          for reason, before, after, count in zip(DENSE, widths, widths[1:], counts[2:], strict=False)),
        Step("All layers together.", "", " + ".join(map(str, counts)), str(parameters), "parameters"),
    )  # fmt: skip


def check(H, c1, c2, f1, f2, classes):
    """Slide the windows one by one, build the arrays and count their entries."""
    sides, side = [], H
    for kernel, stride in ((5, 1), (2, 2), (5, 1), (2, 2)):
        side = len([at for at in range(0, side, stride) if at + kernel <= side])
        sides.append(side)
    flat = np.zeros((c2, side, side)).size
    weights = ((c1, 1, 5, 5), (c2, c1, 5, 5), (flat, f1), (f1, f2), (f2, classes))
    biases = c1 + c2 + f1 + f2 + classes
    return {"sides": sides, "flat": flat, "parameters": sum(np.zeros(shape).size for shape in weights) + biases}


@part("The side of the map after each of the two convolutions and poolings, four numbers in order.", IntegerList())
def sides(H):
    return [H - 4, (H - 4) // 2, (H - 4) // 2 - 4, ((H - 4) // 2 - 4) // 2]


@slip(
    sides,
    "Without padding each convolution loses two pixels on each side, four in all; here the sides were kept.",
    credit=0.25,
)
def kept(H):
    return [H, H // 2, H // 2, H // 4]


@slip(sides, "Two pixels are lost at either end: four, not two, off every side.", credit=0.25)
def two_off(H):
    return [H - 2, (H - 2) // 2, (H - 2) // 2 - 2, ((H - 2) // 2 - 2) // 2]


@part("The number of features after flattening.", Number(integer=True))
def flat(sides, c2):
    return c2 * sides[-1] ** 2


@slip(flat, "The map has as many rows as columns: the side enters squared.", credit=0.25)
def one_side(sides, c2):
    return c2 * sides[-1]


@slip(flat, "All channels are flattened, not one of them.", credit=0.25)
def one_channel(sides):
    return sides[-1] ** 2


@part("The number of parameters of the whole network.", Number(integer=True), points=2)
def parameters(flat, c1, c2, f1, f2, classes):
    return conv_parameters(1, c1, 5) + conv_parameters(c1, c2, 5) + mlp_parameters([flat, f1, f2, classes])


@accept(parameters, "LeNet-5 of 1998 has 60,000: its second convolution reads only some channels, and its poolings have parameters of their own. With full connections there are 61,706.", notes_only=True)  # fmt: skip
def published():
    return 60000


@slip(parameters, "The biases are missing: one for each kernel and one for each output.", credit=0.5)
def no_biases(parameters, c1, c2, f1, f2, classes):
    return parameters - c1 - c2 - f1 - f2 - classes


@slip(
    parameters, "A kernel of the second convolution reads all <<c1>> channels of the first, not one.", credit=0.25
)
def flat_kernels(parameters, c1, c2):
    return parameters - 25 * (c1 - 1) * c2


@slip(parameters, "The fully connected layers are missing; they hold most of the parameters.", credit=0.25)
def convolutions_only(c1, c2):
    return conv_parameters(1, c1, 5) + conv_parameters(c1, c2, 5)
