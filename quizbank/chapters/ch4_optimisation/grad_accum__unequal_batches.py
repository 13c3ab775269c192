"""Averaging the gradients of batches of unequal size."""

import numpy as np

from grader.kinds.number import Number
from quizbank import Question, derived, integers, one_of, part, slip
from solvers.descent import accumulated_gradient, accumulated_gradient_steps
from solvers.worked import Step

question = Question(
    "ch4.grad_accum",
    title="Accumulated gradients of unequal batches",
    section="IV.1.a",
    points=3,
    revision=2,
    difficulty=2,
    minutes=4,
    topics=("gradient descent", "batches", "gradient accumulation"),
    g=integers(-6, 9, shape=(3,), distinct=True),
    full=one_of(4, 5, 8, 10, 16),
    last=one_of(1, 2, 4, 5),
    n=derived(lambda full, last: (full, full, last)),
    N=derived(lambda full, last: 2 * full + last),
    text=r"""
Gradient descent goes through the training set in three batches of $<<full>>$, $<<full>>$ and $<<last>>$ samples. A batch's loss is the mean over its own
samples, and the losses of the three batches have the gradients $<<g>>$ (with respect to the only parameter).
The program divides each batch's loss by 3, the number of batches, and adds up the gradients; then it makes its step.
The true loss is the mean over all $<<N>>$ samples. A calculator may be used.
""",
    hints=(
        "How much does one sample of the small batch count in the program, how much one of a large batch?",
        "A mean over all samples weights each batch's mean by its number of samples.",
    ),
)


def where(g, n, full, last):
    """Keep a smaller last batch and gradients with which the weights matter."""
    found = accumulated_gradient(g, n)
    return last < full and abs(found["per_batch"] - found["per_sample"]) > 0.1 and abs(found["per_sample"]) > 0.05


def work(g, n, last, N):
    """Both averages, then the factor that mends the program."""
    return (
        *accumulated_gradient_steps(g, n).steps,
        Step("A batch's mean enters the mean over all samples with its share of the samples.", r"\frac{n_k}{\sum_j n_j}",
             rf"\frac{{{last}}}{{{N}}}", f"{last / N:.4g}", "weight"),
    )  # fmt: skip


def check(g, n):
    """Give every sample its batch's gradient and average the samples."""
    samples = np.repeat(g, n)
    adding = sum(float(one) / len(g) for one in g)
    return {"per_batch": adding, "per_sample": samples.mean(), "weight": (np.repeat([0, 0, 1], n)).mean()}


@part("The gradient that the program uses for its step.", Number(decimals=3))
def per_batch(g):
    return g.mean()


@slip(per_batch, "This adds the gradients; each batch's loss was divided by the number of batches.", credit=0.5)
def summed(g):
    return g.sum()


@slip(
    per_batch, "This is the gradient of the true loss; the program gives every batch the same weight.", credit=0.25
)
def weighted(g, n):
    return (g * n).sum() / n.sum()


@part("The gradient of the true loss.", Number(decimals=3))
def per_sample(g, n):
    return (g * n).sum() / n.sum()


@slip(per_sample, "The batches differ in size, so their plain mean is not the mean over the samples.")
def same_again(per_batch):
    return per_batch


@slip(per_sample, "This is a sum over the samples; the loss is their mean.", credit=0.5)
def not_divided(g, n):
    return (g * n).sum()


@part(
    "To get the true gradient, the program gives each batch a factor of its own instead of $1/3$. By which number does it multiply the loss of the last batch?",
    Number(decimals=4),
)
def weight(last, N):
    return last / N


@slip(weight, "This is the share of one sample; the batch has <<last>>.", credit=0.25)
def one_sample(last, N):
    return 1 / N if last > 1 else None


@slip(
    weight, "This compares the last batch with a full one; what counts is its share of all samples.", credit=0.25
)
def of_full(full, last):
    return last / full


@slip(weight, "This is the share of all other batches together.")
def others(last, N):
    return 1 - last / N
