"""Multiplications of a convolution, and how often each weight is used."""

from grader.kinds.number import Number
from grader.kinds.shape import Shape
from quizbank import Question, derived, one_of, part, slip
from quizbank.usual import under
from solvers.multiply_adds import conv_multiply_adds, conv_multiply_adds_steps
from solvers.shapes import conv_size
from solvers.worked import Step

question = Question(
    "ch3.conv_macs",
    title="Multiplications of a convolution",
    section="III.2.c",
    points=4,
    revision=2,
    difficulty=2,
    minutes=5,
    topics=("convolution", "cost", "parameters"),
    C=one_of(3, 4, 8, 16, 32, 64),
    M=one_of(6, 8, 10, 16, 24, 32, 64),
    H=one_of(12, 14, 16, 20, 28, 32),
    V=one_of(10, 18, 24, 30, 36, 40),
    k=one_of(3, 5),
    s=one_of(1, 2),
    p=derived(lambda k: (k - 1) // 2),
    text=r"""
One image with $<<C>>$ channels, a height of $<<H>>$ and a width of $<<V>>$ goes through a convolution with $<<M>>$ filters of
$<<k>> \times <<k>>$ pixels, stride $<<s>>$ and a padding of $<<p>>$ on every side.
Biases are left out, and multiplications with padded zeros count like any other. A calculator may be used.
""",
    hints=(
        "How many numbers are there in the output, and how many multiplications does one of them need?",
        "One output number needs one multiplication for each weight of its filter, and a filter reaches through all channels.",
    ),
)


def where(C, M, H, V):
    """Keep the channels apart, and the sides apart."""
    return C != M and H != V


def work(C, M, H, V, k, s, p):
    """The output's size, then the price of one number, then all of them."""
    high, wide = conv_size(H, k, s, p), conv_size(V, k, s, p)
    sizes = (
        Step(f"The window fits into this many places along the {side}.", rf"\lfloor ({letter} + 2p - k) / s \rfloor + 1",
             rf"\lfloor ({size} + {2 * p} - {k}) / {s} \rfloor + 1", f"{places}", "shape")
        for side, letter, size, places in (("height", "H", H, high), ("width", "W", V, wide))
    )  # fmt: skip
    price = under("multiplications", conv_multiply_adds_steps((C, H, V), M, k, s, p))
    uses = Step("A weight is multiplied once at every place of its filter.", r"H_{out} \cdot W_{out}",
                rf"{high} \cdot {wide}", f"{high * wide}", "uses")  # fmt: skip
    return (*sizes, *price, uses)


def check(C, M, H, V, k, s, p):
    """Walk over the places one by one, and add the price of each."""
    rows = [top for top in range(-p, H + p - k + 1) if (top + p) % s == 0]
    columns = [left for left in range(-p, V + p - k + 1) if (left + p) % s == 0]
    places = [(top, left) for top in rows for left in columns]
    return {
        "shape": (M, len(rows), len(columns)),
        "multiplications": sum(M * C * k * k for _ in places),
        "uses": len(places),
    }


@part("The shape of the output, as (channels, height, width).", Shape())
def shape(M, H, V, k, s, p):
    return M, conv_size(H, k, s, p), conv_size(V, k, s, p)


@slip(shape, "The output has one channel for each filter.", credit=0.5)
def input_channels(C, shape):
    return C, shape[1], shape[2]


@slip(shape, "The padding is missing: without it the windows at the border would not fit.", credit=0.25)
def no_padding(M, H, V, k, s):
    return M, conv_size(H, k, s), conv_size(V, k, s)


@part("The number of multiplications.", Number(integer=True), points=2)
def multiplications(shape, C, k):
    return shape[0] * shape[1] * shape[2] * C * k * k


@slip(multiplications, "These are the weights; each of them is used at every place of the window.", credit=0.25)
def weights_only(C, M, k):
    return C * M * k * k


@slip(multiplications, "A filter reaches through all <<C>> input channels; only one was counted.", credit=0.5)
def one_channel(shape, k):
    return shape[0] * shape[1] * shape[2] * k * k


@slip(
    multiplications, "Each filter is applied as often as the output has pixels, not as the input has.", credit=0.5
)
def input_places(C, M, H, V, k, s):
    return conv_multiply_adds((C, H, V), M, k, 1, (k - 1) // 2) if s > 1 else None


@part("How often is one weight used for this image?", Number(integer=True))
def uses(shape):
    return shape[1] * shape[2]


@slip(uses, "A weight belongs to one filter; other filters do not use it.", credit=0.25)
def every_filter(shape):
    return shape[0] * shape[1] * shape[2]


@slip(uses, "The places along both sides multiply; here they were added.", credit=0.25)
def one_side(shape):
    return shape[1] + shape[2]
