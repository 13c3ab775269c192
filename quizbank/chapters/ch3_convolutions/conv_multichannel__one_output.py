"""One output value of a filter that reaches through several channels."""

import numpy as np

from grader.kinds.integer_list import IntegerList
from grader.kinds.number import Number
from quizbank import Figure, Question, integers, one_of, part, slip
from quizbank.usual import under
from solvers.convolution import patch_sum_steps
from solvers.drawing.grid import Grid, grids
from solvers.worked import Step

question = Question(
    "ch3.conv_multichannel",
    title="One output value of a filter with several channels",
    section="III.1",
    points=3,
    difficulty=1,
    minutes=4,
    topics=("convolution", "channels"),
    c=one_of(2, 3),
    X=integers(-2, 3, shape=("c", 2, 2)),
    W=integers(-2, 3, shape=("c", 2, 2)),
    b=integers(-4, 4, nonzero=True),
    text=r"""
A convolution layer reads a map with $<<c>>$ channels. At one place its window sees $X$; one of its filters has the weights $W$ and the bias
$b = <<b>>$. The blocks are the channels, in order:

$$X = <<X>>, \qquad W = <<W>> .$$
""",
    hints=(
        "A filter has its own small kernel for every channel.",
        "The channels' results are added up; there is one bias for each filter.",
    ),
)


def where(X, W):
    """Keep numbers in which every channel matters."""
    return np.all((X * W).sum(axis=(1, 2)) != 0)


def figure(X, W):
    """What the window sees, channel by channel, over the filter's weights."""
    rows = (
        [Grid(f"{name}, channel {at + 1}", one) for at, one in enumerate(all)]
        for name, all in (("X", X), ("W", W))
    )
    return Figure(
        grids(*rows),
        "The channels of X side by side, and below each of them the filter's weights for this channel.",
    )


def work(X, W, b):
    """Channel by channel, then all together."""
    *each, last = patch_sum_steps(X, W, b).steps
    sums = Step("Together.", "", "", r",\; ".join(str(int(value)) for value in (X * W).sum(axis=(1, 2))), "sums")
    return (*under("sums", each), sums, last)


def check(X, W, b):
    """The engine's convolution of the window, whole and channel by channel."""
    from solvers.engine.layers.conv2d import conv2d

    image = X[None].astype(float)
    one = [conv2d(image[:, [i]], W[None, [i]].astype(float)).item() for i in range(len(X))]
    return {"sums": tuple(map(round, one)), "y": conv2d(image, W[None].astype(float), np.array([float(b)])).item()}


@part("The sum of products in each channel, without the bias, as a list.", IntegerList(), points=2)
def sums(X, W):
    return (X * W).sum(axis=(1, 2))


@slip(
    sums, "The blocks are multiplied entry by entry and added up; these are sums of matrix products.", credit=0.25
)
def matrix_products(X, W):
    return (X @ W).sum(axis=(1, 2))


@slip(sums, "The weights of all channels were added before multiplying; each channel has its own.", credit=0.25)
def shared_weights(X, W):
    return (X * W.sum(axis=0)).sum(axis=(1, 2))


@part("The output value of this filter at this place.", Number(integer=True))
def y(sums, b):
    return sum(sums) + b


@slip(y, "The bias was added for every channel; a filter has one.", credit=0.5)
def bias_often(sums, b):
    return sum(sums) + len(sums) * b


@slip(y, "The bias is missing.", credit=0.5)
def no_bias(sums):
    return sum(sums)


@slip(y, "Only the first channel was used; a filter adds up over all of them.")
def first_channel(sums, b):
    return sums[0] + b
