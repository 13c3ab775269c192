"""The loss to expect at the start, by way of the probability behind it."""

import math

import numpy as np

from grader.kinds.number import Number
from quizbank import Question, accept, integers, part, slip, tenths
from solvers.engine.losses.cross_entropy import CrossEntropy
from solvers.initial_loss import cross_entropy_steps
from solvers.worked import Step

question = Question(
    "ch2.q4.g",
    title="A sanity check before training",
    section="II.7",
    points=3,
    difficulty=2,
    minutes=3,
    topics=("cross-entropy", "initialisation", "sanity checks"),
    classes=integers(5, 400),
    ratio=tenths(12, 25),
    notes=dict(classes=100, ratio=1.5),
    text=r"""
A network classifies into $<<classes>>$ equally frequent classes with a softmax layer and the cross-entropy (natural
logarithm, mean over the samples). It has random weights close to zero and was not trained yet.
""",
    hints=("Equal logits: what does softmax make of them?", r"Solve $L = -\ln p$ for $p$ in the last part."),
)


def work(classes, ratio):
    """The untrained network first, then back from a loss to a probability."""
    loss = ratio * math.log(classes)
    back = Step("Solve $L = -\\ln p$ for $p$, with the loss that was printed.", "p = e^{-L}",
                rf"e^{{-{ratio:g} \cdot {math.log(classes):.6g}}}", f"{math.exp(-loss):.3g}", "p_true")  # fmt: skip
    return (*cross_entropy_steps(classes).steps, back)


def check(classes, ratio):
    """Let the engine score equal logits, and read the probability off a softmax written out."""
    loss, _ = CrossEntropy().forward(np.eye(classes)[:1], np.zeros((1, classes)))
    return {"p": 1 / sum(math.exp(0) for _ in range(classes)), "L": loss, "p_true": (1 / classes) ** ratio}


@part("Which probability does it give to the true class of a sample, on average?", Number(decimals=4))
def p(classes):
    return 1 / classes


@slip(p, "A coin is tossed between two outcomes; here there are <<classes>>.")
def coin(classes):
    return 0.5


@slip(p, "This is the probability of all other classes together.")
def others(classes):
    return 1 - 1 / classes


@part("Which loss do you expect?", Number(decimals=2))
def L(p):
    return -math.log(p)


@accept(L, "This is the notes' own value, printed to one decimal.", notes_only=True)
def printed(p):
    return round(-math.log(p), 1)


@slip(L, "This takes the logarithm to base 10; the course's logarithm is the natural one.", credit=0.5)
def log10(p):
    return -math.log10(p)


@slip(L, "The sign is missing: the logarithm of a probability is negative, the loss positive.", credit=0.5)
def negative(p):
    return math.log(p)


@part(
    "The first loss printed by the program is <<ratio>> times the one expected. Which probability does a sample's true class "
    "have if its loss is that large?",
    Number(significant=2),
)
def p_true(L, ratio):
    return math.exp(-ratio * L)


@slip(p_true, "Probabilities do not scale with the loss: the loss is a logarithm, so the probability is a power.")
def scaled(p, ratio):
    return p / ratio


@slip(p_true, "The logarithm is natural, so the way back is the exponential to base e.", credit=0.25)
def power_of_ten(L, ratio):
    return 10 ** (-ratio * L)
