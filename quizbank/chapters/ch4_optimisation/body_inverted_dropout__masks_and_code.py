"""Inverted dropout: with a given mask, and as code for a three-layer network."""

from grader.kinds.matrix import Matrix
from grader.kinds.numpy_program import NumpyProgram
from quizbank import Question, derived, integers, mask, one_of, part, slip
from solvers.dropout import train_output_steps
from solvers.engine.layers.dropout import Dropout
from solvers.worked import Step

NETWORK = {
    "X": "N D", "W1": "D H", "b1": "1 H", "W2": "H K", "b2": "1 K", "W3": "K M", "b3": "1 M",
}  # fmt: skip
UNIFORM = {"u": (0.0, 1.0), "u1": (0.0, 1.0), "u2": (0.0, 1.0), "p": (0.3, 0.9)}
TRAIN = """def train(X, W1, b1, W2, b2, W3, b3, u1, u2, p):
    h1 = np.maximum(0, X @ W1 + b1) * (u1 < p) / p
    h2 = np.maximum(0, h1 @ W2 + b2) * (u2 < p) / p
    return h2 @ W3 + b3"""
PREDICT = """def predict(X, W1, b1, W2, b2, W3, b3):
    h1 = np.maximum(0, X @ W1 + b1)
    h2 = np.maximum(0, h1 @ W2 + b2)
    return h2 @ W3 + b3"""

question = Question(
    "ch4.body.inverted_dropout",
    also=("ch4.inverted_dropout",),
    title="Inverted dropout",
    section="IV.2.d",
    points=7,
    difficulty=2,
    minutes=12,
    topics=("dropout", "numpy"),
    x=integers(-3, 9, shape=(5,)),
    m=mask((5,)),
    p=one_of(0.2, 0.25, 0.4, 0.8),
    drop=derived(lambda p: round(1 - p, 10)),
    text=r"""
Inverted dropout keeps each unit with the probability $p$ in training and scales in training, so that nothing is left to do at test time.
Rows are samples, and layers compute $XW + b$.
""",
    hints=(
        "A comparison of uniform random numbers with $p$ makes a mask.",
        "The units that stay are divided by the probability to keep.",
        "At test time, what is left of dropout?",
    ),
)


def where(x, m):
    """Keep masks that remove and keep something."""
    return (x * m).any() and (x * (1 - m)).any()


def work(x, m, p):
    """The numbers, then the programs."""
    masked, y = train_output_steps(x, m, p).steps
    return (
        masked,
        y,
        Step("A uniform number is below $p$ with the probability $p$, so the comparison keeps a unit with it: `h * (u < p) / p`.", name="layer"),
        Step("Dropout follows the activation of both hidden layers; the output layer has none.", name="train"),
        Step("At test time the same without masks and without scaling.", name="predict"),
    )  # fmt: skip


def check(x, m, p):
    """Let the engine's layer work with the mask."""
    (y,), _ = Dropout(p_keep=p).forward({"mask": m[None].astype(float)}, x[None].astype(float))
    return {"y": y[0]}


@part("In training a layer has the values $x = <<x>>$; the units to keep are those with a 1 in the mask $<<m>>$, and $p = <<p>>$. The output of dropout.",
      Matrix(decimals=2))  # fmt: skip
def y(x, m, p):
    return x * m / p


@slip(y, "The units that stay have to be scaled: this is classic dropout.", credit=0.25)
def unscaled(x, m):
    return x * m


@slip(
    y,
    "The units that stay make up for the others: divide by the probability to keep instead of multiplying.",
    credit=0.25,
)
def multiplied(x, m, p):
    return x * m * p


@slip(y, "This divides by the probability to drop; p is the probability to keep.", credit=0.5)
def over_drop(x, m, p):
    return x * m / (1 - p)


@slip(y, "A 1 in the mask means that the unit stays.", credit=0.25)
def mask_inverted(x, m, p):
    return x * (1 - m) / p


@part(
    "An expression in NumPy for the output of dropout in training, from the activations `h`, an array `u` of the same shape with uniform random "
    "numbers between 0 and 1, and the probability to keep, `p`. A unit stays where its number is below `p`.",
    NumpyProgram(shapes={"h": "N D", "u": "N D", "p": ""}, ranges={"u": UNIFORM["u"], "p": UNIFORM["p"]}),
)
def layer():
    return "h * (u < p) / p"


@part(
    "A network with three layers has ReLU and then inverted dropout after its first and its second layer. Write `train(X, W1, b1, W2, b2, W3, b3, u1, u2, p)`: "
    "it returns the output of the network in training, with the uniform random numbers `u1` and `u2` for the two dropouts.",
    NumpyProgram(
        shapes={**NETWORK, "u1": "N H", "u2": "N K", "p": ""},
        ranges={name: UNIFORM[name] for name in ("u1", "u2", "p")},
        lines=6,
    ),
    points=2,
)
def train():
    return TRAIN


@part(
    "Write `predict(X, W1, b1, W2, b2, W3, b3)`: the output of the same network at test time.",
    NumpyProgram(shapes=NETWORK, lines=5),
)
def predict():
    return PREDICT
