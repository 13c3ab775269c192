"""Which step sizes meet the conditions for convergence."""

import numpy as np

from grader.kinds.interval import Interval
from grader.kinds.true_false import TrueFalse
from quizbank import Question, derived, one_of, part, slip
from solvers.arrays import show
from solvers.regularisation import robbins_monro, robbins_monro_steps
from solvers.worked import Step

question = Question(
    "ch4.robbins_monro",
    title="Step sizes that let stochastic descent converge",
    section="IV.2.c",
    points=3,
    difficulty=3,
    minutes=6,
    topics=("learning rate schedules", "convergence"),
    c=one_of(0.1, 0.5, 1, 2, 5),
    p=one_of(0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 1.0, 1.25, 1.5, 2.0),
    scale=one_of(1, 2, 4, 5, 8, 10),
    shift=one_of(0, 0.1, 0.2, 0.25, 0.3, 0.4),
    sum_text=derived(
        lambda scale, shift: (f"{scale}s" if scale != 1 else "s") + (f" + {shift:g}" if shift else "")
    ),
    text=r"""
Stochastic descent with the step sizes $\alpha_1, \alpha_2, \ldots \ge 0$ is sure to converge (for a strictly convex loss, under mild conditions) if

$$\sum_{n=1}^\infty \alpha_n = \infty \qquad \text{and} \qquad \sum_{n=1}^\infty \alpha_n^2 < \infty .$$
""",
    hints=(
        r"$\sum_n 1 / n^p$ is finite for $p > 1$ and infinite for $p \le 1$.",
        "Squaring doubles the power.",
    ),
)


def where(scale, shift):
    """Keep families that are not the plain power."""
    return scale != 1 or shift != 0


def work(c, p, scale, shift):
    """The two sums, then all powers at once."""
    first, second, _ = robbins_monro_steps(p).steps
    return (
        first,
        second,
        Step("Both conditions hold for powers above one half and up to 1; subtract and divide to find $s$: "
             f"${show((0.5 - shift) / scale)} < s \\le {show((1 - shift) / scale)}$.", name="powers"),
    )  # fmt: skip


def check(c, p, scale, shift):
    """Add up blocks of doubling length: a sum diverges if the blocks do not shrink. Try many powers for the interval."""

    def diverges(power):
        blocks = [(np.arange(2.0**k, 2.0 ** (k + 1)) ** -power).sum() for k in (14, 15)]
        return blocks[1] / blocks[0] > 1 - 1e-4

    def edge(test, low, high):
        for _ in range(12):
            middle = (low + high) / 2
            low, high = (low, middle) if test(middle) else (middle, high)
        return high

    start = edge(lambda s: not diverges(2 * (scale * s + shift)), 0.0, 1.0)
    end = edge(lambda s: not diverges(scale * s + shift), 0.0, 1.0)
    found = [round(round(value * scale + shift, 2) - shift, 6) / scale for value in (start, end)]
    return {
        "sum_diverges": diverges(p),
        "squares_converge": not diverges(2 * p),
        "powers": f"({found[0]:.6g}, {found[1]:.6g}]",
    }


@part(
    r"For $\alpha_n = <<c>> / n^{<<p>>}$: the sum of the step sizes is infinite. True or false?",
    TrueFalse(),
    points=0.5,
)
def sum_diverges(p):
    return robbins_monro(p)["sum_diverges"]


@part("For the same step sizes: the sum of their squares is finite. True or false?", TrueFalse(), points=0.5)
def squares_converge(p):
    return robbins_monro(p)["squares_converge"]


@part(
    r"Now $\alpha_n = 1 / n^{<<sum_text>>}$. For which numbers $s$ do the step sizes meet both conditions? (An interval, such as `[1, 3)` or "
    "`1 <= s < 3`; ends to four decimals or as fractions.)",
    Interval(variable="s", decimals=4),
    points=2,
)
def powers(scale, shift):
    return f"({(0.5 - shift) / scale:.6g}, {(1 - shift) / scale:.6g}]"


@slip(
    powers,
    "The sum of squares needs twice the power to be above 1, so the power itself above one half.",
    credit=0.25,
)
def not_doubled(scale, shift):
    return f"({(1 - shift) / scale:.6g}, {(2 - shift) / scale:.6g}]"


@slip(
    powers, "This is the condition for the power itself; it is $<<sum_text>>$ here, so solve for $s$.", credit=0.5
)
def unsolved():
    return "(0.5, 1]"


@slip(
    powers,
    "Larger powers make the steps too small: their sum must stay infinite, which ends at the power 1.",
    credit=0.25,
)
def no_upper_end(scale, shift):
    return f"({(0.5 - shift) / scale:.6g}, inf)"
