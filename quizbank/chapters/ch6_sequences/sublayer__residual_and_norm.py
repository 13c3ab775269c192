"""Residual connection and layer norm around a sub-layer, for one token."""

import numpy as np

from grader.kinds.matrix import Matrix
from quizbank import Figure, Question, integers, part, slip
from quizbank.usual import under
from solvers.attention import sublayer_steps
from solvers.drawing.blocks import skip_block

question = Question(
    "ch6.sublayer",
    title="Add and normalise",
    section="VI.4.c",
    points=3,
    difficulty=2,
    minutes=4,
    topics=("transformers", "layer norm", "skip connections"),
    x=integers(-2, 4, shape=(1, 4)),
    s=integers(-2, 4, shape=(1, 4)),
    text=r"""
A sub-layer of a transformer block (post-norm) gives $y = \mathrm{LayerNorm}(x + \mathrm{Sublayer}(x))$. The layer norm works on the features of one token: it
subtracts their mean and divides by their standard deviation (for the variance, divide by the number of features; $\epsilon = 0$), with scale 1 and shift 0.
For one token $x = <<x>>$ and $\mathrm{Sublayer}(x) = <<s>>$. A calculator may be used.
""",
    hints=("Add first, then normalise.", "The standard deviation is the root of the mean squared deviation."),
)


def where(x, s):
    """Keep sums and terms that are really spread."""
    return (x + s).std() > 1 and x.std() > 0.7 and s.std() > 0.7


def figure():
    """The sub-layer with its skip connection and norm."""
    return Figure(
        skip_block(("sub-layer",), after="layer norm"),
        "x passes the sub-layer; a way around it leads from x straight to a plus, where both are added. The layer norm "
        "follows and gives y.",
    )


def work(x, s):
    """Add, then standardise."""
    added, *normalised = sublayer_steps(x[0], s[0]).steps
    return (*under("total", (added,)), *under("y", normalised))


def check(x, s):
    """The engine's layer norm on the sum."""
    from solvers.engine.layers.layernorm import Layernorm

    total = np.array([[a + b for a, b in zip(x[0], s[0], strict=True)]], dtype=float)
    ones, zeros = np.ones(4), np.zeros(4)
    (found,), _ = Layernorm(eps=0.0)({"gamma": ones, "beta": zeros}, total)
    return {"total": total, "y": found}


@part("The sum that is normalised.", Matrix(integer=True))
def total(x, s):
    return x + s


@slip(total, "The residual connection adds the token itself.")
def no_residual(s):
    return s


@slip(total, "The terms are added, not multiplied.")
def product(x, s):
    return x * s


@part("The output $y$.", Matrix(decimals=2), points=2)
def y(total):
    return (total - total.mean()) / total.std()


@slip(y, "Here only the sub-layer's output was normalised, and the token added afterwards.", credit=0.25)
def normalised_inside(x, s):
    return x + (s - s.mean()) / s.std()


@slip(y, "The division is by the standard deviation, not by the variance.", credit=0.5)
def by_variance(total):
    return (total - total.mean()) / total.var()


@slip(y, "The mean of the squares is divided by the number of features, not by one less.", credit=0.5)
def sample_deviation(total):
    return (total - total.mean()) / total.std(ddof=1)
