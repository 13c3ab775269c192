"""The cross-entropy of a classifier that has learnt nothing yet."""

import math

import numpy as np

from grader.kinds.number import Number
from quizbank import Question, one_of, part, slip
from solvers.engine.losses.cross_entropy import CrossEntropy
from solvers.initial_loss import cross_entropy, cross_entropy_steps

question = Question(
    "ch2.q4.k",
    also=("ch2.ce_initial",),
    title="The first loss of a classifier",
    section="II.7",
    points=1,
    minutes=2,
    topics=("cross-entropy", "initialisation"),
    classes=one_of(3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 16, 20, 25, 30, 40, 50, 64, 80, 150, 200, 500, 1000),
    batch=one_of(8, 16, 32, 64, 100, 128, 256, 500, 1000),
    notes=dict(classes=4, batch=1000),
    text=r"""
A network classifies into $<<classes>>$ classes that occur equally often. Its loss is the cross-entropy with the natural
logarithm, averaged over the samples of a batch; a batch has $<<batch>>$ samples. The weights are small random numbers.
""",
    hints=(
        "Which probability does an untrained network give to each class?",
        r"The loss of one sample is $-\ln$ of it.",
    ),
)


def where(classes, batch):
    """Keep the batch size from being the number of classes."""
    return classes != batch


def work(classes):
    """All classes alike, then the logarithm."""
    return cross_entropy_steps(classes)


def check(classes, batch):
    """Let the engine score a batch of equal logits."""
    loss, _ = CrossEntropy().forward(np.eye(classes)[np.arange(batch) % classes], np.zeros((batch, classes)))
    return loss


@part("Which loss do you expect for the first batch, before any update?", Number(decimals=2))
def loss(classes):
    return cross_entropy(classes)


@slip(loss, "This takes the logarithm to base 10; the course's logarithm is the natural one.", credit=0.5)
def log10(classes):
    return math.log10(classes)


@slip(loss, "This takes the logarithm to base 2; the course's logarithm is the natural one.", credit=0.5)
def log2(classes):
    return math.log2(classes)


@slip(loss, "The batch size plays no part: the loss is averaged over the samples.", credit=0.25)
def times_batch(classes, batch):
    return batch * math.log(classes)


@slip(loss, "The loss depends on the number of classes, not on the size of the batch.")
def log_batch(batch):
    return math.log(batch)


@slip(loss, "This is the probability of each class; the loss is its negative logarithm.", credit=0.25)
def probability(classes):
    return 1 / classes
