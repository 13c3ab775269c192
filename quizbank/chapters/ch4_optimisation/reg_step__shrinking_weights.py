"""How L1 and L2 terms move a weight."""

from dataclasses import replace

import numpy as np

from grader.kinds.number import Number
from quizbank import Question, integers, multiples, one_of, part, slip
from solvers.arrays import show, signed
from solvers.regularisation import penalised_update_steps
from solvers.worked import Step

question = Question(
    "ch4.reg_step",
    title="Steps with an L1 or L2 term",
    section="IV.2.d",
    points=4,
    difficulty=2,
    minutes=6,
    topics=("regularisation", "L1 and L2", "weight decay"),
    w=multiples(0.1, -40, 40, nonzero=True),
    g=multiples(0.25, -6, 6, nonzero=True),
    lr=one_of(0.1, 0.2, 0.5),
    strength=one_of(0.1, 0.2, 0.5),
    count=integers(3, 8),
    text=r"""
A weight is $w = <<w>>$; the gradient of the loss without a penalty is $g = <<g>>$. The learning rate of SGD is $\alpha = <<lr>>$, the strength of
the penalty $\lambda = <<strength>>$. The penalties are $\lambda \sum_i |w_i|$ (L1) and $\tfrac12 \lambda \sum_i w_i^2$ (L2). A calculator may be used.
""",
    hints=(
        "The penalty has a gradient of its own, which adds to the loss's.",
        "L2 takes the same share of the weight in every step, L1 the same amount.",
    ),
)


def where(w, g, lr, strength):
    """Keep weights off 1, effects that do not cancel, and a weight that L1 brings to exactly 0."""
    steps = abs(w) / (lr * strength)
    pulls = (g, g + strength * w, g + strength * np.sign(w))
    return (
        abs(abs(w) - 1) > 0.05
        and min(map(abs, pulls)) > 0.02
        and abs(steps - round(steps)) < 1e-9
        and 2 < steps < 200
    )


def work(w, g, lr, strength, count, decayed, steps):
    """One step with each term, then many without a loss."""
    both = [
        replace(step, name=kind)
        for kind in ("l1", "l2")
        for step in penalised_update_steps(w, g, lr, strength, kind).steps
    ]
    return (
        *both,
        Step("Without a loss, L2 leaves the same share of the weight in every step; it never gets to 0.",
             r"(1 - \alpha \lambda)^n\, w", rf"{show(1 - lr * strength)}^{{{count}}} \cdot {signed(w)}", show(decayed), "decayed"),
        Step("L1 takes the same amount in every step, so it reaches 0 exactly: this is why it makes weights sparse.",
             r"\frac{|w|}{\alpha \lambda}", rf"\frac{{{show(abs(w))}}}{{{show(lr * strength)}}}", f"{steps:.0f}", "steps"),
    )  # fmt: skip


def check(w, g, lr, strength, count):
    """Differentiate the penalised losses by differences, and walk step by step."""

    def step(w, penalty, g):
        slope = (penalty(w + 1e-3) - penalty(w - 1e-3)) / 2e-3
        return w - lr * (g + slope)

    def l1(w):
        return strength * abs(w)

    def l2(w):
        return strength * w * w / 2

    decayed, small, steps = w, w, 0
    for _ in range(count):
        decayed = step(decayed, l2, 0)
    while abs(small) > lr * strength / 2:
        small, steps = (small - lr * strength if small > 0 else small + lr * strength), steps + 1
    return {"l1": step(w, l1, g), "l2": step(w, l2, g), "decayed": decayed, "steps": steps}


@part("The weight after one step with the L1 term.", Number(decimals=3))
def l1(w, g, lr, strength):
    return w - lr * (g + strength * np.sign(w))


@slip(l1, "This is the step with the L2 term; the slope of $|w|$ is the sign of $w$.", credit=0.25)
def as_l2(w, g, lr, strength):
    return w - lr * (g + strength * w)


@slip(l1, "The penalty pushes away from 0 here; its gradient adds to the loss's and pulls towards 0.", credit=0.25)
def pushed(w, g, lr, strength):
    return w - lr * (g - strength * np.sign(w))


@slip(l1, "The learning rate multiplies the penalty's gradient as well.", credit=0.5)
def l1_no_rate(w, g, lr, strength):
    return w - lr * g - strength * np.sign(w)


@part("The weight after one step (from the given $w$) with the L2 term.", Number(decimals=3))
def l2(w, g, lr, strength):
    return w - lr * (g + strength * w)


@slip(l2, "The square's derivative brings a 2, which the factor ½ takes away.", credit=0.5)
def two_kept(w, g, lr, strength):
    return w - lr * (g + 2 * strength * w)


@slip(l2, "The learning rate multiplies the penalty's gradient as well.", credit=0.5)
def l2_no_rate(w, g, lr, strength):
    return w - lr * g - strength * w


@slip(l2, "The penalty itself was added; the step needs its derivative.", credit=0.25)
def penalty_itself(w, g, lr, strength):
    return w - lr * (g + strength * w * w / 2)


@slip(l2, "This is a step without a penalty.")
def without(w, g, lr):
    return w - lr * g


@part(
    "Now the gradient of the loss is 0 in every step. The weight after $<<count>>$ steps with the L2 term, from $w = <<w>>$.",
    Number(decimals=3),
)
def decayed(w, lr, strength, count):
    return w * (1 - lr * strength) ** count


@slip(
    decayed, "The pull gets weaker with the weight: a share is lost in every step, so take a power.", credit=0.25
)
def linear(w, lr, strength, count):
    return w * (1 - count * lr * strength)


@slip(decayed, "This is the L1 term, which takes the same amount in every step.")
def constant_pull(w, lr, strength, count):
    return w - count * lr * strength * np.sign(w)


@part(
    "Again without a gradient of the loss: after how many steps with the L1 term does the weight reach 0?",
    Number(integer=True),
)
def steps(w, lr, strength):
    return round(abs(w) / (lr * strength))


@slip(steps, "The learning rate is missing: a step takes αλ away.", credit=0.25)
def no_rate_in_count(w, strength):
    return round(abs(w) / strength)


@slip(steps, "One more than needed: the last step ends at 0 exactly.", credit=0.5)
def one_more(w, lr, strength):
    return round(abs(w) / (lr * strength)) + 1
