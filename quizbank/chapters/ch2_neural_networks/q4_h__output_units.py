"""How many output neurons a task and its loss need."""

from grader.kinds.number import Number
from grader.kinds.shape import Shape
from quizbank import Question, accept, integers, one_of, part, slip
from solvers.worked import Step

question = Question(
    "ch2.q4.h",
    title="Output neurons",
    section="II.7",
    points=5,
    revision=2,
    difficulty=1,
    minutes=4,
    topics=("losses", "classification", "output layer"),
    C=integers(3, 40),
    K=integers(4, 25),
    D=one_of(2, 3, 4, 6),
    H=one_of(16, 32, 64, 128, 256),
    text=r"""
The last hidden layer of a network has $<<H>>$ neurons. How many neurons does the output layer need for these tasks?
""",
    hints=(
        "How many numbers does the loss compare with the label of one sample?",
        "The probability of the second of two classes follows from the first.",
    ),
)


def where(C, K, D):
    """Keep all counts apart."""
    return len({C, K, D}) == 3


def work(C, K, D, H):
    """One number for each thing that is not known yet."""
    return (
        Step("Sigmoid and binary cross-entropy need the probability of class 1; that of class 0 is the rest.", "", "", "1", "binary"),
        Step("Softmax needs one logit for each class.", "C", "", str(C), "several"),
        Step("Every label is a yes-or-no question of its own, so each has its sigmoid.", "K", "", str(K), "labels"),
        Step("The squared error compares every coordinate with its target.", "D", "", str(D), "regression"),
        Step("A row for each neuron of the hidden layer, a column for each label.", r"H \times K", "", rf"{H} \times {K}", "weight"),
    )  # fmt: skip


def check(C, K, D, H):
    """Count the free numbers of the distribution that is predicted, and fit the weight between two arrays."""
    import numpy as np

    hidden, output = np.zeros((5, H)), np.zeros((5, K))
    return {
        "binary": len({"class 0", "class 1"}) - 1,
        "several": sum(1 for _ in range(C)),
        "labels": sum(1 for _ in range(K)),
        "regression": np.zeros(D).size,
        "weight": (hidden.T @ output).shape,
    }


@part("Spam or not, with a sigmoid and binary cross-entropy.", Number(integer=True))
def binary():
    return 1


@slip(
    binary,
    "Two neurons would fit softmax and categorical cross-entropy; a sigmoid with binary cross-entropy needs the probability of one class only.",
    credit=0.25,
)
def one_for_each_class():
    return 2


@slip(binary, "This is the hidden layer.")
def hidden_layer(H):
    return H


@part("One of $<<C>>$ animals in a photo, with softmax and categorical cross-entropy.", Number(integer=True))
def several(C):
    return C


@slip(several, "The label is one number, but the network gives a probability to every class.")
def one_number():
    return 1


@accept(several, "One logit may be fixed at 0, but softmax as it is used has one for every class.", credit=0.5)
def one_fixed(C):
    return C - 1


@slip(several, "That is the number of labels of the next task.")
def next_task(K):
    return K


@part(
    "Which of $<<K>>$ properties a film has, any number of them together, with sigmoids and binary cross-entropy.",
    Number(integer=True),
)
def labels(K):
    return K


@slip(labels, "The properties do not exclude each other: each needs a probability of its own.")
def one_for_all():
    return 1


@slip(labels, "A sigmoid gives the probability of yes; no follows from it.", credit=0.25)
def yes_and_no(K):
    return 2 * K


@part("The $<<D>>$ coordinates of an object, with the squared error.", Number(integer=True))
def regression(D):
    return D


@slip(regression, "Every coordinate needs an output of its own.")
def single_output():
    return 1


@slip(regression, "A regression has no classes to choose from; it gives the coordinates themselves.")
def as_classes(C):
    return C


@part("The shape of the output layer's weight in $Y = XW + b$ for the films.", Shape())
def weight(H, labels):
    return H, labels


@slip(weight, "This is the transpose: the weight has a row for each input of the layer.", credit=0.5)
def transposed(H, labels):
    return labels, H


@slip(weight, "The weight joins the hidden layer to the outputs; this joins the outputs to themselves.")
def square(labels):
    return labels, labels
