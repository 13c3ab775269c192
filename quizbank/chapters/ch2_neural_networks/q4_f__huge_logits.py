"""Squared error with huge outputs: the first step and what follows from it."""

from grader.kinds.number import Number
from grader.kinds.single_choice import SingleChoice
from quizbank import Question, integers, one_of, part, slip, some_of, tenths
from quizbank.differences import differences
from solvers.worked import Step

PROBLEMS = {
    "explode": (
        "The gradients explode: the step is far too long and the loss grows.",
        "The gradient is proportional to the error, so an error of hundreds throws the weight far beyond the target.",
    ),
    "vanish": (
        "The gradients vanish: the output saturates and nothing is learnt.",
        "A linear output with a squared error does not saturate; its gradient grows with the error.",
    ),
    "overfit": (
        "The network overfits: it fits these targets and no others.",
        "Nothing is fitted at all here: the loss grows in the very first step.",
    ),
    "nan": (
        "The loss is not defined for outputs outside the range of the targets.",
        "A squared error is defined for all numbers; it is only very large.",
    ),
}

question = Question(
    "ch2.q4.f",
    title="Huge outputs and the squared error",
    section="II.7",
    points=4,
    difficulty=2,
    minutes=6,
    topics=("losses", "exploding gradients", "gradient descent"),
    w=integers(40, 90),
    a=integers(20, 60),
    y=tenths(1, 9),
    N=one_of(4, 5, 8, 10, 16, 20),
    lr=one_of(0.05, 0.1, 0.2),
    order=some_of(4, *PROBLEMS),
    text=r"""
A badly scaled network has a linear output $\hat y = w a$ with the weight $w = <<w>>$. In the first iteration one sample of a batch brings the
activation $a = <<a>>$; its target is $y = <<y>>$. The loss is the mean of the squared residuals over the $N = <<N>>$ samples; the others happen to be
predicted exactly. The learning rate is $\eta = <<lr>>$.
""",
    hints=(
        "How large is the residual?",
        "The chain rule multiplies by the activation once more.",
    ),
)


def where(w, a, N, lr):
    """Keep outputs above 1000 and steps after which the error is larger than before."""
    return w * a > 1000 and 2 * lr * a * a / N > 3


def work(w, a, y, N, lr, g, step, output):
    """Residual, gradient, step, and the output after it."""
    return (
        Step("The output is far away, and the square's derivative is proportional to the distance.",
             r"\frac{\partial L}{\partial \hat y} = \frac{2 (\hat y - y)}{N}", rf"\frac{{2 \cdot ({w * a} - {y:g})}}{{{N}}}",
             f"{g:.8g}", "g"),
        Step("The weight's gradient is this times the activation; the step goes against it.",
             r"\Delta w = -\eta \frac{\partial L}{\partial \hat y} a", rf"-{lr:g} \cdot {g:.8g} \cdot {a}", f"{step:.8g}", "step"),
        Step("The new weight gives the new output, on the other side of the target and further away.",
             r"(w + \Delta w) a", rf"({w} {step:+.8g}) \cdot {a}", f"{output:.8g}", "output"),
        Step("Each further step makes it worse: the updates explode, the loss diverges, soon to infinity or NaN. Remedies are scaled "
             "inputs and weights, a bounded output, clipped gradients or a smaller learning rate.", name="problem"),
    )  # fmt: skip


def check(w, a, y, N, lr):
    """Differences of the loss, exact for a quadratic."""
    g = differences(lambda output: (output - y) ** 2 / N, w * a, step=1).item()
    step = -lr * differences(lambda weight: (weight * a - y) ** 2 / N, w, step=1).item()
    return {"g": g, "step": step, "output": (w + step) * a}


@part(r"The gradient $\partial L / \partial \hat y$ at this sample's output.", Number(significant=4))
def g(w, a, y, N):
    return 2 * (w * a - y) / N


@slip(g, "The square's factor 2 is missing: the loss has no ½ in front.", credit=0.5)
def no_two(w, a, y, N):
    return (w * a - y) / N


@slip(g, "The loss is a mean: its factor $1/N$ is missing.", credit=0.5)
def no_mean(w, a, y):
    return 2 * (w * a - y)


@slip(g, "The sign is reversed: the prediction is too large, so the loss grows with it.", credit=0.5)
def reversed_sign(w, a, y, N):
    return 2 * (y - w * a) / N


@part(r"The change $\Delta w$ of the weight in the first step of gradient descent.", Number(significant=4))
def step(g, a, lr):
    return -lr * g * a


@slip(step, "The activation is missing: the chain rule passes from the output to the weight.", credit=0.25)
def no_activation(g, lr):
    return -lr * g


@slip(step, "The step goes against the gradient: the change is negative.", credit=0.5)
def ascent(g, a, lr):
    return lr * g * a


@slip(step, "The learning rate is missing.", credit=0.25)
def no_rate(g, a):
    return -g * a


@part("The output of the same sample after this step.", Number(significant=4))
def output(w, a, step):
    return (w + step) * a


@slip(output, "The change belongs to the weight; it reaches the output by way of the activation.", credit=0.25)
def added_to_output(w, a, step):
    return w * a + step


@slip(output, "This is the change of the output; it has to be added to the old one.", credit=0.25)
def change_only(a, step):
    return step * a


def problems(order) -> SingleChoice:
    """Show the problems in this order."""
    return SingleChoice(
        options=tuple(PROBLEMS[name][0] for name in order), explanations=tuple(PROBLEMS[name][1] for name in order)
    )


@part("Which problem of the optimisation is this?", problems)
def problem(order):
    return order.index("explode")
