"""The best discriminator, and the losses when it cannot tell."""

import numpy as np

from grader.kinds.number import Number
from quizbank import Question, multiples, part, slip, tenths
from solvers.arrays import show
from solvers.gan import gan_losses
from solvers.worked import Step

question = Question(
    "ch5.gan_equilibrium",
    title="A discriminator that cannot tell",
    section="V.10.b",
    points=4,
    difficulty=3,
    minutes=7,
    topics=("GAN", "equilibrium"),
    a=tenths(1, 9),
    b=tenths(1, 9),
    d=multiples(0.05, 2, 18),
    text=r"""
The discriminator $D$ of a generative adversarial network is trained on equally many real and generated images. Its loss $L_D$ is the mean binary cross-entropy over all of
them, with label 1 for real and 0 for generated; the generator's loss $L_G$ is the mean of $-\ln D$ over the generated images. Logarithms are natural; a calculator may be used.
""",
    hints=(
        "What does a real image cost, and what a generated one, if $D$ is the same for both?",
        r"Around one image, real ones weigh with their density and generated ones with theirs: $-p_\text{data} \ln D - p_G \ln(1 - D)$.",
        "A generator that is perfect gives images with the same density as the data.",
    ),
)


def where(a, b, d):
    """Keep densities that differ and an output that is not yet undecided."""
    return a != b and d != 0.5


def work(a, b, d, constant, best):
    """The losses of a constant, the best output, and the equilibrium."""
    real, fake = show(round(-np.log(d), 6)), show(round(-np.log(1 - d), 6))
    return (
        Step("A real image has label 1.", r"-\ln D", rf"-\ln {show(d)}", real, "constant"),
        Step("A generated image has label 0.", r"-\ln(1 - D)", rf"-\ln {show(1 - d)}", fake, "constant"),
        Step("Both kinds are equally many, so the loss is the mean of the two.", r"L_D = \tfrac{1}{2} (-\ln D - \ln(1 - D))",
             rf"\tfrac{{1}}{{2}} ({real} + {fake})", show(round(constant, 6)), "constant"),
        Step("The generator pays for each of its images as if its label were 1.", r"L_G = -\ln D", rf"-\ln {show(d)}", real, "fooled"),
        Step("Set the derivative of the cost around the image to 0.", r"-\frac{p_\text{data}}{D} + \frac{p_G}{1 - D} = 0"),
        Step("So the best output is the share of real images among all that look like this.", r"D^* = \frac{p_\text{data}}{p_\text{data} + p_G}",
             rf"\frac{{{show(a)}}}{{{show(a)} + {show(b)}}}", show(round(best, 6)), "best"),
        Step("With equal densities the best output is ½ everywhere; both kinds of images cost ln 2, and so does their mean.", r"L_D = \ln 2", "", "0.6931", "equilibrium"),
    )  # fmt: skip


def check(a, b, d):
    """The engine's losses of constant outputs, and the cheapest output by trying many."""
    from solvers.engine.losses.gan_discriminator import GanDiscriminator
    from solvers.engine.losses.gan_generator import GanGenerator

    def cheapest(first, second):
        low, high = 1e-9, 1 - 1e-9
        for _ in range(300):
            left, right = low + (high - low) / 3, high - (high - low) / 3
            slopes = [-first / at + second / (1 - at) for at in (left, right)]
            low, high = (left, high) if slopes[0] < 0 else (low, right)
        return (low + high) / 2

    even = np.full(3, cheapest(1.0, 1.0))
    return {
        "constant": GanDiscriminator().forward(None, np.full(3, d), np.full(3, d))[0],
        "fooled": GanGenerator().forward(None, np.full(3, d))[0],
        "best": cheapest(a, b),
        "equilibrium": GanDiscriminator().forward(None, even, even)[0],
    }


@part(
    "A discriminator that has learnt nothing gives $D = <<d>>$ for every image. Its loss $L_D$.",
    Number(decimals=3),
)
def constant(d):
    return gan_losses([d], [d])["discriminator"]


@slip(constant, "These are the two means added up; the loss is the mean over all images.", credit=0.5)
def summed(d):
    return gan_losses([d], [d], halved=False)["discriminator"]


@slip(constant, "Generated images have label 0 and cost −ln(1 − D).", credit=0.25)
def real_only(d):
    return -np.log(d)


@part("The generator's loss $L_G$ in front of the same discriminator.", Number(decimals=3))
def fooled(d):
    return gan_losses([d], [d])["generator"]


@slip(fooled, "This is what the discriminator pays for generated images; the generator pays −ln D.", credit=0.25)
def flipped(d):
    return -np.log(1 - d)


@slip(fooled, "The generator's loss is not the discriminator's with another sign.")
def opposite(d):
    return -gan_losses([d], [d])["discriminator"]


@part(
    r"At an image $x$ the data has the density $p_\text{data}(x) = <<a>>$, the generator's images have $p_G(x) = <<b>>$. Which output $D(x)$ makes $L_D$ smallest?",
    Number(decimals=3),
)
def best(a, b):
    return a / (a + b)


@slip(best, "This is the share of generated images; D stands for real.", credit=0.25)
def other_share(a, b):
    return b / (a + b)


@slip(best, "This is the quotient of the densities; a probability is the share of one in both.", credit=0.25)
def quotient(a, b):
    return a / b


@slip(best, "The discriminator is undecided only where both densities are equal.")
def half():
    return 0.5


@part(
    "The generator has become perfect: its images have the density of the data everywhere, and the discriminator is the best possible. The loss $L_D$ then.",
    Number(decimals=3),
)
def equilibrium():
    return float(np.log(2))


@slip(
    equilibrium, "An equilibrium is not a loss of 0: a discriminator that cannot tell pays ln 2 for every image."
)
def nothing():
    return 0.0


@slip(equilibrium, "These are the two means added up; the loss is the mean over all images.", credit=0.5)
def twice():
    return 2 * float(np.log(2))
