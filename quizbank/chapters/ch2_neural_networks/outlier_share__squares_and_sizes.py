"""How much of a loss one outlier causes, with squares and with absolute values."""

from grader.kinds.number import Number
from grader.kinds.single_choice import SingleChoice
from quizbank import Question, one_of, part, slip, some_of
from solvers.loss_scales import outlier_shares, outlier_shares_steps
from solvers.worked import Step

LOSSES = {
    "MAE": ("MAE", "Each residual counts in proportion to its size, so the outlier does not drown the others."),
    "MSE": ("MSE", "Squares let the outlier dominate the loss and its gradient."),
    "BCE": ("BCE", "Binary cross-entropy compares probabilities with labels, not lengths."),
    "CE": ("CE", "Cross-entropy compares distributions over classes, not lengths."),
}

question = Question(
    "ch2.outlier_share",
    title="One outlier in the loss",
    section="II.7",
    points=3,
    difficulty=1,
    minutes=4,
    topics=("losses", "regression", "outliers"),
    n=one_of(9, 19, 24, 39, 49, 79, 99, 199),
    r=one_of(0.1, 0.2, 0.5, 1, 2),
    o=one_of(4, 5, 8, 10, 15, 20, 50),
    order=some_of(4, *LOSSES),
    text=r"""
A network predicts the depth of every pixel of a scene in metres. On a patch, $<<n>>$ pixels have residuals of size $<<r>>$, and one pixel has a residual
of size $<<o>>$.
""",
    hints=(
        "Write the loss as a sum of two parts: the outlier and all the others.",
        "The divisor of a mean cancels in a share.",
    ),
)


def where(n, r, o):
    """Keep residuals far apart, and shares that show."""
    return o >= 5 * r and n * r != o


def work(n, r, o):
    """Both shares, then the choice."""
    return (
        *outlier_shares_steps(r, o, n).steps,
        Step(
            "Mostly small and few huge residuals: the loss that counts residuals in proportion follows the majority.",
            name="loss",
        ),
    )


def check(n, r, o):
    """Add up one pixel after the other."""
    pixels = [o] + [r] * n
    return {
        "squared": o * o / sum(pixel * pixel for pixel in pixels),
        "absolute": o / sum(pixels),
    }


@part("Which share of the MSE does the one pixel cause?", Number(decimals=3))
def squared(n, r, o):
    return outlier_shares(r, o, n)["squared"]


@slip(squared, "The residuals have to be squared; this is the share in the MAE.", credit=0.25)
def not_squared(n, r, o):
    return o / (o + n * r)


@slip(squared, "Pixels do not count alike: a squared loss weighs each by the square of its residual.")
def one_of_all(n):
    return 1 / (n + 1)


@slip(squared, "All <<n>> other pixels belong into the sum, not one of them.", credit=0.25)
def one_other(r, o):
    return o * o / (o * o + r * r)


@part("Which share of the MAE?", Number(decimals=3))
def absolute(n, r, o):
    return outlier_shares(r, o, n)["absolute"]


@slip(absolute, "This is the share in the MSE; absolute values are not squared.", credit=0.25)
def squares(n, r, o):
    return o * o / (o * o + n * r * r)


@slip(
    absolute, "Pixels do not count alike: an absolute loss weighs each by the size of its residual.", credit=0.25
)
def alike(n):
    return 1 / (n + 1)


def losses(order) -> SingleChoice:
    """Show the losses in this order."""
    return SingleChoice(
        options=tuple(LOSSES[name][0] for name in order), explanations=tuple(LOSSES[name][1] for name in order)
    )


@part("Which of these losses suits scenes whose residuals are mostly small and in a few pixels huge?", losses)
def loss(order):
    return order.index("MAE")
