"""How many of a network's parameters sit in its fully connected layers."""

import numpy as np

from grader.kinds.number import Number
from quizbank import Question, integers, one_of, part, slip
from quizbank.usual import under
from solvers.parameters import dense_share_steps, mlp_parameters
from solvers.worked import Step

question = Question(
    "ch5.fc_share",
    title="Where the parameters are",
    section="V.3",
    points=3,
    difficulty=2,
    minutes=5,
    topics=("VGG", "AlexNet", "parameters"),
    c=one_of(128, 256, 512),
    s=one_of(4, 5, 6, 7),
    f=one_of(512, 1024, 4096),
    classes=one_of(10, 100, 1000),
    millions=integers(2, 15),
    text=r"""
The convolutional part of a network in the manner of VGG has $<<millions>>\,000\,000$ parameters. It ends with $<<c>>$ channels of $<<s>> \times <<s>>$ pixels, which are flattened.
Then follow three fully connected layers with biases: two with $<<f>>$ outputs each, and one with $<<classes>>$. A calculator may be used.
""",
    hints=(
        "How many numbers enter the first fully connected layer?",
        "A share is a part divided by the whole.",
    ),
)


def work(c, s, f, classes, millions, flat):
    """Flatten, count the three layers, compare."""
    *layers, dense, share = dense_share_steps(millions * 10**6, [flat, f, f, classes]).steps
    percent = Step(share.reason, share.formula, share.numbers, rf"{100 * float(share.result):.4g}\,\%", "share")
    return (
        Step(
            "Flattening multiplies channels, height and width.",
            "C H W",
            rf"{c} \cdot {s} \cdot {s}",
            str(flat),
            "flat",
        ),
        *under("dense", (*layers, dense)),
        percent,
    )


def check(c, s, f, classes, millions):
    """Build shapes instead of formulas, with the biases as one more row."""
    flat = np.empty((c, s, s), dtype=np.int8).size
    dense = sum(int(np.prod(shape)) for shape in ((flat + 1, f), (f + 1, f), (f + 1, classes)))
    return {"flat": flat, "dense": dense, "share": 100 - 100 / (1 + dense / (millions * 1e6))}


@part("The number of features after flattening.", Number(integer=True))
def flat(c, s):
    return c * s * s


@slip(flat, "Every channel holds <<s>> × <<s>> pixels, and all of them are flattened.", credit=0.25)
def channels_only(c):
    return c


@slip(flat, "A map has rows and columns: the side enters squared.", credit=0.25)
def one_side(c, s):
    return c * s


@part("The number of parameters of the fully connected layers together.", Number(integer=True))
def dense(flat, f, classes):
    return mlp_parameters([flat, f, f, classes])


@slip(dense, "There are three fully connected layers; the middle one is missing.", credit=0.25)
def two_layers(flat, f, classes):
    return mlp_parameters([flat, f, classes])


@slip(dense, "The biases are missing: one for each output of each layer.", credit=0.5)
def no_biases(flat, f, classes):
    return mlp_parameters([flat, f, f, classes], bias=False)


@part("Their share of all parameters of the network, in percent.", Number(decimals=1, unit="%"))
def share(dense, millions):
    return 100 * dense / (dense + millions * 10**6)


@slip(share, "This compares them with the convolutional part; a share is taken of the whole.", credit=0.25)
def to_convolutions(dense, millions):
    return 100 * dense / (millions * 10**6)


@slip(share, "This is the share of the convolutional part.", credit=0.5)
def other_part(dense, millions):
    return 100 * millions * 10**6 / (dense + millions * 10**6)
