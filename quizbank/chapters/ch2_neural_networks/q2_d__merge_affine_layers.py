"""Two affine layers are one."""

import numpy as np

from grader.kinds.derivation import Derivation
from grader.kinds.matrix import Matrix
from grader.kinds.matrix_expression import MatrixExpression
from quizbank import Figure, Question, integers, part, slip
from solvers.affine import merge_steps
from solvers.drawing.canvas import signed
from solvers.drawing.network import network, neurons
from solvers.symbolic.derivations.merged_affine import merged_affine
from solvers.typeset import array
from solvers.worked import Step

SHAPES = {"X": "N D", "W1": "D H", "b1": "1 H", "W2": "H M", "b2": "1 M"}
RULE = MatrixExpression(
    shapes={name: shape for name, shape in SHAPES.items() if name != "X"}, aliases={"B1": "b1", "B2": "b2"}
)

question = Question(
    "ch2.q2.d",
    also=("ch2.merge_affine",),
    title="Two affine layers in one",
    section="II.7",
    points=7,
    difficulty=2,
    minutes=9,
    topics=("fully connected", "linearity", "derivation"),
    W1=integers(-2, 3, shape=(2, 3)),
    b1=integers(-2, 3, shape=(1, 3), nonzero=True),
    W2=integers(-2, 3, shape=(3, 2)),
    b2=integers(-2, 3, shape=(1, 2), nonzero=True),
    x=integers(1, 4, shape=(1, 2)),
    text=r"""
Two affine layers follow each other without an activation between them: $Y_1 = XW_1 + b_1$ and $Y_2 = Y_1 W_2 + b_2$, with

$$W_1 = <<W1>>, \quad b_1 = <<b1>>, \quad W_2 = <<W2>>, \quad b_2 = <<b2>> .$$

They do the same as one affine layer $Y_2 = XW + b$.
""",
    hints=(
        "Put the first formula into the second and multiply out.",
        "The first bias passes through the second weight.",
    ),
)


def where(W1, W2):
    """Keep weights whose product is not trivial and does not commute by chance."""
    return np.count_nonzero(W1 @ W2) >= 3 and np.linalg.matrix_rank(W1 @ W2) == 2


def figure(W1, b1, W2, b2):
    """Both layers, with their weights on the lines."""
    layers = neurons("x", [""] * len(W1)), neurons("h", map(signed, b1[0])), neurons("y", map(signed, b2[0]))
    return Figure(
        network(layers, (W1, W2), "on the lines: weights · with a sign: biases"),
        "Both layers as neurons, each joined to all of the next layer. The lines carry the entries of the two weights, the "
        "neurons those of the two biases.",
    )


def work(W1, b1, W2, b2, x):
    """Multiply out, then with numbers, then try the result on one input."""
    merged = merge_steps(W1, b1, W2, b2)
    return (
        *(Step(s.reason, s.formula, s.numbers, s.result, "proof") for s in merged_affine().steps),
        Step("What stands behind $X$ is the weight.", "W", "", "W_1 W_2", "rule_W"),
        Step(
            "What does not depend on $X$ is the bias: the first one has passed through the second layer.",
            "b",
            "",
            "b_1 W_2 + b_2",
            "rule_b",
        ),
        *merged.steps[1:],
        Step(
            "One affine layer instead of two.",
            "y = x W + b",
            "",
            array(x @ merged.value["W"] + merged.value["b"]),
            "y",
        ),
    )


def check(W1, b1, W2, b2, x):
    """Send unit vectors and the zero vector through both layers."""

    def both(row):
        return (row @ W1 + b1) @ W2 + b2

    bias = both(np.zeros((1, len(W1))))
    rules = {"rule_W": merged_affine().value.weight.plain(), "rule_b": merged_affine().value.bias.plain()}
    return rules | {"W": [(both(unit[None]) - bias)[0] for unit in np.eye(len(W1))], "b": bias, "y": both(x)}


@part(
    "Show it for a batch $X$ of any size and any weights: begin with $(X W_1 + b_1) W_2 + b_2$ and transform it, one step a line, until it "
    "is $X$ times a matrix plus a bias.",
    Derivation(shapes=SHAPES, labels=("Y2",), least=1),
    points=2,
)
def proof():
    return ("(X W1 + b1) W2 + b2", "X W1 W2 + b1 W2 + b2", "X (W1 W2) + (b1 W2 + b2)")


@part("So which product is the weight $W$ of the single layer?", RULE, points=0.5)
def rule_W():
    return "W1 @ W2"


@slip(rule_W, "This is the transpose of the product; no transpose occurs here.", credit=0.25)
def rule_transposed():
    return "W2.T @ W1.T"


@slip(rule_W, "The first weight alone leaves the second layer out.")
def rule_first():
    return "W1"


@part("And what is its bias $b$?", RULE, points=0.5)
def rule_b():
    return "b1 @ W2 + b2"


@slip(rule_b, "The first bias passes through the second weight; this is the second bias alone.", credit=0.25)
def rule_second_only():
    return "b2"


@slip(rule_b, "The second bias is added at the end; it is missing here.", credit=0.5)
def rule_first_only():
    return "b1 @ W2"


@part("The weight $W$ with the numbers.", Matrix(integer=True))
def W(W1, W2):
    return W1 @ W2


@slip(W, "The product is in the wrong order: $X$ meets $W_1$ first, so $W = W_1 W_2$.", credit=0.25)
def other_order(W1, W2):
    return W2 @ W1


@slip(W, "The weights are multiplied, not added.")
def added(W1, W2):
    return W1 + W2.T


@part("The bias $b$ with the numbers.", Matrix(integer=True))
def b(b1, W2, b2):
    return b1 @ W2 + b2


@slip(b, "The first bias has to pass through the second weight; this is the second bias alone.", credit=0.25)
def second_only(b2):
    return b2


@slip(b, "The second bias is added at the end; it is missing here.", credit=0.5)
def first_only(b1, W2):
    return b1 @ W2


@part("The output for the input $x = <<x>>$.", Matrix(integer=True))
def y(x, W, b):
    return x @ W + b


@slip(y, "The bias was left out.", credit=0.5)
def no_bias(x, W):
    return x @ W


@slip(y, "The bias was added twice.")
def bias_twice(x, W, b):
    return x @ W + 2 * b
