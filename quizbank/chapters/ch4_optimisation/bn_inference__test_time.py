"""Batch norm at test time."""

import numpy as np

from grader.kinds.matrix import Matrix
from quizbank import Question, integers, one_of, part, slip
from solvers.engine.layers.batchnorm import Batchnorm
from solvers.norms import inference_norm_steps

question = Question(
    "ch4.bn_inference",
    title="Batch norm at test time",
    section="IV.2.e",
    points=2,
    revision=2,
    difficulty=1,
    minutes=4,
    topics=("batch norm", "inference"),
    x=integers(-4, 12, shape=(3,)),
    mean=integers(-2, 6),
    variance=one_of(4, 9, 16, 25, 0.25),
    gamma=one_of(1, 2, 3, 0.5),
    beta=integers(-3, 3, nonzero=True),
    text=r"""
A trained network has a batch norm layer with, for one feature, the running mean $<<mean>>$, the running variance $<<variance>>$, the scale $\gamma = <<gamma>>$
and the shift $\beta = <<beta>>$; ε can be left out. At test time three samples arrive together; the feature has the values $x = <<x>>$.
""",
    hints=("Do samples influence each other at test time?", "Divide by a standard deviation."),
)


def where(x, mean):
    """Keep samples that differ, and whose mean is not the running one."""
    return len(set(x.tolist())) == 3 and abs(x.mean() - mean) > 0.4


def work(x, mean, variance, gamma, beta):
    """Normalise by the running statistics, then scale and shift."""
    return inference_norm_steps(x, mean, variance, gamma, beta)


def check(x, mean, variance, gamma, beta):
    """Let the engine's layer work at test time."""
    running = {"running_mean": np.array([float(mean)]), "running_var": np.array([float(variance)])}
    layer, rows = Batchnorm(eps=0.0, training=False), x[:, None].astype(float)
    (x_hat,), _ = layer.forward(running, rows)
    (y,), _ = layer.forward({**running, "gamma": np.array([gamma], float), "beta": np.array([beta], float)}, rows)
    return {"x_hat": x_hat[:, 0], "y": y[:, 0]}


@part("The normalised values.", Matrix(decimals=3))
def x_hat(x, mean, variance):
    return (x - mean) / np.sqrt(variance)


@slip(x_hat, "These use the statistics of the three samples; at test time the running ones are used.", credit=0.25)
def own_statistics(x):
    return (x - x.mean()) / x.std()


@slip(x_hat, "This divides by the variance; the root is missing.", credit=0.5)
def by_variance(x, mean, variance):
    return (x - mean) / variance


@slip(x_hat, "The running mean was not taken off.", credit=0.25)
def not_centred(x, mean, variance):
    return x / np.sqrt(variance) if mean != 0 else None


@part("The output of the layer.", Matrix(decimals=3))
def y(x_hat, gamma, beta):
    return gamma * x_hat + beta


@slip(y, "Scale and shift are learnt parameters and are used at test time, too.", credit=0.25)
def without_parameters(x_hat):
    return x_hat


@slip(y, "Scale and shift are exchanged.", credit=0.25)
def exchanged(x_hat, gamma, beta):
    return beta * x_hat + gamma


@slip(y, "The shift comes after the scaling.", credit=0.5)
def shifted_first(x_hat, gamma, beta):
    return gamma * (x_hat + beta) if gamma != 1 else None
