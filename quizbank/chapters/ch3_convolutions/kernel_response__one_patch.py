"""What a handcrafted kernel answers on one patch."""

import numpy as np

from grader.kinds.number import Number
from quizbank import Question, derived, integers, one_of, part, slip
from quizbank.usual import under
from solvers.arrays import show
from solvers.kernels import kernel, response, response_steps
from solvers.worked import Step

KERNELS = {
    "sobel-vertical": "the Sobel kernel for vertical edges",
    "sobel-horizontal": "the Sobel kernel for horizontal edges",
    "edge": "the kernel for edges of any direction",
    "sharpen": "the sharpening kernel",
    "box": "the box blur",
    "gauss": "the Gaussian blur",
}
DIVISORS = {"box": 9, "gauss": 16}


def printed(name):
    """The kernel as LaTeX, with its factor in front."""
    front = rf"\tfrac{{1}}{{{DIVISORS[name]}}} " if name in DIVISORS else ""
    return front + show((kernel(name) * DIVISORS.get(name, 1)).round())


def mistake(name):
    """What goes wrong most often with this kernel."""
    if name in DIVISORS:
        return f"The factor 1/{DIVISORS[name]} in front of the kernel is missing."
    if name.startswith("sobel"):
        return "The kernel was flipped; in deep learning it is laid on the patch as it is printed."
    return "The signs of the neighbours' weights are lost: they are negative."


def left_out(name):
    """What is overlooked most often where a constant is added."""
    if name.startswith("sobel"):
        return "The negative weights meet the constant, too, and take away what the positive ones add."
    return "The constant meets the weights around the middle, too, not the middle one alone."


question = Question(
    "ch3.kernel_response",
    title="The response of a kernel",
    section="III.4",
    points=3,
    difficulty=1,
    minutes=3,
    topics=("handcrafted kernels", "convolution"),
    name=one_of(*KERNELS),
    called=derived(lambda name: KERNELS[name]),
    K=derived(printed),
    remark=derived(mistake),
    forgotten=derived(left_out),
    X=integers(0, 9, shape=(3, 3)),
    c=integers(2, 9),
    text=r"""
Here <<called>> lies on a patch $X$ of an image. As in deep learning, the kernel is not flipped:

$$K = <<K>>, \qquad X = <<X>> .$$
""",
    hints=(
        "Multiply entry by entry, then add everything up.",
        "What does a constant add to each product? The sum of the kernel's entries tells.",
    ),
)


def where(name, X):
    """Keep patches with a response of some size, and with different pixels."""
    return abs(response(name, X)) >= 1 and len(np.unique(X)) >= 5


def work(name, X, c):
    """Multiply and add; then what a constant does."""
    total = kernel(name).sum().round(9)
    change = Step("Every entry of the kernel meets the same additional value.", r"\sum_{ij} K_{ij} (X_{ij} + c)",
                  rf"{show(round(response(name, X), 4))} + {c} \cdot {show(total)}",
                  show(round(response(name, X) + c * total, 4)), "brighter")  # fmt: skip
    return (*under("value", response_steps(name, X)), change)


def check(name, X, c):
    """The engine's convolution of the patch, and of the brighter patch."""
    from solvers.engine.layers.conv2d import conv2d

    def answered(patch):
        return conv2d(patch[None, None].astype(float), kernel(name)[None, None]).item()

    return {"value": answered(X), "brighter": answered(X + c)}


@part("The response, to two decimals where it is not whole.", Number(decimals=2), points=2)
def value(name, X):
    return response(name, X)


@slip(value, "<<remark>>", credit=0.25)
def usual_mistake(name, X):
    if name in DIVISORS:
        return response(name, X) * DIVISORS[name]
    weights = np.flip(kernel(name)) if name.startswith("sobel") else np.abs(kernel(name))
    return (weights * X).sum()


@slip(value, "This is the product in the middle alone; all nine products are added up.")
def middle_only(name, X):
    return kernel(name)[1, 1] * X[1, 1]


@slip(value, "This is an entry of the matrix product; kernel and patch are multiplied entry by entry.")
def matrix_product(name, X):
    return (kernel(name) @ X)[1, 1]


@part("The patch gets brighter: every pixel grows by $<<c>>$. What is the response now?", Number(decimals=2))
def brighter(value, name, c):
    return value + c * kernel(name).sum()


@slip(brighter, "The constant meets all nine weights, so their sum decides what it adds.", credit=0.25)
def nine_times(value, name, c):
    return value + 9 * c


@slip(brighter, "<<forgotten>>", credit=0.25)
def middle_weight(value, name, c):
    return value + c * (4 if name.startswith("sobel") else kernel(name)[1, 1])
