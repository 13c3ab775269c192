"""Batch norm after a fully connected layer and after a convolution: what is averaged, what is learnt."""

from dataclasses import replace

import numpy as np

from grader.kinds.number import Number
from grader.kinds.shape import Shape
from quizbank import Question, accept, one_of, part, slip
from solvers.engine.layers.batchnorm import Batchnorm
from solvers.norms import batch_norm_counts_steps
from solvers.worked import Step

question = Question(
    "ch4.body.bn_counts",
    also=("ch4.bn_axis",),
    title="Statistics and parameters of batch norm",
    section="IV.2.e",
    points=5,
    difficulty=2,
    minutes=4,
    topics=("batch norm", "parameters", "shapes"),
    B=one_of(4, 8, 16, 32),
    F=one_of(10, 20, 50, 64, 100, 128, 256),
    C=one_of(3, 6, 12, 24, 32, 48, 96),
    H=one_of(5, 7, 10, 14, 28),
    W=one_of(6, 8, 9, 12),
    notes=dict(B=8, F=64, C=32, H=14, W=8),
    text=r"""
A network has two batch norm layers, with a batch of $<<B>>$ samples: one after a fully connected layer with $<<F>>$ neurons
(its output has the shape $<<B>> \times <<F>>$), one after a convolution with $<<C>>$ kernels
(its output has the shape $<<B>> \times <<C>> \times <<H>> \times <<W>>$: batch, channels, height, width).
""",
    hints=(
        "All numbers that the same weights have produced share a mean and a variance.",
        "For each mean there is one scale γ and one shift β.",
    ),
)


def where(B, C, F):
    """Keep all numbers apart."""
    return len({B, C, F}) == 3


def work(B, F, C, H, W):
    """Count for both layers."""
    dense = {step.name: step for step in batch_norm_counts_steps((B, F)).steps}
    conv = batch_norm_counts_steps((B, C, H, W)).steps
    return (
        Step(
            "Every neuron has a scale of its own, which all samples share.",
            r"\text{shape of } \gamma",
            "",
            f"({F},)",
            "scale",
        ),
        replace(dense["parameters"], name="dense"),
        *(
            replace(step, name={"averaged": "averaged", "means": "means", "parameters": "learnt"}[step.name])
            for step in conv
        ),
    )


def check(B, F, C, H, W):
    """Let the layers draw their parameters, and follow one channel's entries through the tensor."""
    dense = Batchnorm().draw({"channels": F}, lambda shape, inputs, outputs: np.zeros(shape))
    conv = Batchnorm().draw({"channels": C}, lambda shape, inputs, outputs: np.zeros(shape))
    channel = np.broadcast_to(np.arange(C)[None, :, None, None], (B, C, H, W))
    return {
        "scale": dense["gamma"].shape,
        "dense": dense["gamma"].size + dense["beta"].size,
        "averaged": int((channel == 0).sum()),
        "means": len(set(channel.ravel().tolist())),
        "learnt": conv["gamma"].size + conv["beta"].size,
    }


@part(r"The shape of $\gamma$ in the first layer.", Shape())
def scale(F):
    return (F,)


@accept(scale, "As a row, γ has this shape; it is broadcast over the batch.")
def as_row(F):
    return 1, F


@slip(scale, "The samples of a batch share one scale for each neuron.")
def whole_output(B, F):
    return B, F


@slip(scale, "There is one scale for each neuron, not for each sample.")
def per_sample(B):
    return (B,)


@part("The number of parameters that the first layer learns.", Number(integer=True))
def dense(scale):
    return 2 * scale[-1]


@slip(dense, "Each neuron has a scale and a shift: count both.", credit=0.5)
def scale_only(F):
    return F


@slip(dense, "Mean and variance are not learnt: they are computed from the data.", credit=0.25)
def with_statistics(F):
    return 4 * F


@slip(dense, "The batch plays no part: its samples share the parameters.")
def times_batch(B, F):
    return 2 * B * F


@part("In the second layer: how many numbers enter one mean?", Number(integer=True))
def averaged(B, H, W):
    return B * H * W


@slip(averaged, "A channel's places all come from the same kernel: they share the mean, too.", credit=0.25)
def one_place(B):
    return B


@slip(averaged, "This is one sample; batch norm averages over the batch as well.", credit=0.5)
def one_sample(H, W):
    return H * W


@slip(averaged, "This averages over the channels of a sample, which is layer norm.")
def layer_norm(C, H, W):
    return C * H * W


@part("How many means does the second layer compute in a training step?", Number(integer=True))
def means(C):
    return C


@slip(means, "This is one for each sample, as layer norm has it.")
def per_instance(B):
    return B


@slip(means, "This is one for each place; all places of a channel share a mean.")
def per_place(C, H, W):
    return C * H * W


@slip(means, "This is instance norm; batch norm does not separate the samples.", credit=0.25)
def per_instance_channel(B, C):
    return B * C


@part("The number of parameters that the second layer learns.", Number(integer=True))
def learnt(means):
    return 2 * means


@slip(learnt, "Each channel has a scale and a shift: count both.", credit=0.5)
def one_each(C):
    return C


@slip(learnt, "Scale and shift belong to a channel, not to each of its places.")
def each_place(C, H, W):
    return 2 * C * H * W
