"""What handcrafted kernels answer where nothing changes, and where brightness rises evenly."""

import numpy as np

from grader.kinds.number import Number
from quizbank import Question, derived, integers, one_of, part, slip
from quizbank.usual import under
from solvers.arrays import show, signed, total
from solvers.kernels import constant_response, constant_response_steps, kernel, response
from solvers.worked import Step

KERNELS = ("sobel-vertical", "sobel-horizontal", "prewitt-vertical", "edge", "sharpen", "box", "gauss")
DIVISORS = {"box": 9, "gauss": 16}


def printed(name):
    """The kernel as LaTeX, with its factor in front."""
    front = rf"\tfrac{{1}}{{{DIVISORS[name]}}} " if name in DIVISORS else ""
    return front + show((kernel(name) * DIVISORS.get(name, 1)).round())


def positive_part(name):
    """The sum of the positive entries, without the factor in front."""
    entries = kernel(name) * DIVISORS.get(name, 1)
    return int(entries[entries > 0].sum().round())


def ramp(c, a, d):
    """A patch with the value c in the middle, rising by a for every column to the right and by d for every row down."""
    return c + a * np.array([[-1, 0, 1]] * 3) + d * np.array([[-1], [0], [1]])


def turned(name):
    """What goes wrong with the rise most often."""
    if name.endswith(("vertical", "horizontal")):
        return "The kernel is laid on as it is printed; here it was flipped, or the brightness falls where it should rise."
    return "The rise leaves nothing: what lies above the middle value is made up for on the opposite side."


question = Question(
    "ch3.kernel_dc",
    title="Kernels on even brightness",
    section="III.4",
    points=3,
    difficulty=2,
    minutes=4,
    topics=("handcrafted kernels",),
    name=one_of(*KERNELS),
    K=derived(printed),
    c=integers(20, 200),
    a=integers(2, 9),
    d=integers(-9, 9, nonzero=True),
    remark=derived(turned),
    text=r"""
The kernel

$$K = <<K>>$$

runs over an image, without a flip. Borders are left out of account.
""",
    hints=(
        "If all pixels are equal, the common value can be taken out of the sum.",
        "On an even rise, what the pixel on the right has more, the pixel on the left has less.",
    ),
)


def where(a, d):
    """Keep rises that differ in size."""
    return abs(a) != abs(d)


def work(name, c, a, d):
    """The sum of the kernel; then what is different from even brightness."""
    rising, even = response(name, ramp(c, a, d)), constant_response(name, c)
    right, down = ((kernel(name) * ramp(0, *slope)).sum().round(9) for slope in ((1, 0), (0, 1)))
    return (
        *under("flat", constant_response_steps(name, c)),
        Step("The patch is the even one plus a rise to the right plus a rise downwards, and the response is the sum of the three.",
             "X = c + a J + d I", "", show(ramp(c, a, d)), "rising"),
        Step("To the right, the pixels of the right column are $a$ above the middle, those of the left column as much below.",
             r"a \sum_i (K_{i3} - K_{i1})", rf"{a} \cdot {signed(right)}", show(a * right), "rising"),
        Step("Downwards likewise.", r"d \sum_j (K_{3j} - K_{1j})", rf"{signed(d)} \cdot {signed(down)}", show(d * down), "rising"),
        Step("Together.", "", total((even, a * right, d * down)), show(round(rising, 6)), "rising"),
    )  # fmt: skip


def check(name, c, a, d):
    """Convolve a flat image and a slope with the engine, and look at one pixel inside."""
    from solvers.engine.layers.conv2d import conv2d

    def inside(image):
        return conv2d(image[None, None].astype(float), kernel(name)[None, None])[0, 0, 2, 2]

    steps = np.arange(7) - 3
    return {"flat": inside(np.full((7, 7), c)), "rising": inside(c + a * steps[None] + d * steps[:, None])}


@part("All pixels have the value $<<c>>$. What is the response?", Number(integer=True))
def flat(name, c):
    return round(constant_response(name, c))


@slip(
    flat,
    "All entries of the kernel count, with their signs and the factor in front: their sum decides.",
    credit=0.25,
)
def positive_only(name, c):
    return c * positive_part(name)


@slip(
    flat,
    "Kernels that look for differences have the sum 0, kernels that keep the brightness the sum 1; here they were exchanged.",
)
def exchanged(name, c):
    return c - round(constant_response(name, c))


@part("The brightness changes by $<<a>>$ with every column to the right and by $<<d>>$ with every row downwards. What is the response "
      "where the pixel in the middle of the window has the value $<<c>>$?", Number(integer=True), points=2)  # fmt: skip
def rising(name, c, a, d):
    return round(response(name, ramp(c, a, d)))


@slip(rising, "All entries of the kernel count, with their signs and the factor in front.", credit=0.25)
def positive_rising(name, c):
    return c * positive_part(name)


@slip(
    rising,
    "The opposite sides of the window count both: one lies above the middle value, the other as much below.",
    credit=0.25,
)
def one_sided(name, c, a, d):
    right, below = a * kernel(name)[:, 2].sum(), d * kernel(name)[2].sum()
    return round(constant_response(name, c)) + round(right + below, 6)


@slip(rising, "<<remark>>", credit=0.5)
def mirrored(name, c, a, d):
    if name.endswith(("vertical", "horizontal")):
        return round(response(name, ramp(c, -a, -d)))
    return round(constant_response(name, c)) + a + d
