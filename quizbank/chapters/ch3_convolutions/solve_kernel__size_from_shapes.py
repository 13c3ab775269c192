"""Which kernel leads from one size to another?"""

from grader.kinds.number import Number
from quizbank import Question, derived, integers, one_of, part, slip
from quizbank.usual import under
from solvers.shapes import conv_size, kernel_for, kernel_for_steps
from solvers.worked import Step

question = Question(
    "ch3.solve_kernel",
    title="The kernel size from the sizes before and after",
    section="III.1",
    points=3,
    difficulty=2,
    minutes=4,
    topics=("convolution", "shapes"),
    k=one_of(3, 4, 5, 6, 7, 8),
    s=one_of(2, 3, 4),
    p=one_of(1, 2, 3),
    out=integers(5, 28),
    H=derived(lambda k, s, p, out: (out - 1) * s + k - 2 * p),
    V=integers(20, 90),
    text=r"""
A convolution with a square kernel, stride $<<s>>$ and a padding of $<<p>>$ on every side makes $<<out>>$ rows out of $<<H>>$.
Its last window ends exactly with the padded map: no row is left over.
""",
    hints=(
        "The first window takes $k$ rows, and each of the others takes one stride more.",
        r"$H + 2p = k + (H_{out} - 1) \cdot s$",
    ),
)


def where(H, V, k, s, p, out):
    """Keep sizes in which the padding is less than the kernel, and the columns are others than the rows."""
    return p <= k // 2 and k < H and V != H and conv_size(V, k, s, p) != out


def work(H, V, s, p, out, k):
    """Solve for the kernel, then use it."""
    return (
        *under("kernel", kernel_for_steps(H, out, s, p)),
        Step("The same kernel along the width.", r"\lfloor (W + 2p - k) / s \rfloor + 1",
             rf"\lfloor ({V} + {2 * p} - {k}) / {s} \rfloor + 1", f"{conv_size(V, k, s, p)}", "columns"),
    )  # fmt: skip


def check(H, V, s, p, out):
    """Try every kernel, and list the places of its windows one by one."""

    def ends(side, kernel):
        return [start + kernel for start in range(0, side + 2 * p - kernel + 1, s)]

    fitting = [k for k in range(1, H) if len(ends(H, k)) == out and ends(H, k)[-1] == H + 2 * p]
    assert len(fitting) == 1
    return {"kernel": fitting[0], "columns": len(ends(V, fitting[0]))}


@part("The side $k$ of the kernel.", Number(integer=True), points=2)
def kernel(H, s, p, out):
    return kernel_for(H, out, s, p)


@slip(kernel, "There is one stride fewer than there are windows: $H_{out} - 1$ of them.", credit=0.5)
def one_stride_more(H, s, p, out):
    return H + 2 * p - out * s


@slip(kernel, "The padding stands on both sides, so it counts twice.", credit=0.5)
def padding_once(H, s, p, out):
    return H + p - (out - 1) * s


@slip(
    kernel, "Padding makes the map larger before the windows are laid on it; here it was subtracted.", credit=0.25
)
def padding_off(H, s, p, out):
    return H - 2 * p - (out - 1) * s


@part(
    "The same map has $<<V>>$ columns. How many columns has the output? What does not fit is dropped.",
    Number(integer=True),
)
def columns(kernel, V, s, p):
    return conv_size(V, kernel, s, p)


@slip(columns, "The window in the first place counts, too: add 1 after dividing.", credit=0.5)
def no_one(kernel, V, s, p):
    return (V + 2 * p - kernel) // s


@slip(columns, "The kernel's own width has to be taken off before dividing by the stride.", credit=0.25)
def no_kernel(V, s, p):
    return (V + 2 * p) // s + 1
