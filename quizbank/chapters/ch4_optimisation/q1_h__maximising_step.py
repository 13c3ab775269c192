"""The step that maximises a loss."""

import numpy as np

from grader.kinds.expression import Expression
from grader.kinds.matrix import Matrix
from grader.kinds.numpy_program import NumpyProgram
from quizbank import Question, integers, multiples, one_of, part, slip
from solvers.descent import descent_steps
from solvers.engine.optimisers import optimiser
from solvers.worked import Step

question = Question(
    "ch4.q1.h.ii",
    also=("ch4.ascent",),
    title="A step that maximises",
    section="IV.4",
    points=3,
    difficulty=1,
    minutes=4,
    topics=("gradient descent", "gradient ascent", "numpy"),
    theta0=multiples(0.5, -4, 5, shape=(2,)),
    g=integers(-6, 6, shape=(2,), nonzero=True, distinct=True),
    lr=one_of(0.01, 0.1, 0.2, 0.5),
    text=r"""
SGD makes the loss $L$ smaller. Now the loss is to be made larger, with the same learning rate $\alpha$ and the gradient
$g = \partial L / \partial \theta_t$.
""",
    hints=("Where does the gradient point?", "Only one sign changes."),
)


def work(theta0, g, lr):
    """The gradient points uphill, so follow it."""
    return (
        Step("The gradient points where the loss grows fastest; to maximise, step along it instead of against it.",
             r"\theta_{t+1} = \theta_t + \alpha \frac{\partial L}{\partial \theta_t}", "", "", "rule"),
        Step("The same in code: `theta + lr * grad`.", "", "", "", "code"),
        *descent_steps(theta0, [g], lr, ascend=True).steps,
    )  # fmt: skip


def check(theta0, g, lr):
    """Minimise the negative loss with the optimiser."""
    sgd = optimiser("sgd", lr=lr)
    return {"rule": "theta + alpha g", "theta1": sgd.step(theta0, -g.astype(float), sgd.start(theta0))[0]}


@part(
    r"The new parameter $\theta_{t+1}$ as a formula (write theta for $\theta_t$, alpha for $\alpha$ and g for the gradient).",
    Expression(
        variables={"theta": "real", "alpha": "positive", "g": "real"},
        aliases={
            "theta_t": "theta",
            "lr": "alpha",
            "eta": "alpha",
            "dL/dtheta": "g",
            "dL/dtheta_t": "g",
            "grad": "g",
        },
    ),
)
def rule():
    return "theta + alpha g"


@slip(rule, "This is the ordinary step, which makes the loss smaller.")
def descent():
    return "theta - alpha g"


@slip(rule, "This turns the parameter round as well; only the sign of the step changes.")
def parameter_negated():
    return "-theta + alpha g"


@slip(rule, "The learning rate is missing.", credit=0.5)
def no_rate():
    return "theta + g"


@part(
    "The same as a line of NumPy: an expression in `theta`, `grad` (arrays of the same shape) and the number `lr`.",
    NumpyProgram(shapes={"theta": "D", "grad": "D", "lr": ""}, ranges={"lr": (0.01, 1.0)}),
)
def code():
    return "theta + lr * grad"


@part(r"One such step from $\theta_t = <<theta0>>$ with $g = <<g>>$ and $\alpha = <<lr>>$.", Matrix(decimals=3))
def theta1(theta0, g, lr):
    return theta0 + lr * g


@slip(theta1, "This is the ordinary step, which makes the loss smaller.", credit=0.25)
def downhill(theta0, g, lr):
    return theta0 - lr * g


@slip(theta1, "The learning rate is missing.", credit=0.25)
def whole_gradient(theta0, g):
    return theta0 + g


@slip(theta1, "Each entry moves by its own part of the gradient, with its sign.")
def by_size(theta0, g, lr):
    return theta0 + lr * np.abs(g)
