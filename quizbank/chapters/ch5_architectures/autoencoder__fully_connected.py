"""Parameters and compression of a fully connected autoencoder."""

import numpy as np

from grader.kinds.number import Number
from quizbank import Figure, Question, one_of, part, slip
from quizbank.usual import under
from solvers.drawing.blocks import narrowing
from solvers.parameters import mlp_parameters, mlp_parameters_steps
from solvers.worked import Step

question = Question(
    "ch5.autoencoder",
    title="A fully connected autoencoder",
    section="V.7",
    points=4,
    revision=2,
    difficulty=1,
    minutes=5,
    topics=("autoencoder", "parameters"),
    side=one_of(14, 16, 20, 28, 32),
    hidden=one_of(64, 100, 128, 256),
    code=one_of(2, 4, 8, 16, 32),
    text=r"""
A fully connected autoencoder is trained on grey images of $<<side>> \times <<side>>$ pixels, which are flattened first. Its encoder has a hidden layer with $<<hidden>>$ units
and ends in a latent vector with $<<code>>$ entries; its decoder mirrors it, with $<<hidden>>$ hidden units, and gives an image of the same size. All layers have biases. A calculator may be used.
""",
    hints=(
        "How many numbers enter the encoder?",
        "Biases belong to outputs, so encoder and decoder do not have equally many.",
    ),
)


def where(side, hidden, code):
    """Keep layers that become narrower."""
    return side * side > hidden > code


def figure(side, hidden, code):
    """The layers, which become narrower and wider again."""
    image, middle = (f"{side} × {side}", 1.0), (f"{hidden} units", 0.5)
    return Figure(
        narrowing((image, middle, (f"{code} entries", 0.15), middle, image)),
        f"Five layers as bars: the image of {side} by {side} pixels, {hidden} hidden units, the latent vector with {code} "
        f"entries, {hidden} hidden units, and again an image of {side} by {side} pixels.",
    )


def work(side, hidden, code, factor):
    """Layer by layer, there and back."""
    pixels = side * side
    encoder, decoder = mlp_parameters([pixels, hidden, code]), mlp_parameters([code, hidden, pixels])
    there, back = (
        mlp_parameters_steps([pixels, hidden, code]).steps,
        mlp_parameters_steps([code, hidden, pixels]).steps,
    )
    return (
        Step("Flattening gives one number for each pixel.", r"D = H \cdot W", rf"{side} \cdot {side}", str(pixels), "encoder"),
        *under("encoder", there),
        *under("total", back),
        Step("Encoder and decoder together.", "", f"{encoder} + {decoder}", str(encoder + decoder), "total"),
        Step("Pixels for every entry of the latent vector.", "", rf"\frac{{{pixels}}}{{{code}}}", f"{factor:.6g}", "factor"),
        Step("Every pixel of the output is compared with the pixel of the input: there are as many residuals as pixels.", name="outputs",
             result=str(pixels)),
    )  # fmt: skip


def check(side, hidden, code):
    """Build the weights with their biases as one more row."""
    flat = np.zeros((side, side)).ravel().size
    encoder = np.zeros((flat + 1, hidden)).size + np.zeros((hidden + 1, code)).size
    decoder = np.zeros((code + 1, hidden)).size + np.zeros((hidden + 1, flat)).size
    return {"encoder": encoder, "total": encoder + decoder, "factor": flat / code, "outputs": flat}


@part("The number of parameters of the encoder.", Number(integer=True))
def encoder(side, hidden, code):
    return mlp_parameters([side * side, hidden, code])


@slip(
    encoder, "The biases are missing: one for each unit of the hidden layer and of the latent vector.", credit=0.5
)
def no_biases(side, hidden, code):
    return side * side * hidden + hidden * code


@slip(encoder, "The image is flattened: it has <<side>> rows and <<side>> columns of pixels.", credit=0.25)
def one_row(side, hidden, code):
    return mlp_parameters([side, hidden, code])


@slip(encoder, "The hidden layer lies between the image and the latent vector.", credit=0.25)
def no_hidden(side, code):
    return mlp_parameters([side * side, code])


@part("The number of parameters of the whole autoencoder.", Number(integer=True))
def total(encoder, side, hidden, code):
    return encoder + mlp_parameters([code, hidden, side * side])


@slip(
    total,
    "The decoder has as many weights as the encoder, but other biases: its outputs are <<hidden>> units and the pixels.",
    credit=0.5,
)
def doubled(encoder):
    return 2 * encoder


@slip(total, "This is the decoder alone.", credit=0.25)
def decoder_only(side, hidden, code):
    return mlp_parameters([code, hidden, side * side])


@part(
    "By what factor does the encoder compress: how many numbers of the image come to one entry of the latent vector?",
    Number(decimals=2),
)
def factor(side, code):
    return side * side / code


@slip(
    factor, "This compares the image with the hidden layer; the narrowest place is the latent vector.", credit=0.25
)
def hidden_ratio(side, hidden):
    return side * side / hidden


@slip(factor, "This is the quotient the other way round.", credit=0.5)
def inverse(side, code):
    return code / side**2


@part("Over how many residuals does the mean in the reconstruction loss go, for one image?", Number(integer=True))
def outputs(side):
    return side * side


@slip(outputs, "The latent vector has no target; the reconstruction is compared with the image.")
def latent(code):
    return code


@slip(outputs, "Every pixel has a residual of its own; there is not one for each image.", credit=0.25)
def one_per_image():
    return 1
