"""The losses of discriminator and generator from the discriminator's outputs."""

import numpy as np

from grader.kinds.matrix import Matrix
from grader.kinds.number import Number
from quizbank import Question, multiples, part, slip
from quizbank.usual import under
from solvers.arrays import show
from solvers.gan import gan_losses, gan_losses_steps
from solvers.worked import Step

question = Question(
    "ch5.gan_loss",
    title="What both players pay",
    section="V.10.b",
    points=4,
    difficulty=2,
    minutes=6,
    topics=("GAN", "binary cross-entropy"),
    real=multiples(0.05, 11, 19, shape=(2,), distinct=True),
    fake=multiples(0.05, 1, 9, shape=(2,), distinct=True),
    text=r"""
The discriminator $D$ of a generative adversarial network gives the probability that an image is real. On two real images it says $<<real>>$, on two images of the generator $<<fake>>$.

The discriminator's loss $L_D$ is the binary cross-entropy, averaged over all four images, with label 1 for real and 0 for generated. The generator's loss $L_G$ is the
same cross-entropy, averaged over its own two images, but with label 1. Logarithms are natural; a calculator may be used.
""",
    hints=(
        r"For label 1 an image costs $-\ln D$, for label 0 it costs $-\ln(1 - D)$.",
        "The generator is at its best where the discriminator takes its images for real.",
    ),
)


def where(real, fake):
    """Keep outputs that are not mirror images of each other."""
    return abs(np.sort(real) - np.sort(1 - fake)).max() > 0.01


def work(real, fake, slope):
    """What each image costs, then the means."""
    on_real, on_fake, together, generator = gan_losses_steps(real, fake).steps
    return (
        *under("discriminator", (on_real, on_fake, together)),
        *under("generator", (generator,)),
        Step("Each image counts one half in the mean, and $-\\ln D$ has the slope $-1/D$: the surer the discriminator is that an image is generated, the larger the gradient.",
             r"\frac{\partial L_G}{\partial D} = -\frac{1}{N D}",
             r",\; ".join(rf"-\frac{{1}}{{2 \cdot {show(d)}}}" for d in fake), show(np.round(slope, 6)), "slope"),
    )  # fmt: skip


def check(real, fake):
    """The engine's losses with their slopes."""
    from solvers.engine.losses.gan_discriminator import GanDiscriminator
    from solvers.engine.losses.gan_generator import GanGenerator

    one, _ = GanDiscriminator().forward(None, real, fake)
    two, _ = GanGenerator().forward(None, fake)
    h = 1e-6
    losses = [
        GanGenerator().forward(None, fake + h * np.eye(2)[i] * sign)[0] for i in range(2) for sign in (1, -1)
    ]
    return {
        "discriminator": one,
        "generator": two,
        "slope": [(losses[0] - losses[1]) / (2 * h), (losses[2] - losses[3]) / (2 * h)],
    }


@part("The loss $L_D$ of the discriminator.", Number(decimals=3))
def discriminator(real, fake):
    return gan_losses(real, fake)["discriminator"]


@slip(discriminator, "These are the two means added up; the question averages over all four images.", credit=0.5)
def sum_of_means(real, fake):
    return gan_losses(real, fake, halved=False)["discriminator"]


@slip(
    discriminator, "Generated images have label 0, so they cost −ln(1 − D); here they cost nothing.", credit=0.25
)
def real_only(real):
    return -np.log(real).sum() / 4


@slip(discriminator, "The labels are exchanged: real images have label 1.")
def labels_exchanged(real, fake):
    return gan_losses(1 - real, 1 - fake)["discriminator"]


@part("The loss $L_G$ of the generator.", Number(decimals=3))
def generator(fake):
    return float(-np.log(fake).mean())


@slip(
    generator,
    "This is the minimax form, which the generator would minimise, too; the question gives its images label 1.",
    credit=0.5,
)
def minimax(fake):
    return np.log(1 - fake).mean()


@slip(generator, "This is what the discriminator pays for these images; the generator wants label 1.", credit=0.25)
def label_zero(fake):
    return -np.log(1 - fake).mean()


@slip(
    generator,
    "The question gives the generator a cross-entropy of its own, not the discriminator's loss with another sign.",
)
def opposite(real, fake):
    return -gan_losses(real, fake)["discriminator"]


@part(
    "The derivatives of $L_G$ by the two outputs of the discriminator on the generator's images.",
    Matrix(decimals=2),
)
def slope(fake):
    return -1 / (2 * fake)


@slip(slope, "The loss is a mean of two: every image counts one half.", credit=0.5)
def no_mean(fake):
    return -1 / fake


@slip(slope, "Larger outputs make the generator's loss smaller: the sign is reversed.", credit=0.5)
def sign(fake):
    return 1 / (2 * fake)


@slip(
    slope,
    "This is the slope of the minimax form ln(1 − D), which is small where the discriminator is sure.",
    credit=0.25,
)
def minimax_slope(fake):
    return -1 / (2 * (1 - fake))
