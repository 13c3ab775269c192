"""The output size of a convolution or pooling layer."""

from grader.kinds.number import Number
from grader.kinds.shape import Shape
from quizbank import Question, integers, one_of, part, slip
from quizbank.usual import under
from solvers.shapes import conv_size, conv_size_steps
from solvers.worked import Step

question = Question(
    "ch3.conv_out",
    also=("ch3.conv_out_rect",),
    title="The output size of a convolution",
    section="III.1",
    points=2,
    revision=2,
    difficulty=1,
    minutes=3,
    topics=("convolution", "shapes"),
    H=integers(12, 64),
    V=integers(12, 64),
    k=one_of(3, 5, 7),
    s=one_of(1, 2, 3, 4),
    p=one_of(0, 1, 2, 3),
    C=one_of(1, 3, 8),
    M=one_of(4, 6, 16, 32),
    text=r"""
A convolution with $<<M>>$ kernels of $<<k>> \times <<k>>$ pixels, stride $<<s>>$ and a padding of $<<p>>$ on every side is applied to a
feature map of the shape $<<C>> \times <<H>> \times <<V>>$ (channels, height, width). A window that does not fit is dropped.
""",
    hints=("In how many places does the kernel fit along one side?", r"$\lfloor (H + 2p - k) / s \rfloor + 1$"),
)


def where(H, V, k, s, p):
    """Keep sides apart, and a padding that is not wider than half the kernel."""
    return H != V and p <= k // 2 and conv_size(H, k, s, p) != conv_size(V, k, s, p)


def work(H, V, k, s, p, M):
    """Count the places along the height; the width goes alike."""
    wide = conv_size(V, k, s, p)
    return (
        *under("shape", conv_size_steps(H, k, s, p)),
        Step("The width in the same way.", r"\left\lfloor \frac{W + 2p - k}{s} \right\rfloor + 1",
             rf"\left\lfloor \frac{{{V + 2 * p - k}}}{{{s}}} \right\rfloor + 1", f"{wide}", "shape"),
        Step("Each kernel gives one channel.", "", "", rf"{M} \times {conv_size(H, k, s, p)} \times {wide}", "shape"),
        Step("Whole strides use up the rows after the first window; the remainder of the division is not read.",
             r"(H + 2p - k) \bmod s", rf"{H + 2 * p - k} \bmod {s}", f"{(H + 2 * p - k) % s}", "dropped"),
    )  # fmt: skip


def check(H, V, k, s, p, M):
    """List the places of the window one by one, and count the border that none of them reads."""
    places = [[at for at in range(-p, side + p - k + 1) if (at + p) % s == 0] for side in (H, V)]
    padded = set(range(-p, H + p))
    return {
        "shape": (M, *map(len, places)),
        "dropped": len(padded - {at + i for at in places[0] for i in range(k)} - _gaps(places[0], k, s)),
    }


def _gaps(places, k, s):
    """Rows between two windows that are further apart than they are tall."""
    return {at + i for at in places[:-1] for i in range(k, s)}


@part("The shape of the output, as (channels, height, width).", Shape())
def shape(H, V, k, s, p, M):
    return M, conv_size(H, k, s, p), conv_size(V, k, s, p)


@slip(shape, "The last place was not counted: add 1 after dividing by the stride.", credit=0.5)
def no_one(H, V, k, s, p, M):
    return M, (H + 2 * p - k) // s, (V + 2 * p - k) // s


@slip(shape, "The padding stands on both sides, so it counts twice.", credit=0.25)
def padding_once(H, V, k, s, p, M):
    return (M, (H + p - k) // s + 1, (V + p - k) // s + 1) if p > 0 else None


@slip(shape, "The output has one channel for each kernel.", credit=0.5)
def input_channels(shape, C):
    return C, shape[1], shape[2]


@slip(shape, "The quotient is rounded down: a window that does not fit is dropped.", credit=0.5)
def rounded_up(H, V, k, s, p, M):
    return (M, -(-(H + 2 * p - k) // s) + 1, -(-(V + 2 * p - k) // s) + 1) if s > 1 else None


@part("How many rows at the bottom of the padded map are read by no window?", Number(integer=True))
def dropped(H, k, s, p):
    return (H + 2 * p - k) % s


@slip(dropped, "These are the columns at the right; the rows were asked for.", credit=0.5)
def columns(V, k, s, p, dropped):
    left = (V + 2 * p - k) % s
    return left if left != dropped else None


@slip(
    dropped, "This is the remainder of the whole height; the first window takes <<k>> rows at once.", credit=0.25
)
def whole_remainder(H, k, s, p):
    return (H + 2 * p) % s if k % s else None


@slip(dropped, "These rows are missing to one more window; those that are left over were asked for.", credit=0.25)
def missing(H, k, s, p):
    left = (H + 2 * p - k) % s
    return s - left if 2 * left != s else None
