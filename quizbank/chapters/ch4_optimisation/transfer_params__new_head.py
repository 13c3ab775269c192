"""Trainable parameters when a pretrained network gets a new head."""

import numpy as np

from grader.kinds.number import Number
from quizbank import Question, one_of, part, slip
from solvers.data_split import new_head, new_head_steps
from solvers.engine.layers.affine import affine
from solvers.worked import Step

question = Question(
    "ch4.transfer_params",
    title="A new head on a frozen network",
    section="IV.3",
    points=3,
    difficulty=1,
    minutes=3,
    topics=("transfer learning", "parameters"),
    features=one_of(256, 512, 768, 1024, 1280, 2048),
    old=one_of(100, 1000),
    new=one_of(2, 3, 5, 8, 10, 20),
    backbone=one_of(2_200_000, 4_000_000, 11_200_000, 21_300_000, 23_500_000),
    text=r"""
A network was pretrained on a data set with $<<old>>$ classes. Its backbone has $<<backbone>>$ parameters and ends in $<<features>>$ features; a fully connected layer
with biases, the head, takes these to the classes. For a new task with $<<new>>$ classes the head is replaced by a new one of the same kind, and the backbone is frozen. A calculator may be used.
""",
    hints=("Which parameters still change?", "A weight for each feature and class, a bias for each class."),
)


def work(features, new, backbone, trainable, total, share):
    """The new head alone learns."""
    return (
        *new_head_steps(backbone, features, new).steps,
        Step("The share of the parameters that learns.", r"100 \cdot \frac{\text{trainable}}{\text{total}}",
             rf"100 \cdot \frac{{{trainable}}}{{{total}}}", f"{share:.4g}", "share"),
    )  # fmt: skip


def check(features, new, backbone):
    """Make the head's arrays and count their entries."""
    W, b = np.zeros((features, new)), np.zeros(new)
    affine(np.zeros((1, features)), W, b)
    return {
        "trainable": W.size + b.size,
        "total": W.size + b.size + backbone,
        "share": (W.size + b.size) / (W.size + b.size + backbone) * 100,
    }


@part("The number of parameters that are trained.", Number(integer=True))
def trainable(features, new):
    return new_head(0, int(features), int(new))["trainable"]


@slip(trainable, "The biases are missing: one for each class.", credit=0.5)
def no_bias(features, new):
    return features * new


@slip(trainable, "This is the old head; the new one has <<new>> classes.", credit=0.25)
def old_head(features, old):
    return features * old + old


@slip(trainable, "The backbone is frozen: its parameters do not change.", credit=0.25)
def everything(features, new, backbone):
    return features * new + new + backbone


@slip(trainable, "There is one bias for each class, not for each feature.", credit=0.5)
def bias_per_feature(features, new):
    return features * new + features


@part("The number of parameters of the whole network with its new head.", Number(integer=True))
def total(backbone, trainable):
    return backbone + trainable


@slip(total, "The frozen parameters belong to the network all the same.")
def head_only(trainable):
    return trainable


@slip(total, "The old head is gone: it was replaced.", credit=0.25)
def both_heads(backbone, trainable, features, old):
    return backbone + trainable + features * old + old


@part("The share of the parameters that is trained, in percent.", Number(significant=2, unit="%"))
def share(trainable, total):
    return 100 * trainable / total


@slip(share, "This is the share as a number between 0 and 1; in percent it is 100 times as much.", credit=0.5)
def not_percent(trainable, total):
    return trainable / total


@slip(share, "This is the share that is frozen.", credit=0.25)
def frozen(trainable, total):
    return 100 * (1 - trainable / total)
