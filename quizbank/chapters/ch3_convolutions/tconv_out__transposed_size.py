"""The output size of a transposed convolution."""

import numpy as np

from grader.kinds.number import Number
from grader.kinds.shape import Shape
from quizbank import Question, integers, one_of, part, slip
from solvers.shapes import conv_size, transposed_size
from solvers.worked import Step

question = Question(
    "ch3.tconv_out",
    title="The output size of a transposed convolution",
    section="III.2.f",
    points=4,
    revision=2,
    difficulty=2,
    minutes=5,
    topics=("transposed convolution", "shapes"),
    H=integers(4, 24),
    V=integers(4, 24),
    k=one_of(3, 4, 5, 6),
    s=one_of(2, 3, 4),
    p=one_of(1, 2),
    C=one_of(16, 32, 64, 128),
    M=one_of(4, 8, 12, 24),
    text=r"""
A transposed convolution brings a map from $<<C>>$ to $<<M>>$ channels. Every pixel of the input lays a stamp of $<<k>> \times <<k>>$ pixels
on the output; stamps of neighbouring pixels begin $<<s>>$ pixels (the stride) apart, and where they overlap they add up. Then the padding, $<<p>>$
on every side, is cut off. The input has $<<H>>$ rows and $<<V>>$ columns.

As a formula, $H_{out} = (H - 1) \cdot s - 2p + k$.
""",
    hints=(
        "Where does the first stamp begin, and where does the last one end?",
        "Here the padding is taken away, and the stride spreads the pixels apart.",
    ),
)


def where(H, V, k, s, p):
    """Keep stamps that leave no gaps, and rows missing to a whole multiple of the input."""
    return H != V and s <= k and p <= k // 2 and 0 < s + 2 * p - k < s


def work(H, V, k, s, p, M):
    """The formula along both sides, then what is missing to a multiple."""
    high, wide = transposed_size(H, k, s, p), transposed_size(V, k, s, p)
    return (
        Step("The last stamp begins one stride fewer than there are pixels from the edge, and ends a kernel later; the "
             "padding is cut off on both sides.", "(H - 1) s - 2p + k", rf"({H} - 1) \cdot {s} - 2 \cdot {p} + {k}",
             f"{high}", "shape"),
        Step("The width in the same way.", "(W - 1) s - 2p + k", rf"({V} - 1) \cdot {s} - 2 \cdot {p} + {k}", f"{wide}",
             "shape"),
        Step("There is one output channel for each filter.", "", "", rf"{M} \times {high} \times {wide}", "shape"),
        Step("This many rows are missing to a whole multiple.", r"s H - H_{out}", rf"{s} \cdot {H} - {high}",
             f"{s * H - high}", "extra"),
        Step("A convolution with the same settings goes the opposite way.", r"\lfloor (H_{out} + 2p - k) / s \rfloor + 1",
             rf"\lfloor ({high} + {2 * p} - {k}) / {s} \rfloor + 1", f"{H}", "back"),
    )  # fmt: skip


def check(H, V, k, s, p, M):
    """Lay the stamps down one by one, cut the border off, and let the engine convolve what is left."""
    from solvers.engine.layers.conv2d import conv2d

    def stamped(side):
        return {at * s + i for at in range(side) for i in range(k)}

    high, wide = (max(stamped(side)) + 1 - 2 * p for side in (H, V))
    back = conv2d(np.ones((1, 1, high, wide)), np.ones((1, 1, k, k)), stride=s, padding=p)
    missing = next(n for n in range(2 * k * s) if (high + n) == s * H)
    return {"shape": (M, high, wide), "extra": missing, "back": back.shape[2]}


@part("The shape of the output, as (channels, height, width).", Shape(), points=2)
def shape(H, V, k, s, p, M):
    return M, transposed_size(H, k, s, p), transposed_size(V, k, s, p)


@slip(shape, "This is the size after an ordinary convolution; a transposed one makes the map larger.")
def convolved(H, V, k, s, p, M):
    return M, conv_size(H, k, s, p), conv_size(V, k, s, p)


@slip(shape, "Multiplying by the stride is not enough: kernel and padding count, too.", credit=0.25)
def stride_only(H, V, s, M):
    return M, H * s, V * s


@slip(shape, "Here the padding is cut off; it was added.", credit=0.5)
def padding_added(H, V, k, s, p, M):
    return M, (H - 1) * s + 2 * p + k, (V - 1) * s + 2 * p + k


@slip(shape, "Between $H$ stamps there are $H - 1$ strides.", credit=0.5)
def one_stride_more(H, V, k, s, p, M):
    return M, H * s - 2 * p + k, V * s - 2 * p + k


@part("How many rows would have to be added at one end so that the output is exactly $<<s>>$ times as high as the input?",
      Number(integer=True))  # fmt: skip
def extra(shape, H, s):
    return s * H - shape[1]


@slip(extra, "This is the padding of both sides; the kernel makes up for a part of it.", credit=0.25)
def whole_padding(p):
    return 2 * p


@slip(extra, "The rows were counted without what the padding cuts off.", credit=0.25)
def uncut(H, k, s):
    return s * H - transposed_size(H, k, s)


@part("How many rows does an ordinary convolution with the same kernel size, stride and padding make of this output?",
      Number(integer=True))  # fmt: skip
def back(shape, k, s, p):
    return conv_size(shape[1], k, s, p)


@slip(back, "The window in the first place counts, too: add 1 after dividing.", credit=0.5)
def no_one(shape, k, s, p):
    return (shape[1] + 2 * p - k) // s


@slip(back, "The convolution pads its input by as much as the transposed one cut off.", credit=0.25)
def unpadded(shape, k, s):
    return conv_size(shape[1], k, s)
