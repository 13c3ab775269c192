"""A learning rate that falls in steps."""

import math
from fractions import Fraction

from grader.kinds.number import Number
from quizbank import Question, integers, one_of, part, slip
from solvers.arrays import show
from solvers.engine.schedules import StepDecay
from solvers.regularisation import step_decay, step_decay_steps
from solvers.worked import Step

question = Question(
    "ch4.exp_lr",
    title="Step decay of the learning rate",
    section="IV.2.c",
    points=2,
    difficulty=1,
    minutes=4,
    topics=("learning rate schedules",),
    rate=one_of(0.1, 0.2, 0.4, 0.01, 0.02),
    f=one_of(0.1, 0.2, 0.5, 0.8, 0.9),
    k=one_of(5, 8, 10, 12, 20, 30),
    e=integers(11, 95),
    share=one_of(0.3, 0.15, 0.05, 0.03),
    text=r"""
A schedule starts with the learning rate $<<rate>>$ in epoch 0 and multiplies it by $<<f>>$ after every $<<k>>$ epochs, for the first time at the beginning of epoch $<<k>>$. A calculator may be used.
""",
    hints=("How often has the rate been multiplied when the epoch begins?", "Only whole intervals count."),
)


def where(k, e, f):
    """Keep epochs inside an interval, after two to six changes."""
    return e % k != 0 and 2 <= e // k <= (3 if f < 0.3 else 6)


def changes(f, share):
    """Give the fewest changes that bring the rate to a share of its start."""
    return math.ceil(math.log(share) / math.log(f) - 1e-9)


def work(rate, f, k, e, share, epoch):
    """Count intervals; solve for their number."""
    return (
        *step_decay_steps(rate, f, k, e).steps,
        Step("How many changes are needed? Solve for the power and round up.", r"f^j \le s \iff j \ge \frac{\ln s}{\ln f}", "", "", "epoch"),
        Step("With the numbers.", r"\frac{\ln s}{\ln f}", rf"\frac{{\ln {share}}}{{\ln {f}}}", show(math.log(share) / math.log(f)), "epoch"),
        Step(f"So $j = {changes(f, share)}$ changes; each needs an interval.", "j k", rf"{changes(f, share)} \cdot {k}", f"{epoch}", "epoch"),
    )  # fmt: skip


def check(rate, f, k, e, share):
    """Let the schedule run from epoch to epoch; compare exact fractions."""
    schedule = StepDecay(lr=rate, gamma=f, every=k)
    epoch, now = 0, Fraction(1)
    while now > Fraction(str(share)):
        epoch += 1
        now *= Fraction(str(f)) if epoch % k == 0 else 1
    return {"lr": schedule(e), "epoch": epoch}


@part("The learning rate in epoch $<<e>>$.", Number(significant=3))
def lr(rate, f, k, e):
    return step_decay(rate, f, k, e)


@slip(lr, "The rate does not fall in every epoch: it is multiplied after whole intervals only.", credit=0.25)
def continuous(rate, f, k, e):
    return rate * f ** (e / k)


@slip(lr, "The factor is applied again and again: a power, not a multiple, of it is taken.", credit=0.25)
def linear(rate, f, k, e):
    return rate * max(1 - (1 - f) * (e // k), 0)


@slip(lr, "One change too many: the interval that has begun does not count.", credit=0.5)
def one_more(rate, f, k, e):
    return rate * f ** (e // k + 1)


@part(
    "The first epoch in which the learning rate is at most $<<share>>$ times the initial one.",
    Number(integer=True),
)
def epoch(f, k, share):
    return changes(f, share) * k


@slip(epoch, "The rate changes only at multiples of <<k>>: round the number of changes up.", credit=0.25)
def not_rounded(f, k, share):
    return math.ceil(math.log(share) / math.log(f) * k)


@slip(epoch, "This is the number of changes; each takes <<k>> epochs.", credit=0.25)
def changes_only(f, share):
    return changes(f, share)


@slip(epoch, "One change is missing: with this many the rate is still above.", credit=0.25)
def one_less(f, k, share):
    return (changes(f, share) - 1) * k
