"""What a 1 × 1 convolution saves in front of a large kernel."""

from grader.kinds.number import Number
from quizbank import Question, one_of, part, slip
from quizbank.usual import under
from solvers.multiply_adds import bottleneck_multiply_adds_steps, conv_multiply_adds

question = Question(
    "ch5.bottleneck_cost",
    title="Reduce the channels first",
    section="V.6",
    points=3,
    difficulty=2,
    minutes=5,
    topics=("inception", "1 × 1 convolution", "multiplications"),
    H=one_of(7, 14, 28),
    inputs=one_of(128, 192, 256),
    reduced=one_of(16, 24, 32),
    outputs=one_of(32, 48, 64, 96),
    k=one_of(3, 5, 7),
    text=r"""
A feature map has $<<inputs>>$ channels of $<<H>> \times <<H>>$ pixels. A branch of an inception block makes $<<outputs>>$ channels of it with kernels of $<<k>> \times <<k>>$ pixels;
padding keeps the size, and the stride is 1. Two ways are compared:

- directly, by one convolution;
- with a bottleneck: a convolution with $<<reduced>>$ kernels of $1 \times 1$ pixels, and the convolution with the large kernels behind it.

Count multiplications with a weight only, also where the padding is multiplied. A calculator may be used.
""",
    hints=(
        "Every number of an output costs as many multiplications as its kernel has weights.",
        "In the bottleneck two convolutions are paid for.",
    ),
)


def where(reduced, outputs):
    """Keep the channels apart."""
    return reduced != outputs


def work(H, inputs, reduced, outputs, k):
    """Count both ways and compare."""
    direct, pointwise, both, ratio = bottleneck_multiply_adds_steps((inputs, H, H), outputs, k, reduced).steps
    return (direct, *under("bottleneck", (pointwise, both)), ratio)


def check(H, inputs, reduced, outputs, k):
    """Go through the output pixel by pixel and add the sizes of the windows up."""

    def cost(depth, channels, window):
        return sum(depth * window**2 for _ in range(channels) for _ in range(H)) * H

    direct, bottleneck = cost(inputs, outputs, k), cost(inputs, reduced, 1) + cost(reduced, outputs, k)
    return {"direct": direct, "bottleneck": bottleneck, "ratio": direct / bottleneck}


@part("The multiplications of the direct way.", Number(integer=True))
def direct(H, inputs, outputs, k):
    return conv_multiply_adds((inputs, H, H), outputs, k, padding=k // 2)


@slip(direct, "These are the weights; each is used at every pixel of the output.", credit=0.25)
def weights(inputs, outputs, k):
    return inputs * outputs * k * k


@slip(direct, "A kernel is a square: its side enters squared.", credit=0.25)
def flat_kernel(H, inputs, outputs, k):
    return H * H * inputs * outputs * k


@part("The multiplications with the bottleneck.", Number(integer=True))
def bottleneck(H, inputs, reduced, outputs, k):
    first = conv_multiply_adds((inputs, H, H), reduced, 1)
    return first + conv_multiply_adds((reduced, H, H), outputs, k, padding=k // 2)


@slip(bottleneck, "The $1 \\times 1$ convolution costs something, too.", credit=0.5)
def free_reduction(H, reduced, outputs, k):
    return H * H * reduced * outputs * k * k


@slip(bottleneck, "Behind the bottleneck the large kernels read <<reduced>> channels only.", credit=0.25)
def nothing_reduced(H, inputs, reduced, outputs, k):
    return H * H * inputs * (reduced + outputs * k * k)


@slip(bottleneck, "This is the $1 \\times 1$ convolution alone; the large kernels follow.", credit=0.25)
def reduction_only(H, inputs, reduced):
    return H * H * inputs * reduced


@part("How many times as many does the direct way need?", Number(decimals=2))
def ratio(direct, bottleneck):
    return direct / bottleneck


@slip(ratio, "This is the quotient the other way round.", credit=0.5)
def inverse(direct, bottleneck):
    return bottleneck / direct


@slip(ratio, "This compares the channels; the $1 \\times 1$ convolution eats a part of the gain.", credit=0.25)
def by_channels(inputs, reduced):
    return inputs / reduced
