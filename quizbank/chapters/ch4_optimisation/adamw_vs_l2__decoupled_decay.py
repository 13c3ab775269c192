"""L2 in the loss and decoupled weight decay: the same for SGD, not for Adam."""

from dataclasses import replace

import numpy as np

from grader.kinds.number import Number
from quizbank import Question, multiples, one_of, part, slip
from solvers.adaptive import adam_steps
from solvers.engine.optimisers import optimiser
from solvers.regularisation import penalised_update_steps

question = Question(
    "ch4.adamw_vs_l2",
    title="L2 term and weight decay",
    section="IV.2.d",
    points=4,
    revision=2,
    difficulty=3,
    minutes=6,
    topics=("weight decay", "adam", "regularisation"),
    w=multiples(0.5, 1, 12),
    g=multiples(0.25, -8, 8, nonzero=True),
    lr=one_of(0.1, 0.2, 0.5),
    decay=one_of(0.1, 0.2, 0.4),
    text=r"""
A weight is $w = <<w>>$, the gradient of the loss is $g = <<g>>$, the learning rate $\alpha = <<lr>>$ and $\lambda = <<decay>>$. Either the term
$\tfrac12 \lambda w^2$ is added to the loss (*L2*), or the optimiser subtracts $\alpha \lambda w$ besides its own step, which it computes from $g$ alone
(*decoupled weight decay*). Adam makes its very first step, from moments 0, with bias correction and a negligible ε.
""",
    hints=(
        "Adam's first step has the length α, whatever the gradient's size.",
        "With L2, the optimiser sees the gradient $g + \\lambda w$.",
    ),
)


def where(w, g, decay):
    """Keep gradients that the penalty does not cancel."""
    return abs(g + decay * w) > 0.1


def work(w, g, lr, decay):
    """SGD once, Adam twice."""
    (*_, l2) = adam_steps(w, [g], lr, decay=decay, decoupled=False).steps
    (*_, decoupled) = adam_steps(w, [g], lr, decay=decay, decoupled=True).steps
    full = adam_steps(w, [g], lr, decay=decay, decoupled=False).steps[0]
    return (
        *(replace(step, name="sgd") for step in penalised_update_steps(w, g, lr, decay).steps),
        replace(full, name="l2"),
        replace(l2, name="l2"),
        replace(decoupled, name="decoupled"),
    )


def check(w, g, lr, decay):
    """Let the optimisers make the steps."""
    at = np.array(float(w))

    def stepped(kind, **settings):
        rule = optimiser(kind, lr=lr, weight_decay=decay, **settings)
        return rule.step(at, np.array(float(g)), rule.start(at))[0]

    return {"sgd": stepped("sgd"), "l2": stepped("adam", eps=0.0), "decoupled": stepped("adamw", eps=0.0)}


@part("The weight after a step of plain SGD. (It is the same in both ways.)", Number(decimals=3))
def sgd(w, g, lr, decay):
    return w - lr * (g + decay * w)


@slip(sgd, "The decay is multiplied by the learning rate, too, in both ways.", credit=0.5)
def decay_unscaled(w, g, lr, decay):
    return w - lr * g - decay * w


@slip(sgd, "The penalty's gradient is missing.")
def no_decay(w, g, lr):
    return w - lr * g


@part("The weight after Adam's step with L2 in the loss.", Number(decimals=3))
def l2(w, g, lr, decay):
    return w - lr * np.sign(g + decay * w)


@slip(
    l2,
    "With L2 the penalty is part of the gradient, which Adam divides by its own size: the step is α in all.",
    credit=0.25,
)
def not_rescaled(w, g, lr, decay):
    return w - lr * (np.sign(g) + decay * w)


@slip(l2, "This is SGD's step; Adam divides by the root of the second moment.")
def sgd_again(sgd):
    return sgd


@part("The weight after Adam's step with decoupled weight decay.", Number(decimals=3))
def decoupled(w, g, lr, decay):
    return w - lr * (np.sign(g) + decay * w)


@slip(decoupled, "This is L2 in the loss; decoupled decay goes past the rescaling.", credit=0.25)
def same_as_l2(l2):
    return l2


@slip(decoupled, "The decay is multiplied by the learning rate, too: $\\alpha \\lambda w$.", credit=0.5)
def decoupled_unscaled(w, g, lr, decay):
    return w - lr * np.sign(g) - decay * w


@slip(decoupled, "This is SGD's step; Adam's own step has the length α here.", credit=0.25)
def sgd_step(sgd, g):
    return sgd if abs(g) != 1 else None
