"""The slope of sigmoid or tanh from the output that the forward pass kept."""

import math

from grader.kinds.number import Number
from grader.kinds.single_choice import SingleChoice
from quizbank import Question, derived, integers, multiples, one_of, part, slip, some_of
from solvers.activations import slope_from_output, slope_from_output_steps
from solvers.worked import Step

MEANINGS = {
    "output": ("The backward pass needs the output only.", "The input can be forgotten once the output is known."),
    "constant": (
        "The slope is the same at every input.",
        "The output changes with the input, and the slope with it.",
    ),
    "recover": (
        "The input has to be recovered first.",
        "The formula has no input in it; nothing needs to be undone.",
    ),
    "weights": (
        "The slope depends on the weights only.",
        "It depends on the output of the neuron, whatever led to it.",
    ),
}

question = Question(
    "ch2.sigmoid_from_output",
    title="A slope from a stored output",
    section="II.2.b",
    points=3,
    difficulty=1,
    minutes=3,
    topics=("activations", "derivatives", "backpropagation"),
    name=one_of("sigmoid", "tanh"),
    s=multiples(0.05, 1, 19),
    g=integers(-6, 8, nonzero=True),
    order=some_of(4, *MEANINGS),
    letter=derived(lambda name: {"sigmoid": r"\sigma(x)", "tanh": r"\tanh(x)"}[name]),
    text=r"""
In the forward pass a neuron's activation function $f(x) = <<letter>>$ gave the output $s = <<s>>$, which was stored; the input $x$ was not.
In the backward pass the upstream gradient $\partial L / \partial s = <<g>>$ arrives.
""",
    hints=("Write the derivative of the function by the function itself.", "Upstream gradient times local slope."),
)


def where(s, g):
    """Keep outputs at which the two functions and the usual slips differ."""
    return s != 0.5 and abs(g) > 1


def work(name, s, g, slope, downstream):
    """The local slope, then the chain rule."""
    return (
        *slope_from_output_steps(name, s).steps,
        Step("Upstream gradient times local slope.", r"\frac{\partial L}{\partial x} = \frac{\partial L}{\partial s} f'(x)",
             rf"{g} \cdot {slope:.6g}", f"{downstream:.6g}", "downstream"),
        Step("The slope still depends on $x$, but only by way of $s$.", name="meaning"),
    )  # fmt: skip


def check(name, s, g):
    """Recover the input and take a central difference there."""
    x = math.log(s / (1 - s)) if name == "sigmoid" else math.atanh(s)
    f = (lambda x: 1 / (1 + math.exp(-x))) if name == "sigmoid" else math.tanh
    slope = (f(x + 1e-5) - f(x - 1e-5)) / 2e-5
    return {"slope": slope, "downstream": g * slope}


@part("The local slope $f'(x)$.", Number(decimals=4))
def slope(name, s):
    return slope_from_output(name, s)


@slip(slope, "This applies the function once more; $s$ is its output already.", credit=0.25)
def applied_again(name, s):
    again = 1 / (1 + math.exp(-s)) if name == "sigmoid" else math.tanh(s)
    return slope_from_output(name, again)


@slip(
    slope,
    "This is the rule of the other function: $s(1 - s)$ belongs to the sigmoid, $1 - s^2$ to tanh.",
    credit=0.25,
)
def other_function(name, s):
    return slope_from_output({"sigmoid": "tanh", "tanh": "sigmoid"}[name], s)


@slip(slope, "A factor is missing: $1 - s$ alone is no slope of either function.", credit=0.25)
def half_a_rule(s):
    return 1 - s


@part(r"The gradient $\partial L / \partial x$ that is passed on.", Number(decimals=3))
def downstream(slope, g):
    return g * slope


@slip(downstream, "The upstream gradient meets the slope, not the output.", credit=0.25)
def times_output(s, g):
    return g * s


@slip(downstream, "The slope is missing: this is the upstream gradient.")
def passed_on(g):
    return g


def meanings(order) -> SingleChoice:
    """Show the readings in this order."""
    return SingleChoice(
        options=tuple(MEANINGS[name][0] for name in order), explanations=tuple(MEANINGS[name][1] for name in order)
    )


@part("What does it mean that the slope can be written by the output?", meanings)
def meaning(order):
    return order.index("output")
