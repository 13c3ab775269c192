"""One step of Newton's method towards an extremum of a cubic."""

import numpy as np

from grader.kinds.number import Number
from quizbank import Question, derived, integers, multiples, one_of, part, slip
from solvers.newton import newton_steps, polynomial

question = Question(
    "ch4.newton_1d",
    title="One step of Newton's method",
    section="IV.1.g",
    points=3,
    difficulty=2,
    minutes=5,
    topics=("newton", "second order", "derivatives"),
    p=one_of(-2, -1, 1, 2),
    q=integers(-4, 4, nonzero=True),
    r=integers(-6, 6),
    s=integers(-5, 5, nonzero=True),
    start=multiples(0.5, -4, 6, nonzero=True),
    f=derived(lambda p, q, r, s: polynomial([p, q, r, s])),
    text=r"""
Newton's method is to find an extremum of $f(x) = <<f>>$. It stands at $x = <<start>>$.
""",
    hints=(
        "An extremum is a zero of the slope, so it is the slope that plays the part of the function.",
        r"$x \leftarrow x - f'(x) / f''(x)$",
    ),
)


def where(p, q, r, s, start):
    """Keep a slope and a curvature that are felt, and a step of moderate length."""
    slope, curvature = 3 * p * start**2 + 2 * q * start + r, 6 * p * start + 2 * q
    return (
        abs(slope) >= 0.5 and abs(curvature) >= 1 and abs(slope / curvature) < 8 and abs(slope - curvature) > 0.1
    )


def work(p, q, r, s, start):
    """Both derivatives, then their quotient."""
    return newton_steps(start, [p, q, r, s])


def check(p, q, r, s, start):
    """Take the derivatives from differences of exact numbers: for a cubic they need one correction at most."""

    def f(x):
        return np.polyval([p, q, r, s], x)

    slope = (f(start + 1) - f(start - 1)) / 2 - (
        f(start + 2) - 2 * f(start + 1) + 2 * f(start - 1) - f(start - 2)
    ) / 12
    curvature = f(start + 1) - 2 * f(start) + f(start - 1)
    return {"above": slope, "below": curvature, "x": start - slope / curvature}


@part("The slope $f'(x)$ there.", Number(decimals=2))
def above(p, q, r, start):
    return 3 * p * start**2 + 2 * q * start + r


@slip(above, "This is the function itself, not its slope.")
def function_itself(p, q, r, s, start):
    return p * start**3 + q * start**2 + r * start + s


@slip(above, "The powers were lowered, but each term also gets its old power as a factor.", credit=0.25)
def no_factors(p, q, r, start):
    return p * start**2 + q * start + r


@part("The curvature $f''(x)$ there.", Number(decimals=2))
def below(p, q, start):
    return 6 * p * start + 2 * q


@slip(below, "The linear term of the slope leaves its factor when it is differentiated again.", credit=0.5)
def constant_lost(p, start):
    return 6 * p * start


@slip(below, "This is the slope; the second derivative is the slope of the slope.")
def slope_again(above):
    return above


@part("The next $x$.", Number(decimals=3))
def x(start, above, below):
    return start - above / below


@slip(
    x,
    "This divides the function by its slope, which looks for a zero of the function, not for an extremum.",
    credit=0.25,
)
def root_finding(p, q, r, s, start, above):
    return start - (p * start**3 + q * start**2 + r * start + s) / above


@slip(x, "The quotient is upside down: slope over curvature.", credit=0.25)
def upside_down(start, above, below):
    return start - below / above


@slip(x, "Subtract the quotient.", credit=0.5)
def added(start, above, below):
    return start + above / below


@slip(x, "This multiplies by the curvature; Newton's method divides by it.", credit=0.25)
def multiplied(start, above, below):
    return start - above * below
