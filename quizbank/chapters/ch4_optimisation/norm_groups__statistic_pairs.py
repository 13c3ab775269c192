"""How many means and variances the four norms compute."""

import numpy as np

from grader.kinds.number import Number
from quizbank import Question, one_of, part, slip
from solvers.norms import statistic_counts, statistic_counts_steps

question = Question(
    "ch4.norm_groups",
    title="Means and variances of four norms",
    section="IV.2.e",
    points=4,
    difficulty=2,
    minutes=4,
    topics=("batch norm", "layer norm", "instance norm", "group norm"),
    B=one_of(2, 3, 4, 6, 8, 10),
    C=one_of(16, 32, 48, 64),
    H=one_of(7, 9, 14),
    G=one_of(2, 4, 8, 16),
    text=r"""
A feature map has the shape $<<B>> \times <<C>> \times <<H>> \times <<H>>$ (batch, channels, height, width). A norm subtracts means and divides by standard
deviations; all entries that share a mean also share a variance. Layer norm takes them over channels, height and width. How many different means does each norm compute for this feature map in training?
""",
    hints=(
        "Which entries share a mean in each norm? Count the groups of entries.",
        "Only batch norm mixes the samples.",
    ),
)


def where(B, C, G):
    """Keep all counts apart, and groups of more than one channel."""
    return len({B, G, 1}) == 3 and C > G


def work(B, C, H, G):
    """Count the groups of entries for each norm."""
    return statistic_counts_steps((B, C, H, H), G)


def check(B, C, H, G):
    """Label every entry with its group and count the labels."""
    n, c, _, _ = np.indices((B, C, 2, 2))
    groups = {"batch": c, "layer": n, "instance": n * C + c, "group": n * G + c // (C // G)}
    return {name: len(set(labels.ravel().tolist())) for name, labels in groups.items()}


def _count(B, C, H, G, norm):
    return statistic_counts((int(B), int(C), int(H), int(H)), int(G))[norm]


@part("Batch norm.", Number(integer=True))
def batch(B, C, H, G):
    return _count(B, C, H, G, "batch")


@slip(batch, "This is layer norm; batch norm has a mean for each channel, over all samples.", credit=0.25)
def one_each_sample(B):
    return B


@slip(batch, "All places of a channel come from the same kernel and share one mean.", credit=0.25)
def each_place(C, H):
    return C * H * H


@part("Layer norm.", Number(integer=True))
def layer(B, C, H, G):
    return _count(B, C, H, G, "layer")


@slip(layer, "This is batch norm; layer norm has a mean for each sample.", credit=0.25)
def one_each_channel(C):
    return C


@slip(layer, "The samples do not share a mean: each has its own.")
def single():
    return 1


@part("Instance norm.", Number(integer=True))
def instance(B, C, H, G):
    return _count(B, C, H, G, "instance")


@slip(instance, "Each sample has its own: instance norm does not mix samples.", credit=0.5)
def shared_by_batch(C):
    return C


@slip(instance, "Instance norm separates the channels of a sample as well.", credit=0.25)
def shared_by_channels(B):
    return B


@part("Group norm with $<<G>>$ groups of channels.", Number(integer=True))
def group(B, C, H, G):
    return _count(B, C, H, G, "group")


@slip(group, "Each sample has its own: group norm does not mix samples.", credit=0.5)
def groups_alone(G):
    return G


@slip(group, "This takes the number of channels in a group for the number of groups.", credit=0.25)
def group_size(B, C, G):
    return B * (C // G)


@slip(group, "This is instance norm; channels of one group share a mean.", credit=0.25)
def every_channel(B, C):
    return B * C
