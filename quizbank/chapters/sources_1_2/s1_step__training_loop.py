"""One turn of a training loop: forward, gradients, update, and the sign that hides in it."""

import numpy as np

from grader.kinds.matrix import Matrix
from grader.kinds.numpy_program import NumpyProgram
from grader.kinds.single_choice import SingleChoice
from quizbank import Question, derived, integers, multiples, one_of, part, slip
from quizbank.usual import descent_slips, under
from solvers.affine import affine, affine_gradients_steps, affine_steps, update_steps
from solvers.arrays import show
from solvers.worked import Step

QUESTIONS = {
    "sign": (
        "The script sets `dL_dO = 2/N * (inputs - result)` and updates with `weights += lr * inputs.T @ dL_dO`. What does it do?",
        ("It descends: `dL_dO` is minus the gradient, and adding a step along it goes against the gradient.",
         "It ascends: adding a step along the gradient makes the loss larger with every turn.",
         "It descends, because the gradient of a squared error is `inputs - result` and gradients are added.",
         "It does nothing in the long run, because targets and inputs are the same and the errors cancel."),
    ),
    "learnt": (
        "The script runs until the loss is 0 for its one sample, whose target is the sample itself. What has the layer learnt?",
        ("To give this sample back; other inputs are in general not reproduced.",
         "The identity: its weights are the unit matrix now, and its bias is 0.",
         "Nothing, because a loss of 0 has a gradient of 0 in every step.",
         "To give back every input that is shorter than this sample."),
    ),
    "jacobian": (
        "Why does the script need no Jacobian of the layer, but only `inputs.T @ dL_dO`?",
        ("The chain rule with a scalar loss adds the contributions of all outputs, and the sum is this product.",
         "The Jacobian of an affine layer is the unit matrix, so it can be left out.",
         "With one sample the Jacobian has a single entry, which is the product.",
         "The product is the Jacobian: it has one entry for each weight."),
    ),
}  # fmt: skip

question = Question(
    "s1.step",
    also=("s1.slp_step",),
    title="One turn of a training loop",
    section="second document",
    points=9,
    difficulty=2,
    minutes=12,
    topics=("training step", "backpropagation", "NumPy"),
    x=integers(-2, 3, shape=(1, 3), nonzero=True, distinct=True),
    W=multiples(0.5, -2, 2, shape=(3, 3)),
    b=multiples(0.5, -2, 2, shape=(1, 3), nonzero=True),
    lr=one_of(0.01, 0.1),
    asked=one_of(*QUESTIONS),
    first=integers(0, 3),
    wording=derived(lambda asked: QUESTIONS[asked][0]),
    text=r"""
A linear layer $Y = XW + b$ without an activation is to give its input back, so the targets are the inputs, $T = X$. The loss adds the squared
differences of a sample and averages over the $N$ samples, $L = \frac1N \sum_i \sum_j (y_{ij} - t_{ij})^2$. There is one sample, and one step
of gradient descent has the learning rate $<<lr>>$:

$$X = <<x>>, \qquad W = <<W>>, \qquad b = <<b>> .$$
""",
    hints=(
        "The error is output minus target. Each entry of $Y$ stands in one square of the loss, and the mean divides by $N$.",
        r"The weights' gradient has the shape of $W$: which product of $X$ and $\partial L / \partial Y$ has it?",
        "Descent goes against the gradient.",
    ),
)


def where(x, W, b):
    """Keep errors none of which vanishes, and gradients that show a transpose."""
    error = affine(x, W, b) - x
    return np.all(error != 0) and not np.array_equal(x.T @ error, error.T @ x)


def work(x, W, b, lr, dY, asked):
    """Forward, the loss's gradient, the layer's gradients and the update."""
    gradients, updates = affine_gradients_steps(x, W, dY).steps, update_steps(x, W, b, dY, lr).steps
    return (
        *under("Y", affine_steps(x, W, b)),
        Step(
            "Twice the error, divided by the one sample.",
            r"\frac{2}{N} (Y - T)",
            rf"2 \cdot {show(np.array(dY) / 2)}",
            show(dY),
            "dY",
        ),
        *under("dW", gradients[:2]),
        *under("new_W", updates[:1]),
        *under("new_b", gradients[-1:] + updates[1:]),
        Step("Put together for any batch.", r"\texttt{x.T @ (2 / len(x) * (x @ w + b - t))}", name="program"),
        Step(QUESTIONS[asked][1][0], name="meaning"),
    )


def check(x, W, b, lr):
    """Central differences of the loss, exact for squares; the loss must fall with the step."""

    def loss(W, b):
        return ((x @ W + b - x) ** 2).sum(1).mean()

    def slope(f, at):
        bumps = np.eye(at.size).reshape(at.size, *at.shape)
        return np.array([(f(at + bump) - f(at - bump)) / 2 for bump in bumps]).reshape(at.shape)

    Y = np.array([[sum(x[0, i] * W[i, j] for i in range(3)) + b[0, j] for j in range(3)]])
    dW, db = slope(lambda W: loss(W, b), W), slope(lambda b: loss(W, b), b)
    return {
        "Y": Y,
        "dY": slope(lambda Y: ((Y - x) ** 2).sum(1).mean(), Y),
        "dW": dW,
        "new_W": W - lr * dW,
        "new_b": b - lr * db,
    }


@part("The output $Y$.", Matrix(decimals=1))
def Y(x, W, b):
    return affine(x, W, b)


@slip(Y, "The bias was left out.", credit=0.5)
def no_bias(x, W):
    return x @ W


@slip(Y, "A row stands on the left of $W$; this multiplies with the transpose.", credit=0.25)
def transposed_product(x, W, b):
    return x @ W.T + b


@part(r"$\partial L / \partial Y$.", Matrix(decimals=1))
def dY(Y, x):
    return 2 * (Y - x)


@slip(dY, "This is minus the gradient: it is output minus target.", credit=0.5)
def negated(Y, x):
    return 2 * (x - Y)


@slip(dY, "The square's factor 2 is missing.", credit=0.5)
def no_two(Y, x):
    return Y - x


@slip(dY, "This loss adds the features of a sample; it does not divide by their number.", credit=0.5)
def over_features(Y, x):
    return 2 * (Y - x) / 3


@part(r"$\partial L / \partial W$.", Matrix(decimals=1), points=2)
def dW(x, dY):
    return x.T @ dY


@slip(dW, "This is the transpose: rows belong to inputs, columns to outputs.", credit=0.5)
def outputs_first(x, dY):
    return dY.T @ x


@slip(dW, "Each row is the gradient at the output times one input; the inputs are missing.", credit=0.25)
def no_inputs(x, dY):
    return np.ones_like(x).T @ dY


@part("$W$ after the step.", Matrix(decimals=3))
def new_W(W, dW, lr):
    return W - lr * dW


descent_W = descent_slips(new_W, "W", "dW")


@part("$b$ after the step.", Matrix(decimals=3))
def new_b(b, dY, lr):
    return b - lr * dY


descent_b = descent_slips(new_b, "b", "dY")


@part("In NumPy: the gradient with respect to the weights `w`, for a batch `x` of any size with the targets `t`, from `x`, `t`, `w` and `b`.",
      NumpyProgram(shapes={"x": "N D", "t": "N M", "w": "D M", "b": "1 M"}), points=2)  # fmt: skip
def program():
    return "x.T @ (2 / len(x) * (x @ w + b - t))"


@slip(program, "This is minus the gradient: the error is output minus target.", credit=0.5)
def negated_program():
    return "x.T @ (2 / len(x) * (t - x @ w - b))"


@slip(program, "This divides by the outputs, too; the loss adds them.", credit=0.5)
def mean_program():
    return "x.T @ (2 / t.size * (x @ w + b - t))"


@slip(program, "The mean over the samples divides the gradient, too.", credit=0.5)
def sum_program():
    return "x.T @ (2 * (x @ w + b - t))"


def turned(asked, first):
    """The options, begun at the place drawn."""
    options = QUESTIONS[asked][1]
    return options[first:] + options[:first]


def choices(asked, first) -> SingleChoice:
    """The options in their order."""
    return SingleChoice(options=turned(asked, first))


@part("<<wording>>", choices)
def meaning(asked, first):
    return turned(asked, first).index(QUESTIONS[asked][1][0])
