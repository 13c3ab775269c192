"""The parameters of a multilayer perceptron."""

from itertools import pairwise

import numpy as np

from grader.kinds.number import Number
from quizbank import Question, part, slip, some_of
from solvers.worked import Step

question = Question(
    "ch2.mlp_params",
    title="Counting the parameters of a network",
    section="II.1",
    points=3,
    difficulty=1,
    minutes=3,
    topics=("fully connected", "parameters"),
    widths=some_of(4, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 32, 64),
    text=r"""
A fully connected network has these numbers of neurons, from the input to the output:

$$<<widths>>$$

All its layers have biases.
""",
    hints=(
        "Weights stand between two neighbouring layers of neurons.",
        "Inputs are given, not computed: do they need a bias?",
    ),
)


def work(widths, weights, biases, total):
    """Weights between neighbours, biases for every computed neuron."""
    pairs = [rf"{before} \cdot {after}" for before, after in pairwise(widths)]
    return (
        Step("Every neuron has one weight to every neuron of the layer before it.",
             r"\sum_l n_{l-1} n_l", " + ".join(pairs), str(weights), "weights"),
        Step("Every neuron that is computed has one bias; the inputs have none.",
             r"\sum_l n_l", " + ".join(map(str, widths[1:])), str(biases), "biases"),
        Step("Both together.", "", f"{weights} + {biases}", str(total), "total"),
    )  # fmt: skip


def check(widths):
    """Build the arrays and count their entries."""
    weights = sum(np.zeros((before, after)).size for before, after in pairwise(widths))
    biases = sum(np.zeros(after).size for after in widths[1:])
    return {"weights": weights, "biases": biases, "total": weights + biases}


@part("How many weights does it have, without the biases?", Number(integer=True))
def weights(widths):
    return sum(before * after for before, after in pairwise(widths))


@slip(weights, "The first matrix is missing: the inputs are joined to the first hidden layer, too.", credit=0.25)
def skip_first(widths):
    return sum(before * after for before, after in pairwise(widths[1:]))


@slip(weights, "This multiplies all the layers; only neighbours are joined, and their products are added.")
def all_layers(widths):
    return np.prod(widths)


@part("How many biases does it have?", Number(integer=True))
def biases(widths):
    return sum(widths[1:])


@slip(biases, "The inputs have no bias: they are given, not computed.", credit=0.5)
def with_inputs(widths):
    return sum(widths)


@slip(biases, "Every neuron has a bias of its own; this is one for each layer.")
def one_per_layer(widths):
    return len(widths) - 1


@part("How many parameters is that in all?", Number(integer=True))
def total(weights, biases):
    return weights + biases


@slip(total, "These are the weights alone; biases are parameters, too.", credit=0.5)
def weights_only(weights):
    return weights


@slip(total, "These are the neurons; parameters sit on the edges between them.")
def neurons(widths):
    return sum(widths)
