"""A loss with an L1 or an L2 penalty."""

from dataclasses import replace
from fractions import Fraction

import numpy as np

from grader.kinds.number import Number
from quizbank import Question, integers, multiples, one_of, part, slip
from solvers.regularisation import penalised_loss_steps

question = Question(
    "ch4.reg_penalty",
    title="A loss with a penalty",
    section="IV.2.d",
    points=2,
    difficulty=1,
    minutes=3,
    topics=("regularisation", "L1 and L2"),
    w=integers(-5, 5, shape=(3,), nonzero=True),
    strength=one_of(0.01, 0.02, 0.1, 0.2, 0.5),
    loss=multiples(0.25, 2, 16),
    text=r"""
A model has the weights $w = <<w>>$ and, on the training data, the loss $L = <<loss>>$. A penalty with the strength $\lambda = <<strength>>$ is
added to the loss:

$$\text{L1:} \quad \lambda \sum_i |w_i|, \qquad\qquad \text{L2:} \quad \tfrac12 \lambda \sum_i w_i^2 .$$
""",
    hints=("Signs do not matter in either penalty.", "L2 as defined here has a factor ½, and no root."),
)


def where(w):
    """Keep weights of both signs, some larger than 1, whose sums do not coincide."""
    return w.min() < 0 < w.max() and np.abs(w).max() > 1 and w.sum() != 0 and np.abs(w).sum() != (w**2).sum() / 2


def work(w, strength, loss):
    """Penalty, strength, sum: for each norm."""
    return tuple(
        replace(step, name=kind)
        for kind in ("l1", "l2")
        for step in penalised_loss_steps(loss, w, strength, kind).steps
    )


def check(w, strength, loss):
    """Add up exact fractions, weight by weight."""
    size, strength, l1, l2 = Fraction(str(loss)), Fraction(str(strength)), Fraction(0), Fraction(0)
    for weight in w.tolist():
        l1 += strength * (weight if weight > 0 else -weight)
        l2 += strength * weight * weight / 2
    return {"l1": float(size + l1), "l2": float(size + l2)}


@part("The loss with the L1 penalty.", Number(decimals=3))
def l1(w, strength, loss):
    return loss + strength * np.abs(w).sum()


@slip(l1, "The absolute values are missing: negative weights must not make the penalty smaller.", credit=0.25)
def signed_sum(w, strength, loss):
    return loss + strength * w.sum()


@slip(l1, "Only L2 has the factor ½.", credit=0.5)
def halved(w, strength, loss):
    return loss + strength * np.abs(w).sum() / 2


@slip(l1, "This is the penalty alone; it is added to the loss.", credit=0.5)
def l1_alone(w, strength):
    return strength * np.abs(w).sum()


@slip(l1, "The penalty is a sum over the weights, not their mean.", credit=0.25)
def l1_mean(w, strength, loss):
    return loss + strength * np.abs(w).mean()


@part("The loss with the L2 penalty.", Number(decimals=3))
def l2(w, strength, loss):
    return loss + strength * (w**2).sum() / 2


@slip(l2, "The factor ½ is missing.", credit=0.5)
def no_half(w, strength, loss):
    return loss + strength * (w**2).sum()


@slip(l2, "This takes the Euclidean norm; the penalty has the sum of squares, without a root.", credit=0.25)
def with_root(w, strength, loss):
    return loss + strength * np.linalg.norm(w)


@slip(l2, "The squares are summed, not averaged.", credit=0.25)
def l2_mean(w, strength, loss):
    return loss + strength * (w**2).mean() / 2


@slip(l2, "This is the penalty alone; it is added to the loss.", credit=0.5)
def l2_alone(w, strength):
    return strength * (w**2).sum() / 2
