"""Pooling that keeps the size of its feature map."""

import numpy as np

from grader.kinds.number import Number
from grader.kinds.shape import Shape
from grader.kinds.true_false import TrueFalse
from quizbank import Question, derived, integers, one_of, part, slip
from quizbank.usual import under
from solvers.shapes import conv_size, same_padding_steps
from solvers.worked import Step

CLAIMS = (
    (False, "A pooling layer makes its feature map smaller, whatever its settings are."),
    (True, "With stride 1 and a suitable padding, a pooling layer can keep the size of its feature map."),
    (False, "Without learnable weights, a layer cannot keep the size of its feature map."),
    (True, "Whether pooling shrinks the map is decided by window, stride and padding, by the formula used for convolutions."),
    (False, "Padding exists for convolutions only, so pooling loses at least the border."),
    (True, "With stride 1 and a suitable padding, a max-pooling branch can be concatenated with convolutions that keep the size of the same map."),
)  # fmt: skip

question = Question(
    "ch3.q8",
    also=("ch3.same_padding",),
    title="Pooling that keeps the size",
    section="III.5",
    points=3,
    difficulty=1,
    minutes=3,
    topics=("pooling", "padding", "shapes"),
    claim=one_of(*CLAIMS),
    sentence=derived(lambda claim: claim[1]),
    k=one_of(3, 5, 7, 9, 11),
    B=one_of(2, 4, 8, 16),
    C=one_of(3, 6, 12, 24),
    H=integers(14, 40),
    V=integers(14, 40),
    notes=dict(claim=CLAIMS[0], k=3, B=4, C=3, H=8, V=6),
    text=r"""
A max-pooling layer with a $<<k>> \times <<k>>$ window gets a feature map of the shape $<<B>> \times <<C>> \times <<H>> \times <<V>>$
(batch, channels, height, width). The same number $p$ of rows or columns is added on every side.
""",
    hints=(
        "The output size follows from window, stride and padding, as for a convolution.",
        r"At stride 1 the window takes $k - 1$ rows away, and the padding adds $2p$.",
    ),
)


def where(B, C, H, V):
    """Keep the sizes apart."""
    return len({B, C, H, V}) == 4


def work(claim, k, B, C, H, V):
    """What the window takes, the padding gives back."""
    p = (k - 1) // 2
    high, wide = conv_size(H, k, 2, p), conv_size(V, k, 2, p)
    return (
        Step("Pooling follows the size formula of convolutions: with stride 1 and the right padding it keeps the size, as in a branch of an inception block. So the "
             f"statement is {'true' if claim[0] else 'false'}.", name="holds"),
        *under("padding", same_padding_steps(k)),
        Step("With stride 2 every second place is left out.", r"\lfloor (H + 2p - k) / 2 \rfloor + 1",
             rf"\lfloor ({H} + {2 * p} - {k}) / 2 \rfloor + 1", f"{high}", "halved"),
        Step("The width in the same way.", r"\lfloor (W + 2p - k) / 2 \rfloor + 1",
             rf"\lfloor ({V} + {2 * p} - {k}) / 2 \rfloor + 1", f"{wide}", "halved"),
        Step("Pooling works on each channel alone, so their number stays.", "", "",
             rf"{B} \times {C} \times {high} \times {wide}", "halved"),
    )  # fmt: skip


def check(k, B, C, H, V):
    """Try one padding after the other with the engine's pooling."""
    from solvers.engine.layers.maxpool2d import maxpool2d

    column = np.arange(float(H))[None, None, :, None] * np.ones((1, 1, 1, V))

    def pooled(p, stride):
        padded = np.pad(column, ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-1.0)
        return maxpool2d(padded, k, stride).shape[2:]

    fitting = next(p for p in range(k) if pooled(p, 1) == (H, V))
    return {"padding": fitting, "halved": (B, C, *pooled(fitting, 2))}


@part("True or false? <<sentence>>", TrueFalse())
def holds(claim):
    return bool(claim[0])


@part("With stride 1, which $p$ keeps height and width?", Number(integer=True))
def padding(k):
    return (k - 1) // 2


@slip(padding, "This is the padding of both sides together; $p$ is the padding of one side.", credit=0.5)
def both_sides(k):
    return k - 1


@slip(
    padding,
    "With half a window on each side, rounded up, the map would grow: the pixel in the middle needs no padding.",
    credit=0.25,
)
def rounded_up(k):
    return (k + 1) // 2


@slip(padding, "A padding of 0 loses $k - 1$ rows and columns.")
def none_needed():
    return 0


@part("The output's shape with this padding and stride 2.", Shape())
def halved(padding, k, B, C, H, V):
    return B, C, conv_size(H, k, 2, padding), conv_size(V, k, 2, padding)


@slip(halved, "This is the shape at stride 1; stride 2 leaves every second place out.", credit=0.25)
def stride_one(padding, k, B, C, H, V):
    return B, C, conv_size(H, k, 1, padding), conv_size(V, k, 1, padding)


@slip(halved, "The padding is missing here.", credit=0.25)
def unpadded(k, B, C, H, V):
    return B, C, conv_size(H, k, 2), conv_size(V, k, 2)


@slip(halved, "The window in the last place counts, too: add 1 after dividing.", credit=0.5)
def last_place(padding, k, B, C, H, V):
    return B, C, (H + 2 * padding - k) // 2, (V + 2 * padding - k) // 2
