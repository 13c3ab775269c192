"""A residual block: numbers, and code."""

import numpy as np

from grader.kinds.matrix import Matrix
from grader.kinds.numpy_program import NumpyProgram
from quizbank import Figure, Question, integers, part, slip
from solvers.arrays import show
from solvers.drawing.blocks import skip_block
from solvers.worked import Step

BLOCK = """def block(X, W1, b1, W2, b2):
    Z = np.maximum(0, X @ W1 + b1)
    Z = Z @ W2 + b2
    return np.maximum(0, X + Z)"""

question = Question(
    "ch5.q2.c",
    also=("ch5.residual_forward",),
    title="A residual block in numbers and in code",
    section="V.4",
    points=5,
    difficulty=2,
    minutes=10,
    topics=("residual networks", "NumPy"),
    x=integers(-3, 4, shape=(1, 2), nonzero=True),
    W1=integers(-2, 2, shape=(2, 3)),
    b1=integers(-1, 2, shape=(1, 3)),
    W2=integers(-2, 2, shape=(3, 2)),
    b2=integers(-2, 2, shape=(1, 2)),
    text=r"""
A residual block consists of two affine layers; rows are samples. After the first layer comes ReLU. What the second layer gives is added to the block's input, and
a second ReLU follows the addition:

$$F(x) = \mathrm{ReLU}(x W_1 + b_1)\, W_2 + b_2, \qquad y = \mathrm{ReLU}(x + F(x)) .$$
""",
    hints=(
        "The input takes two ways: through both layers, and around them.",
        "How many times does ReLU act, and on what the second time?",
    ),
)


def where(x, W1, b1, W2, b2):
    """Keep blocks in which both ReLUs and the skip connection matter."""
    first = x @ W1 + b1
    added = np.maximum(first, 0) @ W2 + b2 + x
    return (first < 0).any() and (first > 0).any() and (added > 0).any() and (added < 0).any()


def figure():
    """The block as boxes, with the way around the layers."""
    return Figure(
        skip_block(("affine W₁, b₁", "ReLU", "affine W₂, b₂"), after="ReLU"),
        "The block: x passes the first affine layer, ReLU and the second affine layer; a way around them leads from x "
        "straight to a plus, where both are added. A second ReLU follows and gives y.",
    )


def work(x, W1, b1, W2, b2, h, F, y):
    """Through the layers, around them, and the code."""
    return (
        Step("The first layer and its ReLU.", r"h = \max(0,\, x W_1 + b_1)", rf"\max(0,\, {show(x @ W1 + b1)})", show(h), "h"),
        Step("The second layer, without an activation.", "F(x) = h W_2 + b_2", f"{show(h @ W2)} + {show(b2)}", show(F), "F"),
        Step("Add the input, and only then apply ReLU.", r"y = \max(0,\, x + F(x))", rf"\max(0,\, {show(x)} + {show(F)})", show(y), "y"),
        Step("Keep the input under its own name, because the sum needs it. With convolutions for the affine layers, the lines stay the same.", name="block"),
    )  # fmt: skip


def check(x, W1, b1, W2, b2):
    """Sum neuron by neuron."""
    hidden = [max(0, sum(x[0, i] * W1[i, j] for i in range(2)) + b1[0, j]) for j in range(3)]
    inner = [sum(hidden[j] * W2[j, i] for j in range(3)) + b2[0, i] for i in range(2)]
    return {"h": hidden, "F": inner, "y": [max(0, a + b) for a, b in zip(x[0], inner, strict=True)]}


@part(
    "Let $x = <<x>>$, $W_1 = <<W1>>$ and $b_1 = <<b1>>$. The output of the first layer after its ReLU.",
    Matrix(integer=True),
)
def h(x, W1, b1):
    return np.maximum(x @ W1 + b1, 0)


@slip(h, "ReLU sets negative entries to 0; it is missing.", credit=0.5)
def no_relu(x, W1, b1):
    return x @ W1 + b1


@slip(h, "The bias is missing.", credit=0.5)
def no_bias(x, W1):
    return np.maximum(x @ W1, 0)


@part("Further, let $W_2 = <<W2>>$ and $b_2 = <<b2>>$. What the second layer gives, $F(x)$.", Matrix(integer=True))
def F(h, W2, b2):
    return h @ W2 + b2


@slip(F, "There is no activation before the addition.", credit=0.5)
def early_relu(h, W2, b2):
    return np.maximum(h @ W2 + b2, 0)


@slip(F, "The bias of the second layer is missing.", credit=0.5)
def no_second_bias(h, W2):
    return h @ W2


@part("The output $y$ of the block.", Matrix(integer=True))
def y(x, F):
    return np.maximum(x + F, 0)


@slip(y, "The skip connection is missing: add the input before ReLU.", credit=0.25)
def no_skip(F):
    return np.maximum(F, 0)


@slip(y, "ReLU comes after the addition, not before it.", credit=0.25)
def relu_first(x, F):
    return np.maximum(F, 0) + x


@slip(y, "The ReLU after the addition is missing.", credit=0.5)
def not_activated(x, F):
    return x + F


@part(
    "Write the block in NumPy: `block(X, W1, b1, W2, b2)` returns the output for a batch `X`.",
    NumpyProgram(shapes={"X": "N D", "W1": "D H", "b1": "1 H", "W2": "H D", "b2": "1 D"}, lines=5),
    points=2,
)
def block():
    return BLOCK


@slip(block, "The ReLU behind the second layer comes after the addition: it acts on the sum.", credit=0.5)
def relu_before_sum():
    return BLOCK.replace("Z @ W2 + b2", "np.maximum(0, Z @ W2 + b2)").replace("np.maximum(0, X + Z)", "X + Z")


@slip(block, "The skip connection is missing: the input is added to what the second layer gives.", credit=0.25)
def no_skip_in_code():
    return BLOCK.replace("X + Z", "Z")


@slip(block, "The ReLU after the addition is missing.", credit=0.5)
def no_relu_in_code():
    return BLOCK.replace("np.maximum(0, X + Z)", "X + Z")
