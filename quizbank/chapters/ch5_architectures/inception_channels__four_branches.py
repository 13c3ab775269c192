"""What the four branches of an inception block give together."""

from grader.kinds.integer_list import IntegerList
from grader.kinds.number import Number
from grader.kinds.shape import Shape
from quizbank import Figure, Question, derived, one_of, part, slip, some_of
from solvers.drawing.blocks import branches
from solvers.shapes import same_padding
from solvers.typeset import shape as typeset_shape
from solvers.worked import Step

question = Question(
    "ch5.inception_channels",
    title="Four branches side by side",
    section="V.6",
    points=4,
    difficulty=2,
    minutes=5,
    topics=("inception", "shapes", "padding"),
    H=one_of(7, 14, 28),
    inputs=one_of(192, 256, 480),
    kernels=some_of(3, 1, 3, 5, 7, 9),
    pool=one_of(3, 5),
    c=some_of(4, 16, 24, 32, 48, 64, 96, 128),
    k1=derived(lambda kernels: kernels[0]),
    k2=derived(lambda kernels: kernels[1]),
    k3=derived(lambda kernels: kernels[2]),
    c1=derived(lambda c: c[0]),
    c2=derived(lambda c: c[1]),
    c3=derived(lambda c: c[2]),
    c4=derived(lambda c: c[3]),
    text=r"""
An inception block reads a feature map with $<<inputs>>$ channels of $<<H>> \times <<H>>$ pixels. Four branches work on it side by side, all with stride 1:

1. a convolution with $<<c1>>$ kernels of $<<k1>> \times <<k1>>$ pixels,
2. a convolution with $<<c2>>$ kernels of $<<k2>> \times <<k2>>$ pixels,
3. a convolution with $<<c3>>$ kernels of $<<k3>> \times <<k3>>$ pixels,
4. max pooling with a window of $<<pool>> \times <<pool>>$ pixels, then a convolution with $<<c4>>$ kernels of $1 \times 1$ pixels.

Every branch keeps the height and the width. Their outputs are concatenated along the channels.
""",
    hints=(
        "With stride 1, a window takes its size minus 1 off a side; padding stands on both sides.",
        "Concatenation adds the channels up.",
        "Pooling works on each channel by itself.",
    ),
)


def figure(kernels, pool, c):
    """The four branches, with kernels and the number of them."""
    rows = [[f"conv {k} × {k}, {count} kernels"] for k, count in zip(kernels, c[:3], strict=True)]
    rows.append([f"max pool {pool} × {pool}", f"conv 1 × 1, {c[3]} kernels"])
    return Figure(
        branches(rows, "input", "concatenate"),
        "Four branches lead from the input to one box, where their outputs are concatenated: three hold one convolution "
        "each, the last one the max pooling and behind it the convolution with 1 by 1 kernels.",
    )


def work(kernels, pool, c, inputs, paddings, shape, raw):
    """Padding that keeps the size, then the channels."""
    return (
        Step("With stride 1 the size is kept if padding on both sides makes up for the window.", r"p = \frac{k - 1}{2}",
             r",\; ".join(rf"\tfrac{{{k} - 1}}{{2}}" for k in (*kernels.tolist(), pool)), r",\; ".join(map(str, paddings)), "paddings"),
        Step("The channels are put side by side.", r"\sum_i C_i", " + ".join(map(str, c)), str(sum(c)), "shape"),
        Step("Height and width are the same in all branches, and in the output.", "", "", typeset_shape(shape), "shape"),
        Step("Pooling gives as many channels as it reads, so the fourth branch would bring all of the input's.", "",
             " + ".join(map(str, (*c[:3], inputs))), str(raw), "raw"),
    )  # fmt: skip


def check(H, inputs, kernels, pool, c):
    """Try paddings until the places of the window are as many as the pixels; count channels one by one."""

    def fitting(k):
        return next(p for p in range(k) if len([at for at in range(-p, H + p) if at + k <= H + p]) == H)

    channels = [(branch, i) for branch, count in enumerate(c) for i in range(count)]
    pooled = [(3, i) for i in range(inputs)]
    return {
        "paddings": [fitting(k) for k in (*kernels, pool)],
        "shape": (len(channels), H, H),
        "raw": len([channel for channel in channels if channel[0] < 3] + pooled),
    }


@part(
    "The padding on every side that the three convolutions and the pooling need, four numbers in the order of the branches.",
    IntegerList(),
)
def paddings(kernels, pool):
    return [same_padding(k) for k in (*kernels.tolist(), pool)]


@slip(paddings, "This is the padding of both sides together; each side gets half of it.", credit=0.5)
def both_sides(kernels, pool):
    return [k - 1 for k in (*kernels.tolist(), pool)]


@slip(
    paddings,
    "With stride 1 pooling needs padding like a convolution; without it the map would shrink.",
    credit=0.5,
)
def pool_unpadded(kernels):
    return [*(same_padding(k) for k in kernels.tolist()), 0]


@part("The shape of the block's output, as (channels, height, width).", Shape())
def shape(H, c):
    return c.sum(), H, H


@slip(shape, "The branches are concatenated, not added: the channels of all four count.", credit=0.25)
def widest(H, c):
    return c.max(), H, H


@slip(shape, "With stride 1 and padding, pooling keeps the size.", credit=0.25)
def halved(H, c):
    return c.sum(), H // 2, H // 2


@slip(shape, "The input itself is not passed on: only the four branches are concatenated.", credit=0.25)
def input_too(H, c, inputs):
    return c.sum() + inputs, H, H


@part(
    "How many channels would the output have if the $1 \\times 1$ convolution after the pooling were missing?",
    Number(integer=True),
)
def raw(c, inputs):
    return c[:3].sum() + inputs


@slip(raw, "Pooling keeps the channels; the fourth branch does not disappear.", credit=0.25)
def no_branch(c):
    return c[:3].sum()


@slip(raw, "Without that convolution the number of channels is not reduced to its kernels.", credit=0.25)
def unchanged(shape):
    return shape[0]
