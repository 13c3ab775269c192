"""How much more a squared loss listens to the larger of two residuals."""

from grader.kinds.matrix import Matrix
from grader.kinds.number import Number
from quizbank import Question, one_of, part, slip
from quizbank.differences import differences
from solvers.worked import Step

question = Question(
    "ch2.body.mse_weighting",
    title="How squaring weighs residuals",
    section="II.3.b",
    points=3,
    difficulty=1,
    minutes=3,
    topics=("losses", "regression", "outliers"),
    small=one_of(0.01, 0.02, 0.05, 0.1, 0.2, 0.4),
    factor=one_of(3, 4, 5, 6, 8, 10, 12, 20),
    notes=dict(small=0.01, factor=10),
    text=r"""
Two samples have the residuals $r_1 = <<small>>$ and $r_2 = <<factor>> \cdot r_1$.
""",
    hints=("Square both residuals.", "How do the slopes of a parabola compare at two points?"),
)


def work(small, factor, squares, ratio, pull):
    """Square, compare, then compare slopes."""
    return (
        Step("Both residuals, squared.", "(r_1^2,\\; r_2^2)", f"({small:g}^2,\\; {small * factor:g}^2)",
             rf"({squares[0]:g},\; {squares[1]:g})", "squares"),
        Step("The factor between the residuals is squared, too.", r"\frac{r_2^2}{r_1^2}", rf"{factor}^2", f"{ratio:g}", "ratio"),
        Step("The slope of a square is twice the residual, so the pull on the prediction grows in proportion only.",
             r"\frac{2 r_2}{2 r_1}", "", f"{pull:g}", "pull"),
    )  # fmt: skip


def check(small, factor):
    """Exact fractions, and slopes by differences."""
    from fractions import Fraction

    r1 = Fraction(str(small))
    r2 = factor * r1
    slopes = differences(lambda r: (r**2).sum(), [float(r1), float(r2)])
    return {
        "squares": [float(r1 * r1), float(r2 * r2)],
        "ratio": float(r2 * r2 / (r1 * r1)),
        "pull": slopes[1] / slopes[0],
    }


@part("What do the two contribute to the sum of squares, $r_1^2$ and $r_2^2$?", Matrix(decimals=4))
def squares(small, factor):
    return small**2, (factor * small) ** 2


@slip(squares, "These are the residuals; they have to be squared.")
def not_squared(small, factor):
    return small, factor * small


@slip(squares, "A square is not twice the number.")
def doubled(small, factor):
    return 2 * small, 2 * factor * small


@part("How many times as much as $r_1$ does $r_2$ contribute to a sum of squares?", Number(decimals=1))
def ratio(squares):
    return squares[1] / squares[0]


@slip(
    ratio,
    "That is the ratio of the residuals, as a sum of absolute values would see it; squares stand in its square.",
    credit=0.25,
)
def linear(factor):
    return factor


@slip(ratio, "The factor is squared, not doubled.")
def twice(factor):
    return 2 * factor


@part(
    "How many times as strong is the gradient of the sum of squares with respect to $r_2$ as that with respect to $r_1$?",
    Number(decimals=1),
)
def pull(factor):
    return float(factor)


@slip(pull, "The losses stand in this ratio; their slopes $2r$ only in that of the residuals.", credit=0.25)
def as_losses(factor):
    return factor**2


@slip(pull, "Slopes would be equal for absolute values; a parabola gets steeper.")
def equal_slopes():
    return 1.0
