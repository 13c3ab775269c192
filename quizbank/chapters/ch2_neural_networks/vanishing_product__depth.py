"""How far a gradient can shrink through a chain of saturating layers."""

import math

from grader.kinds.number import Number
from quizbank import Question, integers, one_of, part, slip
from solvers.functions import slope as slope_at
from solvers.gradient_chains import STEEPEST, largest_factor_steps
from solvers.worked import Step

question = Question(
    "ch2.vanishing_product",
    title="The best case of a vanishing gradient",
    section="II.2.e",
    points=3,
    revision=2,
    difficulty=2,
    minutes=4,
    topics=("vanishing gradients", "activations", "backpropagation"),
    name=one_of("sigmoid", "sigmoid", "tanh"),
    layers=integers(3, 12),
    w=one_of(0.45, 0.5, 0.6, 0.7, 0.8, 1.2, 1.5, 1.6, 2.0),
    text=r"""
A chain of $<<layers>>$ layers has one neuron each: $h_l = f(w\, h_{l-1})$ with $f = \text{<<name>>}$ and the same weight $w = <<w>>$ in every layer.
The gradient travels back from $h_{<<layers>>}$ to $h_0$. Consider the best case, in which every neuron stands where $f$ is steepest.
""",
    hints=(
        "Where is the function steepest, and how steep is it there?",
        "The chain rule multiplies one factor for each layer.",
        "The last part asks for a power: take logarithms.",
    ),
)


def where(name, w):
    """Keep chains in which the gradient shrinks."""
    return STEEPEST[name] * w < 1


def work(name, w, layers, factor, depth):
    """One layer, all layers, then solve for the depth."""
    steps = {step.name: step for step in largest_factor_steps(name, w, layers).steps}
    return (
        steps["slope"],
        Step(*_shown(steps["factor"]), "factor"),
        Step(*_shown(steps["product"]), "product"),
        Step("The power falls below the bound as soon as its logarithm does; the logarithm of the factor is negative, so the "
             "inequality turns round.", r"L > \frac{\ln 0.001}{\ln (f' w)}", rf"\frac{{\ln 0.001}}{{\ln {factor:g}}}",
             f"{math.log(0.001) / math.log(factor):.3f}"),
        Step("The next whole number.", "L", "", str(depth), "depth"),
    )  # fmt: skip


def _shown(step):
    return step.reason, step.formula, step.numbers, step.result


def check(name, w, layers):
    """Search for the steepest point on a grid, multiply layer by layer, and walk down until the bound is passed."""
    steepest = max(slope_at(name, point / 100).item() for point in range(-300, 301))
    product = 1.0
    for _ in range(layers):
        product *= steepest * w
    depth, left = 0, 1.0
    while left >= 0.001:
        depth, left = depth + 1, left * steepest * w
    return {"factor": steepest * w, "product": product, "depth": depth}


@part("By which factor does one layer multiply the gradient, in this best case?", Number(decimals=3))
def factor(name, w):
    return STEEPEST[name] * w


@slip(factor, "This uses the value of the sigmoid at 0, which is ½; its slope there is ¼.", credit=0.25)
def value_for_slope(name, w):
    return 0.5 * w if name == "sigmoid" else None


@slip(factor, "This uses the sigmoid's steepest slope, ¼; that of tanh is 1.", credit=0.25)
def slope_of_sigmoid(name, w):
    return 0.25 * w if name == "tanh" else None


@slip(factor, "The weight is missing: the chain rule passes through $w$, too.", credit=0.25)
def no_weight(name):
    return STEEPEST[name]


@slip(factor, "The slope is missing: the chain rule passes through the activation, too.")
def no_slope(name, w):
    return w if name == "sigmoid" else None


@part("By which factor do all $<<layers>>$ layers together multiply it?", Number(significant=2))
def product(factor, layers):
    return factor**layers


@slip(product, "The factors of the layers multiply; this adds them up.")
def added(factor, layers):
    return factor * layers


@slip(product, "This is one layer short: from $h_{<<layers>>}$ to $h_0$ there are <<layers>> layers.", credit=0.5)
def one_short(factor, layers):
    return factor ** (layers - 1)


@part("How many layers does such a chain need at least for its factor to be below 0.001?", Number(integer=True))
def depth(factor):
    return math.floor(math.log(0.001) / math.log(factor)) + 1 if 0 < factor < 1 else math.nan


@slip(depth, "Rounded down, the factor is still above the bound: take the next whole number.", credit=0.5)
def rounded_down(factor):
    return math.floor(math.log(0.001) / math.log(factor))


@slip(depth, "The factors multiply, so the depth is a logarithm; this divides as if they added up.")
def divided(factor):
    return math.ceil(factor / 0.001)
