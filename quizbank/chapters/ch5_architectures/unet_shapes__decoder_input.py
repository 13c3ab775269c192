"""Shapes on the way down and up a U-Net."""

import numpy as np

from grader.kinds.number import Number
from grader.kinds.shape import Shape
from quizbank import Figure, Question, depending, integers, one_of, part, slip
from quizbank.usual import under
from solvers.drawing.blocks import unet
from solvers.tensor_shapes import unet_shape, unet_shape_steps
from solvers.typeset import shape as typeset_shape
from solvers.worked import Step

question = Question(
    "ch5.unet_shapes",
    title="Shapes in a U-Net",
    section="V.9",
    points=4,
    revision=2,
    difficulty=2,
    minutes=6,
    topics=("U-Net", "shapes", "skip connections"),
    c=one_of(8, 16, 32, 64),
    H=one_of(64, 96, 128, 160, 256),
    levels=integers(2, 4),
    level=depending(lambda levels: integers(1, levels - 1)),
    text=r"""
The top level of a U-Net, level 0, turns an image into $<<c>>$ channels of $<<H>> \times <<H>>$ pixels; padding keeps the size. From level to level the encoder halves height and width by pooling and
doubles the channels. Level $<<levels>>$ is the lowest. On the way up, an up-convolution doubles the sides and halves the channels;
then the encoder's output of the same level is concatenated, before convolutions bring the channels back to those of the level.
""",
    hints=(
        "What does the encoder give at that level?",
        "The up-convolution arrives with the shape of the skip connection.",
        "Halving a side twice leaves a quarter of the pixels, while the channels double.",
    ),
)


def figure(c, H, levels, level):
    """The U-Net with the maps that are asked."""
    return Figure(
        unet(levels, f"{c} × {H} × {H}", (level, levels)),
        f"The U-Net: the encoder leads down from level 0 to level {levels}, the decoder up again. On every level above the "
        f"lowest, a skip connection leads across to the decoder, where two maps stand side by side. Levels {level} and "
        f"{levels} are shaded.",
    )


def work(c, H, levels, level, bottom, ratio):
    """Down to the lowest level, then up again."""
    skip, up, joined = unet_shape_steps((c, H, H), level).steps
    return (
        Step("Halve the sides and double the channels once for each level.", r"c 2^L \times H / 2^L \times W / 2^L", "", typeset_shape(bottom), "bottom"),
        Step("Each level has twice the channels and a quarter of the pixels: half of the numbers remain.", r"2^{-L}",
             rf"\frac{{2^{levels}}}{{4^{levels}}}", f"{ratio:.6g}", "ratio"),
        *under("skip", (skip,)),
        *under("joined", (up, joined)),
    )  # fmt: skip


def check(c, H, levels, level):
    """Walk down and up, level by level, with arrays."""
    down = [np.zeros((c, H, H), np.int8)]
    for _ in range(levels):
        pooled = down[-1][:, ::2, ::2]
        down.append(np.concatenate((pooled, pooled)))
    up = down[-1]
    for at in range(levels - 1, level - 1, -1):
        arriving = up[: len(up) // 2].repeat(2, axis=1).repeat(2, axis=2)
        joined = np.concatenate((down[at], arriving))
        up = joined[: len(joined) // 2]
    return {
        "bottom": down[-1].shape,
        "ratio": down[-1].size / down[0].size,
        "skip": down[level].shape,
        "joined": joined.shape,
    }


@part("The shape at the lowest level, as (channels, height, width).", Shape())
def bottom(c, H, levels):
    return c * 2**levels, H // 2**levels, H // 2**levels


@slip(bottom, "There are <<levels>> steps down from level 0; one was not taken.", credit=0.25)
def one_level_high(c, H, levels):
    return c * 2 ** (levels - 1), H // 2 ** (levels - 1), H // 2 ** (levels - 1)


@slip(bottom, "The channels are doubled at each level, which makes up for a part of the lost pixels.", credit=0.25)
def channels_kept(c, H, levels):
    return c, H // 2**levels, H // 2**levels


@slip(bottom, "Doubling again and again is a power of 2, not a multiple.", credit=0.25)
def multiples_of(c, H, levels):
    return (c * 2 * levels, H // (2 * levels), H // (2 * levels)) if levels > 2 else None


@part("The numbers stored at the lowest level, as a share of those at level 0.", Number(decimals=4))
def ratio(bottom, c, H):
    return np.prod(bottom) / (c * H * H)


@slip(ratio, "The channels double at each level, so less is lost than pixels.", credit=0.25)
def pixels_only(levels):
    return 4.0**-levels


@slip(ratio, "Twice the channels do not make up for a quarter of the pixels.", credit=0.25)
def balanced():
    return 1.0


@part("The shape that the skip connection brings to level <<level>> of the decoder.", Shape())
def skip(c, H, level):
    return c * 2**level, H // 2**level, H // 2**level


@slip(skip, "This is one level too deep; level 0 has the full size.", credit=0.25)
def too_deep(c, H, level):
    return c * 2 ** (level + 1), H // 2 ** (level + 1), H // 2 ** (level + 1)


@slip(skip, "This is the top of the network; a skip connection joins equal levels.")
def top(c, H):
    return c, H, H


@part(
    "The shape that the first convolution of the decoder reads at level <<level>>, after the concatenation.",
    Shape(),
)
def joined(c, H, level):
    return unet_shape((c, H, H), level)


@slip(joined, "The tensors are concatenated, not added: the channels of both are read.", credit=0.25)
def as_sum(skip):
    return skip


@slip(joined, "The up-convolution halves the channels before the concatenation.", credit=0.5)
def not_halved(skip):
    return 3 * skip[0], skip[1], skip[2]


@slip(joined, "Concatenation goes along the channels; the sides stay.", credit=0.25)
def wider(skip):
    return skip[0], 2 * skip[1], 2 * skip[2]
