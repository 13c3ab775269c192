"""The gradient of the slope that a parametric ReLU learns."""

import numpy as np

from grader.kinds.matrix import Matrix
from grader.kinds.number import Number
from quizbank import Question, integers, one_of, part, slip
from quizbank.differences import differences
from quizbank.usual import descent_slips
from solvers.activations import prelu_gradient, prelu_gradient_steps
from solvers.arrays import signed
from solvers.engine.layers.prelu import prelu
from solvers.typeset import array
from solvers.worked import Step

question = Question(
    "ch2.prelu_grad_alpha",
    title="A slope that is learnt",
    section="II.2.g",
    points=4,
    difficulty=2,
    minutes=5,
    topics=("activations", "parametric relu", "backpropagation"),
    x=integers(-4, 4, shape=(1, 5), nonzero=True),
    g=integers(-3, 3, shape=(1, 5), nonzero=True),
    alpha=one_of(0.1, 0.2, 0.25, 0.3, 0.4),
    lr=one_of(0.01, 0.02, 0.05),
    text=r"""
A parametric ReLU computes $f(x) = x$ for $x > 0$ and $f(x) = \alpha x$ for $x \le 0$. One learnable $\alpha = <<alpha>>$ serves all neurons of a layer.
The inputs and the upstream gradients at the outputs are

$$x = <<x>>, \qquad \frac{\partial L}{\partial f} = <<g>> .$$
""",
    hints=(
        r"Which outputs change if $\alpha$ is moved a little, and by how much?",
        r"All neurons share the one $\alpha$: their shares add up.",
    ),
)


def where(x, g, dalpha):
    """Keep both signs among the inputs, and shares that do not cancel."""
    return 2 <= (x < 0).sum() <= 3 and dalpha not in (0, (x * g).sum(), g[x < 0].sum(), (x * g)[x > 0].sum())


def work(x, g, alpha, lr, dx, dalpha, new_alpha):
    """To the inputs, to the slope, then the step."""
    return (
        Step(r"A positive input passes the gradient on, a negative one passes $\alpha$ times as much.",
             r"\frac{\partial L}{\partial x_i} = g_i \text{ or } \alpha g_i", "", array(dx), "dx"),
        *prelu_gradient_steps(x[0], g[0]).steps,
        Step("Walk against the gradient.", r"\alpha - \eta \frac{\partial L}{\partial \alpha}",
             rf"{alpha:g} - {lr:g} \cdot {signed(dalpha)}", f"{new_alpha:.6g}", "new_alpha"),
    )  # fmt: skip


def check(x, g, alpha, lr):
    """Move every input, and α, a little and watch the engine's layer."""
    dalpha = differences(lambda a: (g * prelu(x, a)).sum(), [alpha])[0]
    return {
        "dx": differences(lambda x: (g * prelu(x, np.array([alpha]))).sum(), x),
        "dalpha": dalpha,
        "new_alpha": alpha - lr * dalpha,
    }


@part(r"$\partial L / \partial x$.", Matrix(decimals=2))
def dx(x, g, alpha):
    return np.where(x > 0, g, alpha * g)


@slip(dx, "This is ReLU's gradient: here a negative input passes $\\alpha$ times the gradient on.", credit=0.5)
def relu_gate(x, g):
    return g * (x > 0)


@slip(dx, "The slope decides, not the value: $\\alpha x$ is what comes out in the forward pass.", credit=0.25)
def by_output(x, g, alpha):
    return g * np.where(x > 0, x, alpha * x)


@part(r"$\partial L / \partial \alpha$.", Number(integer=True))
def dalpha(x, g):
    return prelu_gradient(x, g)


@slip(dalpha, r"Positive inputs do not pass through $\alpha$, so they add nothing.", credit=0.25)
def all_inputs(x, g):
    return (x * g).sum()


@slip(dalpha, r"The output is $\alpha x$, so each share is the upstream gradient times the input.", credit=0.25)
def no_input(x, g):
    return g[x < 0].sum()


@slip(dalpha, r"These are the positive inputs; $\alpha$ acts on the negative ones.", credit=0.25)
def wrong_side(x, g):
    return (x * g)[x > 0].sum()


@part(r"$\alpha$ after a step of gradient descent with the learning rate $\eta = <<lr>>$.", Number(decimals=2))
def new_alpha(alpha, dalpha, lr):
    return alpha - lr * dalpha


usual = descent_slips(new_alpha, "alpha", "dalpha")
