"""What becomes of the leaky ReLU for an unusual slope."""

from itertools import pairwise

from grader.kinds.multiple_choice import MultipleChoice
from grader.kinds.number import Number
from quizbank import Question, integers, one_of, part, slip, some_of
from solvers.activations import leaky_properties
from solvers.worked import Step

PROPERTIES = {
    "negative": (
        "It takes negative values, too.",
        "At a negative input the larger of both is negative only if $\\alpha > 0$.",
    ),
    "monotone": ("It never falls as $x$ grows.", "Both pieces must not fall, which holds for $\\alpha \\ge 0$."),
    "nonlinear": ("It is not linear.", "The two pieces differ, unless $\\alpha = 1$."),
    "slope_alpha": (
        "Its slope at negative inputs is $\\alpha$.",
        "The maximum picks $\\alpha x$ there only if $\\alpha \\le 1$; otherwise it picks $x$.",
    ),
}

question = Question(
    "ch2.leaky_alpha",
    title="An unusual leaky ReLU",
    section="II.2.f",
    points=4,
    revision=2,
    difficulty=2,
    minutes=4,
    topics=("activations", "leaky relu"),
    alpha=one_of(-2, -1, -0.5, -0.25, -0.1, 0.01, 0.1, 0.25, 0.5, 1, 1.5, 2, 3),
    a=integers(1, 8),
    order=some_of(4, *PROPERTIES),
    text=r"""
Take the definition of the leaky ReLU literally, $f(x) = \max(\alpha x, x)$, with $\alpha = <<alpha>>$.
""",
    hints=(
        "Compute both candidates of the maximum before choosing.",
        "Draw the two lines and follow the upper one.",
    ),
)


def work(alpha, a, order, left, right, properties):
    """Both points, then the properties one by one."""
    return (
        Step("Both candidates at the negative point; the larger one counts.", r"\max(\alpha x, x)",
             rf"\max({-alpha * a:g}, {-a})", f"{left:g}", "left"),
        Step("Both candidates at the positive point.", r"\max(\alpha x, x)", rf"\max({alpha * a:g}, {a})", f"{right:g}", "right"),
        *(
            Step(f"{text[:-1]}: {'yes' if place in properties else 'no'}. {why}", name="properties")
            for place, (text, why) in enumerate(PROPERTIES[name] for name in order)
        ),
    )  # fmt: skip


def check(alpha, a, order):
    """Look at the function on a grid of points."""
    points = [step / 4 for step in range(-40, 41)]
    values = [x if x > alpha * x else alpha * x for x in points]
    slopes = [(after - before) / 0.25 for before, after in pairwise(values)]
    found = {
        "negative": min(values) < 0,
        "monotone": all(slope >= 0 for slope in slopes),
        "nonlinear": max(slopes) - min(slopes) > 1e-9,
        "slope_alpha": abs(slopes[0] - alpha) < 1e-9,
    }
    at = dict(zip(points, values, strict=True))
    truth = tuple(place for place, name in enumerate(order) if found[name])
    return {"left": at[-a], "right": at[a], "properties": truth}


@part("$f(-<<a>>)$.", Number(decimals=2))
def left(alpha, a):
    return max(-alpha * a, -a)


@slip(
    left,
    "This is ReLU, which cuts negative inputs off; here the larger of $\\alpha x$ and $x$ counts.",
    credit=0.25,
)
def as_relu():
    return 0.0


@slip(left, "This is $\\alpha x$; compare it with $x$ and take the larger.", credit=0.25)
def always_alpha(alpha, a, left):
    return -alpha * a if -alpha * a < left else None


@slip(left, "This is the smaller of the two; the maximum is the larger.", credit=0.25)
def smaller_left(alpha, a):
    return min(-alpha * a, -a) if alpha != 1 else None


@part("$f(<<a>>)$.", Number(decimals=2))
def right(alpha, a):
    return max(alpha * a, a)


@slip(right, "This is $x$; compare it with $\\alpha x$ and take the larger.", credit=0.25)
def always_x(a, right):
    return a if a < right else None


@slip(right, "This is the smaller of the two; the maximum is the larger.", credit=0.25)
def smaller_right(alpha, a):
    return min(alpha * a, a) if alpha != 1 else None


@slip(right, "The sign is reversed: at a positive $x$ one of the two candidates is $x$, so the maximum is positive.")
def negative_right(right):
    return -right


def listed(order) -> MultipleChoice:
    """Show the properties in this order."""
    return MultipleChoice(
        options=tuple(PROPERTIES[name][0] for name in order),
        explanations=tuple(PROPERTIES[name][1] for name in order),
    )


@part("Which of these properties does $f$ have with this $\\alpha$?", listed, points=2)
def properties(alpha, order):
    found = leaky_properties(alpha)
    return tuple(place for place, name in enumerate(order) if found[name])
