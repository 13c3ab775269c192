"""Value and slope of an activation function at a point."""

import math

from grader.kinds.number import Number
from quizbank import Figure, Question, derived, multiples, one_of, part, slip
from solvers.arrays import signed
from solvers.drawing.plot import Axes, Curve, plots
from solvers.functions import apply, slope
from solvers.worked import Step

FORMULAS = {
    "sigmoid": (r"\sigma(x) = \frac{1}{1 + e^{-x}}", r"\sigma'(x) = \sigma(x)\,(1 - \sigma(x))"),
    "tanh": (r"\tanh(x) = \frac{e^x - e^{-x}}{e^x + e^{-x}}", r"\tanh'(x) = 1 - \tanh(x)^2"),
    "elu": (
        r"f(x) = x \text{ for } x \ge 0, \quad \alpha (e^x - 1) \text{ for } x < 0",
        r"f'(x) = \alpha e^x = f(x) + \alpha \text{ for } x < 0",
    ),
    "leaky-relu": (
        r"f(x) = x \text{ for } x > 0, \quad \alpha x \text{ for } x < 0",
        r"f'(x) = \alpha \text{ for } x < 0",
    ),
}
HEIGHTS = {"sigmoid": (0, 0.5, 1), "tanh": (-1, 0, 1)}
SHAPES = {
    "sigmoid": "an S that rises from 0 to 1",
    "tanh": "an S that rises from −1 to 1",
    "elu": "a line of slope 1 on the right that flattens on the left",
    "leaky-relu": "two lines with a kink at 0, of slope 1 on the right and flatter on the left",
}

question = Question(
    "ch2.act_value",
    also=("ch2.act_derivative",),
    title="An activation function at a point",
    section="II.2",
    points=2,
    difficulty=1,
    minutes=3,
    topics=("activations", "derivatives"),
    name=one_of("sigmoid", "tanh", "elu", "leaky-relu"),
    x=multiples(0.25, -12, 10, nonzero=True),
    alpha=one_of(0.1, 0.2, 0.5),
    formula=derived(lambda name, alpha: FORMULAS[name][0] + (rf" \text{{, with }} \alpha = {alpha}" if "alpha" in FORMULAS[name][0] else "")),
    text=r"""
An activation function is defined by $<<formula>>$. A neuron's value before the activation is $x = <<x>>$. A calculator may be used.
""",
    hints=("Put $x$ into the formula with its sign.", "Differentiate the formula that holds at this $x$; often the slope can be written by the value."),
)


def where(name, x):
    """Functions with two pieces are asked on the interesting one."""
    return x < 0 or name in ("sigmoid", "tanh")


def figure(name, alpha):
    """The graph of the function, without the point that is asked."""
    graph = [(x / 10, apply(name, x / 10, alpha).item()) for x in range(-40, 41)]
    axes = Axes("", (Curve(graph),), (-4, -2, 0, 2, 4), HEIGHTS.get(name, (-2, 0, 2, 4)), "x")
    return Figure(plots((axes,), 280, 140), f"The graph of the function from −4 to 4: {SHAPES[name]}.")


def work(name, x, alpha, y, dy):
    """Value first, then the slope from it."""
    up, down, found = f"e^{{{x:g}}}", f"e^{{{-x:g}}}", signed(round(y, 4))
    value, slope = {
        "sigmoid": (rf"\frac{{1}}{{1 + {down}}}", f"{found} (1 - {found})"),
        "tanh": (rf"\frac{{{up} - {down}}}{{{up} + {down}}}", f"1 - {found}^2"),
        "elu": (rf"{alpha} ({up} - 1)", f"{found} + {alpha}"),
        "leaky-relu": (rf"{alpha} \cdot {signed(x)}", ""),
    }[name]
    return (
        Step("Put the number into the definition.", FORMULAS[name][0], value, f"{y:.4f}", "y"),
        Step("Differentiate, then put the number in.", FORMULAS[name][1], slope, f"{dy:.4f}", "dy"),
    )


def check(name, x, alpha):
    """Plain arithmetic for the value, a central difference for the slope."""

    def f(x):
        if name == "sigmoid":
            return math.exp(x) / (math.exp(x) + 1)
        if name == "tanh":
            return (math.exp(2 * x) - 1) / (math.exp(2 * x) + 1)
        return alpha * (math.exp(x) - 1) if name == "elu" else alpha * x

    return {"y": f(x), "dy": (f(x + 1e-5) - f(x - 1e-5)) / 2e-5}


@part("The value of the function.", Number(decimals=3))
def y(name, x, alpha):
    return apply(name, x, alpha).item()


@slip(y, "The sign of $x$ was lost on the way.", credit=0.25)
def sign_lost(name, x, alpha):
    return apply(name, -x, alpha).item()


@slip(y, "This is ReLU, which cuts negative values off; the function asked for does not.")
def as_relu(x):
    return max(x, 0.0)


@part("Its slope at this point.", Number(decimals=3))
def dy(name, x, alpha):
    return slope(name, x, alpha).item()


@slip(dy, "This puts the value before the activation where the formula needs the value after it.", credit=0.25)
def raw_input(name, x, alpha):
    return {"sigmoid": x * (1 - x), "tanh": 1 - x * x, "elu": x + alpha}.get(name)


@slip(dy, "This is the value of the function, not its slope.")
def value_again(y):
    return y


@slip(dy, "This is ReLU's slope.")
def slope_of_relu(x):
    return 1.0 if x > 0 else 0.0
