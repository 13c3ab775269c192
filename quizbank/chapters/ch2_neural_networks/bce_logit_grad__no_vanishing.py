"""The gradient of sigmoid with binary cross-entropy at the logit, and of the squared error there."""

import math

from grader.kinds.derivation import Derivation
from grader.kinds.number import Number
from quizbank import Question, integers, multiples, part, slip
from solvers.arrays import signed
from solvers.losses import binary_logit_gradient_steps
from solvers.symbolic.derivations.binary_cross_entropy import bce_gradient
from solvers.worked import Step

question = Question(
    "ch2.bce_logit_grad",
    title="Sigmoid, cross-entropy and the logit",
    section="II.5",
    points=5,
    difficulty=2,
    minutes=7,
    topics=("sigmoid", "binary cross-entropy", "backpropagation", "derivation"),
    z=multiples(0.5, -8, 8, nonzero=True),
    y=integers(0, 1),
    text=r"""
The output neuron of a binary classifier has the logit $z = <<z>>$; its prediction is $p = \sigma(z)$, the label is $y = <<y>>$. The loss of the
sample is the binary cross-entropy $L = -y \ln p - (1 - y) \ln(1 - p)$.
""",
    hints=(
        r"The sigmoid's slope is $p(1 - p)$: where does it meet the loss's derivative?",
        "Prediction and label are all that is left.",
    ),
)


def where(z, p):
    """Keep logits beyond the middle."""
    return abs(z) >= 1 and abs(p - 0.5) > 0.1


def work(z, y, p, dz, squared):
    """The proof, the numbers, and the squared error beside them."""
    first, last = binary_logit_gradient_steps(z, y).steps
    return (
        *(Step(*(_in_p(text) for text in (s.reason, s.formula, s.numbers, s.result)), "proof") for s in bce_gradient().steps[-5:]),
        Step(first.reason, first.formula, first.numbers, first.result, "p"),
        Step(last.reason, last.formula, last.numbers, last.result, "dz"),
        Step(r"The squared error has no logarithm that would cancel the sigmoid's slope, so the slope stays and shrinks the gradient.",
             r"(p - y)\, p\, (1 - p)", f"{signed(dz)} \\cdot {p:.6g} \\cdot {1 - p:.6g}", f"{squared:.6g}", "squared"),
    )  # fmt: skip


def _in_p(text):
    """Write the prediction as the question does."""
    return text.replace(r"\hat{y}", "p").replace(r"\hat y", "p")


def check(z, y):
    """Central differences of both losses as functions of the logit."""

    def sigmoid(z):
        return math.exp(z) / (1 + math.exp(z))

    def cross_entropy(z):
        return math.log(1 + math.exp(-z)) if y else math.log(1 + math.exp(z))

    def half_square(z):
        return (sigmoid(z) - y) ** 2 / 2

    def slope(f):
        return (f(z + 1e-5) - f(z - 1e-5)) / 2e-5

    return {"p": sigmoid(z), "dz": slope(cross_entropy), "squared": slope(half_square)}


@part(
    r"Derive $\partial L / \partial z$. By the chain rule it is $\left( -\frac{y}{p} + \frac{1 - y}{1 - p} \right) p (1 - p)$; simplify this, one step a "
    "line, until no product is left.",
    Derivation(variables={"p": "probability", "y": "(0, 1)"}, labels=("dL/dz",)),
    points=2,
)
def proof():
    return ("(-y/p + (1-y)/(1-p)) p (1-p)", "-y (1-p) + (1-y) p", "-y + y p + p - y p", "p - y")


@part("The prediction $p$.", Number(decimals=4))
def p(z):
    return 1 / (1 + math.exp(-z))


@slip(p, "The sign in the exponent is reversed: $\\sigma(z) = 1 / (1 + e^{-z})$.", credit=0.25)
def reversed_exponent(z):
    return 1 / (1 + math.exp(z))


@slip(p, "This is the odds, $e^{z}$; the probability divides them by $1 + e^{z}$.", credit=0.25)
def odds(z):
    return math.exp(z)


@part(r"The gradient $\partial L / \partial z$.", Number(decimals=3))
def dz(p, y):
    return p - y


@slip(dz, "The sign is reversed: it is prediction minus label.", credit=0.5)
def reversed_sign(p, y):
    return y - p


@slip(dz, "The sigmoid's slope has cancelled; it must not be multiplied once more.", credit=0.25)
def slope_again(p, y):
    return (p - y) * p * (1 - p)


@slip(dz, "The label is compared with the prediction $\\sigma(z)$, not with the logit.", credit=0.25)
def raw_logit(z, y):
    return z - y


@slip(dz, "This is the derivative by $p$; the sigmoid still has to be passed.", credit=0.25)
def by_prediction(p, y):
    return -y / p + (1 - y) / (1 - p)


@part(
    r"For comparison: the gradient at $z$ if the loss were $\tfrac12 (p - y)^2$ with the same sigmoid.",
    Number(decimals=5),
)
def squared(p, dz):
    return dz * p * (1 - p)


@slip(squared, "Without a logarithm in the loss the sigmoid's slope does not cancel; it is missing.", credit=0.25)
def no_slope(dz):
    return dz


@slip(
    squared,
    "With the factor ½ the square's derivative is the plain difference; this is twice as much.",
    credit=0.5,
)
def doubled(p, dz):
    return 2 * dz * p * (1 - p)
