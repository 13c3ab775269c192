"""By what number a mean loss is divided."""

from grader.kinds.number import Number
from quizbank import Question, one_of, part, slip
from solvers.worked import Step

question = Question(
    "ch2.q4.b",
    also=("ch2.residual_count",),
    title="The divisor of a mean loss",
    section="II.3",
    points=2,
    difficulty=1,
    minutes=2,
    topics=("losses", "shapes"),
    B=one_of(2, 3, 4, 5, 6, 8, 12, 16),
    C=one_of(2, 3, 5, 7, 10),
    H=one_of(4, 8, 16, 32),
    V=one_of(6, 8, 10, 20),
    notes=dict(B=4, C=3, H=8, V=8),
    text=r"""
Two batches of images, the output of a network and its target, are compared. Both have the shape
$<<B>> \times <<C>> \times <<H>> \times <<V>>$ (batch, channels, height, width).
""",
    hints=(
        "Every pair of numbers that is subtracted is one residual.",
        "In the second part, ask how many true classes there are.",
    ),
)


def where(B, C):
    """Keep the batch and the channels apart."""
    return B != C


def work(B, C, H, V):
    """Count what is compared."""
    return (
        Step("The mean squared error compares every entry with its target, so every entry is a residual.",
             r"N = \text{batch} \cdot \text{channels} \cdot \text{height} \cdot \text{width}", rf"{B} \cdot {C} \cdot {H} \cdot {V}", f"{B * C * H * V}", "residuals"),
        Step("Classification of each pixel compares one distribution over the channels with one class, so a pixel counts once.",
             r"R = \text{batch} \cdot \text{height} \cdot \text{width}", rf"{B} \cdot {H} \cdot {V}", f"{B * H * V}", "pixels"),
    )  # fmt: skip


def check(B, C, H, V):
    """Count the entries, and the pixels, one by one."""
    import numpy as np

    batch = np.zeros((B, C, H, V))
    return {"residuals": sum(1 for _ in batch.flat), "pixels": sum(1 for _ in batch[:, 0].flat)}


@part(
    "The loss is the mean squared error (MSE), the mean over all residuals. By which number $N$ is the sum divided?",
    Number(integer=True),
)
def residuals(B, C, H, V):
    return B * C * H * V


@slip(residuals, "This is the batch size; the mean is taken over all residuals, not over the samples.")
def batch_only(B):
    return B


@slip(residuals, "The channels are missing: each channel of a pixel is compared on its own.", credit=0.25)
def no_channels(B, H, V):
    return B * H * V


@slip(residuals, "This counts one sample; the batch has <<B>> of them.", credit=0.25)
def one_sample(C, H, V):
    return C * H * V


@part(
    "Now the channels are class scores, the target is one class for each pixel, and the loss is the cross-entropy "
    "averaged over everything that is classified. By which number is the sum divided?",
    Number(integer=True),
)
def pixels(B, H, V):
    return B * H * V


@slip(pixels, "The classes are not counted: each pixel contributes one negative logarithm.", credit=0.25)
def with_classes(B, C, H, V):
    return B * C * H * V


@slip(pixels, "This is the batch size; every pixel of every image is classified.")
def images_only(B):
    return B
