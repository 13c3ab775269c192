"""The handcrafted kernels: which is which, and writing one down."""

import numpy as np

from grader.kinds.matching import Matching
from grader.kinds.matrix import Matrix
from quizbank import Question, accept, derived, part, slip, some_of
from solvers.kernels import PURPOSES, kernel
from solvers.typeset import array
from solvers.worked import Step

NAMES = ("edge", "sobel-vertical", "sobel-horizontal", "box", "gauss", "sharpen")
TASKS = {
    "edge": "detect edges of any direction by comparing a pixel with its eight neighbours",
    "sobel-vertical": "detect vertical edges (Sobel)",
    "sobel-horizontal": "detect horizontal edges (Sobel)",
    "box": "blur with equal weights",
    "gauss": "blur with more weight in the middle (Gauss)",
    "sharpen": "sharpen, using a pixel and its four direct neighbours",
}
DIVISORS = {"box": 9, "gauss": 16}
CONFUSIONS = {
    "edge": ("sharpen", "This sharpens: its entries add up to 1. What looks for differences has the sum 0."),
    "sobel-vertical": ("sobel-horizontal", "This compares above with below, which answers to horizontal edges."),
    "sobel-horizontal": ("sobel-vertical", "This compares left with right, which answers to vertical edges."),
    "box": ("gauss", "Here the middle weighs more than the border; that is the Gaussian blur."),
    "gauss": ("box", "Here all pixels weigh alike; that is the box blur."),
    "sharpen": (
        "laplace",
        "Its entries add up to 0, so it keeps the edges alone; sharpening adds them to the pixel.",
    ),
}


def whole(name):
    """The kernel's entries as whole numbers, without the factor in front."""
    return (kernel(name) * DIVISORS.get(name, 1)).round().astype(int)


def written(name):
    """The kernel as it is printed."""
    front = rf"\tfrac{{1}}{{{DIVISORS[name]}}} " if name in DIVISORS else ""
    return f"${front}{array(whole(name))}$"


question = Question(
    "ch3.body.kernels",
    title="Handcrafted kernels",
    section="III.4",
    points=5,
    difficulty=1,
    minutes=5,
    topics=("handcrafted kernels", "convolution"),
    shown=some_of(4, *NAMES),
    tasks=some_of(6, *NAMES),
    asked=some_of(1, *NAMES),
    name=derived(lambda asked: asked[0]),
    task=derived(lambda name: TASKS[name]),
    mistaken=derived(lambda name: CONFUSIONS[name][0]),
    confusion=derived(lambda name: CONFUSIONS[name][1]),
    factor=derived(lambda name: f", without its factor of $1/{DIVISORS[name]}$," if name in DIVISORS else ""),
    notes=dict(shown=("edge", "sobel-vertical", "box", "sharpen"), tasks=NAMES, asked=("gauss",)),
    text=r"""
Handcrafted kernels of $3 \times 3$ pixels, applied as in deep learning (without a flip), are used to filter images.
""",
    hints=(
        "Add the entries up: a kernel that looks for differences has the sum 0, one that keeps the brightness the sum 1.",
        "A Sobel kernel compares two opposite sides of the window, and has zeros in the line between them.",
    ),
)


def where(shown, name):
    """Do not print the kernel that is to be written down."""
    return name not in shown


def work(shown, tasks, name):
    """What each kernel does, and the one asked for."""
    return (
        *(Step(f"{written(one)}: {PURPOSES[one]}.", name="pairs") for one in shown),
        Step(f"To {TASKS[name]}: {PURPOSES[name]}.", "", "", array(whole(name)), "entries"),
        Step("The sum of its entries, times its factor if it has one, says whether brightness is kept (1) or ignored (0).",
             *brightness(name), "entries"),
    )  # fmt: skip


def brightness(name):
    """The sum of a kernel's entries as formula, numbers and result."""
    total, divisor = whole(name).sum(), DIVISORS.get(name)
    if divisor is None:
        return r"\sum_{ij} K_{ij}", "", str(total)
    return (
        rf"\tfrac{{1}}{{{divisor}}} \sum_{{ij}} K_{{ij}}",
        rf"\tfrac{{{total}}}{{{divisor}}}",
        f"{total / divisor:g}",
    )


def check(name):
    """Build the kernels from differences and means: outer products, or the pixel against its neighbours."""
    smooth, differ, spot = np.array([1, 2, 1]), np.array([1, 0, -1]), np.zeros((3, 3), int)
    spot[1, 1] = 1
    cross = np.abs(np.add.outer([-1, 0, 1], [0, 0, 0])) + np.abs([-1, 0, 1]) == 1
    found = {
        "edge": 9 * spot - 1,
        "sobel-vertical": np.outer(smooth, differ),
        "sobel-horizontal": np.outer(differ, smooth),
        "box": np.ones((3, 3)),
        "gauss": np.outer(smooth, smooth),
        "sharpen": 5 * spot - cross,
    }
    return {"entries": found[name]}


def pairing(shown, tasks) -> Matching:
    """Kernels on the left, what they are for on the right."""
    return Matching(
        left=tuple(written(one) for one in shown),
        right=tuple(TASKS[one] for one in tasks),
        explanations=tuple(f"{PURPOSES[one].capitalize()}." for one in shown),
    )


@part("What is each kernel for? Two purposes remain without a kernel.", pairing, points=3)
def pairs(shown, tasks):
    return tuple(tasks.index(one) for one in shown)


@part(
    "Write down the entries of the kernel that is used to <<task>><<factor>> as a matrix.",
    Matrix(integer=True, whole=True),
    points=2,
)
def entries(name):
    return whole(name)


@slip(entries, "<<confusion>>", credit=0.25)
def confused(mistaken):
    return whole(mistaken)


@slip(entries, "One entry in the middle too many: the entries no longer have the sum they should.", credit=0.25)
def middle_off(name):
    spot = np.zeros((3, 3), int)
    spot[1, 1] = 1
    return whole(name) + spot


@accept(entries, "This is the same kernel with the sign reversed: it answers as strongly, with the other sign.")
def reversed_sign(name):
    return -whole(name) if name.startswith("sobel") or name == "edge" else whole(name)
