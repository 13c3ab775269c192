"""The memory of a huge data matrix, and of the small matrix that is inverted."""

from grader.kinds.number import Number
from grader.kinds.shape import Shape
from grader.kinds.single_choice import SingleChoice
from quizbank import Question, one_of, part, slip, some_of
from solvers.data_split import matrix_memory, matrix_memory_steps
from solvers.worked import Step

WAYS = {
    "sums": (
        "The sums $X^\\top X$ and $X^\\top Y$ are added up batch by batch.",
        "Both are sums over samples and stay small, so the exact optimum needs one pass over the data.",
    ),
    "invert": (
        "The inverse of $X$ is computed batch by batch.",
        "$X$ is not square and has no inverse; what is inverted is $X^\\top X$.",
    ),
    "average": (
        "The optimum of every batch is computed and they are averaged.",
        "The mean of the batches' solutions is not the solution for all the data.",
    ),
    "never": (
        "Not at all: only a neural network can be fitted to so many points.",
        "Batches work for linear models as well, by sums or by gradient descent.",
    ),
}

question = Question(
    "ch2.normal_eq_memory",
    title="Least squares on billions of points",
    section="II.7",
    points=4,
    revision=2,
    difficulty=2,
    minutes=4,
    topics=("linear regression", "normal equation", "memory"),
    n=one_of(1, 2, 3, 4, 5, 6, 8, 10),
    d=one_of(10, 20, 40, 50, 100, 200, 400),
    size=one_of(4, 8),
    order=some_of(4, *WAYS),
    notes=dict(n=5, d=100, size=4, order=list(WAYS)),
    text=r"""
A linear model is fitted to $<<n>>$ billion points with $<<d>>$ features each (a billion is $10^9$). A number takes <<size>> bytes. The closed form is
$W = (X^\top X)^{-1} X^\top Y$ with one row of $X$ for each point. Leave the column of ones aside.
""",
    hints=("How many numbers has $X$?", r"The product $X^\top X$ sums over the points."),
)


def work(n, d, size, kilobytes):
    """The large matrix, the small one, and the way out."""
    memory, gram = matrix_memory_steps(n * 1e9, d, size).steps
    return (
        Step(memory.reason, memory.formula, memory.numbers, memory.result, "gigabytes"),
        Step(gram.reason, r"(D \times N) \cdot (N \times D)", "", rf"{d} \times {d}", "gram"),
        Step("Entries times bytes.", "D^2 \\cdot \\text{bytes}", rf"{d}^2 \cdot {size} / 1000", f"{kilobytes:g}", "kilobytes"),
        Step("Memory is no reason to give the closed form up: what has to fit in is the small matrix and one batch.", name="way"),
    )  # fmt: skip


def check(n, d, size):
    """Bytes as whole numbers; the shape from NumPy with a few rows instead of billions."""
    import numpy as np

    X = np.zeros((7, d))
    total = n * 10**9 * d * size
    return {"gigabytes": total / 10**9, "gram": (X.T @ X).shape, "kilobytes": (X.T @ X).size * size / 1000}


@part("How many gigabytes ($10^9$ bytes) does $X$ take?", Number(integer=True, unit="GB"))
def gigabytes(n, d, size):
    return round(matrix_memory(n * 1e9, d, size)["gigabytes"])


@slip(gigabytes, "These are $10^9$ points; there are <<n>> billion of them.", credit=0.5)
def one_billion(n, d, size):
    return d * size if n > 1 else None


@slip(gigabytes, "These are bits counted as bytes; <<size>> bytes are what a number takes.", credit=0.25)
def bits(n, d, size):
    return 8 * n * d * size


@slip(gigabytes, "Every number takes <<size>> bytes.", credit=0.25)
def numbers_only(n, d):
    return n * d


@part(r"The shape of the matrix $X^\top X$ that is inverted.", Shape())
def gram(d):
    return d, d


@slip(gram, "This is the shape of $X$ itself; the product $X^\\top X$ sums over the points, so they are gone.")
def one_row(n, d):
    return n * 10**9, d


@slip(
    gram,
    r"This is $X X^\top$, which would be far too large; the features remain here, not the points.",
    credit=0.25,
)
def other_product(n):
    return n * 10**9, n * 10**9


@part("How many kilobytes (1000 bytes) does it take?", Number(decimals=1, unit="kB"))
def kilobytes(gram, size):
    return gram[0] * gram[1] * size / 1000


@slip(kilobytes, "These are bytes; a kilobyte has 1000 of them.", credit=0.5)
def in_bytes(gram, size):
    return gram[0] * gram[1] * size


@slip(kilobytes, "The matrix has rows and columns: the features count twice.", credit=0.25)
def one_side(d, size):
    return d * size / 1000


def ways(order) -> SingleChoice:
    """Show the ways in this order."""
    return SingleChoice(
        options=tuple(WAYS[name][0] for name in order), explanations=tuple(WAYS[name][1] for name in order)
    )


@part(
    "The memory of the computer holds a thousandth of $X$. How can the exact optimum be found all the same?", ways
)
def way(order):
    return order.index("sums")
