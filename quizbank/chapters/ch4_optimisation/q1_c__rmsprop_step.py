"""RMSprop on two parameters whose gradients differ in size, and why it is called adaptive."""

import numpy as np

from grader.kinds.matrix import Matrix
from grader.kinds.short_text import ShortText
from grader.text.notation import read_rubric
from quizbank import Question, multiples, one_of, part, slip
from solvers.adaptive import rmsprop_steps
from solvers.arrays import show
from solvers.engine.optimisers import optimiser
from solvers.worked import Step

WHY = read_rubric(
    question="Why can RMSprop be called an adaptive optimiser?",
    key_points="""
        own: each|every|individual|per|own|separate & parameter|weight|coordinate|variable|entry => Each parameter has a step size of its own.
        size: magnitude|size|squared|root|average|large|big|small|history & gradient => It follows from the usual size of that parameter's gradients.
    """,
    forbid="""
        schedul|momentum => RMSprop adapts to the sizes of the gradients; it has neither momentum nor a schedule.
        common learning rate|one learning rate for all|same learning rate for all|same for all|same for every|bigger gradients bigger steps|large gradients large steps|large gradients larger steps|big gradients bigger steps|big gradients give bigger|large gradients give larger => Each parameter has a rate of its own: the larger its gradients usually are, the smaller its rate. [0.0]
    """,
    models=(
        "Each parameter gets its own learning rate, scaled by the running magnitude of its gradients.",
        "The step size is chosen per weight: it is divided by the root of the average squared gradient of that weight.",
        "Every coordinate adapts individually: large recent gradients make its steps smaller, small gradients make them larger.",
    ),
    samples="""
        1.0 | It divides the learning rate of each parameter by the root mean square of its recent gradients.
        0.5 | Every weight has its own learning rate.
        0.5 | It takes the usual size of the gradients into account.
        0.0 | It needs less memory than other methods.
        0.0 | The learning rate follows a schedule over the epochs.
    """,
)

question = Question(
    "ch4.q1.c",
    also=("ch4.rmsprop",),
    title="A step of RMSprop",
    section="IV.1.e",
    points=5,
    difficulty=2,
    minutes=7,
    topics=("rmsprop", "adaptive optimisers"),
    theta=multiples(0.5, -4, 6, shape=(2,)),
    v0=multiples(0.5, 0, 8, shape=(2,)),
    big=one_of(-8, -6, -5, -4, 4, 5, 6, 8),
    small=one_of(-0.5, -0.4, -0.2, 0.2, 0.4, 0.5),
    lr=one_of(0.01, 0.1),
    beta=one_of(0.8, 0.9),
    text=r"""
RMSprop updates every parameter by

$$v \leftarrow \beta v + (1 - \beta)\, g^2, \qquad \theta \leftarrow \theta - \alpha \frac{g}{\sqrt{v} + \varepsilon},$$

with $\beta = <<beta>>$, $\alpha = <<lr>>$ and an $\varepsilon$ so small that it can be left out. Two parameters have the values
$\theta = <<theta>>$ and the running averages $v = <<v0>>$; their gradients are now $g = <<big>>$ for the first and $g = <<small>>$ for the second. A calculator may be used.
""",
    hints=(
        "The running average is updated first and used with its new value.",
        "Both parameters are treated alike, each with numbers of its own.",
    ),
)


def where(v0, big, small):
    """Keep averages that the step changes."""
    return abs(v0[0] - big**2) > 0.5 and abs(v0[1] - small**2) > 0.2


def work(theta, v0, big, small, lr, beta, rates):
    """Both parameters side by side."""
    average, move = rmsprop_steps(theta, [np.array([big, small])], lr, beta, v0).steps
    return (
        average,
        Step("What the gradient is multiplied by: a large average makes it small.", r"\frac{\alpha}{\sqrt{v}}", "",
             show(rates), "rates"),
        move,
    )  # fmt: skip


def check(theta, v0, big, small, lr, beta):
    """Let the optimiser step each parameter by itself."""
    rule = optimiser("rmsprop", lr=lr, beta=beta, eps=0.0)
    v1, theta1, rates = [], [], []
    for start, old, g in zip(theta, v0, (big, small), strict=True):
        at = np.array(float(start))
        after, state = rule.step(
            at, np.array(float(g)), rule.start(at)._replace(moments={"v": np.array(float(old))})
        )
        v1.append(state.moments["v"])
        theta1.append(after)
        rates.append((at - after) / g)
    return {"v1": v1, "theta1": theta1, "rates": rates}


@part("The new running averages, as a row of two numbers.", Matrix(decimals=3))
def v1(v0, big, small, beta):
    return beta * v0 + (1 - beta) * np.array([big, small]) ** 2


@slip(v1, "β weights the old average and $1 - \\beta$ the new square, not the other way round.", credit=0.5)
def swapped_weights(v0, big, small, beta):
    return (1 - beta) * v0 + beta * np.array([big, small]) ** 2


@slip(v1, "The gradient enters squared.", credit=0.25)
def not_squared(v0, big, small, beta):
    return beta * v0 + (1 - beta) * np.abs([big, small])


@slip(v1, "It is an average, not a sum: the new square has the weight $1 - \\beta$.", credit=0.25)
def summed(v0, big, small):
    return v0 + np.array([big, small]) ** 2


@part(
    r"The effective learning rate of each parameter, $\alpha / \sqrt{v}$: what its gradient is multiplied by.",
    Matrix(significant=3),
)
def rates(v1, lr):
    return lr / np.sqrt(v1)


@slip(rates, "The root is missing.", credit=0.25)
def no_root(v1, lr):
    return lr / v1


@slip(rates, "This is the rate before the adaptation; each parameter divides it by a root of its own.")
def same_rate(lr):
    return np.array([lr, lr])


@slip(rates, "RMSprop has no bias correction; that came with Adam.", credit=0.25)
def corrected(v1, lr, beta):
    return lr / np.sqrt(v1 / (1 - beta))


@part("The new parameters, as a row of two numbers.", Matrix(decimals=3))
def theta1(theta, big, small, rates):
    return theta - rates * np.array([big, small])


@slip(theta1, "The step goes along the gradient; descent goes against it.", credit=0.5)
def ascent(theta, big, small, rates):
    return theta + rates * np.array([big, small])


@slip(theta1, "The gradient itself is missing: the rate multiplies it.")
def rate_alone(theta, rates):
    return theta - rates


@slip(theta1, "The step divides by the root of the new average, not of the average itself.", credit=0.25)
def without_root(theta, big, small, v1, lr):
    return theta - lr * np.array([big, small]) / v1


@part("Why can RMSprop be called an adaptive optimiser? (One sentence.)", ShortText(rubric=WHY))
def why():
    return WHY.models[0]
