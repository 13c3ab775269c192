"""Layer norm of the tokens of a sequence."""

import numpy as np

from grader.kinds.matrix import Matrix
from grader.kinds.number import Number
from quizbank import Question, derived, integers, part, slip
from solvers.engine.layers.layernorm import Layernorm
from solvers.norms import layer_norm_steps

question = Question(
    "ch4.layer_norm",
    title="Layer norm of a token",
    section="IV.2.e",
    points=3,
    difficulty=2,
    minutes=5,
    topics=("layer norm", "transformers"),
    X=integers(-6, 10, shape=(2, 4)),
    x=derived(lambda X: X[0]),
    text=r"""
A sequence of two tokens (rows) with four features (columns) is

$$X = <<X>> .$$

Layer norm as in transformers normalises each token by the mean and the population variance of its own features; γ, β and ε are left out. A calculator may be used.
""",
    hints=(
        "Only the first row matters for the first token.",
        "Subtract its mean, divide by its standard deviation.",
    ),
)


def where(X):
    """Keep a whole mean in the first row, and rows that differ."""
    return (
        X[0].sum() % 4 == 0
        and X[0].var() > 2
        and X[1].var() > 1
        and abs(X[0].mean() - X[1].mean()) > 0.5
        and (X[0] != X[1]).all()
    )


def work(x):
    """Statistics of the first row, then normalise it."""
    return layer_norm_steps(x)


def check(X):
    """Let the engine normalise the sequence; statistics from pairwise differences."""
    (Y,), _ = Layernorm(eps=0.0).forward({}, X[None].astype(float))
    row = X[0].tolist()
    pairs = [(a - b) ** 2 for a in row for b in row]
    return {"mean": sum(row) / 4, "variance": sum(pairs) / 32, "x_hat": Y[0, 0]}


@part("The mean that is used for the first token.", Number(decimals=2))
def mean(x):
    return x.mean()


@slip(mean, "This is the mean of both tokens together; each token has its own.", credit=0.25)
def overall(X):
    return X.mean()


@slip(mean, "This is the mean of the first feature over the tokens, as in batch norm.")
def over_tokens(X):
    return X[:, 0].mean()


@part("The variance that is used for the first token.", Number(decimals=3))
def variance(x, mean):
    return ((x - mean) ** 2).mean()


@slip(
    variance,
    "This divides by one less than the number of features; here the population variance is meant.",
    credit=0.5,
)
def sample_variance(x):
    return x.var(ddof=1)


@slip(variance, "This is the variance of both tokens together; each token has its own.", credit=0.25)
def overall_variance(X):
    return X.var()


@slip(variance, "This is the standard deviation; the variance is its square.", credit=0.5)
def deviation(x):
    return x.std()


@part("The first token after layer norm.", Matrix(decimals=3))
def x_hat(x, mean, variance):
    return (x - mean) / np.sqrt(variance)


@slip(x_hat, "This normalises each feature over the two tokens; layer norm stays within a token.")
def across_tokens(X):
    return np.sign(X[0] - X[1]).astype(float)


@slip(
    x_hat, "This uses the statistics of the whole sequence; in transformers each token has its own.", credit=0.25
)
def whole_sequence(X):
    return (X[0] - X.mean()) / X.std()


@slip(x_hat, "The values are centred but not divided by the standard deviation.", credit=0.25)
def centred_only(x, mean):
    return x - mean
